"""Did the wording lose force between two versions, and by which words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from ._redline import Piece, redline
from ._weak_words import DEED, FORCE, LOOSENING, NEITHER, OPENING_BRACKETS

# Chinese has no spaces: the longest word that fits wins, and there are no word edges to ask for.
_EDGES = {"zh": ("", "")}
_ARABIC_SIGNS = re.compile("[\u064b-\u065f\u0670\u0640]")


# Start, end, number of the change; "-" and "+" of one place have the same number.
_Region = tuple[int, int, int]


class _Hit(NamedTuple):
    start: int
    end: int
    words: str


def weakening(old_text: str, new_text: str, language: str) -> tuple[str, ...]:
    """Give the changes that take force from a text, in words for people; empty when there are none.

    Three kinds, in the order of the new text: a binding word replaced by a weaker one ("shall → may",
    "ensure → promote"), loosening words put in ("“as appropriate” added"), square brackets put in
    ("brackets added"). `language` is one of ar, en, es, fr, ru, zh; of any other only brackets are judged.
    The list of words is `_weak_words.py`; it is short, reads no grammar, and looks only where the redline
    shows a change: what becomes weaker in other words is not seen.

    >>> weakening("Plans shall include cities.", "Plans may include cities, as appropriate.", "en")
    ('shall → may', '“as appropriate” added')
    """
    if old_text == new_text:
        return ()
    return tuple(_found(old_text, new_text, redline(old_text, new_text), language))


def weakening_of(old_text: str, new_text: str, pieces: tuple[Piece, ...], language: str) -> tuple[str, ...]:
    """The same, for a redline that is there already."""
    return tuple(_found(old_text, new_text, pieces, language))


def _found(old: str, new: str, pieces: tuple[Piece, ...], language: str) -> list[str]:
    found: list[tuple[int, str]] = []
    if language in FORCE:
        old_regions, new_regions = _regions(pieces, "-"), _regions(pieces, "+")
        for scale in (FORCE, DEED):
            found += _weaker(old, new, old_regions, new_regions, scale[language], language)
        weaker_words = {message.rpartition(" → ")[2].casefold() for _, message in found}
        spare = Counter(hit.words.casefold() for hit in _hits(old, LOOSENING[language], language))
        for hit in _hits(new, LOOSENING[language], language):
            name = hit.words.casefold()
            if spare[name] > 0:
                spare[name] -= 1
            elif _region_of(hit, new_regions) is not None and name not in weaker_words:
                found.append((hit.start, f"“{hit.words}” added"))
    brackets = sum(new.count(sign) - old.count(sign) for sign in OPENING_BRACKETS)
    if brackets > 0:
        found.append((len(new), "brackets added"))
    return list(dict.fromkeys(message for _, message in sorted(found)))


def _weaker(old: str, new: str, old_regions: list[_Region], new_regions: list[_Region],
            scale: dict[int, str], language: str) -> list[tuple[int, str]]:
    struck = _by_region(old, old_regions, scale, language)
    put = _by_region(new, new_regions, scale, language)
    found = []
    for region, (strength, hit) in struck.items():
        if region in put and put[region][0] < strength:
            other = put[region][1]
            found.append((other.start, f"{hit.words.lower()} → {other.words.lower()}"))
    return found


def _by_region(text: str, regions: list[_Region], scale: dict[int, str],
               language: str) -> dict[int, tuple[int, _Hit]]:
    """The strongest word of each changed stretch."""
    strongest: dict[int, tuple[int, _Hit]] = {}
    strength_of = _strengths(tuple(sorted(scale.items())))
    for hit in _hits(text, "|".join(scale.values()), language):
        region = _region_of(hit, regions)
        strength = strength_of[_folded(hit.words)]
        if region is not None and (region not in strongest or strength > strongest[region][0]):
            strongest[region] = (strength, hit)
    return strongest


def _regions(pieces: tuple[Piece, ...], sign: str) -> list[_Region]:
    """Changed stretches of one side."""
    regions: list[_Region] = []
    at = number = 0
    for kind, text in pieces:
        if kind == "=":
            number += 1
        elif kind == sign:
            regions.append((at, at + len(text), number))
        if kind in ("=", sign):
            at += len(text)
    return regions


def _region_of(hit: _Hit, regions: list[_Region]) -> int | None:
    for start, end, number in regions:
        if hit.start < end and start < hit.end:
            return number
    return None


def _hits(text: str, alternatives: str, language: str) -> list[_Hit]:
    return [_Hit(match.start("word"), match.end("word"), match.group("word"))
            for match in _pattern(alternatives, language).finditer(text) if match["word"]]


def _folded(text: str) -> str:
    return " ".join(_ARABIC_SIGNS.sub("", text).casefold().split())


@cache
def _strengths(scale: tuple[tuple[int, str], ...]) -> dict[str, int]:
    return {word: strength for strength, alternatives in scale for word in alternatives.split("|")}


@cache
def _pattern(alternatives: str, language: str) -> re.Pattern[str]:
    longest_first = sorted(set(alternatives.split("|")), key=lambda word: (-len(word), word))
    before, after = _EDGES.get(language, (r"(?<!\w)", r"(?!\w)"))
    # Arabic vowel signs are optional: "علما" and "علماً" are one word.
    signs = "[\u064b-\u065f\u0670\u0640]*" if language == "ar" else ""
    # "and" and "then" are written onto the next Arabic word.
    prefix = "(?:[وف])?" if language == "ar" else ""
    inner = "|".join(r"\s+".join("".join(re.escape(c) + signs for c in part) if signs else re.escape(part)
                                 for part in word.split())
                     for word in longest_first)
    return re.compile(f"{NEITHER[language]}|{before}{prefix}(?P<word>{inner}){after}", re.IGNORECASE)
