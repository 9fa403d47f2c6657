"""What became of the places where local governments are named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tribune.engine.types import Paragraph

from ._redline import Piece
from ._weakening import weakening

FATES = ("added", "kept", "weakened", "deleted")
_SENTENCE = re.compile(r"[^.;!?。；！？؛؟\n]*[.;!?。；！？؛؟\n]*")


@dataclass(frozen=True, slots=True)
class _Named:
    """One explicit mention, by offsets into the texts of one side joined by newlines."""

    term: str
    start: int
    end: int


def fates(old: Sequence[Paragraph], new: Sequence[Paragraph], pieces: tuple[Piece, ...],
          language: str) -> Counter[str]:
    """Count the explicit mentions of a pair that were added, kept, weakened (kept, but less) and deleted.

    A mention is kept when its term stands on the other side too, or when another explicit term was put in
    its place ("municipalities" for "local authorities").
    """
    before, after = _named(old), _named(new)
    pairs = _same_term(before, after)
    pairs += _in_its_place([m for m in before if m not in {a for a, _ in pairs}],
                           [m for m in after if m not in {b for _, b in pairs}], pieces)
    old_text, new_text = joined(old), joined(new)
    count: Counter[str] = Counter()
    for one, two in pairs:
        loss = weakening(_sentence(old_text, one), _sentence(new_text, two), language)
        count["weakened" if loss else "kept"] += 1
    count["deleted"] = len(before) - len(pairs)
    count["added"] = len(after) - len(pairs)
    return count


def joined(side: Sequence[Paragraph]) -> str:
    """The texts of one side of a pair, as its redline reads them."""
    return "\n".join(paragraph.text for paragraph in side)


def _named(side: Sequence[Paragraph]) -> list[_Named]:
    found, offset = [], 0
    for paragraph in side:
        # As when a text's mentions are counted: headings repeat them, notes cite others.
        counted = paragraph.kind not in ("heading", "note")
        explicit = [m for m in paragraph.mentions if counted and m.tier == "explicit"]
        for m in explicit:
            term = paragraph.text[m.start:m.end].casefold()
            found.append(_Named(term, offset + m.start, offset + m.end))
        offset += len(paragraph.text) + 1
    return found


def _same_term(before: list[_Named], after: list[_Named]) -> list[tuple[_Named, _Named]]:
    pairs = []
    rest = list(after)
    for one in before:
        for two in rest:
            if one.term == two.term:
                pairs.append((one, two))
                rest.remove(two)
                break
    return pairs


def _in_its_place(before: list[_Named], after: list[_Named],
                  pieces: tuple[Piece, ...]) -> list[tuple[_Named, _Named]]:
    """Pair mentions that lie in one and the same change."""
    if not before or not after:
        return []
    changes: list[list[int]] = []  # old start, old end, new start, new end
    i = j = 0
    open_change = False
    for sign, text in pieces:
        if sign == "=":
            i, j, open_change = i + len(text), j + len(text), False
            continue
        if not open_change:
            changes.append([i, i, j, j])
            open_change = True
        if sign == "-":
            i += len(text)
        else:
            j += len(text)
        changes[-1][1], changes[-1][3] = i, j
    pairs, rest = [], list(after)
    for one in before:
        for start, end, other_start, other_end in changes:
            if not (one.start < end and start < one.end):
                continue
            two = next((m for m in rest if m.start < other_end and other_start < m.end), None)
            if two:
                pairs.append((one, two))
                rest.remove(two)
                break
    return pairs


def _sentence(text: str, named: _Named) -> str:
    """The sentence or clause between strong stops that holds the mention."""
    start = end = named.start
    for match in _SENTENCE.finditer(text):
        if match.start() <= named.start < match.end():
            start, end = match.start(), match.end()
            break
    return text[start:max(end, named.end)]
