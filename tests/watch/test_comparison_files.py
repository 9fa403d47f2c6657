"""The table of a comparison as XLSX and DOCX, filtered as on the page."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.factories import make_draft, make_version

from tribune.engine.mentions import find_mentions
from tribune.watch.models import Paragraph

pytestmark = pytest.mark.django_db
OLD = ["We commit to cities.", "=HYPERLINK(1) We resolve to involve local authorities.", "We drop this matter wholly."]
NEW = ["We commit to cities and towns.", "=HYPERLINK(1) We resolve to involve local authorities.",
       "A wholly fresh idea about glaciers and their meltwater."]


@pytest.fixture
def address():
    draft = make_draft()
    for texts in (OLD, NEW):
        version = make_version(texts, draft=draft)
        for one in Paragraph.objects.filter(rendition__version=version):
            one.mentions = [{"term": m.term, "kind": m.kind, "tier": m.tier, "start": m.start, "end": m.end,
                             "reason": m.reason} for m in find_mentions(one.text, "en")]
            one.save()
    return f"/en/p/{draft.process.slug}/d/outcome/compare/rev1...rev2/"


def _sheet(client, address, query):
    book = load_workbook(io.BytesIO(client.get(f"{address}?format=xlsx{query}").content))
    return [[cell.value for cell in row] for row in book.active.iter_rows(min_row=4)]


def test_the_workbook_holds_what_the_page_shows(client, address):
    every = _sheet(client, address, "&show=all")
    assert {row[4] for row in every} == {"kept", "edited", "dropped", "added"}
    changed = _sheet(client, address, "")
    assert len(changed) == len(every) - 1
    assert [row[4] for row in _sheet(client, address, "&change=dropped")] == ["dropped"]
    formula = next(row[1] for row in every if row[1] and "HYPERLINK" in row[1])
    assert not formula.startswith("=")


def test_the_word_file_strikes_and_underlines(client, address):
    file = Document(io.BytesIO(client.get(f"{address}?format=docx").content))
    runs = [run for row in file.tables[0].rows for cell in row.cells for line in cell.paragraphs for run in line.runs]
    assert any(run.font.underline and "towns" in run.text for run in runs)
    assert any(run.font.strike and "drop" in run.text for run in runs)


def test_the_same_comparison_is_the_same_file(client, address):
    for form in ("xlsx", "docx"):
        assert client.get(f"{address}?format={form}").content == client.get(f"{address}?format={form}").content


def test_one_change_at_a_time_and_in_one_text(client, address):
    page = client.get(f"{address}?change=added&layout=inline").content.decode()
    assert "glaciers" in page
    assert "We drop this matter" not in page
    assert 'class="pairs inline"' in page


def test_one_topic_at_a_time_on_the_page_and_in_the_file(client):
    draft = make_draft()
    make_version(["Schools need teachers.", "Women lead in smart cities.", "The Conference meets."], draft=draft)
    make_version(["Schools need more teachers.", "Women and girls lead in smart cities.", "The Conference met."],
                 draft=draft)
    address = f"/en/p/{draft.process.slug}/d/outcome/compare/rev1...rev2/"
    page = client.get(address).content.decode()
    assert '<option value="schools">schools (1)</option>' in page
    assert "gender (1)" in page
    page = client.get(f"{address}?topic=schools").content.decode()
    assert "teachers" in page
    assert "girls" not in page
    assert len(_sheet(client, address, "&topic=gender")) == 1
    assert len(_sheet(client, address, "&topic=nonsense")) == 3
