"""The days of the story: whole numbers, counted from the day of loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = ["Clock", "time_of"]

# Where the hub sits: its people act in office hours there.
HOME = "Europe/Zurich"


def time_of(words: str | None) -> time | None:
    """Return the time of day written as "17:00"; None where none is stated.

    >>> time_of("17:00"), time_of(None)
    (datetime.time(17, 0), None)
    """
    return time.fromisoformat(words) if words else None


@dataclass(frozen=True, slots=True)
class Clock:
    """Turns a day of the story into a date or a moment.

    `now` is the moment of loading, in UTC; day 0 is its date in UTC, so that "not later than today" means the same
    here and in the rooms.

    >>> Clock(datetime(2027, 5, 17, 20, 0, tzinfo=UTC)).date(-80).isoformat()
    '2027-02-26'
    """

    now: datetime

    def date(self, day: int) -> date:
        return self.now.astimezone(UTC).date() + timedelta(days=day)

    def moment(self, day: int, clock: str, zone: str = HOME) -> datetime:
        """Return the moment in UTC of a local time of day, which may lie ahead."""
        return datetime.combine(self.date(day), time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)

    def past(self, day: int, clock: str = "09:00", *, minutes: int = 0) -> datetime:
        """Return when somebody acted: on that day, and never after the moment of loading."""
        return min(self.moment(day, clock) + timedelta(minutes=minutes), self.now)
