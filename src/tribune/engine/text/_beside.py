"""Two languages of one text: which paragraph stands beside which, by number, then by place, kind and length."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import median

from ..types import Paragraph

__all__ = ["beside"]

# What may stand beside what: a point of one language is a paragraph of another now and then, a heading never.
_CLASSES = {"preamble": "pre", "operative": "text", "sub": "text", "heading": "head", "annex": "head", "note": "note",
            "other": "other"}
# Leaving a paragraph alone costs as much as pairing two whose lengths differ by this factor, once the languages'
# usual ratio is taken out (Gale and Church 1993 use a variance; a factor is easier to explain to an officer).
_ALONE = math.log(2.2)

Likeness = Callable[[str, str], float]


def beside(there: Sequence[Paragraph], here: Sequence[Paragraph], meaning: Likeness | None = None) -> dict[str, str]:
    """Return for paragraphs of `here` the id of the one in `there` that says the same, where the ids differ.

    Equal ids are anchors and never parted. Between two anchors the rest is paired in order, kind with kind, by length;
    `meaning`, where given, says how alike two texts are (0..1) and outweighs length. What finds nobody is left out.

    >>> en = [Paragraph("1", "1", "1.", "operative", "Cities act."), Paragraph("2", "2", "2.", "operative", "We pay.")]
    >>> fr = [Paragraph("1", "1", "1.", "operative", "Agir."), Paragraph("2bis", "2bis", "2bis", "operative", "Payer.")]
    >>> beside(en, fr)
    {'2bis': '2'}
    """
    known = {item.id: place for place, item in enumerate(there)}
    ratio = _usual_ratio(there, here, known)
    anchors = [(known[item.id], place) for place, item in enumerate(here) if item.id in known]
    anchors = _rising(anchors)
    used_there, used_here = {known[item.id] for item in here if item.id in known}, {
        place for place, item in enumerate(here) if item.id in known}
    found: dict[str, str] = {}
    before = (-1, -1)
    for after in [*anchors, (len(there), len(here))]:
        left = [place for place in range(before[0] + 1, after[0]) if place not in used_there]
        right = [place for place in range(before[1] + 1, after[1]) if place not in used_here]
        for one in dict.fromkeys(_CLASSES.values()):
            lefts = [there[place] for place in left if _CLASSES[there[place].kind] == one]
            rights = [here[place] for place in right if _CLASSES[here[place].kind] == one]
            found.update(_paired(lefts, rights, ratio, meaning))
        before = after
    return found


def _usual_ratio(there: Sequence[Paragraph], here: Sequence[Paragraph], known: dict[str, int]) -> float:
    ratios = [len(item.text) / len(there[known[item.id]].text) for item in here
              if item.id in known and len(item.text) > 20 and len(there[known[item.id]].text) > 20]
    return median(ratios) if ratios else 1.0


def _rising(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Anchors that keep the order of both texts; footnotes and annexes out of order hold nothing together."""
    out: list[tuple[int, int]] = []
    for anchor in anchors:
        if not out or anchor[0] > out[-1][0]:
            out.append(anchor)
    return out


def _paired(lefts: list[Paragraph], rights: list[Paragraph], ratio: float, meaning: Likeness | None
            ) -> dict[str, str]:
    if not lefts or not rights or len(lefts) * len(rights) > 250_000:
        return {}
    cost = [[_ALONE * (i + j) for j in range(len(rights) + 1)] for i in range(len(lefts) + 1)]
    for i in range(1, len(lefts) + 1):
        for j in range(1, len(rights) + 1):
            both = cost[i - 1][j - 1] + _apart(lefts[i - 1], rights[j - 1], ratio, meaning)
            cost[i][j] = min(both, cost[i - 1][j] + _ALONE, cost[i][j - 1] + _ALONE)
    out: dict[str, str] = {}
    i, j = len(lefts), len(rights)
    while i and j:
        if cost[i][j] == cost[i - 1][j - 1] + _apart(lefts[i - 1], rights[j - 1], ratio, meaning):
            i, j = i - 1, j - 1
            out[rights[j].id] = lefts[i].id
        elif cost[i][j] == cost[i - 1][j] + _ALONE:
            i -= 1
        else:
            j -= 1
    return out


def _apart(left: Paragraph, right: Paragraph, ratio: float, meaning: Likeness | None) -> float:
    by_length = abs(math.log((len(right.text) + 8) / (len(left.text) * ratio + 8)))
    if meaning is None:
        return by_length
    return 0.3 * by_length + 2.0 * _ALONE * (1.0 - meaning(left.text, right.text))
