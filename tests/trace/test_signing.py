from datetime import timedelta

import pytest
from tests.factories import NOW, make_ask, make_delegate, make_officer, make_verdict, make_version
from tests.trace.conftest import REVISED

from tribune.common import chain
from tribune.common.models import Event, Link
from tribune.trace import actions, queries, refusals
from tribune.trace.choices import VerdictState
from tribune.trace.models import Verdict


@pytest.fixture
def verdict(story):
    actions.judge_version(version=make_version(REVISED, draft=story.draft), at=NOW)
    return Verdict.objects.get()


def test_the_proposed_word_is_confirmed_without_a_reason(story, verdict):
    signed = actions.sign_verdict(verdict=verdict, signed="verbatim", paragraph="1", by=story.officer, at=NOW)
    assert (signed.state, signed.signed_role, signed.signed_by_id) == ("confirmed", "officer", story.officer.user_id)
    assert Event.objects.get(name="uptake_judged").ids == {"verdict": verdict.pk}


def test_another_word_needs_a_reason_and_both_stay(story, verdict):
    with pytest.raises(refusals.NeedsReason):
        actions.sign_verdict(verdict=verdict, signed="partly", paragraph="1", reason="  ", by=story.officer, at=NOW)
    assert Verdict.objects.get().state == VerdictState.PROPOSED
    assert not Link.objects.filter(chain="ledger").exists()
    signed = actions.sign_verdict(verdict=verdict, signed="partly", paragraph="1", reason="One of two.",
                                  by=story.officer, at=NOW)
    assert (signed.state, signed.proposed, signed.signed) == ("overruled", "verbatim", "partly")


def test_signing_again_needs_a_reason_and_the_chain_keeps_each(story, verdict):
    actions.sign_verdict(verdict=verdict, signed="verbatim", paragraph="1", by=story.officer, at=NOW)
    with pytest.raises(refusals.NeedsReason):
        actions.sign_verdict(verdict=verdict, signed="verbatim", paragraph="1", by=story.officer, at=NOW)
    actions.sign_verdict(verdict=verdict, signed="substance", paragraph="1", reason="Read again.", by=story.officer,
                         at=NOW + timedelta(days=1))
    assert chain.verify("ledger") == 2
    before, = queries.earlier_signatures(verdict)
    assert (before["signed"], before["day"]) == ("verbatim", NOW.date())


def test_what_is_erased_from_the_chain_leaves_it_whole(story, verdict):
    actions.sign_verdict(verdict=verdict, signed="verbatim", paragraph="1", by=story.officer, at=NOW)
    link = Link.objects.get(chain="ledger")
    assert link.subject == verdict.public_id
    chain.erase(link, on=NOW.date())
    assert chain.verify("ledger") == 2
    assert queries.earlier_signatures(verdict) == []
    link.day = NOW.date() + timedelta(days=9)
    link.save()
    with pytest.raises(chain.Broken):
        chain.verify("ledger")


@pytest.mark.parametrize(("signed", "paragraph", "refusal"), [
    ("kept", "1", refusals.NoSuchWord), ("nonsense", "1", refusals.NoSuchWord),
    ("verbatim", "", refusals.NeedsParagraph), ("verbatim", "340", refusals.NoSuchParagraph)])
def test_words_and_paragraphs_must_fit(story, verdict, signed, paragraph, refusal):
    with pytest.raises(refusal):
        actions.sign_verdict(verdict=verdict, signed=signed, paragraph=paragraph, reason="So.", by=story.officer,
                             at=NOW)


def test_only_officers_of_the_organisation_sign_and_open(story, verdict):
    for stranger in (story.delegate, make_officer(), make_delegate()):
        with pytest.raises(refusals.NotYourLedger):
            actions.sign_verdict(verdict=verdict, signed="verbatim", paragraph="1", by=stranger, at=NOW)
        with pytest.raises(refusals.NotYourLedger):
            actions.open_ledger(process=story.process, by=stranger, at=NOW)
        with pytest.raises(refusals.NotYourLedger):
            actions.close_ledger(process=story.process, by=stranger, at=NOW)


def test_struck_words_need_no_paragraph(story):
    ask = make_ask(story.process, kind="DELETE", old="for all", new="")
    signed = make_verdict(ask, make_version(REVISED, draft=story.draft), "verbatim", signed="verbatim", paragraph="")
    assert signed.signed_paragraph == ""


def test_opening_twice_is_opening_once(story):
    for _ in range(2):
        actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    assert Event.objects.filter(name="ledger_opened").count() == 1
    assert actions.close_ledger(process=story.process, by=story.officer, at=NOW).opened_at is None
