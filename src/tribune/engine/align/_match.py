"""Longest common run of two word lists, in memory that stays small for whole documents."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

Block = tuple[int, int, int]  # start in old, start in new, length

# The exact method keeps one bit for each pair of words: 32 million pairs are 4 MB.
EXACT_PAIRS = 32_000_000


def longest_rising(values: Sequence[int]) -> list[int]:
    """Give the positions of a longest strictly increasing subsequence.

    >>> longest_rising([3, 0, 1, 2])
    [1, 2, 3]
    """
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        slot = bisect_left(tails, value)
        before.append(at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(value)
            at.append(position)
        else:
            tails[slot] = value
            at[slot] = position
    chain: list[int] = []
    position = at[-1] if at else -1
    while position >= 0:
        chain.append(position)
        position = before[position]
    return chain[::-1]


def blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Give the maximal runs that both lists share in the same order, as (old start, new start, length)."""
    code: dict[str, int] = {}
    left = [code.setdefault(word, len(code)) for word in old]
    right = [code.setdefault(word, len(code)) for word in new]
    found: list[Block] = []
    pending = [(0, len(left), 0, len(right))]
    while pending:
        i1, i2, j1, j2 = pending.pop()
        head = 0
        while i1 + head < i2 and j1 + head < j2 and left[i1 + head] == right[j1 + head]:
            head += 1
        if head:
            found.append((i1, j1, head))
            i1, j1 = i1 + head, j1 + head
        tail = 0
        while i1 < i2 - tail and j1 < j2 - tail and left[i2 - tail - 1] == right[j2 - tail - 1]:
            tail += 1
        if tail:
            found.append((i2 - tail, j2 - tail, tail))
            i2, j2 = i2 - tail, j2 - tail
        if i1 == i2 or j1 == j2:
            continue
        if (i2 - i1) * (j2 - j1) <= EXACT_PAIRS:
            found += _exact(left[i1:i2], right[j1:j2], i1, j1)
        else:
            pending += _cut(left, right, i1, i2, j1, j2)
    return _joined(sorted(found))


def _exact(left: list[int], right: list[int], i0: int, j0: int) -> list[Block]:
    operations = LCSseq.opcodes(left, right)
    return [(i0 + op.src_start, j0 + op.dest_start, op.src_end - op.src_start)
            for op in operations if op.tag == "equal"]


def _cut(left: list[int], right: list[int], i1: int, i2: int, j1: int,
         j2: int) -> list[tuple[int, int, int, int]]:
    """Cut a pair too large for the exact method where runs of words are unique in both (patience diff)."""
    for length in (6, 3, 1):
        anchors = _anchors(left, right, i1, i2, j1, j2, length)
        if anchors:
            break
    else:
        # Nothing is unique: cut both in the middle. Less than the longest run, but right and quick.
        anchors = [((i1 + i2) // 2, (j1 + j2) // 2)]
    corners = [(i1, j1), *anchors, (i2, j2)]
    return [(a, c, b, d) for (a, b), (c, d) in pairwise(corners)]


def _anchors(left: list[int], right: list[int], i1: int, i2: int, j1: int, j2: int,
             length: int) -> list[tuple[int, int]]:
    runs_left = [tuple(left[i:i + length]) for i in range(i1, i2 - length + 1)]
    runs_right = [tuple(right[j:j + length]) for j in range(j1, j2 - length + 1)]
    count_left, count_right = Counter(runs_left), Counter(runs_right)
    place = {run: j1 + j for j, run in enumerate(runs_right) if count_right[run] == 1}
    pairs = [(i1 + i, place[run]) for i, run in enumerate(runs_left) if run in place and count_left[run] == 1]
    pairs = [pairs[k] for k in longest_rising([j for _, j in pairs])]
    return [pair for pair in pairs if pair != (i1, j1)]


def _joined(found: list[Block]) -> list[Block]:
    whole: list[Block] = []
    for i, j, length in found:
        if whole and whole[-1][0] + whole[-1][2] == i and whole[-1][1] + whole[-1][2] == j:
            whole[-1] = (whole[-1][0], whole[-1][1], whole[-1][2] + length)
        else:
            whole.append((i, j, length))
    return whole
