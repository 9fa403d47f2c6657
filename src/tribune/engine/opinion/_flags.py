"""Accounts that give one answer to everything, or vote alike: found, never deleted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ._axes import Passes, axes_of, project
from ._clusters import k_means
from ._result import Flag
from ._votes import Votes

Floats = npt.NDArray[np.float64]

# Flagged only when fewer than so many honest accounts of this kind are to be expected in the whole conversation.
_EXPECTED_STRAIGHT, _EXPECTED_PAIRS = 0.05, 0.01
_SAME = 0.95
_BANDS = (1, 4, 16)
_LEAST_IN_BAND = 5
_MOST_PAIRS = 100_000
_SAMPLE, _ROWS_AT_ONCE = 2000, 20_000


@dataclass(frozen=True, slots=True)
class Flagged:
    """`mask` over participants, and one `Flag` for each."""

    mask: npt.NDArray[np.bool_]
    flags: tuple[Flag, ...]


def least_votes(n_statements: int) -> int:
    """Votes an account needs before it can be flagged: 20, or two thirds of the statements if that is less."""
    return max(3, min(20, math.ceil(2 * n_statements / 3)))


def flag(votes: Votes, *, seed: int = 0) -> Flagged:
    """Find straight-liners and near-duplicates among accounts with enough votes.

    An account is flagged when all its answers are the same ("same_answer"), or when it shares enough statements
    with another and answers 95 % of them alike ("votes_alike"), *and* an honest member of the like-minded group
    would hardly ever do so by chance. Of accounts that vote alike, the first stays: together they are one voice.
    """
    n = votes.n_participants
    able = votes.per_participant() >= least_votes(votes.n_statements)
    mask = np.zeros(n, dtype=bool)
    if not able.any() or n < 3:
        return Flagged(mask, ())
    straight = able & _straight(votes)
    pairs = _alike(votes, able & ~straight, seed)
    suspect = straight.copy()
    suspect[pairs.reshape(-1)] = True
    rates = _rates(votes, ~suspect, seed)
    if rates is None:
        return Flagged(mask, ())
    flags = _straight_flags(votes, straight, rates, int(able.sum()))
    flags += _alike_flags(votes, pairs, rates, int(able.sum()))
    flags.sort(key=lambda pair: pair[0])
    mask[[row for row, _ in flags]] = True
    return Flagged(mask, tuple(one for _, one in flags))


def _straight(votes: Votes) -> npt.NDArray[np.bool_]:
    """Rows whose votes are all the same."""
    found = np.zeros(votes.n_participants, dtype=bool)
    for first in range(0, votes.n_participants, _ROWS_AT_ONCE):
        start = votes.start[first:first + _ROWS_AT_ONCE + 1]
        used = np.flatnonzero(np.diff(start))
        if len(used):
            value = votes.code[start[0]:start[-1]] % 3
            begin = start[used] - start[0]
            found[first + used] = np.minimum.reduceat(value, begin) == np.maximum.reduceat(value, begin)
    return found


def _rates(votes: Votes, honest: npt.NDArray[np.bool_], seed: int) -> Floats | None:
    """Log-probability of each code in up to three groups of those under no suspicion (groups × 3S)."""
    crowd = np.flatnonzero(honest & (votes.per_participant() > 0))
    if len(crowd) == 0:
        return None
    if len(crowd) > _SAMPLE:
        crowd = np.sort(np.random.default_rng([seed, 11]).choice(crowd, _SAMPLE, replace=False))
    keep = np.zeros(votes.n_participants, dtype=bool)
    keep[crowd] = True
    part = votes.only(keep)
    width = 3 * votes.n_statements
    groups = [np.bincount(part.code, minlength=width)]
    if part.n_participants >= 30 and part.n_statements >= 3:
        points = project(part, axes_of(part))
        labels, _ = k_means(points, 3, seed=seed, starts=2)
        of_votes = np.repeat(labels, part.per_participant())
        groups += list(np.bincount(of_votes * width + part.code, minlength=3 * width).reshape(3, width))
    everyone = (groups[0] + 1.0).reshape(-1, 3)
    everyone /= everyone.sum(axis=1, keepdims=True)
    tables = []
    for counts in groups:
        # Four votes' worth of everyone's opinion, so that a small group is not taken for certain.
        table = counts.reshape(-1, 3) + 4 * everyone
        tables.append(np.log(table / table.sum(axis=1, keepdims=True)).reshape(-1))
    return np.stack(tables)


def _straight_flags(votes: Votes, straight: npt.NDArray[np.bool_], rates: Floats, n_able: int,
                    ) -> list[tuple[int, Flag]]:
    found = []
    limit = math.log(_EXPECTED_STRAIGHT / n_able)
    for row in np.flatnonzero(straight):
        code = votes.code[votes.start[row]:votes.start[row + 1]]
        if float(rates[:, code].sum(axis=1).max()) < limit:
            found.append((int(row), Flag(votes.participants[row].item(), "same_answer", len(code))))
    return found


def _alike(votes: Votes, able: npt.NDArray[np.bool_], seed: int) -> npt.NDArray[np.int64]:
    """Pairs of rows (first < second) that share enough statements and answer nearly all alike.

    Candidates agree entirely on some band of statements (locality-sensitive hashing): all, a quarter, a sixteenth.
    """
    rows = np.flatnonzero(able)
    if len(rows) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    part = votes.only(able)
    rng = np.random.default_rng([seed, 7])
    shuffled = rng.permutation(votes.n_statements)
    draws = rng.integers(1, 1 << 26, 3 * votes.n_statements).astype(np.float64) * (1 << 14) + 1
    tables = []
    for bands in _BANDS:
        of_code = np.repeat(shuffled * bands // votes.n_statements, 3)
        tables += [np.where(of_code == band, draws, 0.0) for band in range(bands)]
    marks = Passes(part, np.zeros(votes.n_statements)).lookup(np.stack(tables, axis=1)).astype(np.int64)
    least = least_votes(votes.n_statements)
    pairs = []
    for column in range(marks.shape[1]):
        mark = marks[:, column]
        usable = np.flatnonzero(mark % (1 << 14) >= _LEAST_IN_BAND)
        order = usable[np.argsort(mark[usable], kind="stable")]
        same = mark[order][1:] == mark[order][:-1]
        if not same.any():
            continue
        head = np.maximum.accumulate(np.where(np.append(True, ~same), np.arange(len(order)), 0))
        later = np.flatnonzero(np.append(False, same))
        pairs += [np.stack([order[head[later]], order[later]], axis=1),
                  np.stack([order[later - 1], order[later]], axis=1)]
    if not pairs:
        return np.zeros((0, 2), dtype=np.int64)
    both = np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)
    if len(both) > _MOST_PAIRS:
        both = both[np.sort(rng.choice(len(both), _MOST_PAIRS, replace=False))]
    common, alike = overlap(part, both)
    return rows[both[(common >= least) & (alike >= _SAME * common)]]


def overlap(votes: Votes, pairs: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For pairs of rows: statements both voted on, and those answered alike."""
    width = votes.n_statements
    sizes = votes.per_participant()[pairs[:, 0]]
    of_pair = np.repeat(np.arange(len(pairs)), sizes)
    inside = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    code = votes.code[votes.start[pairs[of_pair, 0]] + inside].astype(np.int64)
    keys = votes.rows() * width + votes.code.astype(np.int64) // 3
    wanted = pairs[of_pair, 1] * width + code // 3
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    common = keys[at] == wanted
    alike = common & (votes.code[at] == code)
    return (np.bincount(of_pair[common], minlength=len(pairs)), np.bincount(of_pair[alike], minlength=len(pairs)))


def _alike_flags(votes: Votes, pairs: npt.NDArray[np.int64], rates: Floats, n_able: int) -> list[tuple[int, Flag]]:
    limit = math.log(_EXPECTED_PAIRS / (n_able * (n_able - 1) / 2)) if n_able > 1 else -math.inf
    first_of: dict[int, int] = {}

    def root(row: int) -> int:
        while first_of.get(row, row) != row:
            row = first_of[row]
        return row

    for one, two in pairs.tolist():
        if _by_chance(votes, one, two, rates) < limit:
            a, b = sorted((root(one), root(two)))
            first_of.setdefault(a, a)
            first_of[b] = a
    return [(row, Flag(votes.participants[row].item(), "votes_alike", int(votes.start[row + 1] - votes.start[row]),
                       votes.participants[root(row)].item()))
            for row in first_of if root(row) != row]


def _by_chance(votes: Votes, one: int, two: int, rates: Floats) -> float:
    """Log-probability that a like-minded account answers as `one` did where `two` did, and elsewhere otherwise."""
    a, b = (votes.code[votes.start[row]:votes.start[row + 1]].astype(np.int64) for row in (one, two))
    _, at_a, at_b = np.intersect1d(a // 3, b // 3, return_indices=True)
    a, b = a[at_a], b[at_b]
    same = a == b
    odd = int((~same).sum())
    ways = math.lgamma(len(a) + 1) - math.lgamma(odd + 1) - math.lgamma(len(a) - odd + 1)
    return float(rates[:, a[same]].sum(axis=1).max()) + (ways if odd else 0.0)
