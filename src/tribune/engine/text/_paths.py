"""Ids and numbers of paragraphs: what "12(c)(ii)" is as an id, and how an id is said."""

from __future__ import annotations

import re

from ._labels import parse_label

__all__ = ["bare", "local_number", "local_path", "said", "scope_of"]

_SCOPE = re.compile(r"(?:(?:annex|art|opt|res-)[^.]*\.)+")
_TWICE = re.compile(r"~\d+$")
_BIS = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies"
_NUMBER = re.compile(rf"(\d{{1,4}}(?:\.\d{{1,3}})*)?\s*({_BIS})?((?:\s*\(\s*[^\s()]{{1,8}}\s*\))*)\.?")
_INNER = re.compile(r"\(\s*([^\s()]{1,8})\s*\)")


def scope_of(path: str) -> str:
    """Return the part with numbers of its own that an id stands in, with its dot; "" in the main text.

    >>> scope_of("annex1.art4.8.a"), scope_of("12.c")
    ('annex1.art4.', '')
    """
    hit = _SCOPE.match(path)
    return hit[0] if hit else ""


def bare(path: str) -> str:
    """Return an id without its part and without the mark of a repetition.

    >>> bare("annex1.4.a~2")
    '4.a'
    """
    return _TWICE.sub("", path[len(scope_of(path)) :])


def local_path(number: str) -> tuple[str, str] | None:
    """Return id and printed mark of a number as people say it within its part; None where it is no number.

    >>> local_path("12(c)(ii)"), local_path("9 bis"), local_path("(d)"), local_path("thirty")
    (('12.c.ii', '(ii)'), ('9bis', '9bis.'), ('d', '(d)'), None)
    """
    hit = _NUMBER.fullmatch(number.strip())
    if not hit or not (hit[1] or hit[3]) or (hit[2] and not hit[1]):
        return None
    parts = []
    if hit[1]:
        if any(piece[0] == "0" for piece in hit[1].split(".")):
            return None
        parts.append(f"{hit[1]}{hit[2] or ''}")
    inner = _INNER.findall(hit[3] or "")
    for mark in inner:
        label = parse_label(f"({mark}) x")
        if label is None or not label.readings:
            return None
        parts.append(label.readings[-1].spelt if len(mark) > 1 else label.readings[0].spelt)
    return ".".join(parts), f"({inner[-1]})" if inner else f"{parts[0]}."


def said(path: str) -> str:
    """Return how an id within its part is said.

    >>> said("12.c.ii"), said("3.2"), said("c")
    ('12(c)(ii)', '3.2', '(c)')
    """
    out = ""
    for part in path.split("."):
        digits = part[:1].isdigit()
        out += (f".{part}" if out else part) if digits else f"({part})"
    return out


def local_number(path: str) -> str:
    """Return the number of an id as people say it within its part.

    >>> local_number("annex1.4.a~2")
    '4(a)'
    """
    return said(bare(path))
