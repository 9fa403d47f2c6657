"""Cut contributions into passages of one thought, and see which are nearly the same."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tribune.engine.search import Words, analyse, guess_language, terms
from tribune.engine.text import language_of, sentences

from ._types import Contribution

__all__ = ["Unit", "units_of", "which_are_alike"]

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# A Chinese character says about as much as three letters.
_HAN_LETTERS = 3
# Up to this many letters a contribution is one thought, whatever its full stops say.
_WHOLE = 200
_SHORT, _LONG = 40, 600
_CLAUSE = re.compile(r"[;:,；：，、؛،][\"”’»)\]]*\s*|\s[-–—]\s")
_BANDS, _ROWS = 6, 3
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage: its contribution, half-open span, words, language, and the terms it is compared by."""

    contribution: str
    start: int
    end: int
    text: str
    language: str
    words: Words
    terms: tuple[str, ...]


def units_of(contribution: Contribution) -> tuple[Unit, ...]:
    """The passages of a contribution in order: itself if it is short, else its sentences; none without words."""
    text = contribution.text
    language = contribution.language or language_of(text) or guess_language(text)
    found = []
    for start, end in _spans(text, language):
        words = analyse(text[start:end], language)
        if len(words):
            found.append(Unit(contribution.id, start, end, text[start:end], language, words, tuple(terms(words))))
    return tuple(found)


def _size(text: str) -> int:
    return len(text) + (_HAN_LETTERS - 1) * len(_HAN.findall(text))


def _spans(text: str, language: str) -> list[tuple[int, int]]:
    inner = text.strip()
    if not inner:
        return []
    start = text.index(inner[0])
    if _size(inner) <= _WHOLE:
        return [(start, start + len(inner))]
    pieces = [piece for span in sentences(text, language) for piece in _cut(text, *span)]
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and min(_size(text[start:end]), _size(text[slice(*joined[-1])])) < _SHORT \
                and _size(text[joined[-1][0] : end]) < _LONG and "\n\n" not in text[joined[-1][1] : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence that is too long, cut at the mark nearest to its middle."""
    if _size(text[start:end]) <= _LONG:
        return [(start, end)]
    middle = (start + end) // 2
    marks = [m.end() for m in _CLAUSE.finditer(text, start + 1, end - 1)] or [
        m.end() for m in re.compile(r"\s+").finditer(text, start + 1, end - 1)]
    marks = [mark for mark in marks if start < mark < end]
    at = min(marks, key=lambda mark: (abs(mark - middle), mark)) if marks else middle
    left, right = text[start:at], text[at:end]
    return [*_cut(text, start, start + len(left.rstrip()) or at),
            *_cut(text, end - len(right.lstrip()), end)] if left.strip() and right.strip() else [(start, end)]


def which_are_alike(units: Sequence[Unit]) -> list[int]:
    """For each unit, the first one with nearly the same words: form letters are one voice of the shape.

    Words are sets of comparison keys; nearly the same is a Jaccard index of 0.8, candidates come from
    min-hashing (Broder 1997) in six bands of three. Chains join.
    """
    sets = [frozenset(unit.terms) or frozenset(unit.words.keys) for unit in units]
    parent = list(range(len(units)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    buckets: dict[tuple[object, ...], list[int]] = defaultdict(list)
    hashed: dict[str, list[int]] = {}
    for n, keys in enumerate(sets):
        for key in keys:
            if key not in hashed:
                raw = key.encode("utf-8", "surrogatepass")
                hashed[key] = [zlib.crc32(raw, seed * 2_654_435_761 & 0xFFFFFFFF) for seed in range(_BANDS * _ROWS)]
        lists = [hashed[key] for key in keys]
        least = [min(column) for column in zip(*lists, strict=True)]
        for band in range(_BANDS):
            buckets[band, *least[band * _ROWS : (band + 1) * _ROWS]].append(n)
    for bucket in buckets.values():
        first = bucket[0]
        for n in bucket[1:]:
            if root(n) == root(first) or len(sets[n] & sets[first]) >= _ALIKE * len(sets[n] | sets[first]):
                low, high = sorted((root(n), root(first)))
                parent[high] = low
    return [root(n) for n in range(len(units))]
