"""One old paragraph with one new one: the same wording first, then similar wording, then place."""

from __future__ import annotations

from ._likeness import Likeness
from ._match import blocks
from ._places import Places
from ._units import Texts, Unit

# Chosen by hand and left; docs/engine/align.md says how well they do.
SURE, MARGIN = 0.6, 0.08
ANYWHERE, IN_PLACE = 0.42, 0.30
SHORT, SHORT_ANYWHERE = 5, 0.75


def pair_same(texts: Texts, places: Places) -> None:
    """Pair equal wording that says enough to be found again: unique first, then grown to both sides."""
    olds, news = _by_wording(texts.old), _by_wording(texts.new)
    for key, old in olds.items():
        new = news.get(key, ())
        if len(old) == len(new) == 1 and not texts.old[old[0]].says_little:
            places.pair(old[0], new[0])
    grow(texts, places)
    expected = [places.before(i) + 1 for i in range(places.n_old)]
    # What is left stands several times: the copies nearest to each other, as their neighbours tell.
    for key, old in olds.items():
        if key not in news or texts.old[old[0]].says_little:
            continue
        rest_old = [i for i in old if i not in places.to_new]
        rest_new = [j for j in news[key] if j not in places.to_old]
        if not rest_old or not rest_new:
            continue
        if len(rest_old) * len(rest_new) > 2500:
            for i, j in zip(rest_old, rest_new, strict=False):
                places.pair(i, j)
            continue
        for _, i, j in sorted((abs(j - expected[i]), i, j) for i in rest_old for j in rest_new):
            if places.free(i, j):
                places.pair(i, j)


def grow(texts: Texts, places: Places) -> None:
    """Pair equal neighbours of pairs, forwards and backwards (P. Heckel, 1978), ends included."""
    old, new = texts.old, texts.new

    def same(i: int, j: int) -> bool:
        return (places.free(i, j) and old[i].wording == new[j].wording and old[i].heading == new[j].heading)

    for i in range(places.n_old):
        j = 0 if i == 0 else max(places.to_new.get(i - 1, [-2])) + 1
        if 0 <= j < places.n_new and same(i, j):
            places.pair(i, j)
    for i in range(places.n_old - 1, -1, -1):
        j = (places.n_new if i == places.n_old - 1 else min(places.to_new.get(i + 1, [0]))) - 1
        if 0 <= j < places.n_new and same(i, j):
            places.pair(i, j)


def pair_alike(texts: Texts, places: Places, likeness: Likeness) -> None:
    """Pair similar wording: first where both are each other's best by far, then with regard to place."""
    asked = [texts.old[i] for i in places.free_old()]
    among = [texts.new[j] for j in places.free_new()]
    found = {(i, unit.at) for i, units in likeness.candidates(asked, among).items() for unit in units}
    found |= {(unit.at, j) for j, units in likeness.candidates(among, asked).items() for unit in units}
    scored = sorted(((likeness.of(texts.old[i], texts.new[j]), i, j) for i, j in found),
                    key=lambda row: (-row[0], row[1], row[2]))
    best_old: dict[int, list[float]] = {}
    best_new: dict[int, list[float]] = {}
    for score, i, j in scored:
        best_old.setdefault(i, []).append(score)
        best_new.setdefault(j, []).append(score)
    for score, i, j in scored:
        if score < SURE or not places.free(i, j):
            continue
        lead = min(_lead(best_old[i], score), _lead(best_new[j], score))
        if lead >= MARGIN and not _short(texts.old[i], texts.new[j]):
            places.pair(i, j)
    for _ in range(2):
        grow(texts, places)
        _pair_with_place(texts, places, scored)
    _pair_in_gaps(texts, places, likeness)
    grow(texts, places)


def _lead(scores: list[float], score: float) -> float:
    """How far a score is ahead of its best rival; negative when it is not the best."""
    if scores[0] > score:
        return score - scores[0]
    return score - scores[1] if len(scores) > 1 else score


def _short(old: Unit, new: Unit) -> bool:
    return min(old.size, new.size) < SHORT


def _pair_with_place(texts: Texts, places: Places, scored: list[tuple[float, int, int]]) -> None:
    ranked = []
    for score, i, j in scored:
        if not places.free(i, j):
            continue
        beside, between = places.beside(i, j), places.between(i, j)
        old, new = texts.old[i], texts.new[j]
        anywhere = SHORT_ANYWHERE if _short(old, new) else ANYWHERE
        # Chairs reuse "[Agreed]" as a paragraph of its own; alone it says nothing.
        if not between and (old.says_little or new.says_little):
            continue
        if score < (IN_PLACE if between else anywhere):
            continue
        bonus = 0.1 * beside + 0.05 * between + 0.01 * (old.paragraph.kind == new.paragraph.kind)
        ranked.append((-(score + bonus), i, j))
    for _, i, j in sorted(ranked):
        if places.free(i, j):
            places.pair(i, j)


def _pair_in_gaps(texts: Texts, places: Places, likeness: Likeness) -> None:
    """Pair a lone old and a lone new paragraph between the same neighbours, if they share enough."""
    lone = [(i, places.before(i) + 1) for i in places.free_old() if places.after(i) - places.before(i) == 2]
    for i, j in lone:
        if (places.free(i, j) and places.beside(i, j) and texts.old[i].heading == texts.new[j].heading
                and likeness.of(texts.old[i], texts.new[j]) >= IN_PLACE):
            places.pair(i, j)


def pair_little(texts: Texts, places: Places) -> None:
    """Pair what says little and is equal: between the same neighbours, in order; else only if unique."""
    grow(texts, places)
    gaps: dict[tuple[int, int], list[int]] = {}
    for i in places.free_old():
        gaps.setdefault((places.before(i), places.after(i)), []).append(i)
    for (low, high), olds in gaps.items():
        news = [j for j in range(low + 1, high) if j not in places.to_old]
        runs = blocks([_key(texts.old[i]) for i in olds], [_key(texts.new[j]) for j in news])
        for start, other, length in runs:
            for step in range(length):
                places.pair(olds[start + step], news[other + step])
    olds_by, news_by = _by_wording(texts.old), _by_wording(texts.new)
    for key, old in olds_by.items():
        new = news_by.get(key, ())
        # "[Agreed]" once here and once there is no move; a short sentence is.
        if len(old) == len(new) == 1 and places.free(old[0], new[0]) and key[:2] not in ("p[", "p("):
            places.pair(old[0], new[0])


def _key(unit: Unit) -> str:
    return ("h" if unit.heading else "p") + unit.wording


def _by_wording(units: list[Unit]) -> dict[str, list[int]]:
    grouped: dict[str, list[int]] = {}
    for unit in units:
        grouped.setdefault(_key(unit), []).append(unit.at)
    return grouped
