"""A corrected file of a judged version: signatures keep their place, proposals are made anew, nothing is lost."""

import pytest
from django.urls import reverse
from tests.factories import NOW, make_ask, make_draft, make_officer, make_preview, make_process, make_version, user_of

from tribune.common import chain
from tribune.common.models import Link
from tribune.common.outbox import deliver_until_quiet
from tribune.engine.mentions import annotate
from tribune.engine.text import read
from tribune.people.rules import Viewer
from tribune.trace import actions, queries
from tribune.trace.models import Verdict
from tribune.trace.rules import LEDGER
from tribune.watch import actions as watch

pytestmark = pytest.mark.django_db

FIRST = """1. We resolve to involve local authorities in the design of public services, wherever they are planned.

2. We commit to connecting every school and library by the year 2032, whatever their size.

3. We recognise the role of museums.
"""
# A new 2; the schools move to 3 and lose their year; the museums are gone.
SECOND = """1. We resolve to involve local authorities in the design of public services, wherever they are planned.

2. A fund of forty million is set up for bridges, roads and harbours in the islands.

3. We commit to connecting every school and library, whatever their size.
"""


def read_text(text):
    return annotate(read(text.encode(), name="t.txt"))


@pytest.fixture
def story():
    from types import SimpleNamespace

    officer = make_officer()
    process = make_process(organisation_id=min(officer.officer_of))
    draft = make_draft(process)
    zero = make_version(["We resolve to involve people in the design of public services.", "We commit to schools."],
                        draft=draft, name="Zero draft")
    asks = [make_ask(process, passage=zero.passages.get(path="1"), new=new, name=new, by=officer)
            for new in ("every school and library by the year 2032", "the role of museums", "local authorities")]
    made = make_preview(by=officer, draft=draft, slug="first", document=read_text(FIRST), file=FIRST.encode())
    version = watch.publish_version(version=made, distribution="public", public_because="Read out.", by=officer, at=NOW)
    deliver_until_quiet(at=NOW)
    found = {verdict.ask_id: verdict for verdict in Verdict.objects.filter(version=version)}
    schools, museums, authorities = (found[ask.pk] for ask in asks)
    for verdict, path in ((schools, "2"), (museums, "3")):
        actions.sign_verdict(verdict=verdict, signed=verdict.proposed, paragraph=path, by=officer, at=NOW)
    deliver_until_quiet(at=NOW)
    for verdict in (schools, museums):
        verdict.refresh_from_db()
    return SimpleNamespace(officer=officer, process=process, version=version, schools=schools, museums=museums,
                           authorities=authorities)


def _reread(story):
    rendition = story.version.renditions.get()
    watch.reread_rendition(rendition=rendition, document=read_text(SECOND), file_name="c.txt", file=SECOND.encode(),
                           seen=rendition.sha256, by=story.officer, at=NOW)
    deliver_until_quiet(at=NOW)
    for verdict in (story.schools, story.museums, story.authorities):
        verdict.refresh_from_db()


def test_a_signature_follows_its_place_and_loses_the_link_where_it_is_gone(story):
    word = story.schools.signed
    _reread(story)
    assert (story.schools.signed, story.schools.signed_paragraph) == (word, "3")
    assert story.museums.signed == story.museums.proposed
    assert story.museums.signed_paragraph == ""
    assert Link.objects.filter(chain=LEDGER, kind="verdict_moved").count() == 2
    assert chain.verify(LEDGER) > 0


def test_the_desk_lists_what_rests_on_changed_words(client, story):
    assert queries.changed_since(story.officer, story.process) == []
    _reread(story)
    assert set(queries.changed_since(story.officer, story.process)) == {story.schools, story.museums}
    assert queries.changed_since(Viewer(), story.process) == []
    client.force_login(user_of(story.officer), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("trace:desk", args=[story.process.slug])).content.decode()
    assert "2 verdicts rest on words that a corrected file has changed" in page
    for name, *args in (("ledger", story.process.slug), ("ask", story.museums.ask.public_id)):
        assert client.get(reverse(f"trace:{name}", args=args)).status_code == 200


def test_an_unsigned_proposal_is_made_anew_and_a_retired_place_cannot_be_signed(story):
    from tribune.trace.refusals import NoSuchParagraph

    before = [one["sha256"] for one in story.authorities.evidence]
    _reread(story)
    assert story.authorities.state == "proposed"
    assert [one["paragraph"] for one in story.authorities.evidence if one["in"] == "text"][:1] == ["1"]
    assert before
    retired = story.version.passages.get(retired_at__isnull=False)
    with pytest.raises(NoSuchParagraph):
        actions.sign_verdict(verdict=story.authorities, signed=story.authorities.proposed, paragraph=retired.path,
                             by=story.officer, at=NOW)


def test_an_ask_on_a_retired_place_is_still_judged_and_its_page_leads_to_the_place(client, story):
    place = story.version.passages.get(path="3")
    ask = make_ask(story.process, passage=place, kind="KEEP", old="the role of museums", new="", by=story.officer)
    _reread(story)
    ask.refresh_from_db()
    later = make_version([line.split(". ", 1)[1] for line in SECOND.split("\n\n")], draft=story.version.draft,
                         name="Second revision")
    actions.judge_version(version=later, at=NOW)
    assert Verdict.objects.get(ask=ask, version=later).proposed == "removed"
    page = client.get(reverse("trace:ask", args=[ask.public_id])).content.decode()
    assert f'/para/{place.uid}"' in page
