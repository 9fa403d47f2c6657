"""When a call closes, as a reader and its host see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .models import Call, DeadlineChange
from .rules import END_OF_DAY


@dataclass(frozen=True, slots=True)
class Moment:
    """A call with its end in two zones.

    `day`, `time` and `place` are the reader's, `host_…` the host's; `is_timed` is false where the host named a
    day only; `days` counts from the reader's today.
    """

    call: Call
    day: date
    time: dt.time
    place: str
    host_day: date
    host_time: dt.time
    host_place: str
    is_timed: bool
    days: int
    change: DeadlineChange | None

    @property
    def is_other_zone(self) -> bool:
        """Whether reader and host see another clock."""
        return (self.day, self.time) != (self.host_day, self.host_time)


def place_of(zone: str) -> str:
    """Return what people call a time zone by its city.

    >>> place_of("America/Argentina/Buenos_Aires"), place_of("UTC")
    ('Buenos Aires', 'UTC')
    """
    return zone.rpartition("/")[2].replace("_", " ")


def moment_of(call: Call, *, at: datetime, zone: str) -> Moment:
    """Return when a call closes for a reader in `zone`; needs the call with its process and changes."""
    here = call.deadline_at.astimezone(ZoneInfo(zone))
    # The host's own words, not the derived moment: a time that its clocks skip stays as it was written.
    host_place = place_of(call.time_zone)
    if call.process.place and call.time_zone == call.process.time_zone:
        host_place = call.process.place
    today = at.astimezone(ZoneInfo(zone)).date()
    return Moment(
        call, here.date(), here.time(), place_of(zone), call.deadline_on, call.deadline_time or END_OF_DAY,
        host_place, call.deadline_time is not None, (here.date() - today).days, next(iter(call.changes.all()), None))


def moments_of(calls: Iterable[Call], *, at: datetime, zone: str) -> list[Moment]:
    """Return the moments of several calls, in their order."""
    return [moment_of(call, at=at, zone=zone) for call in calls]


def end_of_days(at: datetime, zone: str, days: int) -> datetime:
    """Return when the day that lies `days` after today ends, where the reader is."""
    today = at.astimezone(ZoneInfo(zone)).date()
    return datetime.combine(today + timedelta(days=days + 1), dt.time(0), ZoneInfo(zone))
