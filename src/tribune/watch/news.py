"""What changed, one piece for each change: the entries of the feed and the lines of the digest.

A piece says what was news on its day: the one about an opening names the first deadline, also when it moved since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from .entries import change_words, deadline_words, path_of, stage_name
from .models import Call, DateChange, Meeting, Process, Stage
from .templatetags.watch import span, stage_days


@dataclass(frozen=True, slots=True)
class News:
    """One change: `guid` is stable for ever, `path` an address below the base address, `words` plain text."""

    at: datetime
    guid: str
    title: str
    words: str
    process: Process
    path: str


def news_of(calls: Iterable[Call], meetings: Iterable[Meeting], stages: Iterable[Stage]) -> list[News]:
    """Return every change of these things, newest first; they need their process and histories."""
    found = [piece for call in calls for piece in _of_call(call)]
    found += [piece for meeting in meetings for piece in _of_meeting(meeting)]
    found += [piece for stage in stages for piece in _of_stage(stage)]
    return sorted(found, key=lambda piece: (piece.at, piece.guid), reverse=True)


def _of_call(call: Call) -> Iterator[News]:
    guid, where = f"urn:tribune:call:{call.public_id}", path_of(call)
    now = deadline_words(call.deadline_on, call.deadline_time, call.time_zone)
    changes = sorted(call.changes.all(), key=lambda change: (change.changed_at, change.pk))
    began = deadline_words(changes[0].was_on, changes[0].was_time, call.time_zone) if changes else now

    def closes(words: str) -> str:
        return _("%(process)s. Closes on %(deadline)s.") % {"process": call.process, "deadline": words}

    yield News(call.made_at, guid, _("Opens: %(call)s") % {"call": call}, closes(began), call.process, where)
    for n, change in enumerate(changes, start=1):
        after = changes[n] if n < len(changes) else None
        became = deadline_words(after.was_on, after.was_time, call.time_zone) if after else now
        yield News(change.changed_at, f"{guid}:moved:{n}", _("Moved: %(call)s") % {"call": call},
                   closes(became) + " " + change_words(change), call.process, where)
    yield from _moves(call.opening_changes.all(), f"{guid}:opening", _("Opening moved: %(call)s") % {"call": call},
                      call.process, where)
    if call.withdrawn_at:
        yield News(call.withdrawn_at, f"{guid}:withdrawn:{call.sequence}",
                   _("Withdrawn: %(call)s") % {"call": call}, f"{call.process}.", call.process, where)


def _of_meeting(meeting: Meeting) -> Iterator[News]:
    guid, where = f"urn:tribune:meeting:{meeting.public_id}", path_of(meeting)
    changes = sorted(meeting.changes.all(), key=lambda change: (change.changed_at, change.pk))
    first = (changes[0].was_on, changes[0].was_until) if changes else (meeting.starts_on, meeting.ends_on)
    assert first[0] is not None
    yield News(meeting.made_at, guid, _("Meeting: %(meeting)s") % {"meeting": meeting},
               f"{meeting.process}. {span(first[0], first[1])}.", meeting.process, where)
    yield from _moves(changes, guid, _("Moved: %(call)s") % {"call": meeting}, meeting.process, where)
    if meeting.withdrawn_at:
        yield News(meeting.withdrawn_at, f"{guid}:withdrawn:{meeting.sequence}",
                   _("Withdrawn: %(call)s") % {"call": meeting}, f"{meeting.process}.", meeting.process, where)


def _of_stage(stage: Stage) -> Iterator[News]:
    guid, where = f"urn:tribune:stage:{stage.public_id}", path_of(stage)
    changes = sorted(stage.changes.all(), key=lambda change: (change.changed_at, change.pk))
    # Stages that came with their process, or before we kept the moment, are no news of their own.
    if stage.made_at and stage.made_at != stage.process.made_at:
        yield News(stage.made_at, guid, _("Stage: %(stage)s") % {"stage": stage_name(stage)},
                   f"{stage.process}. {stage_days(stage)}.", stage.process, where)
    yield from _moves(changes, guid, _("Moved: %(call)s") % {"call": stage_name(stage)}, stage.process, where)


def _moves(changes: Iterable[DateChange], guid: str, title: str, process: Process, where: str) -> Iterator[News]:
    for n, change in enumerate(sorted(changes, key=lambda change: (change.changed_at, change.pk)), start=1):
        became = span(change.to_on, change.to_until) if change.to_on else "–"
        yield News(change.changed_at, f"{guid}:moved:{n}", title,
                   f"{process}. {_('Now %(days)s.') % {'days': became}} {change_words(change)}", process, where)
