"""What a city asked and what became of it, per process and year: one record for page, embed and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.watch.models import Process

from ..choices import VerdictWord
from ..rules import IN_THE_TEXT
from ._asks import latest_words, listed_asks
from ._ledger import numbers_of, path_of

_OUT = (VerdictWord.NONE, VerdictWord.REMOVED)


@dataclass(slots=True)
class Counts:
    """Asks made, and of these handed over, in the text wholly or in part, not in it, waiting for a signature."""

    made: int = 0
    handed: int = 0
    within: int = 0
    out: int = 0
    waiting: int = 0

    def add(self, ask: Any) -> None:
        """Count one ask of `listed_asks`."""
        self.made += 1
        self.handed += bool(ask.is_handed_over)
        self.within += ask.latest in IN_THE_TEXT
        self.out += ask.latest in _OUT
        self.waiting += ask.latest is None


@dataclass(slots=True)
class Line:
    """One process in one year (of asking): its counts, and each ask with the verdict signed last or None."""

    process: Process
    year: int
    counts: Counts = field(default_factory=Counts)
    asks: list[tuple[Any, Any, str]] = field(default_factory=list)


@dataclass(slots=True)
class Record:
    """What a city asked; `total` counts over all lines."""

    city: City
    total: Counts
    lines: list[Line]


def record_of(viewer: Viewer, city: City) -> Record:
    """Return what the viewer may know of a city's asks, newest process first, in four queries.

    An ask that several processes carry is several asks; each is counted in the year in which it was made.
    """
    return _record(viewer, city, list(listed_asks(viewer, city=city)))


def _record(viewer: Viewer, city: City, asks: Sequence[Any]) -> Record:
    latest = latest_words(viewer, asks)
    numbers = numbers_of(latest.values())
    total = Counts()
    lines: dict[tuple[int, int], Line] = {}
    for ask in asks:
        line = lines.setdefault((ask.process_id, ask.made_at.year), Line(ask.process, ask.made_at.year))
        verdict = latest.get(ask.pk)
        path = path_of(verdict) if verdict is not None else ""
        number = numbers.get((verdict.version_id, path), path) if verdict is not None else ""
        line.asks.append((ask, verdict, number))
        line.counts.add(ask)
        total.add(ask)
    return Record(city, total, list(lines.values()))
