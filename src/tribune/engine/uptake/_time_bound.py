"""Promises with a time in an adopted text: who shall do what by when, found by rule for a person to confirm."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tribune.engine.text import sentences
from tribune.engine.types import Paragraph

from ._time_words import AT, BY, MONTHS, ORDINALS, VERBS, WHO

_KINDS = frozenset(("operative", "sub"))
_SESSION = re.compile(
    r"\b(?:by no later than|by|before|no later than|until|at|during)\b"
    r"(?P<between>(?:(?!\b(?:by|before|until|at|during)\b)[^.;]){0,60}?)\b(?P<nth>[a-z]+(?:-[a-z]+)?) session\b"
    r"(?:,? in (?P<year>20\d\d))?",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:adopted|held|agreed|taken|endorsed|launched|made) $", re.IGNORECASE)
_OWN = ("the", "its", "the end of the", "the end of its", "the beginning of the")
_ASSEMBLY = re.compile(r"General Assembly|Secretary-General|Member States", re.IGNORECASE)
_OBJECTIVE = re.compile(r"\bObjective ([1-5])\b", re.IGNORECASE)
# The session that opened in September 1946 was the first full one; the n-th opens in 1945 + n.
_FIRST = 1945
_MOST = 300


@dataclass(frozen=True, slots=True)
class Promise:
    """One time-bound promise: `start` and `end` hold the sentence in its paragraph, half-open code points.

    `due_text` are the words that name the time; `due_on` is the last day they allow, None where the calendar of the
    body is not known. `who` is who shall act ("" where those who adopted it speak of themselves). `objective` is
    1 to 5 where a heading above names an objective of the Global Digital Compact.
    """

    paragraph: str
    start: int
    end: int
    due_text: str
    due_on: date | None
    who: str = ""
    objective: int | None = None


def time_bound(text: Sequence[Paragraph], *, language: str = "en", on: date) -> tuple[Promise, ...]:
    """Return the promises of a text of the day `on` that name a time not before it, in the order of the text.

    A sentence counts when it asks or promises (a word list in six languages) and says by when: a year, a month with
    its year, or, in English, a session ("by the end of the seventy-ninth session" of the General Assembly ends in
    September 2025; a session of another body has a date only with its year). At most one promise a sentence.

    >>> text = [Paragraph("7", "7", "", "operative", "We request the Secretary-General to report by June 2027.")]
    >>> found, = time_bound(text, on=date(2026, 9, 1))
    >>> found.due_text, found.due_on.isoformat(), found.who
    ('by June 2027', '2027-06-30', 'the Secretary-General')
    """
    by_id = {one.id: one for one in text}
    found: list[Promise] = []
    for one in text:
        if one.kind in _KINDS:
            found += _in_paragraph(one, by_id, language if language in VERBS else "en", on)
    return tuple(found)


def _in_paragraph(one: Paragraph, by_id: dict[str, Paragraph], language: str, on: date) -> Iterator[Promise]:
    for start, end in sentences(one.text, language):
        said = one.text[start:end]
        due = _due(said, language, on)
        if due is None or not _promises(one, said, start, by_id, language):
            continue
        asked = WHO[language].search(said) if language in WHO else None
        who = " ".join(asked.group("who").split()).strip(" ,")[:_MOST] if asked else ""
        who = "" if who in ("it", "them") or who.startswith("that ") else who
        yield Promise(one.id, start, end, due[0], due[1], who, _objective(one))


def _promises(one: Paragraph, said: str, start: int, by_id: dict[str, Paragraph], language: str) -> bool:
    if VERBS[language].search(said):
        return True
    # "(k) Protect everyone …" under "We decide to:" has its verb above.
    above = by_id.get(one.id.rpartition(".")[0])
    return one.kind == "sub" and start == 0 and above is not None and bool(VERBS[language].search(above.text))


def _objective(one: Paragraph) -> int | None:
    for heading in reversed(one.headings):
        named = _OBJECTIVE.search(heading)
        if named:
            return int(named.group(1))
    return None


def _due(said: str, language: str, on: date) -> tuple[str, date | None] | None:
    """The words of time and the last day they allow; the first that is not past."""
    for found in BY[language].finditer(said):
        day = _last_day(found, language)
        if day is not None and day >= on:
            return " ".join(found.group().split()), day
    if language == "en":
        session = _session(said, on)
        if session is not None:
            return session
    for found in AT[language].finditer(said) if language in AT else ():
        day = _last_day(found, language)
        if day is not None and day >= on:
            return " ".join(found.group().split()), day
    return None


def _last_day(found: re.Match[str], language: str) -> date | None:
    # "the 2030 Agenda" is a name, no time.
    if found.string[found.end() :].lstrip().startswith("Agenda"):
        return None
    year = int(found.group("year").translate(_DIGITS))
    said = found.groupdict().get("month")
    month = MONTHS[language].get(said.lower(), 12) if said else 12
    return date(year, month, calendar.monthrange(year, month)[1])


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def _session(said: str, on: date) -> tuple[str, date | None] | None:
    for found in _SESSION.finditer(said):
        nth = ORDINALS.get(found.group("nth").lower())
        if nth is None:
            continue
        words = " ".join(found.group().split())
        # What was decided at an earlier session is no promise.
        if _DONE.search(said[: found.start()]):
            continue
        if found.group("year"):
            day = date(int(found.group("year")), 12, 31)
            if day >= on:
                return words, day
            continue
        # Only the Assembly counts to the seventies; its session ends when the next one opens in September.
        if nth >= 70 and (found.group("between").strip() in _OWN or _ASSEMBLY.search(said)):
            opens = "beginning" in found.group("between")
            day = date(_FIRST + nth, 9, 30) if opens else date(_FIRST + nth + 1, 9, 14)
            if day >= on:
                return words, day
            continue
        return words, None
    return None
