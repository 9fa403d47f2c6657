"""What comes wrong or in masses: a clear line, and nothing is lost."""

import pytest
from django.urls import reverse
from tests.factories import NOW, make_ask, make_version
from tests.trace.conftest import REVISED, ZERO

from tribune.common.outbox import deliver_until_quiet
from tribune.synthesise.actions import EmptyAsk
from tribune.synthesise.models import Ask
from tribune.trace import actions
from tribune.trace.models import Verdict
from tribune.trace.reasons import told
from tribune.trace.views import ledger

pytestmark = pytest.mark.django_db


def _said(verdict):
    return [str(sentence) for sentence, _words in told(verdict.reasons)]


def test_an_ask_without_wording_is_refused_in_words(story):
    with pytest.raises(EmptyAsk, match="An ask needs words"):
        make_ask(story.process, new="", text="", name="Nothing said", kind="KEEP", old="")


def test_an_ask_in_a_seventh_language_says_that_nothing_was_compared(story):
    ask = make_ask(story.process, passage=story.zero.passages.get(path="1"), language="pt", new="com os municípios")
    version = make_version(REVISED, draft=story.draft)
    actions.judge_version(version=version, at=NOW)
    verdict = Verdict.objects.get(ask=ask, version=version)
    assert (verdict.proposed, verdict.confidence, verdict.evidence) == ("none", 0.0, [])
    assert _said(verdict) == ["The text and the ask have no language in common; nothing was compared."]


def test_the_same_text_again_credits_nothing_and_says_so(story):
    again = make_version(ZERO, draft=story.draft, name="The same file")
    actions.judge_version(version=again, at=NOW)
    verdict = Verdict.objects.get(ask=story.ask, version=again)
    assert verdict.proposed == "none"
    assert "This version is the same text as the older one." in _said(verdict)


def test_a_version_without_numbers_is_judged(story, client):
    from tribune.watch.models import Paragraph

    version = make_version(REVISED, draft=story.draft, name="No numbers")
    Paragraph.objects.filter(passage__version=version).update(number="", label="")
    actions.judge_version(version=version, at=NOW)
    verdict = Verdict.objects.get(ask=story.ask, version=version)
    assert verdict.proposed == "verbatim"
    actions.sign_verdict(verdict=verdict, signed="verbatim", paragraph="1", by=story.officer, at=NOW)
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    assert client.get(reverse("trace:ledger", args=[story.process.slug])).status_code == 200


def test_seven_hundred_asks_are_all_judged_in_batches_of_their_own(story, monkeypatch):
    from tribune.common.outbox import announce
    from tribune.watch.events import VERSION_PUBLISHED

    place = story.zero.passages.get(path="1")
    Ask.objects.bulk_create([
        Ask(process=story.process, organisation=story.process.organisation, number=n, kind="ADD", passage=place,
            name=f"Ask {n}", new="together with local authorities", is_public=True, made_at=NOW)
        for n in range(2, 701)])
    version = make_version(REVISED, draft=story.draft)
    sizes = []
    judge = actions._judging.judge_version

    def counted(*, version, at, asks=None):
        sizes.append(len(asks))
        return judge(version=version, at=at, asks=asks)

    monkeypatch.setattr(actions._judging, "judge_version", counted)
    announce(VERSION_PUBLISHED, at=NOW, version=version.pk)
    for _ in range(2):  # one call goes a limited number of rounds
        deliver_until_quiet(at=NOW)
    assert Verdict.objects.filter(version=version, proposed="verbatim").count() == 700
    # Large batches while more than five hundred wait, then small ones, so that others can write.
    assert sizes[:3] == [100, 100, 10]
    assert sum(sizes) == 700


def test_a_ledger_of_very_many_asks_is_one_page_and_says_what_is_not_on_it(story, client, monkeypatch):
    monkeypatch.setattr(ledger, "MOST_ROWS", 3)
    for _ in range(5):
        make_ask(story.process, passage=story.zero.passages.get(path="1"))
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    address = reverse("trace:ledger", args=[story.process.slug])
    page = client.get(address).content.decode()
    assert "What became of 6 asks" in page
    assert "3 more asks are not on this page" in page
    assert page.count('<tr id="ask-') == 3
    assert 'id="ask-6"' in client.get(address + "?ask=6").content.decode()
