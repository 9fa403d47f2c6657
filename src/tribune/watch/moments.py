"""When a call closes, as a reader and its host see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tribune.common.agenda import Entry

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


def moment_of(call: Call, *, at: datetime, zone: str | None) -> Moment:
    """Return when a call closes for a reader in `zone`; needs the call with its process and changes.

    Of a reader who chose no zone we know nothing: they see the host's clock, and days count there.
    """
    reader = zone or call.time_zone
    here = call.deadline_at.astimezone(ZoneInfo(reader))
    # The host's own words, not the derived moment: a time that its clocks skip stays as it was written.
    host = (call.deadline_on, call.deadline_time or END_OF_DAY)
    host_place = place_of(call.time_zone)
    if call.process.place and call.time_zone == call.process.time_zone:
        host_place = call.process.place
    day, time = (here.date(), here.time()) if zone else host
    today = at.astimezone(ZoneInfo(reader)).date()
    return Moment(call, day, time, place_of(reader), *host, host_place, call.deadline_time is not None,
                  (day - today).days, next(iter(call.changes.all()), None))


def moments_of(calls: Iterable[Call], *, at: datetime, zone: str | None) -> list[Moment]:
    """Return the moments of several calls, in their order."""
    return [moment_of(call, at=at, zone=zone) for call in calls]


@dataclass(frozen=True, slots=True)
class Row:
    """Something other than a call in a list of dates: how it is drawn, and its clock where the reader is."""

    template: str
    entry: Entry
    day: date
    here: datetime | None
    place: str
    host_place: str

    @property
    def is_other_zone(self) -> bool:
        """Whether reader and host see another clock."""
        return self.here is not None and (self.here.date(), self.here.time()) != (self.entry.on, self.entry.time)


def row_of(template: str, entry: Entry, *, zone: str | None) -> Row:
    """Return how an entry stands in a list for a reader in `zone`, or for one who chose none."""
    here = None
    if zone and entry.time is not None:
        here = datetime.combine(entry.on, entry.time, ZoneInfo(entry.zone)).astimezone(ZoneInfo(zone))
    return Row(template, entry, here.date() if here else entry.on, here, place_of(zone or entry.zone),
               entry.place or place_of(entry.zone))


def end_of_days(at: datetime, zone: str, days: int) -> datetime:
    """Return when the day that lies `days` after today ends, where the reader is."""
    today = at.astimezone(ZoneInfo(zone)).date()
    return datetime.combine(today + timedelta(days=days + 1), dt.time(0), ZoneInfo(zone))
