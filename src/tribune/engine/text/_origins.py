"""The bracketed line before a resolution, which names the draft or the report that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["came_from"]

# Only lines in brackets, and only symbols in parentheses within them: "[on the report of … (A/79/408, para. 60)]".
_LINE = re.compile(r"^\s*[\[［](.{5,600}?)[\]］]", re.DOTALL)
_INNER = re.compile(r"[(（]([^()（）]{3,400})[)）]")
_SYMBOL = re.compile(r"\b[AESC](?:/[A-Z0-9][A-Za-z0-9.\-]*){1,5}")
_FRONT = 20


def came_from(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the symbols of the drafts or committee reports that a resolution names before it begins, in their order.

    `texts` are its paragraphs in reading order; only the first twenty are looked at. Empty where no such line stands.

    >>> came_from(["General Assembly", "[without reference to a Main Committee (A/80/L.41 and A/80/L.41/Add.1)]"])
    ('A/80/L.41', 'A/80/L.41/Add.1')
    >>> came_from(["The report [see A/80/7] is noted"])
    ()
    """
    for place, text in enumerate(texts):
        if place >= _FRONT:
            break
        line = _LINE.match(text)
        if line is None:
            continue
        found = [symbol.rstrip(".-") for inner in _INNER.findall(line[1]) for symbol in _SYMBOL.findall(inner)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()
