"""Which pairs stay in order, so that as few words as possible count as moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def staying(targets: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Give the positions of the longest strictly increasing subsequence of `targets`, heaviest among equals.

    Everything else has moved. Uses a tree of prefix maxima (Fenwick): n log n.

    >>> sorted(staying([0, 3, 1, 2], [1, 1, 1, 1]))
    [0, 2, 3]
    >>> sorted(staying([1, 0], [5, 90]))
    [1]
    """
    ranks = sorted(set(targets))
    tree: list[tuple[int, int, int]] = [(0, 0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    best = (0, 0, -1)
    for position, target in enumerate(targets):
        rank = bisect_left(ranks, target)
        top, step = (0, 0, -1), rank
        while step:
            top = max(top, tree[step])
            step -= step & -step
        mine = (top[0] + 1, top[1] + weights[position], position)
        before.append(top[2])
        best = max(best, mine)
        step = rank + 1
        while step < len(tree):
            tree[step] = max(tree[step], mine)
            step += step & -step
    chain: set[int] = set()
    position = best[2]
    while position >= 0:
        chain.add(position)
        position = before[position]
    return chain
