"""Dates as people write them in tables: a day, a stretch, a month, with words around."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, time

from ..choices import Precision

_DAY = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_STRETCH = re.compile(rf"{_DAY}\s*(?:/|–|to)\s*(?:{_DAY}|(\d{{1,2}})(?!\d|-))")
_ONE = re.compile(_DAY)
_MONTHS = re.compile(r"(\d{4})-(\d{1,2})(?:/(\d{1,2}))?(?![\d-])")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last` (the same day for one), or months of which the days are not known."""

    first: date
    last: date
    precision: Precision = Precision.DAY


def spans(words: str) -> list[Span]:
    """Return every date or stretch of dates in a text, in their order.

    >>> [(str(one.first), str(one.last)) for one in spans("5th: 2025-10-06/07; 6th not found")]
    [('2025-10-06', '2025-10-07')]
    >>> [(str(one.first), str(one.last), one.precision.value) for one in spans("2025-11/12")]
    [('2025-11-01', '2025-12-31', 'month')]
    """
    found: list[tuple[int, Span]] = []
    rest = words
    for pattern, make in ((_STRETCH, _stretch), (_ONE, _one), (_MONTHS, _months)):
        for hit in pattern.finditer(rest):
            span = make(hit)
            if span is not None and span.last >= span.first:
                found.append((hit.start(), span))
        # What one pattern has read is no longer there for the next.
        rest = pattern.sub(lambda hit: " " * len(hit[0]), rest)
    return [span for _at, span in sorted(found, key=lambda pair: pair[0])]


def _stretch(hit: re.Match[str]) -> Span | None:
    year, month, day = (int(part) for part in hit.groups()[:3])
    first = _day(year, month, day)
    last = _day(*(int(part) for part in hit.groups()[3:6])) if hit[4] else _day(year, month, int(hit[7]))
    return Span(first, last) if first and last else None


def _one(hit: re.Match[str]) -> Span | None:
    day = _day(*(int(part) for part in hit.groups()))
    return Span(day, day) if day else None


def _months(hit: re.Match[str]) -> Span | None:
    year, begins, ends = int(hit[1]), int(hit[2]), int(hit[3] or hit[2])
    if not (1 <= begins <= ends <= 12 and 1900 <= year <= 2199):
        return None
    return Span(date(year, begins, 1), date(year, ends, calendar.monthrange(year, ends)[1]), Precision.MONTH)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of(words: str) -> date | None:
    """Return the day that a cell holds, or None for anything else.

    >>> day_of("2027-05-19"), day_of("19 May")
    (datetime.date(2027, 5, 19), None)
    """
    hit = _ONE.fullmatch(words.strip())
    return _day(*(int(part) for part in hit.groups())) if hit else None


def time_of(words: str) -> time | None:
    """Return the time that a cell holds ("18:00"), or None for anything else.

    >>> time_of("18:00"), time_of("6 pm")
    (datetime.time(18, 0), None)
    """
    hit = re.fullmatch(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?", words.strip())
    return time(int(hit[1]), int(hit[2])) if hit else None
