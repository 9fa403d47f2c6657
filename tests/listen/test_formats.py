"""Phases say what, on which thing, and who: every phase of every format × every kind of person; dates; questions."""

from datetime import timedelta

import pytest
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_member,
    make_officer,
    make_organisation,
    make_position,
    make_statement,
    make_user,
    make_version,
    user_of,
)

from tribune.common.models import Mail
from tribune.common.outbox import deliver_until_quiet
from tribune.common.refusals import NotAllowed
from tribune.listen import actions, answer_queries
from tribune.listen.actions import PhaseGiven, QuestionGiven
from tribune.listen.choices import ContributionState, PhaseKind, Who
from tribune.listen.formats import FORMATS, VERBS
from tribune.listen.models import Contribution, Points
from tribune.listen.refusals import CannotOpen, ConsultationClosed, Incomplete, NotInThisPhase
from tribune.listen.rules import permits_for
from tribune.people.choices import Role
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer

pytestmark = pytest.mark.django_db


def _people(organisation):
    return {"anyone": Viewer(), "signed_in": viewer_for(make_user()),
            "member": make_member(organisation, Role.MEMBER),
            "service": make_delegate(role=Role.MEMBER, service="Water"),
            "delegate": make_delegate(), "officer": make_officer(organisation)}


# Who at least each audience lets in.
_IN = {Who.ANYONE: {"anyone", "signed_in", "member", "service", "delegate", "officer"},
       Who.SIGNED_IN: {"signed_in", "member", "service", "delegate", "officer"},
       Who.MEMBERS: {"member", "service", "delegate", "officer"}, Who.CITIES: {"service", "delegate"}}


@pytest.mark.parametrize("name", FORMATS)
def test_every_phase_of_every_format_for_every_kind_of_person(name):
    consultation = make_consultation(make_version(), format=name)
    for phase in consultation.phases.all():
        for role, viewer in _people(consultation.organisation).items():
            wanted = {verb for verb in phase.permits
                      if role in _IN[consultation.audience] & _IN[phase.who] & _IN[VERBS[verb].who]}
            assert permits_for(viewer, [phase], audience=consultation.audience, at=NOW) == wanted, (phase.kind, role)


@pytest.mark.parametrize("audience", Who.values)
def test_an_audience_narrows_every_phase(audience):
    consultation = make_consultation(make_version(), audience=audience)
    for role, viewer in _people(consultation.organisation).items():
        found = permits_for(viewer, consultation.phases.all(), audience=audience, at=NOW)
        assert bool(found) == (role in _IN[audience])


def test_in_a_phase_for_cities_nobody_speaks_for_themselves():
    consultation = make_consultation(make_version(), format="one_position")
    city = make_city()
    inside = make_delegate(city)
    assert make_contribution(consultation, act="KEEP", city=city, by=inside).state == ContributionState.INNER
    with pytest.raises(NotAllowed):
        make_contribution(consultation, act="KEEP", by=inside)
    with pytest.raises(NotAllowed):
        make_contribution(consultation, by=Viewer())


def test_phases_are_set_with_days_and_kept_apart():
    version = make_version()
    officer = make_officer(version.draft.process.organisation)
    consultation = make_consultation(version, by=officer)
    turn = NOW + timedelta(days=2)
    actions.set_phases(consultation=consultation, by=officer, at=NOW, phases=[
        PhaseGiven(PhaseKind.COMMENT, ("comment",), ends_at=turn),
        PhaseGiven(PhaseKind.AMEND, ("amend",), title="Wording", starts_at=turn)])
    inside = make_delegate()
    city = inside.cities and next(iter(inside.cities))
    assert city
    phases = list(consultation.phases.all())
    assert permits_for(inside, phases, audience="anyone", at=NOW) == {"comment"}
    assert permits_for(inside, phases, audience="anyone", at=turn) == {"amend"}
    with pytest.raises(NotInThisPhase):
        make_contribution(consultation, act="KEEP", by=inside)
    assert make_contribution(consultation, act="KEEP", by=inside, at=turn).act == "KEEP"


@pytest.mark.parametrize(("phase", "words"), [
    (PhaseGiven(PhaseKind.AMEND, ()), "Choose what people may do"),
    (PhaseGiven(PhaseKind.AMEND, ("dance",)), "Choose what people may do"),
    (PhaseGiven("party", ("comment",)), "kind of phase"),
    (PhaseGiven(PhaseKind.AMEND, ("comment",), starts_at=NOW, ends_at=NOW), "ends before it begins")])
def test_phases_that_make_no_sense_are_refused_with_their_place(phase, words):
    version = make_version()
    officer = make_officer(version.draft.process.organisation)
    with pytest.raises(Incomplete, match=words) as refused:
        actions.set_phases(consultation=make_consultation(version, by=officer), phases=[phase], by=officer, at=NOW)
    assert refused.value.field == "phase-0"


def test_only_officers_of_the_organisation_set_phases_and_questions():
    consultation = make_consultation(make_version())
    stranger = make_officer(make_organisation())
    with pytest.raises(NotAllowed):
        actions.set_phases(consultation=consultation, phases=[PhaseGiven("amend", ("comment",))], by=stranger, at=NOW)
    with pytest.raises(NotAllowed):
        actions.set_questions(consultation=consultation, questions=[], by=stranger, at=NOW)


# ---- Questions


@pytest.fixture
def call():
    return make_consultation(make_version(), format="call_questions")


def test_a_call_does_not_open_without_a_question():
    version = make_version()
    officer = make_officer(version.draft.process.organisation)
    prepared = make_consultation(version, format="call_questions", opened=False, by=officer)
    prepared.questions.all().delete()
    with pytest.raises(CannotOpen):
        actions.open_consultation(consultation=prepared, by=officer, at=NOW)


def test_an_answer_is_counted_in_words_by_the_server(call):
    question = call.questions.get()
    with pytest.raises(Incomplete, match="Too long by 1 word"):
        actions.answer_question(question=question, text="word " * 21, by=Viewer(), at=NOW)
    with pytest.raises(Incomplete, match="Too long by 5 words"):
        actions.answer_question(question=question, text="城" * 25, by=Viewer(), at=NOW)
    with pytest.raises(Incomplete, match="longer than words"):
        actions.answer_question(question=question, text="x" * 5000, by=Viewer(), at=NOW)
    made, receipt = actions.answer_question(question=question, text="More trains, fewer forms.", by=Viewer(), at=NOW)
    assert receipt
    assert (made.state, made.passage, made.language) == (ContributionState.WAITING, None, "en")


def test_an_answer_of_a_city_stays_inside_until_it_is_sent(call):
    inside = make_delegate(city := make_city())
    made, receipt = actions.answer_question(question=call.questions.get(), text="More trains.", by=inside, at=NOW,
                                            city=city)
    assert (made.state, receipt) == (ContributionState.INNER, "")
    assert call.questions.get() not in answer_queries.answers_to(Viewer(), call)
    sent = actions.send_position(contribution=made, level="personal", body="", given_on=None, by=inside, at=NOW)
    assert sent.state == ContributionState.PUBLISHED


def test_an_answered_question_keeps_its_words(call):
    officer = make_officer(call.organisation)
    question = call.questions.get()
    actions.answer_question(question=question, text="Yes.", by=Viewer(), at=NOW)
    with pytest.raises(Incomplete, match="its words stay"):
        actions.set_questions(consultation=call, by=officer, at=NOW, questions=[
            QuestionGiven("Something else?", public_id=question.public_id)])
    with pytest.raises(Incomplete, match="it stays"):
        actions.set_questions(consultation=call, by=officer, at=NOW, questions=[QuestionGiven("New?")])


# ---- Points and review


def test_ten_points_one_set_a_city_and_a_ranking_from_five():
    consultation = make_consultation(make_version(), format="whole_way")
    first, second = make_position(consultation, act="KEEP"), make_position(consultation, act="KEEP", path="2")
    people = [make_delegate() for _ in range(5)]
    for n, person in enumerate(people):
        city = user_of(person).memberships.get().city
        actions.give_points(consultation=consultation, points={first.public_id: 6, second.public_id: 4 if n else 0},
                            by=person, at=NOW, city=city)
        if n == 0:
            actions.give_points(consultation=consultation, points={first.public_id: 7}, by=person, at=NOW, city=city)
        if n < 4:
            assert answer_queries.ranking_of(consultation) == (n + 1, [])
    n, ranking = answer_queries.ranking_of(consultation)
    assert (n, [(row.it.pk, row.points, row.givers) for row in ranking]) == (
        5, [(first.pk, 31, 5), (second.pk, 0, 0)])
    with pytest.raises(Incomplete, match="1 point too many"):
        actions.give_points(consultation=consultation, points={first.public_id: 11}, by=people[0], at=NOW)
    with pytest.raises(NotAllowed):
        actions.give_points(consultation=consultation, points={first.public_id: 1}, by=Viewer(), at=NOW)
    assert Points.objects.count() == 9


def test_points_go_to_published_words_alone():
    consultation = make_consultation(make_version(), format="whole_way")
    inner = make_contribution(consultation, act="KEEP", city=make_city())
    with pytest.raises(Incomplete):
        actions.give_points(consultation=consultation, points={inner.public_id: 1}, by=make_delegate(), at=NOW)


def test_a_review_needs_a_summary_and_a_no_needs_a_reason():
    consultation = make_consultation(make_version(), format="whole_way")
    person = viewer_for(make_user())
    with pytest.raises(Incomplete, match="not written yet"):
        actions.review_summary(consultation=consultation, right=True, why="", by=person, at=NOW)
    actions.publish_summary(consultation=consultation, summary="Towns want trains.", at=NOW,
                            by=make_officer(consultation.organisation))
    with pytest.raises(Incomplete):
        actions.review_summary(consultation=consultation, right=False, why=" ", by=person, at=NOW)
    made = actions.review_summary(consultation=consultation, right=False, why="And boats.", by=person, at=NOW)
    assert (made.origin, made.act, made.state) == ("review", "COMMENT", ContributionState.WAITING)


# ---- Urgent


def test_urgent_closes_after_48_hours_and_tells_cities_who_may_read_it_once():
    version = make_version(distribution="members")
    inside = user_of(make_delegate(language="fr"))
    make_user()
    consultation = make_consultation(version, format="urgent")
    assert consultation.closes_at == NOW + timedelta(hours=48)
    deliver_until_quiet(at=NOW)
    deliver_until_quiet(at=NOW)
    told = Mail.objects.filter(reason=f"urgent:{consultation.public_id}")
    assert {mail.recipient for mail in told} == {inside.email}
    assert f"/fr/c/{consultation.slug}/light/" in told.get().body
    with pytest.raises(ConsultationClosed):
        make_contribution(consultation, at=NOW + timedelta(hours=48))


def test_other_formats_send_no_urgent_mail():
    make_delegate()
    make_statement(make_consultation(make_version(), format="both"))
    deliver_until_quiet(at=NOW)
    assert not Mail.objects.filter(reason__startswith="urgent:").exists()
    assert not Contribution.objects.exists()
