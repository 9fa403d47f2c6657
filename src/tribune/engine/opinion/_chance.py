"""How separate groups would be by chance, and how they fare when votes are hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ._clusters import agreement, k_means, silhouettes
from ._votes import Votes

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

# The slow checks look at so many participants, drawn by lot.
SAMPLE = 1000
_SHUFFLES, _FIRST_LOOK, _GIVE_UP = 59, 19, 3
_HIDDEN, _REPEATS = 0.10, 10


@dataclass(frozen=True, slots=True)
class Chance:
    """For each k: silhouette, its mean and deviation under chance; `p` for the k that stands out most."""

    ks: tuple[int, ...]
    found: tuple[float, ...]
    expected: tuple[float, ...]
    deviation: tuple[float, ...]
    p: float

    def gain(self, k: int) -> float:
        """Silhouette above what chance gives."""
        place = self.ks.index(k)
        return self.found[place] - self.expected[place]

    def stands_out(self, k: int) -> float:
        """The same in deviations."""
        return self.gain(k) / max(self.deviation[self.ks.index(k)], 1e-9)


class Crowd:
    """A sample of participants as a small full table, which can be fitted again and again."""

    def __init__(self, votes: Votes, *, seed: int, most: int = SAMPLE) -> None:
        keep = np.ones(votes.n_participants, dtype=bool)
        if votes.n_participants > most:
            keep[:] = False
            drawn = np.random.default_rng([seed, 23]).choice(votes.n_participants, most, replace=False)
            keep[drawn] = True
        self.rows = np.flatnonzero(keep)
        part = votes.only(keep)
        self.n, self.width = part.n_participants, part.n_statements
        code = part.code.astype(np.int64)
        self.row, self.column = part.rows(), code // 3
        self.value = (code % 3 - 1).astype(np.float32)
        self.seed = seed
        # votes in the order of their statement, so that shuffling inside each is one sort
        self.by_column = np.argsort(self.column, kind="stable")

    def points(self, value: npt.NDArray[np.float32], shown: npt.NDArray[np.bool_] | None = None) -> Floats:
        """Positions of everybody for these votes; axes by power iteration from fixed directions (Halko 2011)."""
        row, column = self.row, self.column
        if shown is not None:
            row, column, value = row[shown], column[shown], value[shown]
        seen = np.bincount(column, minlength=self.width)
        mean = np.bincount(column, weights=value, minlength=self.width) / np.maximum(seen, 1)
        start = np.searchsorted(row, np.arange(self.n + 1))
        table = sparse.csr_array((value - mean[column], column, start), shape=(self.n, self.width))
        block = np.random.default_rng(1).standard_normal((self.width, min(6, self.width)))
        for _ in range(8):
            block, _ = np.linalg.qr(np.asarray(table.T @ (table @ block)))
        image: Floats = np.asarray(table @ block)
        _, inner = np.linalg.eigh(image.T @ image)
        points: Floats = image @ inner[:, ::-1][:, :2]
        voted = np.bincount(row, minlength=self.n)
        stretched: Floats = points * np.sqrt(self.width / np.maximum(voted, 1))[:, None]
        return stretched

    def labellings(self, points: Floats, ks: tuple[int, ...], starts: int = 2) -> list[Labels]:
        """Groups for each k."""
        return [k_means(points, k, seed=self.seed, starts=starts)[0] for k in ks]

    def shuffled(self, rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """Votes dealt out anew among those who voted on the same statement."""
        order = np.argsort(self.column[self.by_column] + rng.random(len(self.value)), kind="stable")
        dealt = np.empty_like(self.value)
        dealt[self.by_column] = self.value[self.by_column][order]
        return dealt


def chance(crowd: Crowd, ks: tuple[int, ...]) -> Chance:
    """Compare silhouettes with those of shuffled votes; missing votes stay missing.

    The statistic is the greatest standardised silhouette over k, compared with the same of every shuffle, so looking
    at several k costs no honesty. Ends early when chance does clearly as well (Besag and Clifford 1991).
    """
    points = crowd.points(crowd.value)
    found = np.asarray(silhouettes(points, crowd.labellings(points, ks)))
    null: list[list[float]] = []
    rng = np.random.default_rng([crowd.seed, 31])
    p = 1.0
    for n in range(1, _SHUFFLES + 1):
        points = crowd.points(crowd.shuffled(rng))
        null.append(silhouettes(points, crowd.labellings(points, ks)))
        if n in (_FIRST_LOOK, _SHUFFLES):
            table = np.asarray(null)
            mean, deviation = table.mean(axis=0), np.maximum(table.std(axis=0, ddof=1), 1e-6)
            beaten = int((((table - mean) / deviation).max(axis=1) >= ((found - mean) / deviation).max()).sum())
            p = (1 + beaten) / (1 + n)
            if beaten >= _GIVE_UP:
                break
    return Chance(ks, tuple(found.tolist()), tuple(mean.tolist()), tuple(deviation.tolist()), p)


def stability(crowd: Crowd, k: int) -> tuple[float, float]:
    """Mean and least likeness (ARI) of k groups to themselves when a tenth of the votes is hidden, ten times."""
    whole = crowd.labellings(crowd.points(crowd.value), (k,), starts=4)[0]
    rng = np.random.default_rng([crowd.seed, 37, k])
    likeness = []
    for _ in range(_REPEATS):
        shown = rng.random(len(crowd.value)) >= _HIDDEN
        again = crowd.labellings(crowd.points(crowd.value, shown), (k,), starts=4)[0]
        likeness.append(agreement(whole, again))
    return float(np.mean(likeness)), float(np.min(likeness))


def continuum(points: Floats, k: int, *, seed: int, repeats: int = 59) -> float:
    """Probability of k groups this separate in a cloud of the same spread without gaps.

    The null keeps the covariance and everybody's distance from the middle in it, and draws the direction anew.
    """
    rng = np.random.default_rng([seed, 41])
    if len(points) > SAMPLE:
        points = points[np.sort(rng.choice(len(points), SAMPLE, replace=False))]
    middle = points - points.mean(axis=0)
    values, turn = np.linalg.eigh(np.cov(middle.T))
    if values[0] <= 1e-12 * max(values[1], 1e-300):
        return 1.0
    root = turn * np.sqrt(values)
    away = np.linalg.norm(middle @ turn / np.sqrt(values), axis=1)
    found = silhouettes(points, [k_means(points, k, seed=seed, starts=2)[0]])[0]
    beaten = 0
    for n in range(1, repeats + 1):
        angle = rng.random(len(points)) * 2 * np.pi
        cloud = (np.stack([np.cos(angle), np.sin(angle)], axis=1) * away[:, None]) @ root.T
        beaten += silhouettes(cloud, [k_means(cloud, k, seed=seed, starts=2)[0]])[0] >= found
        if n == _FIRST_LOOK and beaten >= _GIVE_UP:
            return (1 + beaten) / (1 + n)
    return (1 + beaten) / (1 + repeats)
