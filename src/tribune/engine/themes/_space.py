"""Where passages lie: vectors of meaning, weighed by what tells points apart, beside the words they share."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tribune.engine.meaning import SIZE, Cache, encode

from ._units import Unit

__all__ = ["Space", "space_of"]

Matrix = npt.NDArray[np.float64]
# Share of words in the likeness; chosen on seven topics of ArgKP (docs/engine/themes.md).
WORDS = 0.5
# A mean of few passages is about their subject, not about the encoder: it counts by n / (n + this).
_FEW = 40
_OF_ITS_OWN = 50
_HASHED = 256


@dataclass(frozen=True)
class Space:
    """A row for each passage; the product of two rows is their likeness, about 0 for two of no common theme."""

    meaning: npt.NDArray[np.float32]
    words: sparse.csr_array
    # Of this little to compare with, everything seems alike; added to limits of likeness.
    lift: float

    def sums(self, groups: npt.NDArray[np.int64], n_groups: int) -> Space:
        """The sums of rows of each group; a negative group is left out."""
        here = np.flatnonzero(groups >= 0)
        pick = sparse.csr_array((np.ones(len(here)), (groups[here], here)), shape=(n_groups, len(groups)))
        return Space(np.asarray(pick @ self.meaning.astype(np.float64)), sparse.csr_array(pick @ self.words), self.lift)

    def products(self, other: Space) -> Matrix:
        """Products of each row with each of `other`."""
        dense = np.asarray(self.meaning @ other.meaning.T, dtype=np.float64)
        return np.asarray(dense + (self.words @ other.words.T).toarray(), dtype=np.float64)

    def folded(self) -> npt.NDArray[np.float32]:
        """Both parts as one dense row, words hashed into few columns: near enough to find neighbours."""
        columns = np.arange(self.words.shape[1])
        signs = np.where((columns * 2_654_435_761 >> 7) & 1, 1.0, -1.0)
        place = (columns * 40_503) % _HASHED
        fold = sparse.csr_array((signs, (columns, place)), shape=(len(columns), _HASHED))
        return np.hstack([self.meaning, (self.words @ fold).toarray().astype(np.float32)])


@lru_cache(maxsize=1)
def _weights() -> npt.NDArray[np.float32]:
    """Weight of each of the vector's numbers, learned from arguments that make the same point or not."""
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    return np.asarray(json.loads(text)["weights"], dtype=np.float32)


def space_of(
    units: Sequence[Unit],
    alike: Sequence[int],
    *,
    cache: Cache | None,
    progress: Callable[[int, int], None] | None,
    weights: npt.NDArray[np.float32] | None = None,
) -> Space:
    """The space of passages; `alike` names the first of those nearly the same, which alone shape it."""
    rows = encode([unit.text for unit in units], cache=cache, progress=progress)
    first = np.array([n == one for n, one in enumerate(alike)], dtype=bool)
    meaning = _centred(rows, [unit.language for unit in units], first)
    meaning *= np.sqrt(np.maximum(_weights() if weights is None else weights, 0.0))
    meaning = _unit_length(meaning) * np.float32(math.sqrt(1 - WORDS))
    n = int(first.sum())
    return Space(np.asarray(meaning, dtype=np.float32), _words(units, first), 0.3 * _FEW / (n + _FEW))


def _centred(
    rows: npt.NDArray[np.float32], languages: Sequence[str], first: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    found = np.array(rows, dtype=np.float64)
    names = np.asarray(languages)
    counts = Counter(names[first].tolist())
    common = rows[first].mean(axis=0, dtype=np.float64) if first.any() else np.zeros(SIZE)
    share = first.sum() / (first.sum() + _FEW)
    for name in sorted(set(languages)):
        n = counts[name]
        if n >= _OF_ITS_OWN:
            mean = rows[first & (names == name)].mean(axis=0, dtype=np.float64) * (n / (n + _FEW))
        else:
            mean = common * share
        found[names == name] -= mean
    return np.asarray(found, dtype=np.float32)


def _words(units: Sequence[Unit], first: npt.NDArray[np.bool_]) -> sparse.csr_array:
    """Rows of words by rarity (TF-IDF), one length; a word of one passage only says nothing."""
    spread = Counter(term for n, unit in enumerate(units) if first[n] for term in set(unit.terms))
    kept = {term: place for place, term in enumerate(sorted(t for t, n in spread.items() if n >= 2))}
    total = int(first.sum())
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for unit in units:
        counts = sorted((kept[t], t, n) for t, n in Counter(unit.terms).items() if t in kept)
        values = [(1 + math.log(n)) * (1 + math.log((1 + total) / (1 + spread[t]))) for _, t, n in counts]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        data += [math.sqrt(WORDS) * value / length for value in values]
        columns += [place for place, _, _ in counts]
        ends.append(len(columns))
    return sparse.csr_array((np.array(data), np.array(columns, dtype=np.int64), np.array(ends)),
                            shape=(len(units), max(1, len(kept))))


def _unit_length(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))[:, None]
    return np.asarray(rows / np.where(norms > 1e-9, norms, 1.0), dtype=np.float32)
