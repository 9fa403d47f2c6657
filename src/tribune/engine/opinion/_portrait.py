"""Portraits of groups: what tells them apart, what unites all, what divides, where two meet."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from ._axes import axes_of, project
from ._clusters import k_means
from ._result import Bridge, Consensus, Divisive, Minority, Representative
from ._votes import Votes

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Labels = npt.NDArray[np.int64]

_MOST_LOOKED_AT, _ROWS_AT_ONCE = 10_000, 20_000
_LEAST_HELD, _LEAST_VOTERS = 5, 7
_TOP = 10
_SIDES = (("agree", 2), ("disagree", 0))


@dataclass(frozen=True, slots=True)
class Tables:
    """Counts groups × statements × (disagree, pass, agree): all votes, and the held-out ones; and of everybody."""

    groups: Counts
    held: Counts
    everyone: Counts
    statements: npt.NDArray[Any]


def group_counts(votes: Votes, labels: Labels, k: int) -> Counts:
    """Count votes by group, statement and answer; rows with label -1 are left out."""
    width = 3 * votes.n_statements
    total = np.zeros(k * width, dtype=np.int64)
    for first in range(0, votes.n_participants, _ROWS_AT_ONCE):
        sizes = votes.per_participant()[first:first + _ROWS_AT_ONCE]
        of_votes = np.repeat(labels[first:first + _ROWS_AT_ONCE], sizes)
        code = votes.code[votes.start[first]:votes.start[first] + len(of_votes)]
        inside = of_votes >= 0
        total += np.bincount(of_votes[inside] * width + code[inside], minlength=len(total))
    return total.reshape(k, votes.n_statements, 3)


def held_out_counts(votes: Votes, labels: Labels, k: int, *, seed: int) -> Counts:
    """Count votes by group where a vote never helped to choose its voter's group.

    Votes are halved by lot; groups are formed anew on each half, matched with `labels`, and counted on the other.
    So differences between groups are not made by looking twice at the same votes; they come out smaller, since
    half the votes place people less surely. Large conversations: a seeded sample.
    """
    rng = np.random.default_rng([seed, 43])
    if votes.n_participants > _MOST_LOOKED_AT:
        keep = np.zeros(votes.n_participants, dtype=bool)
        keep[rng.choice(votes.n_participants, _MOST_LOOKED_AT, replace=False)] = True
        votes, labels = votes.only(keep), labels[keep]
    half = rng.random(votes.n_votes) < 0.5
    total = np.zeros((k, votes.n_statements, 3), dtype=np.int64)
    for shown in (half, ~half):
        part = votes.masked(shown)
        points = project(part, axes_of(part))
        voted = part.per_participant() > 0
        again = np.full(len(labels), -1)
        again[voted], _ = k_means(points[voted], k, seed=seed)
        table = np.bincount(again[voted] * k + labels[voted], minlength=k * k).reshape(k, k)
        found, meant = linear_sum_assignment(-table)
        name = np.empty(k, dtype=np.int64)
        name[found] = meant
        again[voted] = name[again[voted]]
        total += group_counts(votes.masked(~shown), again, k)
    return total


def representative(tables: Tables, group: int) -> tuple[Representative, ...]:
    """The statements that tell a group from all others, the clearest first; at least the best three, at most ten."""
    own, rest = tables.groups[group], tables.groups.sum(axis=0) - tables.groups[group]
    held, held_rest = tables.held[group], tables.held.sum(axis=0) - tables.held[group]
    n_in, n_out = held.sum(axis=1), held_rest.sum(axis=1)
    usable = np.flatnonzero((n_in >= _LEAST_HELD) & (n_out >= _LEAST_HELD) & (own.sum(axis=1) > 0))
    if len(usable) == 0:
        return ()
    z = NormalDist().inv_cdf(1 - 0.025 / len(usable))
    found = []
    for at in usable.tolist():
        options = [_difference(int(held[at, c]), int(n_in[at]), int(held_rest[at, c]), int(n_out[at]), z)
                   for _, c in _SIDES]
        best = 0 if options[0][0] >= options[1][0] else 1
        side, c = _SIDES[best]
        difference, low, high = options[best]
        found.append(Representative(
            tables.statements[at].item(), side, int(own[at, 2]), int(own[at, 0]), int(own[at, 1]),
            float(own[at, c] / own[at].sum()), float(rest[at, c] / max(rest[at].sum(), 1)), difference, low, high))
    # Sure differences first; among the others the greatest.
    found.sort(key=lambda one: (not (one.low or 0) > 0, -one.representativeness))
    sure = sum(1 for one in found if (one.low or 0) > 0)
    return tuple(found[:max(3, min(sure, _TOP))])


def _difference(a: int, n: int, b: int, m: int, z: float) -> tuple[float, float, float]:
    """Difference of two shares with Newcombe's interval from Wilson's (Newcombe 1998, method 10)."""
    p, q = a / n, b / m
    p_low, p_high = wilson(a, n, z)
    q_low, q_high = wilson(b, m, z)
    gap = p - q
    down, up = ((p - p_low) ** 2 + (q_high - q) ** 2) ** 0.5, ((p_high - p) ** 2 + (q - q_low) ** 2) ** 0.5
    return gap, gap - down, gap + up


def wilson(count: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval (1927) for a share; (0, 1) where nobody voted.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if n == 0:
        return 0.0, 1.0
    p, square = count / n, z * z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * (p * (1 - p) / n + square / (4 * n * n)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def consensus(tables: Tables) -> tuple[Consensus, ...]:
    """What surely more than half of all, and at least half of every group, agree or disagree with; at most ten."""
    found = []
    everyone, groups = tables.everyone, tables.groups
    for at in np.flatnonzero(everyone.sum(axis=1) >= _LEAST_VOTERS).tolist():
        n = int(everyone[at].sum())
        for side, c in _SIDES:
            low, high = wilson(int(everyone[at, c]), n)
            voters = groups[:, at].sum(axis=1)
            shares = groups[:, at, c] / np.maximum(voters, 1)
            if low <= 0.5 or bool((shares[voters >= 3] < 0.5).any()):
                continue
            score = float(np.prod((groups[:, at, c] + 1) / (voters + 2)))
            found.append(Consensus(tables.statements[at].item(), side, int(everyone[at, 2]), int(everyone[at, 0]),
                                   int(everyone[at, 1]), float(everyone[at, c] / n), low, high,
                                   tuple(shares.tolist()), score))
    found.sort(key=lambda one: (-one.score, -one.low))
    return tuple(found[:_TOP])


def divisive(tables: Tables) -> tuple[Divisive, ...]:
    """The ten statements that divide most: between groups (held-out votes), or, with one group, within it."""
    k = len(tables.groups)
    found = []
    for at in np.flatnonzero(tables.everyone.sum(axis=1) >= _LEAST_VOTERS).tolist():
        disagree, passed, agree = (int(n) for n in tables.everyone[at])
        voters = tables.groups[:, at].sum(axis=1)
        shares = tables.groups[:, at, 2] / np.maximum(voters, 1)
        if k > 1:
            held = tables.held[:, at].sum(axis=1)
            fair = tables.held[held >= _LEAST_HELD, at, 2] / held[held >= _LEAST_HELD]
            score = float(fair.max() - fair.min()) if len(fair) > 1 else 0.0
        else:
            score = 2 * min(agree, disagree) / (agree + disagree + passed)
        found.append(Divisive(tables.statements[at].item(), agree, disagree, passed, score, tuple(shares.tolist())))
    found.sort(key=lambda one: -one.score)
    return tuple(one for one in found[:_TOP] if one.score > 0)


def bridges(tables: Tables) -> tuple[Bridge, ...]:
    """For each pair of groups up to three statements on which surely more than half of both take the same side.

    What unites two and not the rest comes first; with two groups, what unites them most.
    """
    groups = tables.groups
    k = len(groups)
    found: list[Bridge] = []
    for one in range(k):
        for two in range(one + 1, k):
            options = []
            rest = groups.sum(axis=0) - groups[one] - groups[two]
            for at in range(groups.shape[1]):
                for side, c in _SIDES:
                    n, m, others = (int(table[at].sum()) for table in (groups[one], groups[two], rest))
                    a, b = int(groups[one, at, c]), int(groups[two, at, c])
                    if n < _LEAST_HELD or m < _LEAST_HELD or min(wilson(a, n)[0], wilson(b, m)[0]) <= 0.5:
                        continue
                    elsewhere = int(rest[at, c]) / others if others >= _LEAST_HELD else None
                    bridge = Bridge((one, two), tables.statements[at].item(), side, (a / n, b / m), elsewhere)
                    options.append((-min(a / n, b / m) + (elsewhere or 0.0), at, bridge))
            found += [bridge for _, _, bridge in sorted(options, key=lambda option: option[:2])[:3]]
    return tuple(found)


def minorities(tables: Tables) -> tuple[Minority, ...]:
    """Views that surely more than half of one group hold and surely fewer than half of all; at most five a group."""
    found: list[Minority] = []
    if len(tables.groups) < 2:
        return ()
    for group, table in enumerate(tables.groups):
        options = []
        for at in range(table.shape[0]):
            n, m = int(table[at].sum()), int(tables.everyone[at].sum())
            for side, c in _SIDES:
                if n < _LEAST_HELD or wilson(int(table[at, c]), n)[0] <= 0.5:
                    continue
                if wilson(int(tables.everyone[at, c]), m)[1] < 0.5:
                    share, everyone = float(table[at, c] / n), float(tables.everyone[at, c] / m)
                    options.append((everyone - share, at,
                                    Minority(group, tables.statements[at].item(), side, share, everyone)))
        found += [minority for _, _, minority in sorted(options, key=lambda option: option[:2])[:5]]
    return tuple(found)
