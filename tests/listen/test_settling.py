"""Three services, one position: what meets, how it is settled, other words, undo, mandates, twins; and who sees it."""

import pytest
from django.core.files.base import ContentFile
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_officer,
    make_position,
    make_version,
)

from tribune.common.refusals import NotAllowed
from tribune.listen import actions, answer_queries, city_queries, queries
from tribune.listen.choices import ContributionState, Settled
from tribune.listen.models import Contribution
from tribune.listen.refusals import Incomplete, NotWaiting
from tribune.people.choices import Role
from tribune.people.models import Mandate

pytestmark = pytest.mark.django_db
READ = "We resolve to involve local authorities, where appropriate."
WATER = "We resolve to involve water utilities, where appropriate."
YOUTH = "We resolve to involve young people, where appropriate."
DIGITAL = "We resolve to involve local authorities."


@pytest.fixture
def consultation():
    return make_consultation(make_version([READ, "We commit to schools."]), format="one_position")


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def delegate(city):
    return make_delegate(city)


@pytest.fixture
def proposals(consultation, city):
    return [make_contribution(consultation, act="CHANGE", wording=wording, why=service, city=city, strength=strength,
                              by=make_delegate(city, role=Role.MEMBER, service=service))
            for service, wording, strength in (("Water", WATER, "must"), ("Youth", YOUTH, "should"),
                                               ("Digital", DIGITAL, "should"))]


def states(rows):
    return [Contribution.objects.get(pk=row.pk).state for row in rows]


def met(viewer, city):
    return [meeting for found in city_queries.meetings_of(viewer, city).values() for meeting in found]


def test_services_that_ask_different_words_for_the_same_words_meet(delegate, city, proposals):
    [meeting] = met(delegate, city)
    assert {row.service for row in meeting.proposals} == {"Water", "Youth"}
    assert meeting.words == ("local authorities",)
    assert not meeting.clean


def test_one_is_chosen_the_others_are_set_aside_and_undo_brings_them_back(delegate, city, proposals):
    water, youth, _digital = proposals
    settled = actions.settle(city=city, met=[water, youth], how=Settled.CHOSEN, chosen=water, by=delegate, at=NOW)
    assert states(proposals) == ["inner", "aside", "inner"]
    assert not met(delegate, city)
    actions.undo_settlement(settlement=settled, by=delegate, at=NOW)
    assert states(proposals) == ["inner", "inner", "inner"]
    with pytest.raises(NotWaiting):
        actions.undo_settlement(settlement=settled, by=delegate, at=NOW)


def test_joined_into_one_wording_that_stands_for_the_city(delegate, city, proposals):
    settled = actions.settle(city=city, met=proposals, how=Settled.MERGED, by=delegate, at=NOW,
                             wording="We resolve to involve local authorities, water utilities and young people.")
    assert states(proposals) == ["aside"] * 3
    joined = settled.kept
    assert (joined.state, joined.strength, joined.service, joined.origin) == ("inner", "must", "", "joined")
    assert joined.why == "Water\n\nYouth\n\nDigital"
    actions.undo_settlement(settlement=settled, by=delegate, at=NOW)
    assert states([*proposals, joined]) == ["inner"] * 3 + ["withdrawn"]


def test_both_are_kept_and_no_longer_asked_about(delegate, city, proposals):
    actions.settle(city=city, met=proposals[:2], how=Settled.BOTH, by=delegate, at=NOW)
    assert not met(delegate, city)
    assert states(proposals) == ["inner"] * 3


def test_services_do_not_settle_and_what_was_sent_cannot_be_settled(delegate, city, proposals):
    with pytest.raises(NotAllowed):
        actions.settle(city=city, met=proposals[:2], how=Settled.BOTH, at=NOW,
                       by=make_delegate(city, role=Role.MEMBER, service="Water"))
    with pytest.raises(NotAllowed):
        actions.settle(city=city, met=proposals[:2], how=Settled.BOTH, at=NOW, by=make_delegate())
    actions.send_position(contribution=proposals[0], level="personal", body="", given_on=None, by=delegate, at=NOW)
    with pytest.raises(NotWaiting):
        actions.settle(city=city, met=proposals[:2], how=Settled.BOTH, at=NOW, by=delegate)


def test_a_settlement_whose_proposal_was_sent_is_not_undone(delegate, city, proposals):
    settled = actions.settle(city=city, met=proposals[:2], how=Settled.CHOSEN, chosen=proposals[0], by=delegate, at=NOW)
    actions.send_position(contribution=proposals[0], level="personal", body="", given_on=None, by=delegate, at=NOW)
    with pytest.raises(NotWaiting):
        actions.undo_settlement(settlement=settled, by=delegate, at=NOW)
    actions.bring_back(contribution=proposals[0], by=delegate, at=NOW)
    actions.undo_settlement(settlement=settled, by=delegate, at=NOW)
    assert states(proposals) == ["inner"] * 3


def test_other_words_keep_the_earlier_and_undo_brings_them_back(delegate, city, proposals):
    water = proposals[0]
    fields = {"act": "CHANGE", "strength": "should", "why": "Shorter", "at": NOW, "by": delegate}
    actions.revise_contribution(contribution=water, wording=DIGITAL, **fields)
    earlier = water.earlier.get()
    assert (earlier.number, earlier.wording, earlier.strength) == (1, WATER, "must")
    actions.restore_wording(contribution=water, number=1, by=delegate, at=NOW)
    water.refresh_from_db()
    assert (water.wording, water.strength, water.why) == (WATER, "must", "Water")
    assert water.earlier.count() == 2
    with pytest.raises(Incomplete, match="Nothing was changed"):
        actions.revise_contribution(contribution=water, act="CHANGE", strength="must", wording=WATER, why="Water",
                                    by=delegate, at=NOW)
    with pytest.raises(NotAllowed):
        actions.revise_contribution(contribution=water, wording=YOUTH, **{**fields, "by": make_delegate(
            city, role=Role.MEMBER, service="Youth")})


def test_delete_strikes_all_or_the_words_that_are_gone_and_puts_nothing_in(consultation, city):
    some = make_contribution(consultation, act="DELETE", wording=DIGITAL, city=city)
    assert some.wording == DIGITAL
    assert [sign for sign, _words in queries.redline_of(some)] == ["=", "-", "="]
    assert make_contribution(consultation, act="DELETE", wording=READ, city=city).wording == ""
    with pytest.raises(Incomplete, match="put words in as well"):
        make_contribution(consultation, act="DELETE", wording=WATER, city=city)


# ---- Mandates


def send(contribution, by, **fields):
    return actions.send_position(**{
        "contribution": contribution, "level": "council_vote", "body": "City council", "given_on": NOW.date(),
        "by": by, "at": NOW, **fields})


def test_a_document_is_private_unless_it_is_published(delegate, city, proposals):
    sent = send(proposals[0], delegate, document=ContentFile(b"minutes", name="minutes.pdf"))
    outside = make_delegate()
    assert city_queries.mandate_for(delegate, city, sent)
    assert city_queries.mandate_for(outside, city, sent) is None
    Mandate.objects.update(document_is_public=True)
    assert city_queries.mandate_for(outside, city, sent)
    actions.bring_back(contribution=sent, by=delegate, at=NOW)
    sent.refresh_from_db()
    assert city_queries.mandate_for(outside, city, sent) is None
    assert Mandate.objects.get().valid_until == NOW.date()


def test_a_mandate_that_ended_does_not_count(delegate, proposals):
    with pytest.raises(Incomplete, match="is over"):
        send(proposals[0], delegate, valid_until=NOW.date().replace(day=1))
    sent = send(proposals[0], delegate, valid_until=NOW.date())
    mandate = Mandate.objects.get(position=sent.public_id)
    assert city_queries.counts_as_mandated(mandate, NOW.date())
    assert not city_queries.counts_as_mandated(mandate, NOW.date().replace(day=18))


# ---- Twins


def test_published_twins_are_put_together_with_co_signers_and_parted_again():
    consultation = make_consultation(make_version([READ]))
    officer = make_officer(consultation.organisation)
    rows = [make_position(consultation, act=act, wording=wording) for act, wording in (
        ("CHANGE", DIGITAL), ("ADD", DIGITAL.upper()), ("CHANGE", WATER))]
    [group] = answer_queries.twins_in(consultation)
    assert [row.pk for row in group] == [rows[0].pk, rows[1].pk]
    leader = actions.join_twins(contributions=group, by=officer, at=NOW)
    assert (leader.pk, [row.pk for row in leader.cosigners.all()]) == (rows[0].pk, [rows[1].pk])
    assert not answer_queries.twins_in(consultation)
    actions.part_twins(contribution=leader, by=officer, at=NOW)
    assert len(answer_queries.twins_in(consultation)) == 1
    with pytest.raises(NotWaiting):
        actions.join_twins(contributions=[rows[0], rows[2]], by=officer, at=NOW)
    with pytest.raises(NotAllowed):
        actions.join_twins(contributions=group, by=make_officer(), at=NOW)


# ---- Who sees it


def test_what_a_city_settles_and_wrote_before_is_for_its_people(delegate, city, proposals, consultation):
    from django.http import Http404

    actions.settle(city=city, met=proposals[:2], how=Settled.CHOSEN, chosen=proposals[0], by=delegate, at=NOW)
    outsiders = [make_delegate(), make_officer(consultation.organisation)]
    for outsider in outsiders:
        assert not city_queries.settlements_of(outsider, city)
        assert not city_queries.posts_of(outsider, city)
        with pytest.raises(Http404):
            city_queries.meetings_of(outsider, city)
        assert not queries.contributions_for(outsider, consultation).filter(state=ContributionState.ASIDE).exists()
    assert queries.contributions_for(delegate, consultation).filter(state=ContributionState.ASIDE).count() == 1
