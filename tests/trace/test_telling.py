import pytest
from django.db import transaction
from tests.factories import NOW, make_ask, make_contribution, make_verdict, make_version, user_of
from tests.trace.conftest import REVISED, ZERO

from tribune.common.models import Mail
from tribune.common.outbox import announce, deliver_until_quiet
from tribune.people.models import Membership
from tribune.trace import actions, queries

NEVER = ("obtained", "won ", "thanks to", "success")


def _mails():
    deliver_until_quiet(at=NOW)
    return list(Mail.objects.filter(reason__startswith="uptake:").order_by("pk"))


@pytest.fixture
def opened(story):
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    return story


def test_authors_hear_in_their_language_what_the_text_contains(opened):
    version = make_version(REVISED, draft=opened.draft, name="First revision")
    verdict = make_verdict(opened.ask, version, signed="verbatim")
    mail, = _mails()
    assert mail.recipient == "delegate@azur.example"
    assert "ask 1" in mail.body
    assert "verbatim in paragraph 1" in mail.body
    assert "Appearance is not proof of influence" in mail.body
    assert f"/en/ask/{opened.ask.public_id}/" in mail.body
    assert not any(word in mail.body.lower() for word in NEVER)
    user = user_of(opened.delegate)
    assert user.email == mail.recipient
    with transaction.atomic():
        announce("uptake_judged", at=NOW, verdict=verdict.pk)
    assert len(_mails()) == 1


def test_the_address_in_the_mail_speaks_the_author_s_language(opened):
    user = user_of(opened.delegate)
    user.language = "ar"
    user.save()
    make_verdict(opened.ask, make_version(REVISED, draft=opened.draft), signed="verbatim")
    mail, = _mails()
    assert mail.language == "ar"
    assert "/ar/ask/" in mail.body


def test_a_closed_ledger_tells_nobody_until_it_opens_and_then_the_newest_only(story):
    first, second = (make_version(texts, draft=story.draft) for texts in (REVISED, ZERO))
    make_verdict(story.ask, first, signed="verbatim")
    last = make_verdict(story.ask, second, "removed", signed="removed")
    assert _mails() == []
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    mail, = _mails()
    assert last.public_id in mail.reason
    assert str(first) not in mail.body
    actions.close_ledger(process=story.process, by=story.officer, at=NOW)
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    assert len(_mails()) == 1


def test_a_version_for_members_is_not_told_to_who_is_no_member_any_more(opened):
    Membership.objects.filter(user_id=opened.delegate.user_id).delete()
    make_verdict(opened.ask, make_version(REVISED, draft=opened.draft, distribution="members"), signed="verbatim")
    assert _mails() == []


def test_who_only_says_otherwise_is_not_told(opened):
    ask = make_ask(opened.process, passage=opened.zero.passages.get(path="1"), contrary=[opened.position])
    make_verdict(ask, make_version(REVISED, draft=opened.draft), signed="verbatim")
    assert _mails() == []


def test_a_guest_reads_it_with_the_receipt(opened):
    guest = make_contribution(opened.consultation)
    guest.state = "published"
    guest.save()
    ask = make_ask(opened.process, passage=opened.zero.passages.get(path="1"), contributions=[guest])
    version = make_version(REVISED, draft=opened.draft)
    waiting, = queries.what_became(guest)
    assert waiting.verdict is None
    make_verdict(ask, version, signed="substance")
    outcome, = queries.what_became(guest)
    assert (outcome.ask, outcome.verdict.signed, outcome.number) == (ask, "substance", "1")
    actions.close_ledger(process=opened.process, by=opened.officer, at=NOW)
    assert queries.what_became(guest)[0].verdict is None
