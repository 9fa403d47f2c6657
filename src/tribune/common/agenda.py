"""One dated thing as a calendar needs it: what the slot `calendar.entries` is filled with.

A filler answers `(ids, viewer, since=, until=)`: `ids` are public ids of processes, or the one word ALL; each
answer is `(template, {"entry": Entry})`, public things and what the viewer may see, in one bounded query.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tribune.common import slots

ALL = "all"
# How an entry of another room stands in the list of a page, unless that room brings its own template.
ROW = "watch/_entry.html"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a date, and how it stands in a calendar.

    `uid` is stable for ever and unique across rooms ("<public id>.closes"); `on` and `time` are local to `zone`,
    as their host wrote them, `time` None where only the day is known; `until` is the last day or None; `at` is
    the moment in UTC at which it is over, for order and range. `path` is an address below the base address.
    `label` says what kind of date it is ("Closes", "Meeting"), in the language of the page.
    """

    uid: str
    title: str
    label: str
    on: date
    zone: str
    at: datetime
    path: str
    written_at: datetime
    time: dt.time | None = None
    until: date | None = None
    until_time: dt.time | None = None
    process: str = ""
    process_name: str = ""
    place: str = ""
    words: tuple[str, ...] = ()
    sequence: int = 0
    is_deadline: bool = False
    is_cancelled: bool = False
    join_url: str = ""
    more: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)


def ask(ids: list[str], viewer: Any, *, since: datetime, until: datetime | None = None
        ) -> dict[str, list[tuple[str, Entry]]]:
    """Return what rooms downstream have in the calendar of processes: for each id, (template, entry)."""
    said = slots.ask("calendar.entries", ids, viewer, since=since, until=until)
    return {thing: [(template or ROW, piece["entry"]) for template, piece in pieces]
            for thing, pieces in said.items()}
