"""Making and changing calls, and moving deadlines."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.people.choices import Role
from tribune.people.rules import Viewer

from ..choices import DatedThing
from ..events import CALL_CHANGED, CALL_OPENED, CALL_WITHDRAWN, DEADLINE_MOVED
from ..models import Call, DateChange, DeadlineChange, Process
from ..refusals import DeadlineUnmoved, EndsBeforeItBegins, NotYourProcess
from ..rules import deadline_moment, may_run_process
from ._processes import check_zone, differing

# Only officers move dates; the history says the role, never who (VISUAL.md).
MOVED_BY = Role.OFFICER.value


@transaction.atomic
def make_call(*, process: Process, name: str, deadline_on: date, deadline_time: time | None, time_zone: str,
              by: Viewer, at: datetime, **fields: Any) -> Call:
    """Make a call with a deadline as its host wrote it (day, time or none, zone), and announce CALL_OPENED.

    The moment in UTC is derived; a day without a time ends at 23:59 there. Raises NotYourProcess,
    UnknownTimeZone and EndsBeforeItBegins.
    """
    if not may_run_process(by, process.organisation_id):
        raise NotYourProcess
    check_zone(time_zone)
    _in_order(fields.get("opens_on"), deadline_on)
    call = Call.objects.create(
        process=process, name=name, deadline_on=deadline_on, deadline_time=deadline_time, time_zone=time_zone,
        deadline_at=deadline_moment(deadline_on, deadline_time, time_zone), made_at=at, **fields)
    journal.record("call_opened", by=by.public_id, thing=call.public_id, at=at)
    announce(CALL_OPENED, at=at, call=call.pk)
    return call


@transaction.atomic
def change_call(*, call: Call, by: Viewer, at: datetime, **fields: Any) -> Call:
    """Change what is said about a call, save its deadline; announce CALL_CHANGED if anything changed.

    An opening that moves keeps its history. The sequence of its calendar entries rises. Raises NotYourProcess
    and EndsBeforeItBegins.
    """
    call = _locked(call, by)
    _in_order(fields.get("opens_on", call.opens_on), call.deadline_on)
    was = call.opens_on
    changed = differing(call, fields)
    if not changed:
        return call
    if "opens_on" in changed and was is not None:
        DateChange.objects.create(what=DatedThing.OPENING, call=call, was_on=was, to_on=call.opens_on,
                                  by_role=MOVED_BY, changed_at=at)
    _keep(call, changed, at)
    journal.record("call_changed", by=by.public_id, thing=call.public_id, at=at)
    announce(CALL_CHANGED, at=at, call=call.pk)
    return call


@transaction.atomic
def move_deadline(*, call: Call, deadline_on: date, deadline_time: time | None, by: Viewer,
                  at: datetime) -> Call:
    """Move a deadline, keep where it was, raise the sequence of its calendar entry, announce DEADLINE_MOVED.

    Raises NotYourProcess, DeadlineUnmoved when day and time are what they were, and EndsBeforeItBegins.
    """
    call = _locked(call, by)
    if (deadline_on, deadline_time) == (call.deadline_on, call.deadline_time):
        raise DeadlineUnmoved
    _in_order(call.opens_on, deadline_on)
    DeadlineChange.objects.create(call=call, was_on=call.deadline_on, was_time=call.deadline_time,
                                  was_at=call.deadline_at, to_on=deadline_on, to_time=deadline_time,
                                  by_role=MOVED_BY, changed_at=at)
    call.deadline_on, call.deadline_time = deadline_on, deadline_time
    call.deadline_at = deadline_moment(deadline_on, deadline_time, call.time_zone)
    call.sequence += 1
    call.save(update_fields=["deadline_on", "deadline_time", "deadline_at", "sequence"])
    journal.record("deadline_moved", by=by.public_id, thing=call.public_id, at=at)
    announce(DEADLINE_MOVED, at=at, call=call.pk)
    return call


@transaction.atomic
def withdraw_call(*, call: Call, by: Viewer, at: datetime) -> Call:
    """Take a call off pages and lists; calendars show it as cancelled. Announce CALL_WITHDRAWN. It can come back."""
    call = _locked(call, by)
    if call.withdrawn_at is None:
        call.withdrawn_at = at
        _keep(call, ["withdrawn_at"], at)
        journal.record("call_withdrawn", by=by.public_id, thing=call.public_id, at=at)
        announce(CALL_WITHDRAWN, at=at, call=call.pk)
    return call


@transaction.atomic
def restore_call(*, call: Call, by: Viewer, at: datetime) -> Call:
    """Bring a withdrawn call back, announcing CALL_CHANGED."""
    call = _locked(call, by)
    if call.withdrawn_at is not None:
        call.withdrawn_at = None
        _keep(call, ["withdrawn_at"], at)
        journal.record("call_restored", by=by.public_id, thing=call.public_id, at=at)
        announce(CALL_CHANGED, at=at, call=call.pk)
    return call


def _locked(call: Call, by: Viewer) -> Call:
    found = Call.objects.select_for_update(of=("self",)).select_related("process").get(pk=call.pk)
    if not may_run_process(by, found.process.organisation_id):
        raise NotYourProcess
    return found


def _keep(call: Call, changed: list[str], at: datetime) -> None:
    call.sequence += 1
    call.changed_at = at
    call.save(update_fields=[*changed, "sequence", "changed_at"])


def _in_order(opens: date | None, closes: date) -> None:
    if opens is not None and opens > closes:
        raise EndsBeforeItBegins


@transaction.atomic
def recompute_deadlines(*, at: datetime) -> int:
    """Derive the moments of deadlines to come again, since rules of time zones change; return how many moved.

    Local day and time stay as the host wrote them, so nothing is announced.
    """
    n = 0
    for call in Call.objects.select_for_update().filter(deadline_on__gte=at.date()):
        moment = deadline_moment(call.deadline_on, call.deadline_time, call.time_zone)
        if moment != call.deadline_at:
            Call.objects.filter(pk=call.pk).update(deadline_at=moment)
            n += 1
    return n
