"""Local word alignment: which words of an ask stand in a paragraph, in order, and exactly where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# A skipped word of the paragraph costs little, so that an insertion does not end a match;
# a word of the ask that is missing costs a part of what it would have earned.
_SKIP_TEXT = 0.06
_SKIP_ASK = 0.35


@dataclass(frozen=True, slots=True)
class Match:
    """Aligned word positions (ask, text) in order, and the share of the ask's weight that they carry."""

    pairs: tuple[tuple[int, int], ...]
    score: float
    coverage: float

    @property
    def region(self) -> tuple[int, int]:
        """First and last matched word of the text, both inclusive."""
        return self.pairs[0][1], self.pairs[-1][1]


NO_MATCH = Match((), 0.0, 0.0)


def align_locally(ask: Sequence[str], weights: Sequence[float], text: Sequence[str]) -> Match:
    """The best local alignment of the keys of an ask with those of a text (Smith and Waterman 1981).

    `weights` has one positive weight per ask word. Ties go to the earliest place. Time and memory grow with
    len(ask) × len(text); each row is one vector operation.

    >>> align_locally(["a", "b", "c"], [1, 1, 1], ["x", "a", "b", "y", "c"]).pairs
    ((0, 1), (1, 2), (2, 4))
    """
    n, m = len(ask), len(text)
    if not n or not m:
        return NO_MATCH
    codes: dict[str, int] = {}
    text_codes = np.fromiter((codes.setdefault(k, len(codes)) for k in text), dtype=np.int64, count=m)
    scores = np.zeros((n + 1, m + 1))
    ramp = _SKIP_TEXT * np.arange(m + 1)
    equal_rows: dict[int, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
    for i in range(1, n + 1):
        code = codes.get(ask[i - 1], -1)
        row = np.maximum(scores[i - 1] - _SKIP_ASK * weights[i - 1], 0.0)
        if code >= 0:
            equal = equal_rows.get(code)
            if equal is None:
                equal = equal_rows[code] = text_codes == code
            diagonal = np.where(equal, scores[i - 1, :-1] + weights[i - 1], 0.0)
            np.maximum(row[1:], diagonal, out=row[1:])
        scores[i] = np.maximum(np.maximum.accumulate(row + ramp) - ramp, 0.0)
    best = float(scores.max())
    if best <= 0:
        return NO_MATCH
    i, j = (int(x) for x in np.unravel_index(int(np.argmax(scores >= best - 1e-9)), scores.shape))
    pairs: list[tuple[int, int]] = []
    while i > 0 and j > 0 and scores[i, j] > 1e-9:
        here = scores[i, j]
        w = weights[i - 1]
        if ask[i - 1] == text[j - 1] and abs(scores[i - 1, j - 1] + w - here) < 1e-9:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif abs(scores[i, j - 1] - _SKIP_TEXT - here) < 1e-9:
            j -= 1
        else:
            i -= 1
    pairs.reverse()
    total = float(sum(weights)) or 1.0
    coverage = sum(weights[a] for a, _ in pairs) / total
    return Match(tuple(pairs), best / total, coverage)


def spans_of(positions: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Half-open character spans of word positions; neighbours are joined over the characters between them."""
    spans: list[tuple[int, int]] = []
    last = -2
    for position in sorted(set(positions)):
        if position == last + 1 and spans:
            spans[-1] = (spans[-1][0], ends[position])
        else:
            spans.append((starts[position], ends[position]))
        last = position
    return tuple(spans)


def find_run(needle: Sequence[str], hay: Sequence[str]) -> int:
    """The first position where `needle` stands in `hay` without a gap; -1 when nowhere.

    >>> find_run(["b", "c"], ["a", "b", "c"])
    1
    """
    n = len(needle)
    if not n:
        return -1
    first = needle[0]
    for i in range(len(hay) - n + 1):
        if hay[i] == first and tuple(hay[i : i + n]) == tuple(needle):
            return i
    return -1
