"""Proposals that ask the same: same place, same act, same words but for case, marks and spaces.

Pure. Measured on proposals of interest groups to one law in `benchmarks/twins.py`; nothing is joined by it, people
are shown what could be.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

_NOT_WORDS = re.compile(r"[\W_]+")
# "(1)", "2.", "(a)" and the like at the beginning: numbers are the host's, not part of what is asked.
_NUMBER = re.compile(r"^\s*(?:\(?\s*(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5})\s*[).]\s*)+", re.IGNORECASE)


def plain(words: str) -> str:
    """Return words without case, marks, numbering and spaces: equal where a person would read the same.

    >>> plain("(1) 'Data subject'  means a person;") == plain("data subject means a person")
    True
    """
    folded = unicodedata.normalize("NFKC", words).casefold()
    return _NOT_WORDS.sub("", _NUMBER.sub("", folded)) or _NOT_WORDS.sub("", folded)


def same_ask(place: str, act: str, wording: str) -> tuple[str, str, str]:
    """Return a key that is equal for proposals that ask the same."""
    # Add and Change differ by what the writer called it; the wording says what is asked.
    kind = "AMEND" if act in ("ADD", "CHANGE") else act
    return (place, kind, plain(wording))


def twins(rows: Iterable[tuple[str, str, str, str]]) -> list[list[str]]:
    """Return groups of two and more ids that ask the same; rows are (id, place, act, wording).

    Comments, and amendments without words, are nobody's twin.

    >>> twins([("a", "4", "CHANGE", "Towns act."), ("b", "4", "ADD", "towns act"), ("c", "5", "ADD", "towns act")])
    [['a', 'b']]
    """
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for key, place, act, wording in rows:
        if act == "COMMENT" or (act in ("ADD", "CHANGE") and not plain(wording)):
            continue
        groups[same_ask(place, act, wording)].append(key)
    return [group for group in groups.values() if len(group) > 1]
