"""What came and went between two lists of keys, by longest common subsequence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel


class Step(NamedTuple):
    """Keys `old[i:j]` became `new[k:m]`; both are the same when `equal`."""

    equal: bool
    i: int
    j: int
    k: int
    m: int


def steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """The way from `old` to `new`, in order."""
    found: list[Step] = []
    for o in Indel.opcodes(old, new):
        step = Step(o.tag == "equal", o.src_start, o.src_end, o.dest_start, o.dest_end)
        if found and not step.equal and not found[-1].equal:
            # One hunk, whichever of striking and inserting the library names first.
            step = Step(False, found[-1].i, step.j, found[-1].k, step.m)
            found.pop()
        found.append(step)
    return found


def diff(old: Sequence[str], new: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """Which keys of `old` are gone and which of `new` have come.

    >>> diff(["a", "b", "c"], ["a", "x", "c"])
    ([False, True, False], [False, True, False])
    """
    struck, inserted = [False] * len(old), [False] * len(new)
    for step in steps(old, new):
        if not step.equal:
            struck[step.i : step.j] = [True] * (step.j - step.i)
            inserted[step.k : step.m] = [True] * (step.m - step.k)
    return struck, inserted


def signature(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The change as one list of keys: struck ones after a hyphen, inserted ones plain.

    >>> signature(["a", "may", "b"], ["a", "shall", "b"])
    ['-may', 'shall']
    """
    found: list[str] = []
    for step in steps(old, new):
        if not step.equal:
            found += [f"-{key}" for key in old[step.i : step.j]]
            found += new[step.k : step.m]
    return found
