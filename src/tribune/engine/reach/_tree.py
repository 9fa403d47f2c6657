"""What is worth building on the tree, and what a budget buys: exact on the tree that is there."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ._forest import UNREACHED, Forest
from ._sites import Floats

Ints = npt.NDArray[np.int64]


def worth_building(forest: Forest, saving: Floats, cost: Floats) -> npt.NDArray[np.bool_]:
    """Return which schools to join by the tree, so that what is saved less what the lines cost is greatest.

    `saving` is what each school saves by having fibre rather than its best alternative, without its line; `cost` what
    its line costs; a school needs its parent. Exact on this tree, by one pass from the leaves: value = saving − cost +
    what its branches are worth where that is more than nothing. Ties are not built.
    """
    n = len(saving)
    keep = np.zeros(n, dtype=bool)
    value = np.where(forest.parent == UNREACHED, -np.inf, saving - cost)
    levels = _levels(forest)
    for level in reversed(levels):
        worth = level[value[level] > 0]
        inner = worth[forest.parent[worth] >= 0]
        np.add.at(value, forest.parent[inner], value[inner])
    for level in levels:
        above = forest.parent[level]
        keep[level] = (value[level] > 0) & np.where(above >= 0, keep[np.maximum(above, 0)], True)
    return keep


def _levels(forest: Forest) -> list[Ints]:
    """Reached schools by how many lines they are from a node."""
    n = len(forest.parent)
    reached = forest.order
    depth, step = np.zeros(n, dtype=np.int64), forest.parent.copy()
    depth[step >= 0] = 1
    while True:
        inner = np.flatnonzero(step >= 0)
        if not len(inner):
            break
        depth[inner] += depth[step[inner]]
        step[inner] = step[step[inner]]
    ranked = reached[np.argsort(depth[reached], kind="stable")]
    cuts = np.flatnonzero(np.diff(depth[ranked])) + 1
    return [part for part in np.split(ranked, cuts) if len(part)]


@dataclass(frozen=True, slots=True)
class Steps:
    """The order in which money is best spent: blocks of schools, each with what it costs and weighs (heads).

    `school` lists schools in that order, `block` says where each block ends in it; `cost` and `weight` are sums up to
    and with each block. Spending exactly the cost of some blocks buys the most that any choice on the tree can buy
    for that money.
    """

    school: Ints
    block: Ints
    cost: Floats
    weight: Floats


def best_order(parent: Ints, cost: Floats, weight: Floats) -> Steps:
    """Return the order in which to pay for schools, each after its `parent` (−1 for none), most heads a coin first.

    Horn 1972: the densest block joins the one before it until it stands first; the sums are the upper hull of all that
    can be bought. O(n log n). Costs and weights are not negative; what costs nothing comes first.
    """
    n = len(parent)
    leader = list(range(n))
    heads = weight.astype(float).tolist()
    coins = cost.astype(float).tolist()
    before = parent.tolist()
    # Each block is a chain that begins with its leader, so that two are joined in one step.
    after, last = [-1] * n, list(range(n))
    stamp = [0] * n

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    def key(i: int) -> float:
        return -(heads[i] / coins[i]) if coins[i] > 0 else -np.inf

    heap = [(key(i), i, 0) for i in range(n)]
    heapq.heapify(heap)
    done = [False] * n
    school: list[int] = []
    ends: list[int] = []
    sums: list[tuple[float, float]] = []
    spent = won = 0.0
    while heap:
        _, i, mark = heapq.heappop(heap)
        if done[i] or leader[i] != i or stamp[i] != mark:
            continue
        up = before[i]
        above = find(up) if up >= 0 else -1
        if above < 0 or done[above]:
            done[i] = True
            one = i
            while one >= 0:
                school.append(one)
                one = after[one]
            ends.append(len(school))
            spent, won = spent + coins[i], won + heads[i]
            sums.append((spent, won))
            continue
        leader[i] = above
        heads[above] += heads[i]
        coins[above] += coins[i]
        after[last[above]] = i
        last[above] = last[i]
        stamp[above] += 1
        heapq.heappush(heap, (key(above), above, stamp[above]))
    table = np.array(sums, dtype=float).reshape(-1, 2)
    return Steps(np.array(school, dtype=np.int64), np.array(ends, dtype=np.int64), table[:, 0], table[:, 1])


def bought(steps: Steps, parent: Ints, cost: Floats, weight: Floats, budget: float) -> tuple[Ints, float]:
    """Return (schools bought, the most that any choice could weigh) for a budget.

    Whole blocks first; then, with what is left, single schools of the next blocks that fit and whose parent is there.
    The second number bounds what is possible: blocks may not be cut, so the choice is optimal where both agree.
    """
    whole = int(np.searchsorted(steps.cost, budget * (1 + 1e-12) + 1e-9, side="right"))
    end = int(steps.block[whole - 1]) if whole else 0
    spent = float(steps.cost[whole - 1]) if whole else 0.0
    won = float(steps.weight[whole - 1]) if whole else 0.0
    most = won
    if whole < len(steps.cost):
        next_cost, next_weight = float(steps.cost[whole] - spent), float(steps.weight[whole] - won)
        most += next_weight * (budget - spent) / next_cost if next_cost > 0 else next_weight
    chosen = np.zeros(len(parent), dtype=bool)
    chosen[steps.school[:end]] = True
    left = budget - spent
    extra = []
    for i in steps.school[end:end + 5000].tolist():
        if cost[i] <= left and (parent[i] < 0 or chosen[parent[i]]) and (weight[i] > 0 or cost[i] == 0):
            chosen[i] = True
            left -= float(cost[i])
            extra.append(i)
    return np.concatenate([steps.school[:end], np.array(extra, dtype=np.int64)]), most
