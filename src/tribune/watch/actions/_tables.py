"""Saving a table of processes and dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tribune.people.models import Organisation
from tribune.people.rules import Viewer

from ..models import Process
from ..refusals import NotYourProcess, TableChanged
from ..rules import may_run_process
from ..tables import Plan, PlannedRow
from ._calls import change_call, make_call, move_deadline
from ._meetings import change_meeting, change_stage, make_meeting, make_stage
from ._processes import change_process, make_process


@transaction.atomic
def save_table(*, plan: Plan, mark: str, organisation: Organisation, by: Viewer, at: datetime) -> int:
    """Do what a plan says, all of it or nothing, each line through the act for it; return how many things changed.

    So a deadline that the table moves keeps its history and is announced. Raises NotYourProcess, TableChanged when
    the plan is no longer the one that was shown (`mark`), and what the acts raise.
    """
    if not may_run_process(by, organisation.pk):
        raise NotYourProcess
    if plan.mark != mark:
        raise TableChanged
    made: dict[str, Process] = {}
    for row in plan.rows:
        if row.act == "add":
            _add(row, made, organisation, by, at)
        elif row.act == "change":
            _change(row, by, at)
    return plan.n_to_do


def _add(row: PlannedRow, made: dict[str, Process], organisation: Organisation, by: Viewer, at: datetime) -> None:
    record, fields = row.record, dict(row.record.fields)
    if record.kind == "process":
        made[record.process] = make_process(organisation=organisation, slug=record.process, by=by, at=at, **fields)
        return
    process = made.get(record.process) or Process.objects.get(slug=record.process)
    if record.kind == "stage":
        make_stage(process=process, by=by, at=at, **fields)
        return
    fields.setdefault("time_zone", process.time_zone)
    if record.kind == "meeting":
        make_meeting(process=process, by=by, at=at, **fields)
    else:
        fields.setdefault("deadline_time", None)
        make_call(process=process, by=by, at=at, **fields)


def _change(row: PlannedRow, by: Viewer, at: datetime) -> None:
    fields: dict[str, Any] = {name: value for name, _was, value in row.changes}
    kind, thing = row.record.kind, row.thing
    if kind == "process":
        change_process(process=thing, by=by, at=at, **fields)
    elif kind == "stage":
        change_stage(stage=thing, by=by, at=at, **fields)
    elif kind == "meeting":
        change_meeting(meeting=thing, by=by, at=at, **fields)
    else:
        moves = {name: fields.pop(name) for name in ("deadline_on", "deadline_time") if name in fields}
        if moves:
            move_deadline(call=thing, by=by, at=at, **{"deadline_on": thing.deadline_on,
                                                       "deadline_time": thing.deadline_time, **moves})
        if fields:
            change_call(call=thing, by=by, at=at, **fields)
