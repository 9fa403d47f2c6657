"""Making processes and calls, and moving deadlines."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.people.models import Organisation
from tribune.people.rules import Viewer

from ..events import CALL_OPENED, DEADLINE_MOVED
from ..models import Call, DeadlineChange, Process
from ..refusals import DeadlineUnmoved, NameTaken, NotYourProcess, UnknownTimeZone
from ..rules import RESERVED, deadline_moment, is_time_zone, may_run_process


@transaction.atomic
def make_process(*, organisation: Organisation, slug: str, name: str, by: Viewer, at: datetime,
                 **fields: Any) -> Process:
    """Make a process of an organisation and return it; `fields` are those of the model.

    Raises NotYourProcess, NameTaken and UnknownTimeZone.
    """
    if not may_run_process(by, organisation.pk):
        raise NotYourProcess
    if slug in RESERVED or Process.objects.filter(slug=slug).exists():
        raise NameTaken
    _check_zone(fields.get("time_zone", "UTC"))
    process = Process.objects.create(organisation=organisation, slug=slug, name=name, made_at=at, **fields)
    journal.record("process_made", by=by.public_id, thing=process.public_id, at=at)
    return process


@transaction.atomic
def make_call(*, process: Process, name: str, deadline_on: date, deadline_time: time | None, time_zone: str,
              by: Viewer, at: datetime, **fields: Any) -> Call:
    """Make a call with a deadline as its host wrote it (day, time or none, zone), and announce CALL_OPENED.

    The moment in UTC is derived; a day without a time ends at 23:59 there. Raises NotYourProcess and
    UnknownTimeZone.
    """
    if not may_run_process(by, process.organisation_id):
        raise NotYourProcess
    _check_zone(time_zone)
    call = Call.objects.create(
        process=process, name=name, deadline_on=deadline_on, deadline_time=deadline_time, time_zone=time_zone,
        deadline_at=deadline_moment(deadline_on, deadline_time, time_zone), made_at=at, **fields)
    journal.record("call_made", by=by.public_id, thing=call.public_id, at=at)
    announce(CALL_OPENED, at=at, call=call.pk)
    return call


@transaction.atomic
def move_deadline(*, call: Call, deadline_on: date, deadline_time: time | None, by: Viewer,
                  at: datetime) -> Call:
    """Move a deadline, keep where it was, raise the sequence of its calendar entry, announce DEADLINE_MOVED.

    Raises NotYourProcess, and DeadlineUnmoved when day and time are what they were.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("process").get(pk=call.pk)
    if not may_run_process(by, call.process.organisation_id):
        raise NotYourProcess
    if (deadline_on, deadline_time) == (call.deadline_on, call.deadline_time):
        raise DeadlineUnmoved
    DeadlineChange.objects.create(call=call, was_on=call.deadline_on, was_time=call.deadline_time,
                                  was_at=call.deadline_at, changed_at=at)
    call.deadline_on, call.deadline_time = deadline_on, deadline_time
    call.deadline_at = deadline_moment(deadline_on, deadline_time, call.time_zone)
    call.sequence += 1
    call.save(update_fields=["deadline_on", "deadline_time", "deadline_at", "sequence"])
    journal.record("deadline_moved", by=by.public_id, thing=call.public_id, at=at)
    announce(DEADLINE_MOVED, at=at, call=call.pk)
    return call


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


def _check_zone(zone: str) -> None:
    if not is_time_zone(zone):
        raise UnknownTimeZone
