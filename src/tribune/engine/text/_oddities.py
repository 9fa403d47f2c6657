"""What is odd about the numbers of a text: gaps, repetitions, numberings that begin again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..types import Notice, Paragraph
from ._labels import parse_label
from ._paths import bare, said, scope_of

__all__ = ["NUMBERING", "oddities"]

# Codes of notices about numbers, here and in reading.
NUMBERING = frozenset({"gap", "start", "restart", "repeat"})

_COUNT = re.compile(r"(\d+)([a-z]*)")
# Each way to read a mark: (style, value); a bis keeps its value.
_Readings = frozenset[tuple[str, int]]


def oddities(paragraphs: Iterable[Paragraph]) -> list[Notice]:
    """Return a notice for each number that does not follow the one before at its level, with its paragraph.

    Codes: "gap" (values: this, last), "repeat" (this), "restart" (this, last) and "start" (this).

    >>> text = [Paragraph("32", "32", "32.", "operative", "x"), Paragraph("34", "34", "34.", "operative", "y")]
    >>> [(notice.code, notice.values) for notice in oddities(text)]
    [('start', ('32',)), ('gap', ('34', '32'))]
    """
    found: list[Notice] = []
    last: dict[str, tuple[_Readings, str]] = {}
    for item in paragraphs:
        if item.kind not in ("operative", "sub") or not item.number:
            continue
        scope, path = scope_of(item.id), bare(item.id)
        above, _, mark = path.rpartition(".")
        readings = _readings(mark)
        if not readings:
            continue
        _pass_through(last, scope, above)
        level = f"{scope}{above}" if above else scope
        before = last.get(level)
        last = {key: value for key, value in last.items() if not key.startswith(f"{scope}{path}.")}
        last.pop(f"{scope}{path}", None)
        last[level] = (readings, path)
        odd = _odd(readings, before, said(path), bool(above) or "opt" in scope)
        if odd:
            code, values, words = odd
            found.append(Notice(code, words, item.page, item.id, values))
    return found


def _pass_through(last: dict[str, tuple[_Readings, str]], scope: str, above: str) -> None:
    """ "3. (a)" on one line has no paragraph 3 of its own; 4 follows it all the same."""
    parts = above.split(".") if above else []
    for n, mark in enumerate(parts, start=1):
        path, level = ".".join(parts[:n]), f"{scope}{'.'.join(parts[: n - 1])}"
        readings = _readings(mark)
        if readings and last.get(level, ((), ""))[1] != path:
            last[level] = (readings, path)


def _odd(readings: _Readings, before: tuple[_Readings, str] | None, this: str,
         anywhere: bool) -> tuple[str, tuple[str, ...], str] | None:
    first = any(value == 1 for _, value in readings)
    if before is None:
        return None if first or anywhere else ("start", (this,), f"Numbering starts at {this}.")
    known, path = before
    was = said(path)
    if any((style, value - 1) in known for style, value in readings):
        return None
    if this == was:
        return "repeat", (this,), f"{this} comes again."
    if any(reading in known for reading in readings):  # 9 and 9bis
        return None
    if first:
        return "restart", (this, was), f"Numbering starts again at {this} after {was}."
    return "gap", (this, was), f"{this} follows {was}."


def _readings(mark: str) -> _Readings:
    if hit := _COUNT.fullmatch(mark):
        return frozenset({("1", int(hit[1]))})
    label = parse_label(f"({mark}) x")
    return frozenset((reading.style, reading.value) for reading in label.readings) if label else frozenset()
