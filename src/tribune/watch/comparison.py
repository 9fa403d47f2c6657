"""A stored alignment as the rows and the picture of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tribune.common.pictures import Thread
from tribune.engine.mentions import find_topics

from .layout import Line, units
from .models import AlignedPair
from .strips import called

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One paragraph on one side of a row: its line, what people call it, and its words as a redline.

    `named` and `struck_named` are spans of mentions in the new and in the old words of `pieces`.
    """

    line: Line
    called: str
    pieces: Sequence[Piece]
    named: Sequence[tuple[int, int]] = ()
    struck_named: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    pair: AlignedPair
    old: list[Side] = field(default_factory=list)
    new: list[Side] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        side = self.new or self.old
        return f"{'p' if self.new else 'was-'}{side[0].line.path}" if side else f"row-{self.pair.order}"

    @property
    def is_renumbered(self) -> bool:
        return bool(self.old and self.new and self.old[0].called != self.new[0].called)


def cut(pieces: Iterable[Sequence[str]], sizes: Sequence[int]) -> list[tuple[list[Piece], int]]:
    """Cut a redline at the ends of the new paragraphs, `sizes` characters long and joined by a newline.

    Return for each paragraph its pieces, and where in the old text they begin. Struck words stay with the
    paragraph in which they stood.

    >>> cut([("=", "One"), ("-", " two"), ("+", ".\\nThen"), ("=", " three")], [4, 10])
    [([('=', 'One'), ('-', ' two'), ('+', '.')], 0), ([('+', 'Then'), ('=', ' three')], 7)]
    """
    parts: list[tuple[list[Piece], int]] = [([], 0)]
    new = old = 0
    ends: list[int] = []
    for size in sizes:
        ends.append((ends[-1] + 1 if ends else 0) + size)
    for sign, text in pieces:
        if sign == "-":
            parts[-1][0].append((sign, text.replace("\n", " ")))
            old += len(text)
            continue
        while len(parts) < len(sizes) and new + len(text) > ends[len(parts) - 1]:
            room = ends[len(parts) - 1] - new
            if text[:room]:
                parts[-1][0].append((sign, text[:room]))
            taken = room + 1  # the newline itself belongs to neither
            old += taken if sign == "=" else 0
            new += taken
            text = text[taken:]
            parts.append(([], old))
        if text:
            parts[-1][0].append((sign, text))
            new += len(text)
            old += len(text) if sign == "=" else 0
    return parts + [([], old)] * (len(sizes) - len(parts))


def tidy(pieces: Iterable[Piece], spans: Iterable[tuple[int, int]]) -> tuple[list[Piece], list[tuple[int, int]]]:
    """Leave out struck white space, which nobody can read, and move the spans of the old text that follow it."""
    kept: list[Piece] = []
    moved = list(spans)
    old = 0
    for sign, text in pieces:
        if sign == "-" and not text.strip():
            moved = [(start - len(text) if start > old else start, end - len(text) if end > old else end)
                     for start, end in moved]
            continue
        kept.append((sign, text))
        old += len(text) if sign in "=-" else 0
    return kept, moved


def rows(pairs: Iterable[AlignedPair], old: Mapping[str, Line], new: Mapping[str, Line]) -> list[Row]:
    """Return a row for each pair: old words plain on one side, new words with what changed on the other."""
    return [_row(pair, [old[path] for path in pair.old_paths], [new[path] for path in pair.new_paths])
            for pair in pairs]


def _row(pair: AlignedPair, old: list[Line], new: list[Line]) -> Row:
    if not new:
        # Nothing to put beside it: the old words themselves are struck.
        return Row(pair, [Side(line, called(line), [("-", line.text)], (), line.spans) for line in old])
    struck = _joined_spans(old)
    sides = []
    for line, (pieces, begins) in zip(new, cut(pair.redline, [len(line.text) for line in new]), strict=True):
        words, spans = tidy(pieces, [(start - begins, end - begins) for start, end in struck if start >= begins])
        sides.append(Side(line, called(line), words, line.spans, spans))
    return Row(pair, [Side(line, called(line), [("=", line.text)], line.spans) for line in old], sides)


def _joined_spans(lines: Sequence[Line]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in lines:
        spans += [(start + at, end + at) for start, end in line.spans]
        at += len(line.text) + 1
    return spans


def threads_of(pairs: Iterable[AlignedPair], old: Sequence[Line], new: Sequence[Line]) -> list[Thread]:
    """Return the threads between two strips; sub-paragraphs hang on the bar of their paragraph."""
    old_bars, new_bars = _bars(old), _bars(new)
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Thread] = {}
    for pair in pairs:
        ends = (_on(old_bars, pair.old_paths), _on(new_bars, pair.new_paths))
        if not any(ends):
            continue
        before = found.get(ends)
        voiced = bool(pair.mentions) or (before is not None and before.voiced)
        # Of several pairs between two bars the one that says most is drawn.
        kind = pair.verdict if before is None or before.kind in ("kept", "edited") else before.kind
        found[ends] = Thread(*ends, kind, voiced=voiced)
    return list(found.values())


def _bars(lines: Sequence[Line]) -> dict[str, str]:
    return {line.path: unit.head.path for unit in units(lines) if unit.is_counted for line in unit.lines}


def _on(bars: Mapping[str, str], paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bars[path] for path in paths if path in bars))


def topics_of(every: Iterable[Row], language: str) -> dict[int, frozenset[str]]:
    """Return what each row speaks of, by the id of its pair: topics of the words on either side."""
    return {row.pair.pk: frozenset(hit.topic for side in (*row.old, *row.new)
                                   for hit in find_topics(side.line.text, language)) for row in every}
