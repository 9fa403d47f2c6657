"""Lists of where terms stand, as bytes that a database keeps, and BM25 with phrases over them.

One occurrence is one number of 64 bits: the text (32), its length in terms (16), the place of the word (16). A list
of occurrences is joined, cut and read without a loop; what ranks is here, so that every database gives the same.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ._query import Located, Part, Query

_K1, _B = 1.2, 0.75
_MOST = 0xFFFF

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def postings(texts: Iterable[Sequence[tuple[str, int]]]) -> dict[str, bytes]:
    """Return for each term its occurrences in `texts`, numbered from 0: each a list of `located` terms.

    Places and lengths beyond 65,535 count as that.

    >>> sorted(postings([[("city", 0), ("plan", 1)], [("city", 3)]]))
    ['city', 'plan']
    """
    found: dict[str, array[int]] = {}
    for number, terms in enumerate(texts):
        base = number << 32 | min(len(terms), _MOST) << 16
        for term, place in terms:
            found.setdefault(term, array("Q")).append(base | min(place, _MOST))
    return {term: np.asarray(one, dtype="<u8").tobytes() for term, one in found.items()}


def shifted(occurrences: bytes, first: int) -> bytes:
    """Return the same occurrences with texts numbered from `first`."""
    return (np.frombuffer(occurrences, dtype="<u8") + np.uint64(first << 32)).astype("<u8").tobytes()


def joined(pieces: Iterable[bytes], runs: Sequence[tuple[int, int]] | None = None) -> bytes:
    """Return several lists of one term as one; with `runs` (first, size; sorted) what lies outside them is left out."""
    found = np.frombuffer(b"".join(pieces), dtype="<u8")
    if runs is not None:
        firsts = np.array([first for first, _ in runs] or [0], dtype=np.int64)
        ends = np.array([first + size for first, size in runs] or [0], dtype=np.int64)
        numbers = (found >> np.uint64(32)).astype(np.int64)
        at = np.clip(np.searchsorted(firsts, numbers, side="right") - 1, 0, None)
        found = found[(numbers >= firsts[at]) & (numbers < ends[at])]
    return found.tobytes()


@dataclass(frozen=True)
class Shelf:
    """The texts that may be found: runs of numbers, each of one language ("" where texts mix several).

    Runs do not overlap. `n_words` is the number of terms in all of them. `kept`, one flag a text in the order of the
    runs, leaves out texts inside them.
    """

    firsts: Sequence[int]
    sizes: Sequence[int]
    languages: Sequence[str]
    n_words: int
    kept: npt.NDArray[np.bool_] | None = None

    @cached_property
    def size(self) -> int:
        return int(sum(self.sizes))

    @cached_property
    def numbers(self) -> Numbers:
        """The number of each text."""
        sizes = np.asarray(self.sizes, dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        moved: Numbers = np.asarray(self.firsts, dtype=np.int64) - starts
        return np.add(np.arange(self.size, dtype=np.int64), np.repeat(moved, sizes), dtype=np.int64)

    @cached_property
    def runs(self) -> Numbers:
        """The run of each text."""
        return np.repeat(np.arange(len(self.sizes)), np.asarray(self.sizes, dtype=np.int64))

    @cached_property
    def places(self) -> Numbers:
        """The place of each number on the shelf, -1 for those that are not on it or not kept."""
        table = np.full(int(self.numbers.max()) + 1 if self.size else 0, -1, dtype=np.int64)
        table[self.numbers] = np.arange(self.size)
        if self.kept is not None:
            table[self.numbers[~self.kept]] = -1
        return table

    def speaks(self, languages: Sequence[str]) -> npt.NDArray[np.bool_]:
        """For each text whether it is in one of these languages, or mixes several."""
        wanted = {*languages, ""}
        runs: npt.NDArray[np.bool_] = np.array([language in wanted for language in self.languages], dtype=np.bool_)
        return np.asarray(runs[self.runs], dtype=np.bool_)


@dataclass(frozen=True)
class Ranking:
    """Texts found, best first: places on the shelf and scores; whether each holds all that was asked."""

    places: Numbers
    scores: Floats
    holds_all: bool

    def __len__(self) -> int:
        return len(self.places)


class _Seeker:
    """One query on one shelf: reads each list once, and learns lengths from it."""

    def __init__(self, shelf: Shelf, lists: Mapping[str, bytes]) -> None:
        self.shelf, self.lists = shelf, lists
        self.lengths = np.zeros(shelf.size)
        self._read: dict[str, Numbers] = {}

    def occurrences(self, term: str) -> Numbers:
        """Occurrences on the shelf as place of the text and place of the word in one number."""
        if term not in self._read:
            raw = np.frombuffer(self.lists.get(term, b""), dtype="<u8")
            numbers = (raw >> np.uint64(32)).astype(np.int64)
            known = numbers < len(self.shelf.places)
            where = np.full(len(raw), -1, dtype=np.int64)
            where[known] = self.shelf.places[numbers[known]]
            raw, where = raw[where >= 0], where[where >= 0]
            self.lengths[where] = (raw >> np.uint64(16)).astype(np.int64) & _MOST
            self._read[term] = where << 16 | (raw.astype(np.int64) & _MOST)
        return self._read[term]

    def part(self, part: Part) -> tuple[Numbers, Numbers]:
        """Places that hold a part in the words of their own language, and how often."""
        by_terms: dict[Located, list[str]] = {}
        for language, terms in part.terms.items():
            if terms:
                by_terms.setdefault(terms, []).append(language)
        found = [self._phrase(terms, languages, of=len(part.terms)) for terms, languages in by_terms.items()]
        return np.unique(np.concatenate(found) >> 16, return_counts=True) if found else (_none(), _none())

    def _phrase(self, terms: Located, languages: Sequence[str], *, of: int) -> Numbers:
        at = self.occurrences(terms[0][0])
        for term, offset in terms[1:]:
            there = self.occurrences(term)
            there = there[(there & _MOST) >= offset] - offset
            at = np.intersect1d(at, there)
        return at if len(languages) == of else at[self.shelf.speaks(languages)[at >> 16]]


def _none() -> Numbers:
    return np.zeros(0, dtype=np.int64)


def rank(query: Query, lists: Mapping[str, bytes], shelf: Shelf) -> Ranking:
    """Rank the texts of a shelf for a query by BM25; `lists` holds the occurrences of `query.all_terms`.

    Texts that hold every wanted part come; where there is none, those that hold some, most parts first. Frequencies
    are counted on the shelf alone, so that nothing that may not be found moves what is. Equal scores keep the order
    of the shelf.

    >>> from ._query import parse
    >>> shelf = Shelf([0], [2], ["en"], 3)
    >>> found = rank(parse("plan city"), postings([[("city", 0), ("plan", 1)], [("city", 3)]]), shelf)
    >>> found.places.tolist(), found.holds_all
    ([0], True)
    """
    wanted = query.wanted
    if not wanted or not shelf.size:
        return Ranking(_none(), np.zeros(0), True)
    seeker = _Seeker(shelf, lists)
    held = [seeker.part(part) for part in wanted]
    n = int(shelf.kept.sum()) if shelf.kept is not None else shelf.size
    norm = _K1 * (1 - _B + _B * seeker.lengths / max(shelf.n_words / shelf.size, 1.0))
    total, n_held = np.zeros(shelf.size), np.zeros(shelf.size, dtype=np.int64)
    for part, (places, counts) in zip(wanted, held, strict=True):
        weight = math.log(1 + max(n - len(places) + 0.5, 0.5) / (len(places) + 0.5))
        total[places] += weight * counts * (_K1 + 1) / (counts + norm[places])
        n_held[places] += 1
        silent = [language for language, terms in part.terms.items() if not terms]
        if silent:
            # Where the part is grammar only it asks for nothing.
            mute = np.fromiter((one in silent for one in shelf.languages), dtype=bool, count=len(shelf.languages))
            n_held += mute[shelf.runs]
    for part in query.unwanted:
        total[seeker.part(part)[0]] = 0.0
    pool = np.flatnonzero((total > 0) & (n_held >= len(wanted)))
    holds_all = bool(len(pool)) or len(wanted) == 1
    if not holds_all:
        pool = np.flatnonzero(total > 0)
    scores = np.round(total[pool], 9)
    order = np.lexsort((pool, -scores)) if holds_all else np.lexsort((pool, -scores, -n_held[pool]))
    return Ranking(pool[order], scores[order], holds_all)
