"""Making and changing meetings and stages: what else of a process has a date."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.people.rules import Viewer

from ..choices import DatedThing
from ..events import MEETING_CHANGED, STAGE_CHANGED
from ..models import DateChange, Meeting, Process, Stage
from ..refusals import EndsBeforeItBegins, NotYourProcess
from ..rules import deadline_moment, may_run_process
from ._calls import MOVED_BY
from ._processes import check_zone, differing

START_OF_DAY = time(0)


@transaction.atomic
def make_meeting(*, process: Process, name: str, starts_on: date, time_zone: str, by: Viewer, at: datetime,
                 **fields: Any) -> Meeting:
    """Make a meeting as its host wrote it (days, times or none, zone) and announce MEETING_CHANGED.

    Raises NotYourProcess, UnknownTimeZone and EndsBeforeItBegins.
    """
    if not may_run_process(by, process.organisation_id):
        raise NotYourProcess
    check_zone(time_zone)
    meeting = Meeting(process=process, name=name, starts_on=starts_on, time_zone=time_zone, made_at=at, **fields)
    derive(meeting)
    meeting.save()
    journal.record("meeting_made", by=by.public_id, thing=meeting.public_id, at=at)
    announce(MEETING_CHANGED, at=at, meeting=meeting.pk)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: Viewer, at: datetime, **fields: Any) -> Meeting:
    """Change a meeting; days and times that move keep their history. Announce MEETING_CHANGED if anything changed."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("process").get(pk=meeting.pk)
    _own(meeting.process, by)
    was = (meeting.starts_on, meeting.starts_time, meeting.ends_on)
    changed = differing(meeting, fields)
    if not changed:
        return meeting
    check_zone(meeting.time_zone)
    derive(meeting)
    if was != (meeting.starts_on, meeting.starts_time, meeting.ends_on):
        DateChange.objects.create(
            what=DatedThing.MEETING, meeting=meeting, was_on=was[0], was_time=was[1], was_until=was[2],
            to_on=meeting.starts_on, to_time=meeting.starts_time, to_until=meeting.ends_on, by_role=MOVED_BY,
            changed_at=at)
    _keep(meeting, [*changed, "starts_at", "ends_at"], at)
    journal.record("meeting_changed", by=by.public_id, thing=meeting.public_id, at=at)
    announce(MEETING_CHANGED, at=at, meeting=meeting.pk)
    return meeting


def derive(meeting: Meeting) -> None:
    """Set the moments in UTC at which a meeting begins and ends. Raises EndsBeforeItBegins."""
    last = meeting.ends_on or meeting.starts_on
    meeting.starts_at = deadline_moment(meeting.starts_on, meeting.starts_time or START_OF_DAY, meeting.time_zone)
    meeting.ends_at = deadline_moment(last, meeting.ends_time, meeting.time_zone)
    if meeting.ends_at < meeting.starts_at:
        raise EndsBeforeItBegins


@transaction.atomic
def make_stage(*, process: Process, kind: str, starts_on: date, by: Viewer, at: datetime, **fields: Any) -> Stage:
    """Make a stage of a process's life and announce STAGE_CHANGED. Raises NotYourProcess, EndsBeforeItBegins."""
    _own(process, by)
    stage = Stage(process=process, kind=kind, starts_on=starts_on, made_at=at, **fields)
    _ordered(stage)
    stage.save()
    journal.record("stage_made", by=by.public_id, thing=stage.public_id, at=at)
    announce(STAGE_CHANGED, at=at, stage=stage.pk)
    return stage


@transaction.atomic
def change_stage(*, stage: Stage, by: Viewer, at: datetime, **fields: Any) -> Stage:
    """Change a stage; days that move keep their history. Announce STAGE_CHANGED if anything changed."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("process").get(pk=stage.pk)
    _own(stage.process, by)
    was = (stage.starts_on, stage.ends_on)
    changed = differing(stage, fields)
    if not changed:
        return stage
    _ordered(stage)
    if was != (stage.starts_on, stage.ends_on):
        DateChange.objects.create(what=DatedThing.STAGE, stage=stage, was_on=was[0], was_until=was[1],
                                  to_on=stage.starts_on, to_until=stage.ends_on, by_role=MOVED_BY, changed_at=at)
    _keep(stage, changed, at)
    journal.record("stage_changed", by=by.public_id, thing=stage.public_id, at=at)
    announce(STAGE_CHANGED, at=at, stage=stage.pk)
    return stage


@transaction.atomic
def set_withdrawn(*, thing: Meeting | Stage, withdrawn: bool, by: Viewer, at: datetime) -> None:
    """Take a meeting or a stage off pages, or bring it back; calendars show a withdrawn one as cancelled."""
    found: Meeting | Stage
    if isinstance(thing, Meeting):
        found = Meeting.objects.select_for_update(of=("self",)).select_related("process").get(pk=thing.pk)
    else:
        found = Stage.objects.select_for_update(of=("self",)).select_related("process").get(pk=thing.pk)
    _own(found.process, by)
    if (found.withdrawn_at is not None) == withdrawn:
        return
    found.withdrawn_at = at if withdrawn else None
    _keep(found, ["withdrawn_at"], at)
    what = "meeting" if isinstance(found, Meeting) else "stage"
    journal.record(f"{what}_{'withdrawn' if withdrawn else 'restored'}", by=by.public_id, thing=found.public_id, at=at)
    if isinstance(found, Meeting):
        announce(MEETING_CHANGED, at=at, meeting=found.pk)
    else:
        announce(STAGE_CHANGED, at=at, stage=found.pk)


def _own(process: Process, by: Viewer) -> None:
    if not may_run_process(by, process.organisation_id):
        raise NotYourProcess


def _ordered(stage: Stage) -> None:
    if stage.ends_on is not None and stage.ends_on < stage.starts_on:
        raise EndsBeforeItBegins


def _keep(thing: Meeting | Stage, changed: list[str], at: datetime) -> None:
    thing.sequence += 1
    thing.changed_at = at
    thing.save(update_fields=[*changed, "sequence", "changed_at"])
