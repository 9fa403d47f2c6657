"""From votes to the result: the default way, which can say "one group"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ._axes import HERE, Axes, Machine, axes_of, project, statement_places
from ._chance import SAMPLE, Chance, Crowd, chance, continuum, stability
from ._clusters import COARSE_ABOVE, agreement, grid, k_means, nearest, silhouette_grid, silhouettes
from ._flags import Flagged, flag
from ._portrait import (
    Tables,
    bridges,
    consensus,
    divisive,
    group_counts,
    held_out_counts,
    minorities,
    representative,
)
from ._result import Finding, Flag, Group, LeftOut, Opinion, Places, Statement, Trust, WithFlagged
from ._votes import Votes
from ._words import REASONS, finding

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

LEAST_VOICES, LEAST_STATEMENTS, LEAST_GROUP = 7, 3, 5
_CHANCE_LIMIT = 0.02
_STABLE, _SOMEWHAT, _HOPELESS = 0.8, 0.6, 0.4
_WORTH = 0.5


@dataclass(frozen=True, slots=True)
class Shape:
    """The number of groups and why: k is 1 where chance does as well."""

    k: int
    why: str
    chance: Chance | None
    stability: tuple[float, float] | None


def least_votes_to_group(n_statements: int) -> int:
    """Votes a participant needs to be grouped: seven, or all where there are fewer statements."""
    return min(7, n_statements)


def fit_tribune(votes: Votes, *, moderated: Iterable[Any] = (), units: Mapping[Any, str] | None = None,
                seed: int = 0, k_most: int = 5, checks: bool = True, machine: Machine = HERE) -> Opinion:
    """Draw the map of opinions: groups, portraits and how far to trust them.

    `moderated` statements are left out. `units` names the unit (a city) of participants, for leaving out one at a
    time. The same votes and seed give the same result whatever the order of rows. Without `checks`, k is chosen by
    the best silhouette and nothing is said about trust: for repeated looks at a live map.
    """
    votes = votes.without_statements(moderated)
    enough = votes.per_participant() >= least_votes_to_group(votes.n_statements)
    if votes.n_participants < LEAST_VOICES:
        return totals(votes, "tribune", "too_few_voices")
    if int((votes.counts().sum(axis=1) > 0).sum()) < LEAST_STATEMENTS:
        return totals(votes, "tribune", "too_few_statements")
    flagged = flag(votes, seed=seed)
    fitted = enough & ~flagged.mask
    if int(fitted.sum()) < LEAST_VOICES:
        return totals(votes, "tribune", "too_few_votes_each", flagged.flags)
    core = votes.only(fitted)
    axes = machine.axes_of(core)
    points = machine.project(votes, axes)
    shape = choose(core, points[fitted], seed=seed, k_most=k_most, checks=checks)
    core_labels = group(points[fitted], shape.k, seed=seed)
    labels = np.full(votes.n_participants, -1)
    labels[fitted] = core_labels
    centres = np.stack([points[fitted][core_labels == g].mean(axis=0) for g in range(shape.k)])
    placed = enough & flagged.mask
    labels[placed] = nearest(points[placed], centres)
    held = (held_out_counts(core, core_labels, shape.k, seed=seed) if shape.k > 1
            else group_counts(core, core_labels, 1))
    tables = Tables(group_counts(core, core_labels, shape.k), held, votes.only(~flagged.mask).counts(),
                    votes.statements)
    trust = _trust(votes, points, labels, fitted, flagged, shape, units=units, seed=seed, checks=checks)
    return Opinion(
        "tribune", votes.n_participants, votes.n_statements, votes.n_votes, shape.k, "", "",
        groups_of(points, labels, fitted, tables, shape.k), consensus(tables), divisive(tables),
        bridges(tables), minorities(tables), statements_of(votes, axes), trust,
        Places(votes.participants, labels, points[:, 0], points[:, 1], votes.per_participant(), flagged.mask))


def choose(core: Votes, points: Floats, *, seed: int, k_most: int, checks: bool) -> Shape:
    """Choose k: where silhouettes stand out from chance most, the groups survive hidden votes and none is tiny."""
    ks = tuple(range(2, min(k_most, core.n_participants // LEAST_GROUP) + 1))
    if not ks or float(points.std()) == 0:
        return Shape(1, "no_groups_beyond_chance", None, None)
    if not checks:
        scores = [(separation(points, labels), k) for k in ks
                  if _least(labels := group(points, k, seed=seed)) >= LEAST_GROUP]
        return Shape(max(scores)[1] if scores else 1, "", None, None)
    crowd = Crowd(core, seed=seed)
    by_chance = chance(crowd, ks)
    if by_chance.p > _CHANCE_LIMIT:
        return Shape(1, "no_groups_beyond_chance", by_chance, None)
    best = max(by_chance.gain(k) for k in ks)
    worth = [k for k in sorted(ks, key=lambda k: -by_chance.gain(k)) if by_chance.gain(k) >= _WORTH * best]
    for k in worth:
        if _least(group(points, k, seed=seed)) < LEAST_GROUP:
            continue
        steady = stability(crowd, k)
        if steady[0] >= _HOPELESS:
            return Shape(k, "groups_beyond_chance", by_chance, steady)
    return Shape(1, "no_stable_groups", by_chance, None)


def group(points: Floats, k: int, *, seed: int) -> Labels:
    """Groups of points, the largest first (equal ones from left to right)."""
    if k == 1:
        return np.zeros(len(points), dtype=np.int64)
    if len(points) > COARSE_ABOVE:
        cells, mass, cell = grid(points)
        labels = k_means(cells, k, seed=seed, weights=mass)[0][cell]
    else:
        labels = k_means(points, k, seed=seed)[0]
    sizes = np.bincount(labels, minlength=k)
    left = np.asarray([float(points[labels == g, 0].mean()) if sizes[g] else 0.0 for g in range(k)])
    rank = np.empty(k, dtype=np.int64)
    rank[np.lexsort((left, -sizes))] = np.arange(k)
    return rank[labels]


def _least(labels: Labels) -> int:
    return int(np.bincount(labels).min())


def separation(points: Floats, labels: Labels) -> float:
    """Mean silhouette; of many points, on a grid."""
    if len(points) <= COARSE_ABOVE:
        return silhouettes(points, [labels])[0]
    cells, _, cell = grid(points)
    both, place = np.unique(cell * 64 + labels, return_inverse=True)
    mass = np.bincount(place.reshape(-1)).astype(np.float64)
    return silhouette_grid(cells[both // 64], mass, [both % 64])[0]


def totals(votes: Votes, profile: str, reason: str, flags: tuple[Flag, ...] = ()) -> Opinion:
    """Only counts, and the reason why there is no map."""
    n = votes.n_participants
    nowhere = np.zeros(n)
    mask = np.isin(votes.participants, np.asarray([f.participant for f in flags], dtype=votes.participants.dtype))
    trust = Trust(None, None, None, None, None, None, 0.0, _density(votes), 0, flags, None, (), ())
    flat = Axes(np.zeros(votes.n_statements), np.zeros((votes.n_statements, 2)), np.zeros(2), 0.0)
    return Opinion(profile, n, votes.n_statements, votes.n_votes, 0, reason, REASONS[reason], (), (), (), (), (),
                   statements_of(votes, flat), trust,
                   Places(votes.participants, np.full(n, -1), nowhere, nowhere, votes.per_participant(), mask))


def statements_of(votes: Votes, axes: Axes) -> tuple[Statement, ...]:
    """The table of statements."""
    places = statement_places(axes)
    return tuple(
        Statement(one, int(count[2]), int(count[0]), int(count[1]), float(place[0]), float(place[1]),
                  float(np.hypot(*place)))
        for one, count, place in zip(votes.statements.tolist(), votes.counts(), places, strict=True))


def groups_of(points: Floats, labels: Labels, fitted: Mask, tables: Tables, k: int) -> tuple[Group, ...]:
    """The portraits."""
    found = []
    for g in range(k):
        members = points[fitted & (labels == g)]
        middle = members.mean(axis=0)
        found.append(Group(
            g, len(members), int((~fitted & (labels == g)).sum()), float(middle[0]), float(middle[1]),
            outline(members), representative(tables, g) if k > 1 else (),
            tuple((int(a), int(d), int(p)) for d, p, a in tables.groups[g])))
    return tuple(found)


def outline(points: Floats) -> tuple[tuple[float, float], ...]:
    """Corners of the convex hull, counter-clockwise (Andrew 1979).

    >>> outline(np.asarray([[0.0, 0], [2, 0], [1, 0.5], [1, 2]]))
    ((0.0, 0.0), (2.0, 0.0), (1.0, 2.0))
    """
    if len(points) > 1000:
        # What is extreme in some direction; the rest lies inside and need not be sorted.
        angle = np.linspace(0, 2 * np.pi, 64, endpoint=False)
        ring = points[np.argmax(np.stack([np.cos(angle), np.sin(angle)], axis=1) @ points.T, axis=1)]
        points = points[~_inside(points, np.asarray(outline(ring)))]
    ranked = [(float(x), float(y)) for x, y in np.unique(points, axis=0)]
    if len(ranked) < 3:
        return tuple(ranked)

    def side(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for x, y in run:
            while len(kept) > 1 and ((kept[-1][0] - kept[-2][0]) * (y - kept[-2][1])
                                     <= (kept[-1][1] - kept[-2][1]) * (x - kept[-2][0])):
                kept.pop()
            kept.append((x, y))
        return kept

    return tuple(side(ranked)[:-1] + side(ranked[::-1])[:-1])


def _inside(points: Floats, corners: Floats) -> Mask:
    """Points strictly inside a convex polygon given counter-clockwise."""
    found = np.full(len(points), len(corners) > 2)
    for (x, y), (u, v) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        found &= (u - x) * (points[:, 1] - y) - (v - y) * (points[:, 0] - x) > 0
    return found


def _density(votes: Votes) -> float:
    return votes.n_votes / max(votes.n_participants * votes.n_statements, 1)


def _trust(votes: Votes, points: Floats, labels: Labels, fitted: Mask, flagged: Flagged, shape: Shape, *,
           units: Mapping[Any, str] | None, seed: int, checks: bool) -> Trust:
    core_points, core_labels = points[fitted], labels[fitted]
    smallest = _least(core_labels)
    score = separation(core_points, core_labels) if shape.k > 1 else None
    coverage = float(((labels >= 0).sum()) / votes.n_participants)
    on_scale = continuum(core_points, shape.k, seed=seed) if checks and shape.k > 1 else None
    both = _with_flagged(votes, labels, fitted, flagged, seed=seed, checks=checks)
    left_out = _left_out(votes, labels, fitted, units, seed=seed) if units and checks and shape.k > 1 else ()
    looked_at = min(int(fitted.sum()), SAMPLE) if checks else 0
    return Trust(
        score, shape.chance.p if shape.chance else None, on_scale,
        shape.stability[0] if shape.stability else None, shape.stability[1] if shape.stability else None,
        smallest, coverage, _density(votes), looked_at, flagged.flags, both, left_out,
        _findings(shape, smallest, coverage, on_scale, flagged, both, left_out, int(fitted.sum()), looked_at))


def _with_flagged(votes: Votes, labels: Labels, fitted: Mask, flagged: Flagged, *, seed: int,
                  checks: bool) -> WithFlagged | None:
    if not flagged.mask.any() or not checks:
        return None
    everyone = fitted | flagged.mask
    core = votes.only(everyone)
    points = project(core, axes_of(core))
    shape = choose(core, points, seed=seed, k_most=5, checks=True)
    again = group(points, shape.k, seed=seed)
    return WithFlagged(shape.k, separation(points, again) if shape.k > 1 else None,
                       agreement(labels[fitted], again[fitted[everyone]]))


def _left_out(votes: Votes, labels: Labels, fitted: Mask, units: Mapping[Any, str], *, seed: int,
              ) -> tuple[LeftOut, ...]:
    """Fit again without each unit of at least five fitted participants, the largest twenty."""
    by_text = {str(who): unit for who, unit in units.items()}
    unit_of = np.asarray([by_text.get(str(who), "") for who in votes.participants.tolist()])
    names, counts = np.unique(unit_of[fitted & (unit_of != "")], return_counts=True)
    found = []
    for at in np.lexsort((names, -counts))[:20]:
        if counts[at] < LEAST_GROUP:
            continue
        rest = fitted & (unit_of != names[at])
        if int(rest.sum()) < LEAST_VOICES:
            continue
        core = votes.only(rest)
        points = project(core, axes_of(core))
        shape = choose(core, points, seed=seed, k_most=5, checks=True)
        found.append(LeftOut(str(names[at]), int(counts[at]), shape.k,
                             agreement(labels[rest], group(points, shape.k, seed=seed))))
    return tuple(found)


def _findings(shape: Shape, smallest: int, coverage: float, on_scale: float | None, flagged: Flagged,
              both: WithFlagged | None, left_out: tuple[LeftOut, ...], n_fitted: int, looked_at: int,
              ) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if shape.why:
        found.append(finding(shape.why, **({"p": shape.chance.p} if shape.chance else {})))
    if shape.stability and shape.k > 1:
        ari = shape.stability[0]
        found.append(finding("stable" if ari >= _STABLE else "somewhat_stable" if ari >= _SOMEWHAT else "unstable",
                             ari=ari))
    if on_scale is not None and on_scale > 0.05:
        found.append(finding("continuum", p=on_scale))
    if shape.k > 1 and smallest < 20:
        found.append(finding("small_group", size=smallest))
    if coverage < 0.75:
        found.append(finding("low_coverage", share=coverage))
    if flagged.flags:
        found.append(finding("flagged_accounts", n=len(flagged.flags)))
    if both is not None and both.agreement < _STABLE:
        found.append(finding("flagged_would_change", ari=both.agreement))
    worst = min((one.agreement for one in left_out), default=1.0)
    if worst < _STABLE:
        found.append(finding("one_unit_decides", ari=worst))
    if looked_at and looked_at < n_fitted:
        found.append(finding("sampled", n=looked_at))
    return tuple(found)
