"""What a city asked and what became of it: record, one page to print, picture of the address, frame."""

import io

import pypdfium2
import pytest
from django.urls import reverse
from tests.factories import NOW, make_ask, make_verdict, make_version
from tests.trace.conftest import REVISED

from tribune.people.rules import Viewer
from tribune.trace import actions, queries
from tribune.trace.papers import permalink


@pytest.fixture
def opened(story):
    story.version = make_version(REVISED, draft=story.draft, name="First revision")
    second = make_ask(story.process, passage=story.zero.passages.get(path="2"), name="A second wish",
                      contributions=[story.position])
    make_verdict(story.ask, story.version, "verbatim", signed="verbatim")
    make_verdict(second, story.version, "none", signed="none", paragraph="")
    make_ask(story.process, passage=story.zero.passages.get(path="2"), name="Still waiting",
             contributions=[story.position])
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    return story


def test_the_record_counts_and_each_number_opens_what_it_counts(client, opened):
    total = queries.record_of(Viewer(), opened.city).total
    assert (total.made, total.handed, total.within, total.out, total.waiting) == (3, 0, 1, 1, 1)
    for show, n in (("made", 3), ("handed", 0), ("in", 1), ("out", 1), ("waiting", 1)):
        page = client.get(reverse("trace:asks"), {"city": opened.city.slug, "show": show}).content.decode()
        assert page.count('<th scope="row">') == n, show
    page = client.get(reverse("people:city", args=[opened.city.slug])).content.decode()
    assert "1 of 3 asks of Port Azur appear in the text" in page
    for name in ("trace:city_pdf", "trace:city_qr", "city_embed"):
        assert reverse(name, args=[opened.city.slug]) in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_page_as_pdf(client, opened, language):
    address = reverse("trace:city_pdf", args=[opened.city.slug]).replace("/en/", f"/{language}/", 1)
    file = pypdfium2.PdfDocument(io.BytesIO(client.get(address).content))
    assert len(file) == 1
    if language == "en":
        words = " ".join(file[0].get_textpage().get_text_range().split())
        assert "1 of 3 asks of Port Azur appear in the text" in words
        assert "Appearance is not proof of influence" in words


def test_a_city_with_two_hundred_asks_still_fits_one_page(client, opened):
    for n in range(60):
        make_ask(opened.process, passage=opened.zero.passages.get(path="1"), name=f"Wish {n} " + "of a long name " * 6,
                 contributions=[opened.position])
    answer = client.get(reverse("trace:city_pdf", args=[opened.city.slug]))
    assert len(pypdfium2.PdfDocument(io.BytesIO(answer.content))) == 1


def test_picture_and_frame(client, opened):
    answer = client.get(reverse("trace:city_qr", args=[opened.city.slug]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert permalink("people:city", opened.city.slug) in answer.content.decode()
    frame = client.get(reverse("city_embed", args=[opened.city.slug]), {"language": "ar"})
    assert "X-Frame-Options" not in frame
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert 'dir="rtl"' in frame.content.decode()
    actions.close_ledger(process=opened.process, by=opened.officer, at=NOW)
    frame = client.get(reverse("city_embed", args=[opened.city.slug]))
    assert 'class="verdict verbatim"' not in frame.content.decode()
