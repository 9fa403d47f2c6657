"""Words that a reader reported and an officer took stay counted when a corrected file replaces the text."""

import pytest
from tests.factories import NOW, make_draft, make_officer, make_preview, make_process

from tribune.engine.mentions import annotate
from tribune.engine.text import read
from tribune.watch import actions
from tribune.watch.models import MentionReport, Paragraph

pytestmark = pytest.mark.django_db

FIRST = """1. The burgomasters of the islands shall report each year on the state of their harbours and their bridges.

2. We commit to connecting every school and library by the year 2032, whatever their size may be.

3. The aldermen meet.
"""


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def version(officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    made = make_preview(by=officer, draft=draft, document=_read(FIRST), file=FIRST.encode())
    return actions.publish_version(version=made, distribution="public", public_because="Read out.", by=officer, at=NOW)


def _read(text):
    return annotate(read(text.encode(), name="t.txt"))


def _taken(version, officer, path, words):
    paragraph = Paragraph.objects.get(rendition__version=version, passage__path=path)
    report = actions.report_mention(paragraph=paragraph, words=words, at=NOW)
    return actions.decide_report(report=report, taken=True, by=officer, at=NOW)


def _reread(version, officer, text):
    rendition = version.renditions.get()
    actions.reread_rendition(rendition=rendition, document=_read(text), file_name="corrected.txt", file=text.encode(),
                             seen=rendition.sha256, by=officer, at=NOW)
    return version.renditions.get()


def _named(version):
    return [one.text[mention["start"]:mention["end"]]
            for one in Paragraph.objects.filter(rendition__version=version).order_by("order")
            for mention in one.mentions if mention["tier"] == "explicit"]


def test_it_is_counted_in_the_corrected_paragraph_too(version, officer):
    _taken(version, officer, "1", "burgomasters")
    rendition = _reread(version, officer, FIRST.replace("1. The burgo", "1. As before, the burgo"))
    assert _named(version) == ["burgomasters"]
    assert rendition.n_naming == 1


def test_it_is_not_counted_where_its_words_are_gone(version, officer):
    report = _taken(version, officer, "1", "burgomasters")
    rendition = _reread(version, officer, FIRST.replace("burgomasters", "inhabitants"))
    assert (_named(version), rendition.n_naming) == ([], 0)
    assert MentionReport.objects.get() == report


def test_it_follows_a_paragraph_that_was_merged(version, officer):
    report = _taken(version, officer, "3", "aldermen")
    _reread(version, officer, FIRST.replace("\n\n3. The aldermen", " The aldermen"))
    assert _named(version) == ["aldermen"]
    report.refresh_from_db()
    assert report.paragraph.passage.path == "2"
