"""Processes, calls, and deadlines that move."""

from datetime import UTC, date, datetime, time

import pytest
from tests.factories import NOW, make_call, make_delegate, make_officer, make_organisation, make_process

from tribune.common.models import Event
from tribune.watch import actions
from tribune.watch.events import CALL_OPENED, DEADLINE_MOVED
from tribune.watch.models import Call
from tribune.watch.queries import open_calls
from tribune.watch.refusals import DeadlineUnmoved, NameTaken, NotYourProcess, UnknownTimeZone

pytestmark = pytest.mark.django_db


def _call(officer, process, **fields):
    return actions.make_call(**{
        "process": process, "name": "Written comments", "deadline_on": date(2027, 5, 19), "deadline_time": None,
        "time_zone": "America/Bogota", "by": officer, "at": NOW, **fields})


def test_officer_makes_a_process_with_a_call():
    hub = make_organisation()
    officer = make_officer(hub)
    process = actions.make_process(organisation=hub, slug="meridian27", name="Meridian", by=officer, at=NOW,
                                   host="The host", time_zone="America/Bogota")
    call = _call(officer, process)
    assert call.deadline_at == datetime(2027, 5, 20, 4, 59, tzinfo=UTC)
    assert Event.objects.get(name=CALL_OPENED).ids == {"call": call.pk}


def test_others_do_not():
    process = make_process()
    for stranger in (make_officer(), make_delegate()):
        with pytest.raises(NotYourProcess):
            _call(stranger, process)
        with pytest.raises(NotYourProcess):
            actions.make_process(organisation=process.organisation, slug="other", name="x", by=stranger, at=NOW)
    assert not Call.objects.exists()


@pytest.mark.parametrize("slug", ["taken", "new"])
def test_an_address_stands_for_one_thing(slug):
    hub = make_organisation()
    make_process(hub, slug="taken")
    with pytest.raises(NameTaken):
        actions.make_process(organisation=hub, slug=slug, name="x", by=make_officer(hub), at=NOW)


def test_zone_must_exist():
    hub = make_organisation()
    officer = make_officer(hub)
    with pytest.raises(UnknownTimeZone):
        _call(officer, make_process(hub), time_zone="Bogota")


def test_moved_deadline_keeps_its_history():
    hub = make_organisation()
    officer = make_officer(hub)
    call = _call(officer, make_process(hub))
    moved = actions.move_deadline(call=call, deadline_on=date(2027, 5, 24), deadline_time=time(12), by=officer,
                                  at=NOW)
    assert moved.deadline_at == datetime(2027, 5, 24, 17, tzinfo=UTC)
    assert (moved.sequence, moved.public_id) == (1, call.public_id)
    [change] = moved.changes.all()
    assert (change.was_on, change.was_time, change.was_at) == (date(2027, 5, 19), None, call.deadline_at)
    assert change.changed_at == NOW
    assert Event.objects.get(name=DEADLINE_MOVED).ids == {"call": call.pk}
    with pytest.raises(DeadlineUnmoved):
        actions.move_deadline(call=moved, deadline_on=date(2027, 5, 24), deadline_time=time(12), by=officer, at=NOW)
    with pytest.raises(NotYourProcess):
        actions.move_deadline(call=moved, deadline_on=date(2027, 6, 1), deadline_time=None, by=make_officer(), at=NOW)
    assert Event.objects.filter(name=DEADLINE_MOVED).count() == 1


def test_open_calls_come_soonest_first_and_end():
    process = make_process()
    late, soon = make_call(process, deadline_on=date(2027, 6, 20)), make_call(process)
    make_call(process, deadline_on=date(2027, 5, 16))
    from tribune.people.rules import Viewer
    assert list(open_calls(Viewer(), at=NOW)) == [soon, late]
    assert list(open_calls(Viewer(), at=NOW, days=14)) == [soon]


def test_new_zone_data_move_the_moment_and_nothing_else():
    call = make_call(deadline_time=None, time_zone="America/Bogota")
    Call.objects.filter(pk=call.pk).update(deadline_at=NOW)  # as other rules of the zone had it
    assert actions.recompute_deadlines(at=NOW) == 1
    assert actions.recompute_deadlines(at=NOW) == 0
    call.refresh_from_db()
    assert call.deadline_at == datetime(2027, 5, 20, 4, 59, tzinfo=UTC)
    assert call.sequence == 0
    assert not Event.objects.exists()
