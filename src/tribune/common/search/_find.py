"""Finding: the database looks lists up, the engine ranks, and only what a viewer may see is on the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tribune.common.models import SearchEntry, SearchGroup, SearchTerm
from tribune.engine.meaning import encode
from tribune.engine.search import SIGN_BYTES, Query, Shelf, cosines, joined, nearest, packed, parse, rank

from ._kinds import Filters, Piece, kinds

PER_PAGE = 20
# Below this cosine two texts of one language share a subject at most.
NEAR = 0.5
_CANDIDATES = 400
_MOST_NEAR = 10
_AT_ONCE = 10_000
EVERYTHING = Filters()

_Group = tuple[int, str, int, str, int, int, int]  # pk, kind, ref, language, first, size, n_words


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: by words with its score, or by meaning with its cosine."""

    kind: str
    ref: int
    thing: str
    score: float
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: one page of hits by words, how many there are in all and of each kind, and what is near.

    `holds_all` says whether each hit holds every word; else each holds some. `n_texts` is how many texts were searched.
    """

    query: Query
    hits: Sequence[Hit] = ()
    near: Sequence[Hit] = ()
    n: int = 0
    by_kind: Mapping[str, int] = field(default_factory=dict)
    holds_all: bool = True
    n_texts: int = 0


def find(typed: str, viewer: Any, filters: Filters = EVERYTHING, *, kind: str = "", page: int = 1,
         by_meaning: bool = True) -> Found:
    """Search what `viewer` may see, by words and, on the first page, by meaning as well.

    `kind` keeps one kind of hits; counts are of all kinds. What is near in meaning leaves out what holds all words.
    """
    query = parse(typed)
    groups = _groups(viewer, filters)
    if not query.wanted or not groups:
        return Found(query, n_texts=sum(group[5] for group in groups))
    shelf = _shelf(groups, filters)
    ranking = rank(query, _lists(query), shelf)
    names = sorted({group[1] for group in groups})
    of_runs = np.array([names.index(group[1]) for group in groups])
    of_hits = of_runs[shelf.runs[ranking.places]]
    counts = np.bincount(of_hits, minlength=len(names))
    keep = of_hits == names.index(kind) if kind in names else np.full(len(ranking), not kind)
    places, scores = ranking.places[keep], ranking.scores[keep]
    here = slice((page - 1) * PER_PAGE, page * PER_PAGE)
    near: list[Hit] = []
    if by_meaning and page == 1:
        on = shelf if not kind else _shelf([group for group in groups if group[1] == kind], filters)
        groups_on = groups if not kind else [group for group in groups if group[1] == kind]
        # What holds some of the words only may well be the nearest.
        sure = places if ranking.holds_all else ()
        near = _near(query, groups_on, on, but={int(shelf.numbers[place]) for place in sure})
    return Found(query, _hits(groups, shelf, places[here], scores[here]), near, len(places),
                 {name: int(n) for name, n in zip(names, counts, strict=True)}, ranking.holds_all, shelf.size)


def shown(hits: Sequence[Hit], viewer: Any) -> list[tuple[Hit, Piece]]:
    """Return hits with what the page shows of each; their kinds leave out what the viewer may not see."""
    pieces: dict[tuple[str, int, str], Piece] = {}
    for name in {hit.kind for hit in hits}:
        of_kind = [(hit.ref, hit.thing) for hit in hits if hit.kind == name]
        for (ref, thing), piece in kinds()[name].shown(of_kind, viewer).items():
            pieces[name, ref, thing] = piece
    return [(hit, pieces[hit.kind, hit.ref, hit.thing]) for hit in hits if (hit.kind, hit.ref, hit.thing) in pieces]


def _groups(viewer: Any, filters: Filters) -> list[_Group]:
    found: list[_Group] = []
    for kind in kinds().values():
        if filters.used <= kind.filters:
            found += (SearchGroup.objects.filter(kind=kind.name, ref__in=kind.allowed(viewer, filters))
                      .values_list("pk", "kind", "ref", "language", "first", "size", "n_words"))
    return sorted(found, key=lambda group: group[4])


def _shelf(groups: Sequence[_Group], filters: Filters) -> Shelf:
    kept: npt.NDArray[np.bool_] | None = None
    if filters.flags:
        flags = dict(SearchGroup.objects.filter(pk__in=[group[0] for group in groups]).values_list("pk", "flags"))
        every = np.frombuffer(b"".join(bytes(flags[group[0]]) for group in groups), dtype=np.uint8)
        kept = (every & filters.flags) > 0
    return Shelf([group[4] for group in groups], [group[5] for group in groups], [group[3] for group in groups],
                 sum(group[6] for group in groups), kept)


def _lists(query: Query) -> dict[str, bytes]:
    found: dict[str, list[bytes]] = {}
    rows = (SearchTerm.objects.filter(term__in=query.all_terms).order_by("segment__first")
            .values_list("term", "occurrences"))
    for term, occurrences in rows:
        found.setdefault(term, []).append(bytes(occurrences))
    return {term: joined(pieces) for term, pieces in found.items()}


def _hits(groups: Sequence[_Group], shelf: Shelf, places: Any, scores: Any, *, by_meaning: bool = False) -> list[Hit]:
    numbers = [int(shelf.numbers[place]) for place in places]
    things = dict(SearchEntry.objects.filter(pk__in=numbers).values_list("number", "thing"))
    found = []
    for number, place, score in zip(numbers, places, scores, strict=True):
        group = groups[int(shelf.runs[place])]
        if number in things:
            found.append(Hit(group[1], group[2], things[number], float(score), by_meaning))
    return found


@lru_cache(maxsize=500)
def _vector(said: str) -> bytes:
    return packed(encode([said])).tobytes()


def _near(query: Query, groups: Sequence[_Group], shelf: Shelf, but: set[int]) -> list[Hit]:
    """What says the same in other words or in another language, nearest first."""
    if not groups:
        return []
    of = np.frombuffer(_vector(query.said), dtype=np.int8)
    table = _all_signs(groups)
    table[~shelf.kept if shelf.kept is not None else slice(0, 0)] = 0
    places = nearest(of, table, _CANDIDATES)
    numbers = [number for place in places if (number := int(shelf.numbers[place])) not in but]
    vectors = dict(SearchEntry.objects.filter(pk__in=numbers, vector__isnull=False).values_list("number", "vector"))
    known = [place for place in places if int(shelf.numbers[place]) in vectors
             and (shelf.kept is None or shelf.kept[place])]
    if not known:
        return []
    rows = np.frombuffer(b"".join(bytes(vectors[int(shelf.numbers[place])] or b"") for place in known), dtype=np.int8)
    near = cosines(of, rows.reshape(len(known), -1))
    order = [at for at in np.lexsort((known, -near)) if near[at] >= NEAR][:_MOST_NEAR]
    return _hits(groups, shelf, [known[at] for at in order], [near[at] for at in order], by_meaning=True)


def _all_signs(groups: Sequence[_Group]) -> npt.NDArray[np.uint8]:
    """Signs of all texts on the shelf; zeros where they wait to be encoded."""
    known: dict[int, bytes] = {}
    pks = [group[0] for group in groups]
    # Databases limit how many values a query takes.
    for start in range(0, len(pks), _AT_ONCE):
        rows = SearchGroup.objects.filter(pk__in=pks[start:start + _AT_ONCE], signs__isnull=False)
        known.update((pk, bytes(signs or b"")) for pk, signs in rows.values_list("pk", "signs"))
    return np.frombuffer(b"".join(known.get(group[0]) or b"\x00" * SIGN_BYTES * group[5] for group in groups),
                         dtype=np.uint8).reshape(-1, SIGN_BYTES).copy()
