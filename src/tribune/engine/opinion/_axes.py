"""The plane of a map: the two directions along which votes differ most, and where everybody stands on it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from ._sums import Sums, sums_of
from ._votes import Votes

Floats = npt.NDArray[np.float64]

# Adding up second moments costs participants × S²; passes over the votes some 2,000 such steps a vote.
_PASSES_COST = 2000
_CHUNK_VOTES = 1 << 21
_BLOCK, _MOST_PASSES, _TOLERANCE = 4, 60, 1e-11


@dataclass(frozen=True, slots=True)
class Axes:
    """`mean` vote of each statement, `weights` (S × 2, unit columns), `values`: the sums of squares along them.

    Directions are fixed so that agreeing with the statement of the greatest weight leads to the right, or up.
    `scale` is how many statements count for the stretching of those who voted on few.
    """

    mean: Floats
    weights: Floats
    values: Floats
    scale: float


def axes_of(votes: Votes) -> Axes:
    """Principal axes of the votes centred by statement, missing votes at 0 (that is, at the mean)."""
    if summed_outright(votes):
        return axes_from_sums(sums_of(votes))
    mean = mean_of(votes.counts())
    return axes_by_passes(Passes(votes, mean).square, mean)


def summed_outright(votes: Votes) -> bool:
    """Whether adding up second moments is cheaper than passing over the votes again and again."""
    return votes.n_participants * float(votes.n_statements) ** 2 <= _PASSES_COST * float(votes.n_votes)


def axes_from_sums(sums: Sums) -> Axes:
    """The same axes from sums alone, so from pooled ones too."""
    size = len(sums.statements)
    mean = sums.means()
    if size == 0:
        return Axes(mean, np.zeros((0, 2)), np.zeros(2), 0.0)
    return from_moments(sums.moments(), mean)


def from_moments(moments: Floats, mean: Floats) -> Axes:
    """The two leading directions of a matrix of centred second moments."""
    size = len(mean)
    n_axes = min(2, size)
    values, weights = linalg.eigh(moments, subset_by_index=[size - n_axes, size - 1])
    return _fixed(mean, weights[:, ::-1], values[::-1])


def axes_by_passes(square: Callable[[Floats], Floats], mean: Floats) -> Axes:
    """The same axes where only `square` is known: X (S × b) → Z'ZX, one pass over the votes.

    Block Krylov subspace with full orthogonalisation, started from fixed random directions; ends when the two
    leading directions are residual-free to 1e-11 of the greatest value.
    """
    size = len(mean)
    rng = np.random.default_rng(1)
    block, _ = np.linalg.qr(rng.standard_normal((size, _BLOCK)))
    basis, images = np.zeros((size, 0)), np.zeros((size, 0))
    values, weights = np.zeros(2), np.zeros((size, 2))
    for _ in range(_MOST_PASSES):
        image = square(block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        small = basis.T @ images
        found, inner = np.linalg.eigh((small + small.T) / 2)
        inner = inner[:, ::-1][:, :2]
        values, weights = found[::-1][:2], basis @ inner
        off = np.linalg.norm(images @ inner - weights * values, axis=0)
        if bool((off <= _TOLERANCE * max(values[0], 1e-300)).all()):
            break
        for _again in range(2):
            image = image - basis @ (basis.T @ image)
        block, upper = np.linalg.qr(image)
        alive = np.abs(np.diag(upper)) > 1e-12 * max(values[0], 1e-300)
        block = block[:, alive]
        if block.shape[1] == 0 or basis.shape[1] + block.shape[1] > size:
            break
    return _fixed(mean, weights / np.linalg.norm(weights, axis=0), values)


class Passes:
    """Products of the centred votes with small matrices, by chunks of whole rows, on all processors.

    A vote is a 1 in a table of 3 columns a statement, so that one product with looked-up values does the centring;
    chunks depend on the votes alone and are added in their order, so the number of processors changes nothing.
    """

    def __init__(self, votes: Votes, mean: Floats, threads: int = 2) -> None:
        self.votes, self.threads = votes, threads
        # value of (disagree, pass, agree) on each statement, centred
        self.centred = (np.asarray([-1.0, 0.0, 1.0])[None, :] - mean[:, None]).reshape(-1)
        marks = np.arange(0, votes.n_votes + _CHUNK_VOTES, _CHUNK_VOTES)
        self.cuts = np.unique(np.append(np.searchsorted(votes.start, marks), [0, votes.n_participants]))
        self.cuts = self.cuts[self.cuts <= votes.n_participants]
        widest = max((int(votes.start[b] - votes.start[a]) for a, b in self._spans()), default=0)
        self._ones = np.ones(widest)

    def _spans(self) -> list[tuple[int, int]]:
        return [(int(a), int(b)) for a, b in zip(self.cuts[:-1], self.cuts[1:], strict=True)]

    def _chunk(self, span: tuple[int, int]) -> sparse.csr_array:
        start = self.votes.start[span[0]:span[1] + 1]
        code = self.votes.code[start[0]:start[-1]].astype(np.int32)
        chunk: sparse.csr_array = sparse.csr_array(
            (self._ones[:len(code)], code, (start - start[0]).astype(np.int32)),
            shape=(span[1] - span[0], 3 * self.votes.n_statements))
        return chunk

    def _map(self, work: Callable[[tuple[int, int]], Floats]) -> list[Floats]:
        spans = self._spans()
        if self.threads < 2 or len(spans) < 2:
            return [work(span) for span in spans]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(work, spans))

    def square(self, block: Floats) -> Floats:
        """Z'Z times `block` (S × b)."""
        values = np.ascontiguousarray(np.repeat(block, 3, axis=0) * self.centred[:, None])

        def work(span: tuple[int, int]) -> Floats:
            chunk = self._chunk(span)
            return np.asarray(chunk.T @ (chunk @ values))

        total = np.zeros(values.shape)
        for part in self._map(work):
            total += part
        folded: Floats = (total * self.centred[:, None]).reshape(len(block), 3, -1).sum(axis=1)
        return folded

    def project(self, weights: Floats) -> Floats:
        """Z times `weights` (S × 2): one row for each participant."""
        return self.lookup(np.ascontiguousarray(np.repeat(weights, 3, axis=0) * self.centred[:, None]))

    def lookup(self, values: Floats) -> Floats:
        """For each participant the sum of the rows of `values` (3S × b) that belong to the votes."""
        parts = self._map(lambda span: np.asarray(self._chunk(span) @ values))
        return np.vstack(parts) if parts else np.zeros((0, values.shape[1]))


def mean_of(counts: npt.NDArray[np.int64]) -> Floats:
    """Mean vote of each statement from its counts (disagree, pass, agree)."""
    mean: Floats = (counts[:, 2] - counts[:, 0]) / np.maximum(counts.sum(axis=1), 1)
    return mean


def project(votes: Votes, axes: Axes, n_counted: npt.NDArray[np.int64] | None = None) -> Floats:
    """Place every participant on the plane (participants × 2).

    Few votes would bunch people up in the centre; positions are stretched by √(S / votes) as Polis does.
    `n_counted` replaces the number of votes of each participant in that.
    """
    raw = Passes(votes, axes.mean).project(axes.weights)
    counted = votes.per_participant() if n_counted is None else n_counted
    points: Floats = raw * np.sqrt(axes.scale / np.maximum(counted, 1))[:, None]
    return points


def place_one(columns: npt.NDArray[np.int64], values: npt.NDArray[np.int64], axes: Axes) -> Floats:
    """Place one participant, given the columns voted on and the votes (-1, 0, 1)."""
    if len(columns) == 0:
        return np.zeros(2)
    point: Floats = (values - axes.mean[columns]) @ axes.weights[columns]
    return point * float(np.sqrt(axes.scale / len(columns)))


def statement_places(axes: Axes, vote: int = 1) -> Floats:
    """Where somebody would stand who votes once only, on each statement in turn (S × 2)."""
    places: Floats = np.sqrt(axes.scale) * (vote - axes.mean)[:, None] * axes.weights
    return places


class Machine:
    """Where the work on all votes is done: here on this machine; a cluster takes its place (`_cluster`)."""

    def axes_of(self, votes: Votes) -> Axes:
        """Principal axes, see `axes_of`."""
        return axes_of(votes)

    def project(self, votes: Votes, axes: Axes, n_counted: npt.NDArray[np.int64] | None = None) -> Floats:
        """Places of everybody, see `project`."""
        return project(votes, axes, n_counted)


HERE = Machine()


def _fixed(mean: Floats, weights: Floats, values: Floats) -> Axes:
    """Choose the sign of each axis, and fill up to two axes."""
    size = len(mean)
    weights = np.array(weights, dtype=np.float64)
    if weights.shape[1] < 2:
        weights = np.hstack([weights, np.zeros((size, 2 - weights.shape[1]))])
        values = np.append(values, np.zeros(2 - len(values)))
    for axis in range(2):
        size_of = np.abs(weights[:, axis])
        # Equal weights differ by rounding: the first of those that are nearly greatest decides.
        leading = int(np.argmax(size_of >= size_of.max() * (1 - 1e-6)))
        if weights[leading, axis] < 0:
            weights[:, axis] = -weights[:, axis]
    return Axes(mean, weights, np.maximum(np.array(values), 0.0), float(size))
