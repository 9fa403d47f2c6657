"""Who may run a process, and when a deadline ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from tribune.people.rules import Viewer, may_act_for_organisation

# A day without a time ends a minute before the next one begins, where the host is (GROUND.md, Time).
END_OF_DAY = time(23, 59)

# Words that stand in the same place of an address as the short name of a process, a draft or a version.
RESERVED = frozenset({"new", "import", "compare", "preview", "file", "d", "calls", "ledger", "asks", "edit", "follow",
                      "stages", "meetings", "withdraw", "known"})


def may_run_process(viewer: Viewer, organisation_id: int) -> bool:
    """Whether a person may make calls and drafts, import and publish texts for this organisation's processes."""
    return may_act_for_organisation(viewer, organisation_id)


def is_time_zone(zone: str) -> bool:
    """Whether a name is one of the IANA time zones.

    >>> is_time_zone("Africa/Dakar"), is_time_zone("Dakar time")
    (True, False)
    """
    return zone in available_timezones()


def deadline_moment(on: date, at_time: time | None, zone: str) -> datetime:
    """Return the UTC moment at which a deadline written as local day, local time or none, and IANA zone ends.

    A time that the clocks skip counts by the offset before the change, one that comes twice counts the first
    time, as RFC 5545 (3.3.5) reads them: the reading that makes nobody late.

    >>> deadline_moment(date(2027, 5, 19), None, "America/Bogota").isoformat()
    '2027-05-20T04:59:00+00:00'
    """
    return datetime.combine(on, at_time or END_OF_DAY, ZoneInfo(zone)).astimezone(UTC)
