"""Calls, meetings and stages as entries of a calendar (common.agenda)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tribune.common.agenda import Entry

from .choices import Precision
from .models import Call, DateChange, DeadlineChange, Meeting, Process, Stage
from .moments import place_of
from .rules import END_OF_DAY, deadline_moment
from .templatetags.watch import clock, span
from .templatetags.watch import day as written


def stage_name(stage: Stage) -> str:
    """Return what a stage is called: the host's own word, or ours."""
    language = (get_language() or "en").split("-")[0]
    name = str(stage.names.get(language) or stage.name or stage.get_kind_display())
    return name[:1].upper() + name[1:]


def path_of(thing: Call | Meeting | Stage) -> str:
    """Return the address of a thing on its process's page, below the base address."""
    kind = type(thing).__name__.lower()
    return f"{reverse('watch:process', args=[thing.process.slug])}#{kind}-{thing.public_id}"


def deadline_words(on: date, at_time: time | None, zone: str) -> str:
    """Return a deadline as its host wrote it: "19 May 2027, 18:00 (Bogota)" or "…, time not stated"."""
    parts = {"day": written(on), "place": place_of(zone)}
    if at_time is None:
        return _("%(day)s, time not stated (%(place)s)") % parts
    return _("%(day)s, %(time)s (%(place)s)") % {**parts, "time": clock(at_time)}


def change_words(change: DeadlineChange | DateChange) -> str:
    """Return "Changed from 21 May 2027, on 12 May 2027."."""
    was = span(change.was_on, getattr(change, "was_until", None)) if change.was_on else "–"
    return _("Changed from %(was)s, on %(day)s.") % {"was": was, "day": written(change.changed_at.date())}


def of_call(call: Call) -> Iterator[Entry]:
    """Yield the opening, where one is known, and the deadline; needs the process and both histories."""
    if call.opens_on:
        yield Entry(
            uid=f"{call.public_id}.opening", title=str(call), label=_("Opens: %(call)s") % {"call": call},
            on=call.opens_on, zone=call.time_zone, at=deadline_moment(call.opens_on, None, call.time_zone),
            words=(*_ways(call), *(change_words(change) for change in call.opening_changes.all())),
            **_common(call, call.process))
    yield Entry(
        uid=f"{call.public_id}.deadline", title=str(call), label=_("Closes: %(call)s") % {"call": call},
        on=call.deadline_on, time=call.deadline_time or END_OF_DAY, zone=call.time_zone, at=call.deadline_at,
        words=(deadline_words(call.deadline_on, call.deadline_time, call.time_zone), *_ways(call),
               *(change_words(change) for change in call.changes.all())),
        is_deadline=True, **_common(call, call.process))


def _ways(call: Call | Meeting) -> tuple[str, ...]:
    said = str(call.get_participation_display())
    links = [link for link in (call.official_url,) if link]
    return (said[:1].upper() + said[1:] + ".", *links)


def of_meeting(meeting: Meeting) -> Entry:
    """Return a meeting as an entry; needs the process and the history."""
    return Entry(
        uid=f"{meeting.public_id}.meeting", title=str(meeting), label=str(meeting), on=meeting.starts_on,
        time=meeting.starts_time, until=meeting.ends_on, until_time=meeting.ends_time, zone=meeting.time_zone,
        at=meeting.ends_at, place=meeting.place, join_url=meeting.join_url,
        words=(*_ways(meeting), *(change_words(change) for change in meeting.changes.all())),
        **_common(meeting, meeting.process))


def of_stage(stage: Stage) -> Entry:
    """Return a stage as an entry of whole days; needs the process and the history."""
    zone = stage.process.time_zone
    said = (_("Only the month is known."),) if stage.precision == Precision.MONTH else ()
    return Entry(
        uid=f"{stage.public_id}.stage", title=stage_name(stage),
        label=_("%(stage)s: %(process)s") % {"stage": stage_name(stage), "process": stage.process},
        on=stage.starts_on, until=stage.ends_on, zone=zone,
        at=deadline_moment(stage.ends_on or stage.starts_on, None, zone),
        words=(*said, *(change_words(change) for change in stage.changes.all())),
        more={"stage": stage}, **_common(stage, stage.process))


def _common(thing: Call | Meeting | Stage, process: Process) -> dict[str, Any]:
    moments = [thing.made_at or process.made_at, thing.changed_at, thing.withdrawn_at]
    moments += [change.changed_at for change in thing.changes.all()]
    return {"path": path_of(thing), "written_at": max(moment for moment in moments if moment),
            "process": process.public_id, "process_name": str(process), "sequence": thing.sequence,
            "is_cancelled": thing.withdrawn_at is not None}


def of_all(calls: Iterable[Call], meetings: Iterable[Meeting], stages: Iterable[Stage]) -> list[Entry]:
    """Return all as entries, in the order in which they are over."""
    found = [entry for call in calls for entry in of_call(call)]
    found += [of_meeting(meeting) for meeting in meetings] + [of_stage(stage) for stage in stages]
    return sorted(found, key=lambda entry: (entry.at, entry.uid))
