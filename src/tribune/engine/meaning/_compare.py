"""Compare vectors: cosines, and the better scores for pairs across two languages."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ._cache import Cache
from ._encoder import Vectors, encode

__all__ = ["centred", "counterparts", "cosines", "figures", "margins"]

Scores = npt.NDArray[np.float32]
# Weight of agreement in figures beside the cosine; chosen on seven pairs of languages (docs/engine/meaning.md).
_FIGURES = 0.1
_UNDECIDED = 0.5
_NEIGHBOURS = 10
_NUMBER = re.compile(r"\d+")


def cosines(text: str, others: Sequence[str], *, cache: Cache | None = None) -> list[float]:
    """Likeness in meaning of `text` with each of `others`, in -1..1, to 4 digits so that ties hold.

    >>> cosines("Cities", ["Cities", ""])
    [1.0, 0.0]
    """
    if not others:
        return []
    rows = encode([text, *others], cache=cache)
    return [round(float(value), 4) for value in rows[1:] @ rows[0]]


def centred(vectors: Vectors, groups: Sequence[str]) -> Vectors:
    """Vectors without what all of their group (a language) have in common, of length 1 again.

    Groups of fewer than 50 stay as they are: their mean would be about a subject, not about a language.
    """
    found = np.array(vectors, dtype=np.float32)
    names = np.asarray(groups)
    for name in sorted(set(groups)):
        here = np.flatnonzero(names == name)
        if len(here) >= 50:
            found[here] -= found[here].mean(axis=0, dtype=np.float64).astype(np.float32)
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(norms > 0, norms, 1), dtype=np.float32)


def margins(scores: Scores, neighbours: int = _NEIGHBOURS) -> Scores:
    """Scores of rows with columns, less how near each of the two is to its neighbours anyway.

    Takes away the advantage of texts that are near to everything (cross-domain similarity local scaling,
    Conneau and others 2018).
    """
    if not scores.size:
        return scores
    k = min(neighbours, scores.shape[1])
    rows = np.partition(scores, scores.shape[1] - k, axis=1)[:, -k:].mean(axis=1, keepdims=True)
    k = min(neighbours, scores.shape[0])
    columns = np.partition(scores, scores.shape[0] - k, axis=0)[-k:].mean(axis=0, keepdims=True)
    return np.asarray(2 * scores - rows - columns, dtype=np.float32)


def figures(text: str) -> frozenset[str]:
    """The numbers that a text writes in digits, of whatever script.

    >>> sorted(figures("From 2015 to ٢٠٣٠: 04 steps"))
    ['2015', '2030', '4']
    """
    return frozenset(str(int(digits)) for digits in _NUMBER.findall(unicodedata.normalize("NFKC", text)[:100_000])
                     if len(digits) <= 40)


def counterparts(
    ones: Sequence[str], others: Sequence[str], *, cache: Cache | None = None
) -> list[tuple[int, float]]:
    """For each of `ones`, in one language, which of `others`, in another, says the same: position and margin.

    Centred cosines with a tenth of agreement in numbers, as margins. A margin ranks within one call only; below
    0 there is likely none that says the same. -1 where `others` is empty.

    >>> counterparts(["Le climat", "La ville"], ["The city", "The climate"])[0][0]
    1
    """
    if not others:
        return [(-1, 0.0)] * len(ones)
    left = centred(encode(ones, cache=cache), ["a"] * len(ones))
    right = centred(encode(others, cache=cache), ["b"] * len(others))
    scores = margins(np.asarray(left @ right.T + _FIGURES * _agreement(ones, others), dtype=np.float32))
    best = scores.argmax(axis=1) if len(ones) else []
    return [(int(n), round(float(row[n]), 4)) for n, row in zip(best, scores, strict=True)]


def _agreement(ones: Sequence[str], others: Sequence[str]) -> npt.NDArray[np.float64]:
    """Share of the weight of numbers that two texts have in common; a half where neither has any."""
    left, right = [figures(text) for text in ones], [figures(text) for text in others]
    common = Counter(number for numbers in (*left, *right) for number in numbers)
    place = {number: n for n, number in enumerate(sorted(common))}
    weight = {number: math.log(1 + (len(left) + len(right)) / n) for number, n in common.items()}

    def table(rows: Sequence[frozenset[str]]) -> tuple[sparse.csr_array, npt.NDArray[np.float64]]:
        cells = [(n, place[number], weight[number]) for n, numbers in enumerate(rows) for number in sorted(numbers)]
        shape = (len(rows), max(1, len(place)))
        made = sparse.csr_array(([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])), shape=shape)
        return made, np.array([sum(weight[number] ** 2 for number in sorted(numbers)) for numbers in rows])

    (a, total_a), (b, total_b) = table(left), table(right)
    most = np.maximum(total_a[:, None], total_b[None, :])
    shared = (a @ b.T).toarray()
    return np.where(most > 0, shared / np.where(most > 0, most, 1), _UNDECIDED)
