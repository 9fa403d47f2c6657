"""BM25 (Robertson and Zaragoza 2009) over term lists: an inverted index in numpy that grows, with exact pruning."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_K1, _B = 1.2, 0.75
# With more parts than this, they are joined: each query looks into every part.
_PARTS = 8
# Below this size a whole scan costs less than pruning.
_SMALL = 8_000
# Sums in another order differ in the last digits.
_SURE = 1 + 1e-9
_TINY = 1e-12
_BLOCK = 256

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Part:
    """The documents of one addition: for the term with number t, `ids[starts[t]:starts[t + 1]]` and their counts."""

    starts: npt.NDArray[np.int64]
    ids: Ints
    counts: Ints

    def of(self, term: int) -> tuple[Ints, Ints]:
        if term + 1 >= len(self.starts):
            return self.ids[:0], self.counts[:0]
        here = slice(int(self.starts[term]), int(self.starts[term + 1]))
        return self.ids[here], self.counts[here]


class Bm25:
    """Rank documents, given as lists of terms, for a list of query terms.

    Positions count from 0 in the order of adding. `top` finds what scoring every document would find, to the bit,
    but leaves out documents that cannot come among the best (MaxScore, Turtle and Flood 1995).

    >>> index = Bm25([["city", "plan"], ["river"], ["city", "city"]])
    >>> [document for document, score in index.top(["city"], 2)]
    [2, 0]
    >>> index.add([["city", "river", "river"]])
    >>> [document for document, score in index.top(["river"], 2)]
    [1, 3]
    """

    def __init__(self, documents: Iterable[Sequence[str]] = ()) -> None:
        self.size = 0
        self._numbers: dict[str, int] = {}
        self._lengths: npt.NDArray[np.float64] = np.zeros(0)
        self._norm: Floats = np.zeros(0)
        self._parts: list[_Part] = []
        self._known: dict[str, tuple[Ints, Floats]] = {}
        self.add(documents)

    def add(self, documents: Iterable[Sequence[str]]) -> None:
        """Add documents after those that are there; costs what is added, not what was there."""
        numbers, terms, lengths = self._numbers, array("q"), array("q")
        for document in documents:
            lengths.append(len(document))
            for term in document:
                terms.append(numbers.setdefault(term, len(numbers)))
        if not lengths:
            return
        n = len(lengths)
        sizes = np.frombuffer(lengths, dtype=np.int64)
        which = np.repeat(np.arange(n, dtype=np.int64), sizes)
        flat = np.frombuffer(terms, dtype=np.int64) if terms else np.zeros(0, dtype=np.int64)
        keys, counts = np.unique(flat * n + which, return_counts=True)
        of_terms, ids = np.divmod(keys, n)
        starts = np.searchsorted(of_terms, np.arange(len(numbers) + 1))
        self._parts.append(_Part(starts, (ids + self.size).astype(np.int32), counts.astype(np.int32)))
        self.size += n
        self._lengths = np.concatenate((self._lengths, sizes.astype(np.float64)))
        self._norm = _K1 * (1 - _B + _B * self._lengths / max(float(self._lengths.mean()), 1.0))
        self._known.clear()
        if len(self._parts) > _PARTS:
            self._join()

    def _join(self) -> None:
        """Make one part of all: the ids of later parts are larger, so each term's stay in order."""
        starts = np.zeros(len(self._numbers) + 1, dtype=np.int64)
        pieces = [part.of(term) for term in range(len(self._numbers)) for part in self._parts]
        sizes = np.array([len(ids) for ids, _ in pieces]).reshape(-1, len(self._parts)).sum(axis=1)
        np.cumsum(sizes, out=starts[1:])
        self._parts = [_Part(starts, np.concatenate([ids for ids, _ in pieces]),
                             np.concatenate([counts for _, counts in pieces]))]

    def _postings(self, term: str) -> tuple[Ints, Floats] | None:
        """Positions that have a term, and what it gives each."""
        found = self._known.get(term)
        if found is not None:
            return found
        number = self._numbers.get(term)
        if number is None:
            return None
        pieces = [part.of(number) for part in self._parts]
        where = np.concatenate([ids for ids, _ in pieces])
        count = np.concatenate([counts for _, counts in pieces]).astype(np.float64)
        found = where, self.idf_of(len(where)) * count * (_K1 + 1) / (count + self._norm[where])
        self._known[term] = found
        return found

    def idf_of(self, n_documents: int) -> float:
        """Weight of a term that stands in `n_documents` of the indexed ones; always positive."""
        return math.log(1 + (self.size - n_documents + 0.5) / (n_documents + 0.5))

    def documents_with(self, term: str) -> int:
        """How many documents have a term."""
        number = self._numbers.get(term)
        return 0 if number is None else sum(len(part.of(number)[0]) for part in self._parts)

    def scores(self, query: Iterable[str]) -> Floats:
        """One score per document, in their order; 0 where no term is shared."""
        total = np.zeros(self.size)
        for term, count in sorted(Counter(query).items()):
            found = self._postings(term)
            if found is not None:
                total[found[0]] += count * found[1]
        return total

    def top(self, query: Iterable[str], k: int) -> list[tuple[int, float]]:
        """Up to `k` documents with a positive score, best first; ties by position."""
        wanted = Counter(query)
        if k <= 0 or not self.size:
            return []
        if self.size <= _SMALL:
            total = self.scores(wanted.elements())
            pool = np.flatnonzero(total)
            total = total[pool]
        else:
            pool = self._may_win(wanted, k)
            total = self._exact(wanted, pool)
        if total.size > 4 * k:
            keep = total >= np.partition(total, total.size - k)[total.size - k]
            pool, total = pool[keep], total[keep]
        order = np.argsort(-total, kind="stable")[:k]
        return [(int(pool[i]), float(total[i])) for i in order if total[i] > 0]

    def _may_win(self, wanted: Counter[str], k: int) -> npt.NDArray[np.int64]:
        """Positions, in order, among which the best `k` are: all others score less than each of these `k`."""
        rows = []
        for term, count in sorted(wanted.items()):
            found = self._postings(term)
            if found is not None and len(found[0]):
                rows.append((count * float(found[1].max()), found[0], found[1] * count if count > 1 else found[1]))
        # Rare terms first: they give most and are in few documents.
        rows.sort(key=lambda row: -row[0])
        left = sum(row[0] for row in rows)
        partial = np.zeros(self.size)
        pool: npt.NDArray[np.int64] | None = None
        n_added = n_checked = 0
        for limit, where, gives in rows:
            left -= limit
            if pool is None:
                partial[where] += gives
                n_added += len(where)
                # Looking costs a scan; it pays when much has come since the last one.
                if n_added < 2 * n_checked and left > 0:
                    continue
                n_checked = max(n_added, self.size // 4)
                floor = _floor(partial, k)
                if floor <= left * _SURE:
                    continue
                pool = np.flatnonzero(partial >= max(floor / _SURE - left * _SURE, _TINY))
            else:
                at = np.searchsorted(where, pool)
                at[at == len(where)] = 0
                has = where[at] == pool
                partial[pool[has]] += gives[at[has]]
                if len(pool) > 4 * k:
                    floor = _kth(partial[pool], k)
                    pool = pool[partial[pool] + left * _SURE >= floor / _SURE]
        return np.flatnonzero(partial) if pool is None else pool

    def _exact(self, wanted: Counter[str], pool: npt.NDArray[np.int64]) -> Floats:
        """The scores of some documents, added in the order of `scores`, so that they are equal to the bit."""
        total = np.zeros(len(pool))
        for term, count in sorted(wanted.items()):
            found = self._postings(term)
            if found is None or not len(found[0]):
                continue
            at = np.searchsorted(found[0], pool)
            at[at == len(found[0])] = 0
            has = found[0][at] == pool
            total[has] += count * found[1][at[has]]
        return total


def _kth(scores: Floats, k: int) -> float:
    """The k-th highest score; 0 where there are not so many."""
    return float(np.partition(scores, len(scores) - k)[len(scores) - k]) if len(scores) >= k else 0.0


def _floor(scores: Floats, k: int) -> float:
    """A score that at least `k` documents reach: the k-th highest of the best of each block of 256."""
    n = len(scores) // _BLOCK
    return _kth(scores[: n * _BLOCK].reshape(n, _BLOCK).max(axis=1), k) if n >= k else _kth(scores, k)
