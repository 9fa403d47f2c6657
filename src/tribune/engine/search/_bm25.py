"""BM25 (Robertson and Zaragoza 2009) over term lists, in numpy."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

_K1, _B = 1.2, 0.75


class Bm25:
    """Rank documents, given as lists of terms, for a list of query terms.

    >>> index = Bm25([["city", "plan"], ["river"], ["city", "city"]])
    >>> [document for document, score in index.top(["city"], 2)]
    [2, 0]
    """

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        postings: dict[str, tuple[list[int], list[int]]] = {}
        lengths: list[int] = []
        for n, document in enumerate(documents):
            lengths.append(len(document))
            for term, count in Counter(document).items():
                ids, counts = postings.setdefault(term, ([], []))
                ids.append(n)
                counts.append(count)
        self.size = len(lengths)
        length = np.asarray(lengths, dtype=np.float64)
        norm = _K1 * (1 - _B + _B * length / max(float(length.mean()), 1.0)) if lengths else length
        self._postings: dict[str, tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]] = {}
        for term, (ids, counts) in postings.items():
            where = np.asarray(ids, dtype=np.int64)
            count_ = np.asarray(counts, dtype=np.float64)
            self._postings[term] = (
                where,
                self.idf_of(len(ids)) * count_ * (_K1 + 1) / (count_ + norm[where]),
            )

    def idf_of(self, n_documents: int) -> float:
        """Weight of a term that stands in `n_documents` of the indexed ones; always positive."""
        return math.log(1 + (self.size - n_documents + 0.5) / (n_documents + 0.5))

    def documents_with(self, term: str) -> int:
        """How many documents have a term."""
        found = self._postings.get(term)
        return 0 if found is None else len(found[0])

    def scores(self, query: Iterable[str]) -> npt.NDArray[np.float64]:
        """One score per document, in their order; 0 where no term is shared."""
        total = np.zeros(self.size)
        for term, count in sorted(Counter(query).items()):
            found = self._postings.get(term)
            if found is not None:
                total[found[0]] += count * found[1]
        return total

    def top(self, query: Iterable[str], k: int) -> list[tuple[int, float]]:
        """Up to `k` documents with a positive score, best first; ties by position."""
        total = self.scores(query)
        if total.size > 4 * k > 0:
            kth = np.partition(total, total.size - k)[total.size - k]
            pool = np.flatnonzero(total >= kth)
        else:
            pool = np.arange(total.size)
        order = pool[np.argsort(-total[pool], kind="stable")][:k]
        return [(int(i), float(total[i])) for i in order if total[i] > 0]
