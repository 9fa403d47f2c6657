"""Words on a paragraph: inner, position, comment of a guest, receipt, anchor."""

from datetime import timedelta

import pytest
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_officer,
    make_position,
    make_user,
    make_version,
)

from tribune.common import chain
from tribune.common.models import Event
from tribune.common.refusals import NotAllowed
from tribune.listen import actions, queries
from tribune.listen.refusals import ConsultationClosed, Incomplete, NotWaiting, ReceiptUnknown
from tribune.people.choices import Role
from tribune.people.models import Mandate, Token
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer

pytestmark = pytest.mark.django_db
OLD = "We resolve to involve local authorities, where appropriate."
NEW = "We resolve to involve local and regional governments."


@pytest.fixture
def consultation():
    return make_consultation(make_version([OLD, "We commit to schools."]))


@pytest.fixture
def city():
    return make_city()


def _say(consultation, **fields):
    given = {"act": "COMMENT", "by": Viewer(), "at": NOW, "why": "It leaves us out.", **fields}
    path = given.pop("path", "1")
    return actions.contribute(consultation=consultation, passage=consultation.version.passages.get(path=path),
                              rendition=consultation.version.renditions.get(), **given)


def test_a_service_writes_inside_its_city(consultation, city):
    water = make_delegate(city, role=Role.MEMBER, service="Water")
    made, receipt = _say(consultation, act="CHANGE", wording=NEW, strength="must", by=water, city=city)
    assert (made.state, made.service, made.level, receipt) == ("inner", "Water", "service", "")
    assert made.author_id == water.user_id
    # Nothing downstream hears of what is said inside a city.
    assert not Event.objects.filter(name="contribution_made").exists()


def test_nobody_writes_for_a_city_that_is_not_theirs(consultation, city):
    for stranger in (Viewer(), make_delegate(), make_officer(consultation.organisation)):
        with pytest.raises(NotAllowed):
            _say(consultation, by=stranger, city=city)


def test_redline_is_drawn_from_the_plain_text(consultation, city):
    made = make_contribution(consultation, act="CHANGE", wording=NEW, city=city)
    pieces = queries.redline_of(made)
    assert "".join(text for sign, text in pieces if sign != "+") == OLD
    assert "".join(text for sign, text in pieces if sign != "-") == NEW
    assert any(sign == "-" and "where appropriate" in text for sign, text in pieces)
    assert queries.redline_of(make_contribution(consultation, act="DELETE", city=city)) == (("-", OLD),)
    assert queries.redline_of(make_contribution(consultation, act="KEEP", city=city)) == (("=", OLD),)


def test_anchor_keeps_the_words_that_were_read(consultation, city):
    made = make_contribution(consultation, act="CHANGE", wording=NEW, city=city)
    paragraph = made.passage.paragraphs.get()
    assert (made.text_sha256, made.rendition_id) == (paragraph.sha256, paragraph.rendition_id)
    paragraph.text, paragraph.sha256 = "Read again from a corrected file.", "0" * 64
    paragraph.save()
    made.refresh_from_db()
    assert "".join(text for sign, text in queries.redline_of(made) if sign != "+") == OLD


@pytest.mark.parametrize(("fields", "field"), [
    ({"act": "COMMENT", "why": "  "}, "why"),
    ({"act": "CHANGE", "strength": "must", "wording": ""}, "wording"),
    ({"act": "CHANGE", "strength": "must", "wording": OLD.replace(" ", "  ")}, "wording"),
    ({"act": "ADD", "strength": "should", "wording": "x" * 1201}, "wording"),
    ({"act": "DELETE", "strength": ""}, "strength"),
    ({"act": "KEEP", "strength": "must", "why": "y" * 2001}, "why"),
    ({"act": "BURN", "strength": "must"}, "act"),
])
def test_what_is_missing_or_too_long_is_named(consultation, city, fields, field):
    with pytest.raises(Incomplete) as refused:
        _say(consultation, by=make_delegate(city), city=city, **fields)
    assert refused.value.field == field


def test_a_paragraph_of_another_text_is_refused(consultation):
    other = make_version()
    with pytest.raises(Incomplete):
        actions.contribute(consultation=consultation, passage=other.passages.get(path="1"),
                           rendition=other.renditions.get(), act="COMMENT", by=Viewer(), at=NOW, why="Here.")


@pytest.mark.parametrize(("why", "language"), [
    ("Cette disposition oublie les collectivités territoriales.", "fr"),
    ("هذه الفقرة لا تذكر السلطات المحلية.", "ar"),
    ("这一段没有提到地方政府的作用。", "zh"),
    ("Ok.", "und"),
])
def test_language_is_detected_and_doubt_is_said(consultation, why, language):
    assert _say(consultation, why=why)[0].language == language


def test_chosen_language_wins(consultation):
    assert _say(consultation, why="Das Gesetz hat uns noch nie beteiligt.", language="de")[0].language == "de"


# ---- Guests


def test_a_guest_comments_and_the_receipt_leads_back(consultation):
    made, receipt = _say(consultation)
    assert (made.state, made.author_id, made.city_id) == ("waiting", None, None)
    assert receipt
    assert not Token.objects.filter(digest=receipt).exists()
    assert Event.objects.get(name="contribution_made").ids == {"contribution": made.pk}
    withdrawn = actions.withdraw_contribution(contribution=made, receipt=receipt.upper(), at=NOW)
    assert (withdrawn.state, withdrawn.why, withdrawn.wording) == ("withdrawn", "", "")


def test_a_guest_proposes_no_wording(consultation):
    with pytest.raises(NotAllowed):
        _say(consultation, act="CHANGE", wording=NEW, strength="must")


def test_another_receipt_opens_nothing(consultation):
    made, _ = _say(consultation)
    _, other = _say(consultation)
    for wrong in (other, "tavo-9614-rimelu-bakide-nopo", ""):
        with pytest.raises(ReceiptUnknown):
            actions.withdraw_contribution(contribution=made, receipt=wrong, at=NOW)


def test_a_guest_erases_words_after_closing_too(consultation):
    made, receipt = _say(consultation)
    actions.close_consultation(consultation=consultation, by=make_officer(consultation.organisation), at=NOW)
    assert actions.withdraw_contribution(contribution=made, receipt=receipt, at=NOW).why == ""


def test_a_person_without_city_waits_and_takes_back(consultation):
    person = viewer_for(make_user())
    made, receipt = _say(consultation, by=person, act="DELETE", strength="must")
    assert (made.state, receipt) == ("waiting", "")
    with pytest.raises(NotAllowed):
        actions.withdraw_contribution(contribution=made, by=viewer_for(make_user()), at=NOW)
    assert actions.withdraw_contribution(contribution=made, by=person, at=NOW).state == "withdrawn"
    with pytest.raises(NotWaiting):
        actions.withdraw_contribution(contribution=made, by=person, at=NOW)


# ---- Positions


def test_a_delegate_sends_the_position_with_its_mandate(consultation, city):
    inner = make_contribution(consultation, act="CHANGE", wording=NEW, city=city)
    delegate = make_delegate(city)
    sent = actions.send_position(contribution=inner, level="council_vote", body="City council", by=delegate, at=NOW,
                                 given_on=NOW.date() - timedelta(days=3))
    assert (sent.state, sent.level, sent.published_at) == ("published", "council_vote", NOW)
    mandate = Mandate.objects.get(city=city, position=sent.public_id)
    assert (mandate.process, mandate.level, mandate.body) == (
        consultation.process.public_id, "council_vote", "City council")
    assert len(mandate.wording) == 64
    assert chain.verify("journal")
    assert Event.objects.get(name="contribution_made").ids == {"contribution": sent.pk}
    with pytest.raises(NotWaiting):
        actions.send_position(contribution=inner, level="personal", body="", given_on=None, by=delegate, at=NOW)


def test_a_service_does_not_send_nor_another_city(consultation, city):
    inner = make_contribution(consultation, city=city)
    for stranger in (make_delegate(city, role=Role.MEMBER, service="Water"), make_delegate(),
                     make_officer(consultation.organisation)):
        with pytest.raises(NotAllowed):
            actions.send_position(contribution=inner, level="personal", body="", given_on=None, by=stranger, at=NOW)


@pytest.mark.parametrize(("level", "body", "days", "field"), [
    ("mayor_signed", "", 0, "body"),
    ("council_vote", "Council", None, "given_on"),
    ("council_vote", "Council", 1, "given_on"),
    ("emperor", "Council", 0, "level"),
])
def test_a_mandate_names_body_and_day(consultation, city, level, body, days, field):
    inner = make_contribution(consultation, city=city)
    given_on = None if days is None else NOW.date() + timedelta(days=days)
    with pytest.raises(Incomplete) as refused:
        actions.send_position(contribution=inner, level=level, body=body, given_on=given_on, by=make_delegate(city),
                              at=NOW)
    assert refused.value.field == field


def test_a_position_is_taken_back_until_closing_and_its_mandate_ends(consultation, city):
    position = make_position(consultation, city=city)
    author = viewer_for(position.author)
    service = make_delegate(city, role=Role.MEMBER, service="Water")
    with pytest.raises(NotAllowed):
        actions.withdraw_contribution(contribution=position, by=service, at=NOW)
    taken = actions.withdraw_contribution(contribution=position, by=author, at=NOW)
    assert taken.state == "withdrawn"
    # The city keeps its own words; nobody else sees them.
    assert taken.why
    assert Mandate.objects.get(position=position.public_id).valid_until == NOW.date()
    assert Event.objects.filter(name="contribution_withdrawn").count() == 1


def test_a_position_stays_after_closing(consultation, city):
    position = make_position(consultation, city=city)
    actions.close_consultation(consultation=consultation, by=make_officer(consultation.organisation), at=NOW)
    with pytest.raises(ConsultationClosed):
        actions.withdraw_contribution(contribution=position, by=make_delegate(city), at=NOW)
    inner = make_contribution(make_consultation(consultation.version), city=city)
    assert queries.published_contributions(consultation.process).get() == position
    assert inner not in queries.published_contributions(consultation.process)


def test_journal_of_a_city_is_for_its_people(consultation, city):
    position = make_position(consultation, city=city)
    inside = make_delegate(city)
    names = queries.journal_of(inside, city, [position])[position.public_id]
    assert [link.kind for _, _, link in names] == ["contribution_made", "position_sent"]
    assert all(name for name, _, _ in names)
    assert not queries.journal_of(make_officer(consultation.organisation), city, [position])
