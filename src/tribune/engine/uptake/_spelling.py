"""Words that differ only by a letter or two left out: "biennialization", "biennalization"."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

# From this length on one letter may be missing, from the second on two.
_ONE, _TWO = 8, 12


def variant(one: str, other: str) -> bool:
    """Whether one key is the other with a letter or two left out, not at its beginning.

    Exchanged letters do not count: "proscribe" is not "prescribe".

    >>> variant("biennialization", "biennalization"), variant("proscribe", "prescribe"), variant("nation", "naton")
    (True, False, False)
    """
    short, long = sorted((one, other), key=len)
    apart = len(long) - len(short)
    if one == other or len(short) < _ONE or one[:3] != other[:3] or not one.isalpha() or not other.isalpha():
        return False
    return 0 < apart <= (2 if len(short) >= _TWO else 1) and Indel.distance(one, other) == apart


def respell(asked: Sequence[str], text: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The asked keys spelled as the text spells them, and the pairs that differ.

    >>> respell(["considering", "biennialization"], ["consider", "biennalization"])
    (('considering', 'biennalization'), (('biennialization', 'biennalization'),))
    """
    here = set(text)
    long = sorted(key for key in here if len(key) >= _ONE)
    found: list[str] = []
    pairs: list[tuple[str, str]] = []
    for key in asked:
        if len(key) >= _ONE and key not in here:
            other = next((k for k in long if variant(key, k)), None)
            if other is not None:
                pairs.append((key, other))
                key = other
        found.append(key)
    return tuple(found), tuple(dict.fromkeys(pairs))
