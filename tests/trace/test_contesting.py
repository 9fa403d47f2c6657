import pytest
from django.urls import reverse
from tests.factories import (
    NOW,
    make_ask,
    make_city,
    make_contribution,
    make_delegate,
    make_officer,
    make_user,
    make_verdict,
    make_version,
    user_of,
)
from tests.trace.conftest import REVISED

from tribune.common import chain
from tribune.common.models import Link, LinkContent, Mail
from tribune.common.outbox import deliver_until_quiet
from tribune.listen.actions import contribute
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer
from tribune.project.checks import problems
from tribune.trace import actions, queries
from tribune.trace.models import Contest
from tribune.trace.refusals import (
    AlreadyAnswered,
    AlreadyContested,
    NeedsWords,
    NoSuchReceipt,
    NotAContributor,
    NotYourLedger,
)
from tribune.trace.rules import LEDGER

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WRONG = "Paragraph 1 names authorities, not desks."


@pytest.fixture
def signed(story):
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    story.version = make_version(REVISED, draft=story.draft, name="First revision")
    story.verdict = make_verdict(story.ask, story.version, signed="verbatim")
    return story


def _contest(story, by=None, **more):
    return actions.contest_verdict(verdict=story.verdict, text=WRONG, by=by or story.delegate, at=NOW, **more)


def test_who_asked_contests_and_an_officer_answers_once(signed):
    contest = _contest(signed)
    assert (contest.by_role, contest.word, contest.answered_at) == ("city", "verbatim", None)
    with pytest.raises(AlreadyContested):
        _contest(signed)
    with pytest.raises(NotYourLedger):
        actions.answer_contest(contest=contest, answer="No.", by=make_officer(), at=NOW)
    with pytest.raises(NeedsWords):
        actions.answer_contest(contest=contest, answer=" ", by=signed.officer, at=NOW)
    answered = actions.answer_contest(contest=contest, answer="We read it again.", by=signed.officer, at=NOW)
    assert (answered.answer, answered.answered_role, answered.answered_at) == ("We read it again.", "officer", NOW)
    with pytest.raises(AlreadyAnswered):
        actions.answer_contest(contest=contest, answer="Once more.", by=signed.officer, at=NOW)
    assert _contest(signed).pk != contest.pk


def test_only_those_who_asked_contest(signed):
    for viewer in (Viewer(), viewer_for(make_user()), make_delegate(make_city()), make_officer()):
        with pytest.raises(NotAContributor):
            _contest(signed, viewer)
    colleague = make_delegate(signed.city)
    assert _contest(signed, colleague).by_role == "city"


def test_a_guest_contests_with_the_receipt_and_no_other_code(signed):
    consultation = signed.consultation
    passage = consultation.version.passages.get(path="1")
    made, receipt = contribute(consultation=consultation, passage=passage, act="COMMENT", by=Viewer(), city=None,
                               rendition=consultation.version.renditions.get(), why="It leaves us out.", strength="",
                               at=NOW)
    made.state = "published"
    made.save()
    with pytest.raises(NotAContributor):
        _contest(signed, Viewer(), receipt=receipt)
    signed.ask = make_ask(signed.process, passage=passage, contributions=[made])
    signed.verdict = make_verdict(signed.ask, signed.version, signed="partly", proposed="partly")
    with pytest.raises(NoSuchReceipt):
        _contest(signed, Viewer(), receipt="no-such-receipt")
    contest = _contest(signed, Viewer(), receipt=receipt.lower())
    assert (contest.by_id, contest.by_role, contest.contribution) == (None, "guest", made)


def test_a_closed_ledger_or_an_unsigned_verdict_cannot_be_contested(signed):
    proposed = make_verdict(signed.ask, make_version(REVISED, draft=signed.draft))
    actions.close_ledger(process=signed.process, by=signed.officer, at=NOW)
    with pytest.raises(type(signed.verdict).DoesNotExist):
        _contest(signed)
    actions.open_ledger(process=signed.process, by=signed.officer, at=NOW)
    signed.verdict = proposed
    with pytest.raises(type(proposed).DoesNotExist):
        _contest(signed)


def test_officers_and_the_author_are_told_once(signed):
    contest = _contest(signed)
    deliver_until_quiet(at=NOW)
    officer = user_of(signed.officer)
    told = Mail.objects.filter(reason=f"contest:{contest.public_id}")
    assert officer.email in {mail.recipient for mail in told}
    assert all(WRONG not in mail.body and "Contested: ask 1" in mail.subject for mail in told)
    actions.answer_contest(contest=contest, answer="We read it again.", by=signed.officer, at=NOW)
    deliver_until_quiet(at=NOW)
    mail = Mail.objects.get(reason=f"contest-answer:{contest.public_id}")
    assert mail.recipient == "delegate@azur.example"
    assert "We read it again." in mail.body


def test_the_public_reads_the_answer_and_not_the_words_of_the_contest(client, signed):
    contest = _contest(signed)
    actions.answer_contest(contest=contest, answer="We read it again.", by=signed.officer, at=NOW)
    address = reverse("trace:ask", args=[signed.ask.public_id])
    page = client.get(address).content.decode()
    assert "Contested by a city that asked" in page
    assert "We read it again." in page
    assert WRONG not in page
    client.force_login(user_of(signed.delegate), backend=BACKEND)
    assert WRONG in client.get(address).content.decode()


def test_the_pages_take_a_contest_and_its_answer(client, signed):
    address = reverse("trace:contest_verdict", args=[signed.ask.public_id, signed.verdict.public_id])
    assert client.post(address, {"text": WRONG, "receipt": "abc"}).status_code == 422
    client.force_login(user_of(signed.delegate), backend=BACKEND)
    page = client.get(address).content.decode()
    assert "receipt" not in page.split("<form", 1)[1]
    assert client.post(address, {"text": WRONG}).status_code == 302
    contest = Contest.objects.get()
    officer_address = reverse("trace:contest", args=[signed.process.slug, contest.public_id])
    assert client.get(officer_address).status_code in (403, 404)
    client.force_login(user_of(signed.officer), backend=BACKEND)
    desk = client.get(reverse("trace:desk", args=[signed.process.slug])).content.decode()
    assert officer_address in desk
    assert WRONG in client.get(officer_address).content.decode()
    assert client.post(officer_address, {"answer": ""}).status_code == 422
    assert client.post(officer_address, {"answer": "Read again."}).status_code == 302
    contest.refresh_from_db()
    assert contest.answer == "Read again."


def test_what_is_erased_is_gone_everywhere_and_the_chain_still_verifies(client, signed):
    contest = _contest(signed)
    actions.answer_contest(contest=contest, answer="We read it again.", by=signed.officer, at=NOW)
    actions.sign_verdict(verdict=signed.verdict, signed="partly", paragraph="1", reason="Ms Planted Name is right.",
                         by=signed.officer, at=NOW)
    length = chain.verify(LEDGER)
    with pytest.raises(NotYourLedger):
        actions.erase_contest(contest=contest, by=make_officer(), at=NOW)
    actions.erase_contest(contest=contest, by=signed.delegate, at=NOW)
    actions.erase_reasons(verdict=signed.verdict, by=signed.officer, at=NOW)
    assert chain.verify(LEDGER) == length + 2
    kept = str(list(LinkContent.objects.values_list("content", flat=True))) + str(
        list(Contest.objects.values_list("text", flat=True)))
    assert WRONG not in kept
    assert "Planted" not in kept
    page = client.get(reverse("trace:ask", args=[signed.ask.public_id])).content.decode()
    assert "We read it again." in page
    assert "Planted" not in page
    assert queries.earlier_signatures(signed.verdict)[0]["signed"] == "verbatim"
    assert not [line for line in problems() if "chain" in line]


def test_check_says_which_link_was_changed(signed):
    _contest(signed)
    Link.objects.filter(chain=LEDGER, kind="verdict_signed").update(subject="somethingx")
    found = [line for line in problems() if "chain" in line]
    assert len(found) == 1
    assert "ledger" in found[0]
    assert "does not hold" in found[0]
    content = LinkContent.objects.filter(link__chain=LEDGER, link__kind="verdict_contested").get()
    content.content["text"] = "Other words."
    content.save()
    assert [line for line in problems() if "chain" in line]


def test_a_contest_ties_nobody_to_a_members_version(client, signed):
    inner = make_version(REVISED, draft=signed.draft, distribution="members")
    verdict = make_verdict(signed.ask, inner, signed="verbatim")
    address = reverse("trace:contest_verdict", args=[signed.ask.public_id, verdict.public_id])
    assert client.get(address).status_code == 404
    client.force_login(user_of(signed.delegate), backend=BACKEND)
    assert client.get(address).status_code == 200


def test_the_receipt_tells_in_plain_words_and_shows_the_answer(client, signed):
    guest = make_contribution(signed.consultation, why="They asked us nothing. We have a desk.")
    guest.state = "published"
    guest.save()
    ask = make_ask(signed.process, passage=signed.zero.passages.get(path="1"), contributions=[guest])
    verdict = make_verdict(ask, signed.version, signed="substance", proposed="substance")
    from tribune.common import slots

    (_, piece), = slots.ask("contribution.became", [guest.public_id], Viewer())[guest.public_id]
    assert piece["whose"].startswith("Your 2 sentences")
    assert piece["lines"][0]["said"] == "It appears in substance in paragraph 1."
    assert piece["lines"][0]["outcome"].verdict == verdict
