"""Group passages: average linkage over their likeness, within the bounds that an officer set."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ._bounds import Bounds
from ._space import Matrix, Space
from ._units import Unit

__all__ = ["Grouping", "grouped"]

Labels = npt.NDArray[np.int64]
# Two groups join while their passages are on average more alike than this; a passage stays with a theme while it
# is at least so near to its middle. Chosen on seven topics of ArgKP (docs/engine/themes.md).
JOIN = 0.01
STAY = 0.12
_ROUNDS = 2
# Among many passages finer themes can be told apart: the limit rises by so much for each tenfold of 250. Chosen by
# looking at how many themes two collections without labels fall into.
_FINER, _FEW = 0.025, 250
# More passages than this are first gathered into so many small groups.
_MOST_ATOMS = 1_800
_GATHER_ROUNDS = 4
_CHUNK = 4_096


@dataclass(frozen=True)
class Grouping:
    """The theme of each passage (-1 for none), how near it is to that theme's middle, and names by theme."""

    labels: Labels
    nearness: npt.NDArray[np.float64]
    names: dict[int, str]


def grouped(
    units: Sequence[Unit],
    space: Space,
    alike: Sequence[int],
    bounds: Bounds,
    *,
    join: float = JOIN,
    stay: float = STAY,
    progress: Callable[[int, int], None] | None = None,
) -> Grouping:
    """Themes of passages. Passages nearly the same shape them once; what the bounds hold is never moved."""
    n = len(units)
    bound = _bound(units, bounds)
    first = np.array([k == one for k, one in enumerate(alike)], dtype=bool)
    shaping = [k for k in range(n) if (first[k] or k in bound) and k not in bounds.out]
    if not shaping:
        return Grouping(np.full(n, -1), np.zeros(n), {})
    atoms = _atoms(space, shaping, bound, bounds, n)
    n_atoms = int(atoms.max()) + 1
    limit = join + space.lift + _FINER * max(0.0, math.log10(len(shaping) / _FEW))
    themes = _linked(space, atoms, n_atoms, _forbidden(units, atoms, n_atoms, bounds), limit, progress)
    labels = np.array([themes[a] if a >= 0 else -1 for a in atoms])
    return _settled(units, space, labels, bound, bounds, first, stay + space.lift)


def _bound(units: Sequence[Unit], bounds: Bounds) -> set[int]:
    """Passages that some decision is about: they are groups of their own from the start."""
    found = set(bounds.held) | {n for group in bounds.together for n in group}
    return found | {n for n, unit in enumerate(units) if unit.contribution in bounds.apart}


def _atoms(space: Space, shaping: Sequence[int], bound: set[int], bounds: Bounds, n: int) -> Labels:
    """The groups to begin with: single passages, small groups of many, and what must lie together."""
    atoms = np.full(n, -1)
    free = [k for k in shaping if k not in bound]
    if len(free) > _MOST_ATOMS:
        atoms[free] = _gathered(space.folded()[free], _MOST_ATOMS)
    else:
        atoms[free] = np.arange(len(free))
    offset = int(atoms.max()) + 1
    parent = {k: k for k in shaping if k in bound}

    def root(k: int) -> int:
        while parent[k] != k:
            k = parent[k]
        return k

    by_name: dict[int, list[int]] = defaultdict(list)
    for k, place in bounds.held.items():
        by_name[place].append(k)
    for group in (*by_name.values(), *bounds.together):
        inside = [k for k in group if k in parent]
        for k in inside[1:]:
            low, high = sorted((root(inside[0]), root(k)))
            parent[high] = low
    places = {r: offset + i for i, r in enumerate(sorted({root(k) for k in parent}))}
    for k in parent:
        atoms[k] = places[root(k)]
    return atoms


def _gathered(rows: npt.NDArray[np.float32], n_groups: int) -> Labels:
    """Spherical k-means from evenly spaced rows; empty groups vanish."""
    seeds = np.linspace(0, len(rows) - 1, n_groups).astype(int)
    middles = rows[seeds]
    labels = np.zeros(len(rows), dtype=np.int64)
    for _ in range(_GATHER_ROUNDS):
        for start in range(0, len(rows), _CHUNK):
            labels[start : start + _CHUNK] = (rows[start : start + _CHUNK] @ middles.T).argmax(axis=1)
        sums = np.zeros(middles.shape, dtype=np.float64)
        np.add.at(sums, labels, rows)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        middles = np.where(norms > 0, sums / np.where(norms > 0, norms, 1), middles).astype(np.float32)
    _, dense = np.unique(labels, return_inverse=True)
    return np.asarray(dense, dtype=np.int64)


def _forbidden(units: Sequence[Unit], atoms: Labels, n_atoms: int, bounds: Bounds) -> npt.NDArray[np.bool_]:
    found = np.zeros((n_atoms, n_atoms), dtype=bool)
    if bounds.held:
        # Two themes of hers stay two, unless she merged them.
        hers = sorted({int(atoms[k]) for k in bounds.held if atoms[k] >= 0})
        found[np.ix_(hers, hers)] = True
    where: dict[str, set[int]] = defaultdict(set)
    for k, unit in enumerate(units):
        if unit.contribution in bounds.apart and atoms[k] >= 0:
            where[unit.contribution].add(int(atoms[k]))
    for one, others in bounds.apart.items():
        for other in others:
            found[np.ix_(sorted(where[one]), sorted(where[other]))] = True
    np.fill_diagonal(found, False)
    return found | found.T


def _linked(
    space: Space,
    atoms: Labels,
    n_atoms: int,
    forbidden: npt.NDArray[np.bool_],
    join: float,
    progress: Callable[[int, int], None] | None,
) -> list[int]:
    """Average linkage by chains of nearest neighbours (Murtagh 1983), as far as `join`; a theme for each atom."""
    sums = space.sums(atoms, n_atoms)
    sizes = np.bincount(atoms[atoms >= 0], minlength=n_atoms).astype(np.float64)
    likeness: Matrix = sums.products(sums) / np.outer(sizes, sizes)
    likeness[forbidden] = -np.inf
    np.fill_diagonal(likeness, -np.inf)
    parent = list(range(n_atoms))
    open_, chain = np.ones(n_atoms, dtype=bool), [0]
    steps = 0
    while chain:
        one = chain[-1]
        row = np.where(open_, likeness[one], -np.inf)
        best = int(row.argmax())
        # The one before in the chain wins a tie, or the chain would run in a circle.
        if len(chain) > 1 and row[chain[-2]] >= row[best]:
            best = chain[-2]
        if row[best] < join:
            open_[one] = False
            chain.pop()
        elif len(chain) > 1 and best == chain[-2]:
            chain = chain[:-2]
            keep, gone = sorted((one, best))
            share = sizes[keep] / (sizes[keep] + sizes[gone])
            merged = share * likeness[keep] + (1 - share) * likeness[gone]
            likeness[keep], likeness[:, keep] = merged, merged
            likeness[keep, keep] = -np.inf
            sizes[keep] += sizes[gone]
            open_[gone], parent[gone] = False, keep
        else:
            chain.append(best)
            continue
        steps += 1
        if progress and steps % 200 == 0:
            progress(min(steps, n_atoms), n_atoms)
        if not chain and open_.any():
            chain = [int(open_.argmax())]
    if progress:
        progress(n_atoms, n_atoms)
    return [_top(parent, atom) for atom in range(n_atoms)]


def _top(parent: Sequence[int], atom: int) -> int:
    while parent[atom] != atom:
        atom = parent[atom]
    return atom


def _settled(
    units: Sequence[Unit],
    space: Space,
    labels: Labels,
    bound: set[int],
    bounds: Bounds,
    first: npt.NDArray[np.bool_],
    stay: float,
) -> Grouping:
    """Drop themes that are too small, then let each free passage join the nearest of the others, twice."""
    n = len(units)
    least = max(2, int(math.log2(max(2, int(first.sum()))) / 2))
    pinned = {int(labels[k]) for k in (*bounds.held, *(k for group in bounds.together for k in group))}
    nearness = np.zeros(n)
    for _ in range(_ROUNDS):
        kept = [t for t in sorted(set(labels.tolist()) - {-1})
                if t in pinned or _is_theme(units, np.flatnonzero(labels == t), first, least)]
        if not kept:
            return Grouping(np.full(n, -1), nearness, {})
        place = {t: k for k, t in enumerate(kept)}
        groups = np.array([place.get(int(t), -1) for t in labels])
        groups[~first & np.array([k not in bound for k in range(n)])] = -1
        sums = space.sums(groups, len(kept))
        middle = np.sqrt(np.maximum(np.diag(sums.products(sums)), 1e-12))
        near = np.round(space.products(sums) / middle, 6)
        labels, nearness = _assigned(units, near, labels, kept, place, bound, bounds, pinned, stay)
    names = {}
    for k, theme in bounds.held.items():
        names[int(labels[k])] = bounds.names[theme]
    return Grouping(labels, nearness, names)


def _is_theme(units: Sequence[Unit], inside: Labels, first: npt.NDArray[np.bool_], least: int) -> bool:
    """Enough passages that differ; what one contribution says, or one form letter, is no theme of many."""
    return int(first[inside].sum()) >= least and len({units[k].contribution for k in inside if first[k]}) >= 2


def _assigned(
    units: Sequence[Unit],
    near: Matrix,
    before: Labels,
    kept: Sequence[int],
    place: dict[int, int],
    bound: set[int],
    bounds: Bounds,
    pinned: set[int],
    stay: float,
) -> tuple[Labels, npt.NDArray[np.float64]]:
    n = len(units)
    labels = np.full(n, -1)
    nearness = np.zeros(n)
    fast = near.argmax(axis=1)
    waiting: list[int] = []
    holds: dict[int, set[str]] = defaultdict(set)
    fixed = set(bounds.held) | {k for group in bounds.together for k in group}
    hers = {i for ids in bounds.named.values() for i in ids}
    for k in range(n):
        theme = int(before[k])
        if k in fixed or (k in bound and theme in place):
            labels[k], nearness[k] = theme, near[k, place[theme]]
            holds[theme].add(units[k].contribution)
        elif units[k].contribution in bounds.apart:
            waiting.append(k)
        elif k not in bounds.out and units[k].contribution not in hers and near[k, fast[k]] >= stay:
            labels[k], nearness[k] = kept[int(fast[k])], near[k, fast[k]]
            holds[labels[k]].add(units[k].contribution)
    for k in waiting:
        if k in bounds.out:
            continue
        partners = bounds.apart[units[k].contribution]
        for t in np.argsort(-near[k], kind="stable"):
            if near[k, t] < stay:
                break
            if not holds[kept[int(t)]] & partners:
                labels[k], nearness[k] = kept[int(t)], near[k, t]
                holds[kept[int(t)]].add(units[k].contribution)
                break
    return labels, nearness
