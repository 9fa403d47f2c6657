"""What a page carries besides its text: running heads, page and job numbers, barcodes; and footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import accumulate

from ._pdf_page import MARK_END, MARK_START, Line

__all__ = ["body_size", "without_furniture"]

Sizes = dict[int, tuple[float, float]]

_JOB = r"(?:GE\.)?\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6})?"
_PAGE = r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of|de|из)\s*\d{1,4})?"
_SYMBOL = r"[A-Z]{1,8}(?:/[A-Z0-9][\w.()-]*){1,7}"
_NEVER_TEXT = re.compile(
    rf"^\W*(?:{_JOB}|{_PAGE}|{_PAGE}\s+{_JOB}|{_JOB}\s+{_PAGE}|\*\d{{6,8}}\*|{_SYMBOL}|\([A-Z]\))\W*$", re.IGNORECASE
)
_BARE_JOB = re.compile(rf"^\s*(?:{_JOB}\s*|\*\d{{6,8}}\*)\s*$")
_RULE = re.compile(r"^[_\s]{5,}$")
_NOTE_START = re.compile(rf"^\s*(?:{MARK_START}\s*(?:\d{{1,3}}|\*{{1,3}})\s*{MARK_END}|\*{{1,3}}\s*\S)")
_PLAIN_NOTE_START = re.compile(r"^\s*\d{1,3}\s+\S")


def body_size(lines: list[Line]) -> float:
    """The size most characters are printed in."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


def without_furniture(lines: list[Line], sizes: Sizes) -> tuple[list[Line], list[Line]]:
    """Return the lines of the text and the lines of its footnotes, both in reading order."""
    size = body_size(lines)
    lines = [line for line in lines if not line.barcode and not _BARE_JOB.match(line.text)]
    lines = _without_running(lines, sizes, size)
    by_page = _by_page(lines)
    body: list[Line] = []
    notes: list[Line] = []
    for page in sorted(by_page):
        text, small = _split_notes(_masthead_first(_without_number(by_page[page])), size)
        body += text
        notes += small
    return body, notes


def _by_page(lines: list[Line]) -> dict[int, list[Line]]:
    out: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        out[line.page].append(line)
    return out


def _without_number(lines: list[Line]) -> list[Line]:
    """Drop a bare page number that is the lowest or highest line, wherever the margins are."""
    for edge in (min(lines, key=lambda line: line.y), max(lines, key=lambda line: line.y)):
        if len(lines) > 1 and re.fullmatch(r"\W*\d{1,4}\W*", edge.text) and str(edge.page) in edge.text:
            lines = [line for line in lines if line is not edge]
    return lines


def _masthead_first(lines: list[Line]) -> list[Line]:
    """Some programs write the masthead after the text; it is moved to where a reader sees it."""
    lowest_after = list(accumulate((line.y for line in reversed(lines)), min))[::-1]
    highest_before = list(accumulate((line.y for line in lines), max))
    for start in range(len(lines) - 1, 0, -1):
        if lowest_after[start] > highest_before[start - 1]:
            return [*lines[start:], *lines[:start]]
    return lines


def _without_running(lines: list[Line], sizes: Sizes, size: float) -> list[Line]:
    pages = len({line.page for line in lines})
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for line in lines:
        if zone := _zone(line, sizes):
            seen[zone, _key(line.text)].add(line.page)
    kept = []
    for line in lines:
        zone = _zone(line, sizes)
        if zone:
            often = len(seen[zone, _key(line.text)])
            if often >= 3 and often >= 0.2 * pages:
                continue
            if _NEVER_TEXT.match(line.text) and (zone == "foot" or line.page > 1):
                continue
            # The running head of a text of two or three pages repeats too seldom to be counted.
            if zone == "head" and line.page > 1 and line.size < 0.92 * size and line.bold:
                continue
        kept.append(line)
    return kept


def _zone(line: Line, sizes: Sizes) -> str:
    height = sizes[line.page][1]
    if line.y > 0.9 * height:
        return "head"
    return "foot" if line.y < 0.08 * height else ""


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text)).strip().lower()


def _split_notes(lines: list[Line], size: float) -> tuple[list[Line], list[Line]]:
    rules = [line for line in lines if _RULE.match(line.text)]
    lines = [line for line in lines if not _RULE.match(line.text)]
    if rules:
        # A rule in mid-page ends a text; one with small print below it opens the notes.
        for rule in sorted(rules, key=lambda line: -line.y):
            below = [line for line in lines if line.y < rule.y]
            if below and all(line.size <= 0.97 * size for line in below):
                return [line for line in lines if line.y >= rule.y], below
    ordered = sorted(lines, key=lambda line: -line.y)
    small: list[Line] = []
    while ordered and ordered[-1].size <= 0.93 * size:
        small.insert(0, ordered.pop())
    for index, line in enumerate(small):
        if _NOTE_START.match(line.text) or (index == 0 and _PLAIN_NOTE_START.match(line.text) and ordered):
            chosen = {id(item) for item in small[index:]}
            return [item for item in lines if id(item) not in chosen], [item for item in lines if id(item) in chosen]
    return lines, []
