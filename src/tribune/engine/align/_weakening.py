"""Did the wording lose force between two versions, and by which words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from ._redline import Piece, redline
from ._weak_words import DEED, FORCE, LOOSENING, NEITHER, OPENING_BRACKETS

# Longer than any listed phrase.
_MARGIN = 60
_ARABIC_SIGNS = re.compile("[\u064b-\u065f\u0670\u0640]")


# Start, end, number of the change; "-" and "+" of one place have the same number.
_Region = tuple[int, int, int]


class _Hit(NamedTuple):
    start: int
    end: int
    words: str
    change: int


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
        struck, put = _hits(old, pieces, "-", language), _hits(new, pieces, "+", language)
        for scale in (_strengths(FORCE[language]), _strengths(DEED[language])):
            found += _weaker(_strongest(struck, scale), _strongest(put, scale))
        said = {message.rpartition(" → ")[2] for _, message in found}
        loosening = _listed(LOOSENING[language])
        # Words that only changed their place within the paragraph took nothing back.
        spare = Counter(_folded(hit.words) for hit in struck)
        for hit in put:
            name = _folded(hit.words)
            if name not in loosening or hit.words.lower() in said:
                continue
            if spare[name] > 0:
                spare[name] -= 1
            else:
                found.append((hit.start, f"“{hit.words}” added"))
    brackets = sum(new.count(sign) - old.count(sign) for sign in OPENING_BRACKETS)
    if brackets > 0:
        found.append((len(new), "brackets added"))
    return list(dict.fromkeys(message for _, message in sorted(found)))


def _weaker(struck: dict[int, tuple[int, _Hit]], put: dict[int, tuple[int, _Hit]]) -> list[tuple[int, str]]:
    found = []
    for change, (strength, hit) in struck.items():
        if change in put and put[change][0] < strength:
            other = put[change][1]
            found.append((other.start, f"{hit.words.lower()} → {other.words.lower()}"))
    return found


def _strongest(hits: list[_Hit], scale: dict[str, int]) -> dict[int, tuple[int, _Hit]]:
    """The strongest word of each change."""
    strongest: dict[int, tuple[int, _Hit]] = {}
    for hit in hits:
        strength = scale.get(_folded(hit.words), 0)
        if strength > strongest.get(hit.change, (0, hit))[0]:
            strongest[hit.change] = (strength, hit)
    return strongest


def _hits(text: str, pieces: tuple[Piece, ...], sign: str, language: str) -> list[_Hit]:
    """The listed words that lie, wholly or in part, in a change of one side."""
    pattern = _pattern(language)
    regions = _regions(pieces, sign)
    hits: list[_Hit] = []
    read_to = 0
    for start, end, change in regions:
        # A phrase may begin before the change and end after it ("[is required →] may wish to").
        opening = max(read_to, text.rfind(" ", 0, max(0, start - _MARGIN)) + 1)
        for match in pattern.finditer(text, opening, min(len(text), end + _MARGIN)):
            if not match["word"] or match.end() <= start:
                continue
            if match.start("word") >= end:
                break
            hits.append(_Hit(match.start("word"), match.end("word"), match["word"], change))
            read_to = match.end()
    return hits


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


def _folded(text: str) -> str:
    return " ".join(_ARABIC_SIGNS.sub("", text).casefold().split())


def _strengths(scale: dict[int, str]) -> dict[str, int]:
    return {word: strength for strength, listed in scale.items() for word in _listed(listed)}


@cache
def _listed(alternatives: str) -> frozenset[str]:
    return frozenset(alternatives.split("|"))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """All listed words of a language; Chinese has no spaces, so there are no word edges to ask for."""
    lists = [*FORCE[language].values(), *DEED[language].values(), LOOSENING[language]]
    longest_first = sorted({word for listed in lists for word in _listed(listed)}, key=lambda word: (-len(word), word))
    before, after = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    # Arabic vowel signs are optional: "علما" and "علماً" are one word. "And" and "then" are written onto the next.
    signs = "[\u064b-\u065f\u0670\u0640]*" if language == "ar" else ""
    prefix = "(?:[وف])?" if language == "ar" else ""
    inner = "|".join(r"\s+".join("".join(re.escape(c) + signs for c in part) for part in word.split())
                     for word in longest_first)
    return re.compile(f"{NEITHER[language]}|{before}{prefix}(?P<word>{inner}){after}", re.IGNORECASE)
