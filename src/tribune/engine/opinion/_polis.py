"""The way Polis draws its map, for those who want the same picture: always two to five groups.

Written from the published descriptions (Small et al., "Polis: scaling deliberation by mapping high dimensional opinion
spaces", Recerca 2021, and the project's documentation); where they leave room, the open reimplementation red-dwarf
(version 0.4.0) is the reference that the tests compare with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from ._axes import HERE, Machine
from ._clusters import COARSE_ABOVE, grid, lloyd, silhouette_grid, silhouettes
from ._fit import LEAST_VOICES, least_votes_to_group, outline, statements_of, totals
from ._portrait import Tables, divisive, group_counts, wilson
from ._result import Consensus, Group, Opinion, Places, Representative, Trust
from ._votes import Votes
from ._words import finding

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]

_K_MOST, _TOP = 5, 5
# One-sided 90 %.
_SIGNIFICANT = NormalDist().inv_cdf(0.9)


def fit_polis(votes: Votes, *, moderated: Iterable[Any] = (), signs: tuple[int, int] = (1, 1),
              machine: Machine = HERE) -> Opinion:
    """Draw the map as Polis does. Votes on `moderated` statements count as passes of everybody.

    The starting centres are the leftmost points, so the mathematically void choice of the axes' `signs` can change
    the groups; ours is fixed by the statement of the greatest weight. Below seven voices, or without two distinct
    people to group, only totals are given.
    """
    if votes.n_participants < LEAST_VOICES:
        return totals(votes, "polis", "too_few_voices")
    out = votes.named(moderated)
    usual = votes.masked(~np.repeat(out, 3)[votes.code]) if out.any() else votes
    axes = machine.axes_of(usual)
    axes = replace(axes, weights=axes.weights * np.asarray(signs, dtype=np.float64))
    points = machine.project(usual, axes, usual.per_participant() + int(out.sum()))
    fitted = votes.per_participant() >= least_votes_to_group(votes.n_statements)
    inner = points[fitted]
    if len(np.unique(inner, axis=0)) < 3:
        return totals(votes, "polis", "too_few_votes_each")
    core_labels, centres, score = best_groups(inner)
    labels = np.full(votes.n_participants, -1)
    labels[fitted] = core_labels
    k = len(centres)
    tables = group_counts(votes, labels, k)
    smallest = int(np.bincount(core_labels).min())
    trust = Trust(score, None, None, None, None, smallest, float(fitted.mean()),
                  votes.n_votes / (votes.n_participants * votes.n_statements), 0, (), None, (),
                  (finding("always_groups"),))
    return Opinion(
        "polis", votes.n_participants, votes.n_statements, votes.n_votes, k, "", "",
        _groups(inner, core_labels, centres, tables, votes.statements, out), _consensus(votes, tables, out),
        divisive(Tables(tables, tables, votes.counts(), votes.statements)), (), (),
        statements_of(votes, axes), trust,
        Places(votes.participants, labels, points[:, 0], points[:, 1], votes.per_participant(),
               np.zeros(votes.n_participants, dtype=bool)))


def best_groups(points: Floats) -> tuple[Labels, Floats, float]:
    """k-means for k = 2..5 from the leftmost k distinct points; the k of the best mean silhouette, the least of equals.

    Above 20,000 points, points and silhouettes are gathered on a grid.
    """
    mass, cell = None, None
    if len(points) > COARSE_ABOVE:
        points, mass, cell = grid(points)
    distinct = np.unique(points, axis=0)
    ks = range(2, min(_K_MOST, len(distinct) - 1) + 1)
    runs = [lloyd(points, distinct[:k], mass) for k in ks]
    labellings = [labels for labels, _, _ in runs]
    scores = silhouettes(points, labellings) if mass is None else silhouette_grid(points, mass, labellings)
    best = int(np.argmax(scores))
    labels, centres, _ = runs[best]
    return (labels if cell is None else labels[cell]), centres, scores[best]


@dataclass(frozen=True, slots=True)
class Tests:
    """Polis's figures for one group and each statement: shares pa, pd; z-values; ratios to the others' shares."""

    agree: Counts
    disagree: Counts
    seen: Counts
    pa: Floats
    pd: Floats
    pat: Floats
    pdt: Floats
    ra: Floats
    rd: Floats
    rat: Floats
    rdt: Floats


def tests_of(own: Counts, rest: Counts) -> Tests:
    """Figures from counts (S × disagree, pass, agree) inside and outside a group."""
    a, d, n = own[:, 2], own[:, 0], own.sum(axis=1)
    a_out, d_out, n_out = rest[:, 2], rest[:, 0], rest.sum(axis=1)
    pa, pd = (a + 1) / (n + 2), (d + 1) / (n + 2)
    return Tests(a, d, n, pa, pd, one_share(a, n), one_share(d, n), pa / ((a_out + 1) / (n_out + 2)),
                 pd / ((d_out + 1) / (n_out + 2)), two_shares(a, n, a_out, n_out), two_shares(d, n, d_out, n_out))


def one_share(count: Counts, n: Counts) -> Floats:
    """z-value of a share against one half, one success added."""
    z: Floats = 2 * np.sqrt(n + 1) * ((count + 1) / (n + 1) - 0.5)
    return z


def two_shares(count: Counts, n: Counts, other: Counts, m: Counts) -> Floats:
    """z-value of the difference of two shares, one success added to both; 0 where all are successes."""
    p, q = (count + 1) / (n + 1), (other + 1) / (m + 1)
    both = (count + other + 2) / (n + m + 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (p - q) / np.sqrt(both * (1 - both) * (1 / (n + 1) + 1 / (m + 1)))
    found: Floats = np.where(both == 1, 0.0, z)
    return found


def chosen(tests: Tests, out: npt.NDArray[np.bool_]) -> list[tuple[int, str]]:
    """Places and sides of a group's representative statements: the best agreed one, then by metric; agrees first."""
    places = np.flatnonzero(~out)
    best_agree = -1
    for at in places.tolist():
        if _better_agree(tests, at, best_agree):
            best_agree = at
    for_agree = tests.rat > tests.rdt
    metric = np.where(for_agree, tests.ra * tests.rat * tests.pa * tests.pat,
                      tests.rd * tests.rdt * tests.pd * tests.pdt)
    sure = (((tests.pat > _SIGNIFICANT) & (tests.rat > _SIGNIFICANT))
            | ((tests.pdt > _SIGNIFICANT) & (tests.rdt > _SIGNIFICANT)))
    ranked = sorted((at for at in places.tolist() if sure[at]), key=lambda at: -metric[at])
    if best_agree >= 0:
        head = [best_agree]
    elif not ranked and len(places):
        head = [int(places[np.argmax(np.maximum(tests.rat, tests.rdt)[places])])]
    else:
        head = []
    picked = (head + [at for at in ranked if at not in head])[:_TOP]
    return sorted(((at, "agree" if for_agree[at] else "disagree") for at in picked), key=lambda one: one[1])


def _better_agree(t: Tests, at: int, best: int) -> bool:
    if t.agree[at] == 0 and t.disagree[at] == 0:
        return False
    if best < 0:
        return bool(t.pat[at] > _SIGNIFICANT or (t.ra[at] > 1 and t.pa[at] > 0.5))
    if t.ra[best] > 1:
        return bool(t.ra[at] * t.rat[at] * t.pa[at] * t.pat[at] > t.ra[best] * t.rat[best] * t.pa[best] * t.pat[best])
    return bool(t.pa[at] * t.pat[at] > t.pa[best] * t.pat[best])


def _groups(points: Floats, labels: Labels, centres: Floats, tables: Counts, statements: npt.NDArray[Any],
            out: npt.NDArray[np.bool_]) -> tuple[Group, ...]:
    everyone = tables.sum(axis=0)
    found = []
    for g, centre in enumerate(centres):
        own, rest = tables[g], everyone - tables[g]
        tests = tests_of(own, rest)
        portraits = []
        for at, side in chosen(tests, out):
            c = 2 if side == "agree" else 0
            portraits.append(Representative(
                statements[at].item(), side, int(own[at, 2]), int(own[at, 0]), int(own[at, 1]),
                float((tests.pa if c else tests.pd)[at]), float(rest[at, c] / max(rest[at].sum(), 1)),
                float((tests.ra if c else tests.rd)[at]), None, None))
        members = points[labels == g]
        found.append(Group(g, len(members), 0, float(centre[0]), float(centre[1]), outline(members), tuple(portraits),
                           tuple((int(a), int(d), int(p)) for d, p, a in own)))
    return tuple(found)


def group_consensus(tables: Counts, column: int) -> Floats:
    """Group-informed consensus of each statement: the product over groups of (count + 1) / (voters + 2)."""
    product: Floats = np.prod((tables[:, :, column] + 1) / (tables.sum(axis=2) + 2), axis=0)
    return product


def _consensus(votes: Votes, tables: Counts, out: npt.NDArray[np.bool_]) -> tuple[Consensus, ...]:
    counts = votes.counts()
    n = counts.sum(axis=1)
    found: list[Consensus] = []
    for side, c in (("agree", 2), ("disagree", 0)):
        share, z = (counts[:, c] + 1) / (n + 2), one_share(counts[:, c], n)
        informed = group_consensus(tables, c)
        places = np.flatnonzero((share > 0.5) & (z > _SIGNIFICANT) & ~out)
        for at in sorted(places.tolist(), key=lambda at: -share[at] * z[at])[:_TOP]:
            low, high = wilson(int(counts[at, c]), int(n[at]))
            voters = np.maximum(tables[:, at].sum(axis=1), 1)
            found.append(Consensus(votes.statements[at].item(), side, int(counts[at, 2]), int(counts[at, 0]),
                                   int(counts[at, 1]), float(share[at]), low, high,
                                   tuple((tables[:, at, c] / voters).tolist()), float(informed[at])))
    return tuple(found)
