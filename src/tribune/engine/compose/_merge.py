"""Two people change the same words: join what does not touch."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

# A word with the space after it; Chinese characters stand alone.
_PIECE = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")

# A change of the base: half-open pieces of it, and what stands there now.
_Change = tuple[int, int, tuple[str, ...]]


def _changes(base: list[str], other: list[str]) -> list[_Change]:
    found = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [(i1, i2, tuple(other[j1:j2])) for kind, i1, i2, j1, j2 in found if kind != "equal"]


def _touch(one: _Change, other: _Change) -> bool:
    # Neighbours touch too: "three cities" → "four cities" beside "cities" → "towns" is one thought, not two.
    return one[0] <= other[1] and other[0] <= one[1]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Return `base` with both changes, or None where they touch the same or neighbouring words.

    Three-way merge by words (by characters in Chinese). The same change made twice counts once. Two changes that
    do not touch can still contradict each other in meaning: whoever merges shows the result.

    >>> merge("Three cities ask for schools.", "Four cities ask for schools.", "Three cities ask for open schools.")
    'Four cities ask for open schools.'
    >>> merge("Three cities ask.", "Four cities ask.", "Five cities ask.") is None
    True
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    pieces = _PIECE.findall(base)
    here, there = _changes(pieces, _PIECE.findall(mine)), _changes(pieces, _PIECE.findall(theirs))
    shared = [change for change in here if change in there]
    here, there = ([change for change in rows if change not in shared] for rows in (here, there))
    if any(_touch(one, other) for one in here for other in there + shared):
        return None
    if any(_touch(one, other) for one in there for other in shared):
        return None
    joined = list(pieces)
    for start, end, words in sorted(here + there + shared, reverse=True):
        joined[start:end] = words
    return "".join(joined)
