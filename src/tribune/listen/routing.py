"""Which statement a voice sees next: new and informative ones more often, all of them sometimes.

The idea is published (Small et al. 2021, Polis: "comment routing"); the weights here are our own and simple enough
to be told: `weights` for the formula, `order` for the draw.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence

__all__ = ["first", "weights"]

Counts = tuple[int, int, int]


def weights(counts: Sequence[Counts]) -> list[float]:
    """Return how much each statement is worth asking next, from its (agree, pass, disagree) counts so far.

    Two factors. *New*: 1 + 8 · 2^(-n / 5), so that a statement without votes is shown up to nine times as often as
    one with many, half of that after five votes. *Informative*: (share that takes a side) × (½ + how evenly they are
    split, 0 to 1), squared; both shares with one vote of each kind added, so that a first vote decides nothing.

    >>> few, split, united, passed = weights([(0, 0, 0), (20, 0, 20), (40, 0, 0), (1, 38, 1)])
    >>> few > split > united > passed
    True
    """
    return [_new(sum(row)) * _informative(row) ** 2 for row in counts]


def first(counts: Mapping[str, Counts], *, seed: str) -> str | None:
    """Return the id of the statement to show: a draw by `weights`, the same for the same `seed` and counts.

    Each statement gets u^(1/weight) with u from a hash of seed and id, and the largest wins (Efraimidis and Spirakis
    2006): a page loaded again shows the same statement, and what others vote moves it seldom.

    >>> first({}, seed="a") is None
    True
    """
    if not counts:
        return None
    ids = sorted(counts)
    worth = weights([counts[each] for each in ids])
    return max(zip(ids, worth, strict=True), key=lambda pair: (math.log(_unit(seed, pair[0])) / pair[1], pair[0]))[0]


def _new(n: int) -> float:
    return float(1 + 8 * 2 ** (-n / 5))


def _informative(row: Counts) -> float:
    agree, passed, disagree = (n + 1 for n in row)
    sided = (agree + disagree) / (agree + passed + disagree)
    share = agree / (agree + disagree)
    even = -(share * math.log2(share) + (1 - share) * math.log2(1 - share))
    return sided * (0.5 + even)


def _unit(seed: str, thing: str) -> float:
    drawn = int.from_bytes(hashlib.sha256(f"{seed}:{thing}".encode()).digest()[:8], "big")
    return (drawn + 1) / (2**64 + 2)
