"""Groups of points on a plane: k-means, and how well separated they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

# Above so many points, positions are gathered on a grid whose cells weigh what they hold.
COARSE_ABOVE = 20_000
_GRID, _SILHOUETTE_GRID = 128, 64
_MOST_ROUNDS = 300


def lloyd(points: Floats, centres: Floats, weights: Floats | None = None) -> tuple[Labels, Floats, float]:
    """k-means from given centres (Lloyd 1982): labels, centres, sum of squared distances.

    Ends when no label changes or centres move by less than 1e-4 of the variance; a centre without points moves to
    the point that is farthest from its own.
    """
    centres = centres.copy()
    k = len(centres)
    tolerance = 1e-4 * float(points.var(axis=0).mean())
    labels = np.full(len(points), -1)
    for _ in range(_MOST_ROUNDS):
        new = nearest(points, centres)
        sizes = np.bincount(new, weights=weights, minlength=k).astype(np.float64)
        moved: Floats = np.stack([np.bincount(new, weights=_times(points[:, axis], weights), minlength=k)
                                  for axis in range(points.shape[1])], axis=1).astype(np.float64)
        if (sizes == 0).any():
            away = ((points - centres[new]) ** 2).sum(axis=1)
            for empty, far in zip(np.flatnonzero(sizes == 0), np.argsort(-away, kind="stable"), strict=False):
                share = 1.0 if weights is None else float(weights[far])
                moved[new[far]] -= share * points[far]
                sizes[new[far]] -= share
                moved[empty], sizes[empty] = share * points[far], share
        moved /= np.maximum(sizes, 1e-300)[:, None]
        shift = float(((moved - centres) ** 2).sum())
        centres = moved
        if np.array_equal(new, labels):
            break
        labels = new
        if shift <= tolerance:
            labels = nearest(points, centres)
            break
    gap = ((points - centres[labels]) ** 2).sum(axis=1)
    return labels, centres, float(gap.sum() if weights is None else gap @ weights)


def _times(values: Floats, weights: Floats | None) -> Floats:
    return values if weights is None else values * weights


def nearest(points: Floats, centres: Floats) -> Labels:
    """The nearest centre of each point; the first among equals."""
    best = np.zeros(len(points), dtype=np.int64)
    least = np.full(len(points), np.inf)
    for n, centre in enumerate(centres):
        gap = (points[:, 0] - centre[0]) ** 2 + (points[:, 1] - centre[1]) ** 2
        closer = gap < least
        least[closer] = gap[closer]
        best[closer] = n
    return best


def k_means(points: Floats, k: int, *, seed: int, starts: int = 4, weights: Floats | None = None,
            ) -> tuple[Labels, Floats]:
    """The best of several seeded k-means++ starts (Arthur and Vassilvitskii 2007): labels and centres.

    The result does not depend on the order of equal inputs beyond their positions: starts are drawn on points
    sorted by position.
    """
    order = np.lexsort((points[:, 1], points[:, 0]))
    ranked = points[order]
    weight = np.ones(len(points)) if weights is None else weights[order]
    best: tuple[float, Labels, Floats] | None = None
    for start in range(starts):
        rng = np.random.default_rng([seed, k, start])
        labels, centres, cost = lloyd(ranked, _spread(ranked, weight, k, rng), None if weights is None else weight)
        if best is None or cost < best[0] * (1 - 1e-9):
            best = cost, labels, centres
    assert best is not None
    labels = np.empty(len(points), dtype=np.int64)
    labels[order] = best[1]
    return labels, best[2]


def _spread(points: Floats, weight: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Draw k starting centres, each likely to be far from those before."""
    chosen = [_draw(weight, rng)]
    gap = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < k:
        mass = gap * weight
        chosen.append(_draw(mass if mass.sum() > 0 else weight, rng))
        gap = np.minimum(gap, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen]


def _draw(mass: Floats, rng: np.random.Generator) -> int:
    total = np.cumsum(mass)
    return int(min(np.searchsorted(total, rng.random() * total[-1], side="right"), len(mass) - 1))


def silhouettes(points: Floats, labellings: list[Labels], weights: Floats | None = None) -> list[float]:
    """Mean silhouette (Rousseeuw 1987) of several labellings of the same points, in one pass over the pairs.

    Groups of one count 0. With `weights`, a point stands for so many at the same place.
    """
    n = len(points)
    if n == 0 or not labellings:
        return [0.0] * len(labellings)
    weight = np.ones(n) if weights is None else weights
    sizes = [np.bincount(labels, weights=weight) for labels in labellings]
    offsets = np.concatenate([[0], np.cumsum([len(one) for one in sizes])])
    marks = np.zeros((n, int(offsets[-1])), dtype=np.float32)
    for labels, offset in zip(labellings, offsets[:-1], strict=True):
        marks[np.arange(n), offset + labels] = weight
    away = _distances_to_groups(points, marks)
    found = []
    for labels, size, offset in zip(labellings, sizes, offsets[:-1], strict=True):
        total = away[:, offset:offset + len(size)]
        own_size = size[labels]
        rows = np.arange(n)
        inner = total[rows, labels] / np.maximum(own_size - 1, 1)
        outer = total / np.maximum(size, 1e-300)
        outer[:, size == 0] = np.inf
        outer[rows, labels] = np.inf
        other = outer.min(axis=1)
        larger = np.maximum(inner, other)
        with np.errstate(invalid="ignore"):
            score = np.where((own_size > 1) & (larger > 0) & np.isfinite(other), (other - inner) / larger, 0.0)
        found.append(float((score * weight).sum() / weight.sum()))
    return found


def _distances_to_groups(points: Floats, marks: npt.NDArray[np.float32]) -> Floats:
    """Sum of distances of each point to the points of each group, by blocks; each pair is computed once."""
    n = len(points)
    # So small that the algebra library keeps to one thread: starting more costs it ten times the work.
    block = 128
    spread = (points - points.mean(axis=0)).astype(np.float32)
    x, y = np.ascontiguousarray(spread[:, 0]), np.ascontiguousarray(spread[:, 1])
    away = np.zeros((n, marks.shape[1]), dtype=np.float64)
    gaps, others = (np.empty((block, block), dtype=np.float32) for _ in range(2))
    for first in range(0, n, block):
        rows = slice(first, min(first + block, n))
        for second in range(first, n, block):
            columns = slice(second, min(second + block, n))
            gap = gaps[:rows.stop - first, :columns.stop - second]
            other = others[:rows.stop - first, :columns.stop - second]
            np.subtract(x[rows, None], x[None, columns], out=gap)
            np.multiply(gap, gap, out=gap)
            np.subtract(y[rows, None], y[None, columns], out=other)
            np.multiply(other, other, out=other)
            np.add(gap, other, out=gap)
            np.sqrt(gap, out=gap)
            away[rows] += gap @ marks[columns]
            if second > first:
                away[columns] += gap.T @ marks[rows]
    return away


def grid(points: Floats, cells: int = _GRID) -> tuple[Floats, Floats, Labels]:
    """Gather points on a grid: mean place and number of points of each cell in use, and the cell of each point."""
    low, high = points.min(axis=0), points.max(axis=0)
    step = np.maximum(high - low, 1e-300) / cells
    at = np.minimum(((points - low) / step).astype(np.int64), cells - 1)
    key = at[:, 0] * cells + at[:, 1]
    counts = np.bincount(key, minlength=cells * cells)
    used = np.flatnonzero(counts)
    place = np.zeros(cells * cells, dtype=np.int64)
    place[used] = np.arange(len(used))
    middle = np.stack([np.bincount(key, weights=points[:, axis], minlength=cells * cells)[used]
                       for axis in range(2)], axis=1) / counts[used, None]
    return middle, counts[used].astype(np.float64), place[key]


def silhouette_grid(points: Floats, weights: Floats, labellings: list[Labels]) -> list[float]:
    """Mean silhouettes of labellings of weighted grid cells, on a coarser grid where there are many cells."""
    if len(points) <= 6000:
        return silhouettes(points, labellings, weights)
    low, high = points.min(axis=0), points.max(axis=0)
    step = np.maximum(high - low, 1e-300) / _SILHOUETTE_GRID
    at = np.minimum(((points - low) / step).astype(np.int64), _SILHOUETTE_GRID - 1)
    key = at[:, 0] * _SILHOUETTE_GRID + at[:, 1]
    found = []
    for labels in labellings:
        # A coarse cell on a border is kept once for each group that reaches into it.
        both, place = np.unique(key * 64 + labels, return_inverse=True)
        place = place.reshape(-1)
        mass = np.bincount(place, weights=weights).astype(np.float64)
        middle: Floats = np.stack(
            [np.bincount(place, weights=weights * points[:, axis]) / mass for axis in range(2)], axis=1)
        found += silhouettes(middle, [both % 64], mass)
    return found


def agreement(one: Labels, two: Labels) -> float:
    """Adjusted Rand index of two labellings (Hubert and Arabie 1985): 1 the same partition, about 0 by chance.

    >>> agreement(np.asarray([0, 0, 1, 1]), np.asarray([1, 1, 0, 0]))
    1.0
    """
    n = len(one)
    if n < 2:
        return 1.0
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(two, return_inverse=True)
    a, b = a.reshape(-1), b.reshape(-1)
    table = np.bincount(a * (int(b.max()) + 1) + b, minlength=1).astype(np.float64)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1)).sum()) / 2

    together, first, second = pairs(table), pairs(np.bincount(a).astype(float)), pairs(np.bincount(b).astype(float))
    expected = first * second / (n * (n - 1) / 2)
    most = (first + second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)
