"""Preparing, opening, closing; phases are data and rules ask them."""

from datetime import timedelta

import pytest
from tests.factories import (
    LAWFUL,
    NOW,
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_member,
    make_officer,
    make_organisation,
    make_process,
    make_statement,
    make_version,
)

from tribune.common.models import Event
from tribune.common.refusals import NotAllowed
from tribune.listen import actions
from tribune.listen.choices import Act, ConsultationState, Who
from tribune.listen.formats import AMEND, COMMENT, FORMATS, PROPOSE_STATEMENT, VOTE
from tribune.listen.jobs import close_what_is_over
from tribune.listen.models import Phase
from tribune.listen.refusals import CannotOpen, CannotPrepare, ConsultationClosed, NotInThisPhase
from tribune.listen.rules import permitted
from tribune.people.rules import Viewer

pytestmark = pytest.mark.django_db


def _prepare(version, by, **fields):
    return actions.prepare_consultation(process=version.draft.process, version=version, slug="talk", name="Talk",
                                        format="both", by=by, at=NOW, **fields)


@pytest.fixture
def version():
    return make_version()


@pytest.fixture
def officer(version):
    return make_officer(version.draft.process.organisation)


@pytest.mark.parametrize("missing", ["controller", "legal_basis", "recipients", "retention_days", "contact"])
def test_without_one_of_the_lawful_fields_it_does_not_open_and_says_which(version, officer, missing):
    fields = {name: value for name, value in LAWFUL.items() if name != missing}
    if missing == "retention_days":
        fields["retention_days"] = 0
    consultation = _prepare(version, officer, **fields)
    with pytest.raises(CannotOpen) as refused:
        actions.open_consultation(consultation=consultation, by=officer, at=NOW)
    label = str(consultation._meta.get_field(missing).verbose_name)
    assert refused.value.missing == (label,)
    assert label in str(refused.value)
    consultation.refresh_from_db()
    assert consultation.state == ConsultationState.PREPARED
    assert not Event.objects.filter(name="consultation_opened").exists()


def test_refusal_lists_all_that_is_missing(version, officer):
    with pytest.raises(CannotOpen) as refused:
        actions.open_consultation(consultation=_prepare(version, officer), by=officer, at=NOW)
    assert len(refused.value.missing) == 4


def test_opening_and_closing_announce_one_event_each(version, officer):
    consultation = actions.open_consultation(consultation=_prepare(version, officer, **LAWFUL), by=officer, at=NOW,
                                             closes_at=NOW + timedelta(days=2))
    assert consultation.opened_at == NOW
    actions.close_consultation(consultation=consultation, by=officer, at=NOW)
    assert list(Event.objects.order_by("id").values_list("name", "ids")) == [
        ("consultation_opened", {"consultation": consultation.pk}),
        ("consultation_closed", {"consultation": consultation.pk})]


def test_opened_twice_is_refused(version, officer):
    consultation = make_consultation(version, by=officer)
    with pytest.raises(ConsultationClosed):
        actions.open_consultation(consultation=consultation, by=officer, at=NOW)


def test_closing_moment_in_the_past_is_refused(version, officer):
    with pytest.raises(CannotPrepare):
        actions.open_consultation(consultation=_prepare(version, officer, **LAWFUL), by=officer, at=NOW,
                                  closes_at=NOW)


def test_only_officers_of_the_organisation_prepare_open_and_close(version, officer):
    consultation = make_consultation(version, by=officer, opened=False)
    strangers = (
        Viewer(),
        make_officer(),
        make_delegate(),
        make_member(version.draft.process.organisation, "moderator"),
    )
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            _prepare(version, stranger)
        with pytest.raises(NotAllowed):
            actions.open_consultation(consultation=consultation, by=stranger, at=NOW)
    actions.open_consultation(consultation=consultation, by=officer, at=NOW)
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            actions.close_consultation(consultation=consultation, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            actions.change_consultation(consultation=consultation, by=stranger, at=NOW, name="Mine")


def test_a_preview_and_a_foreign_version_cannot_be_asked_about(officer):
    organisation_id = next(iter(officer.officer_of))
    process = make_process(make_organisation(), organisation_id=organisation_id)
    with pytest.raises(CannotPrepare):
        actions.prepare_consultation(process=process, version=make_version(), slug="a", name="A", format="both",
                                     by=officer, at=NOW)
    with pytest.raises(CannotPrepare):
        actions.prepare_consultation(process=process, version=None, slug="a", name="A", format="both", by=officer,
                                     at=NOW)
    preview = make_version(state="preview")
    with pytest.raises(CannotPrepare):
        _prepare(preview, make_officer(preview.draft.process.organisation))


def test_a_mode_of_voting_that_nobody_knows_is_refused(version, officer):
    with pytest.raises(CannotPrepare):
        _prepare(version, officer, voting_mode="by acclamation")


def test_what_the_law_asks_for_cannot_be_emptied_while_it_is_open(version, officer):
    consultation = make_consultation(version, by=officer)
    with pytest.raises(CannotOpen):
        actions.change_consultation(consultation=consultation, by=officer, at=NOW, contact="")
    changed = actions.change_consultation(consultation=consultation, by=officer, at=NOW, contact="new@hub.example")
    assert changed.contact == "new@hub.example"
    assert changed.name == consultation.name


def test_job_closes_what_is_over_once(version, officer):
    over = make_consultation(version, by=officer, closes_at=NOW + timedelta(hours=1))
    running = make_consultation(version, by=officer, closes_at=NOW + timedelta(hours=3))
    close_what_is_over(NOW + timedelta(hours=2))
    close_what_is_over(NOW + timedelta(hours=2))
    over.refresh_from_db()
    running.refresh_from_db()
    assert (over.state, running.state) == ("closed", "open")
    assert Event.objects.filter(name="consultation_closed").count() == 1


def test_past_its_moment_it_is_closed_whether_the_worker_ran_or_not(version, officer):
    consultation = make_consultation(version, by=officer, closes_at=NOW + timedelta(hours=1))
    with pytest.raises(ConsultationClosed):
        make_contribution(consultation, at=NOW + timedelta(hours=1))


# ---- Phases

DO = {
    COMMENT: lambda c, s: make_contribution(c),
    AMEND: lambda c, s: make_contribution(c, act=Act.DELETE, city=make_city()),
    PROPOSE_STATEMENT: lambda c, s: actions.propose_statement(
        consultation=c, text="Keep the paper form.", language="en", by=Viewer(), at=NOW, origin="participant"),
    VOTE: lambda c, s: actions.vote(statement=s, voice_uid=actions.new_voice(consultation=c).uid, value=1, at=NOW),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("act", DO)
def test_each_format_permits_what_its_phases_name_and_nothing_else(version, name, act):
    consultation = make_consultation(version, format=name)
    permits = {permit for phase in FORMATS[name].phases for permit in phase.permits}
    if name == "one_position":
        # It asks cities and their services alone; test_formats has who may do what.
        Phase.objects.filter(consultation=consultation).update(who=Who.ANYONE)
        type(consultation).objects.filter(pk=consultation.pk).update(audience=Who.ANYONE)
    statement = consultation.statements.create(text="There.", language="en", state="published", made_at=NOW)
    if act in permits:
        DO[act](consultation, statement)
    else:
        with pytest.raises(NotInThisPhase):
            DO[act](consultation, statement)


@pytest.mark.parametrize("act", DO)
def test_closed_consultation_refuses_every_act(version, officer, act):
    consultation = make_consultation(version, by=officer)
    statement = make_statement(consultation, by=officer)
    voice = actions.new_voice(consultation=consultation)
    actions.close_consultation(consultation=consultation, by=officer, at=NOW)
    late = DO[act]
    if act == VOTE:
        def late(c, s):
            return actions.vote(statement=s, voice_uid=voice.uid, value=1)
    with pytest.raises(ConsultationClosed):
        late(consultation, statement)


def test_a_phase_counts_between_its_dates(version):
    consultation = make_consultation(version, format="both")
    phases = list(consultation.phases.all())
    phases[0].ends_at = NOW
    phases[1].starts_at = NOW
    Phase.objects.bulk_update(phases, ["starts_at", "ends_at"])
    assert permitted(phases, NOW - timedelta(seconds=1)) == {COMMENT, AMEND}
    assert permitted(phases, NOW) == {PROPOSE_STATEMENT, VOTE}
    with pytest.raises(NotInThisPhase):
        make_contribution(consultation)
