"""Did the wording lose force between two versions, and by which words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from ._redline import Piece, redline
from ._weak_words import DEED, FORCE, LOOSENING, NEITHER, OPENING_BRACKETS

# Longer than any listed phrase.
_MARGIN = 64
_WORD = re.compile(r"\w+")
_SIGNS = "[\u064b-\u065f\u0670\u0640]*"
_ARABIC_SIGNS = re.compile(_SIGNS)


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
    regions = [region for region in _regions(pieces, sign) if _may_hold(text[region[0]:region[1]], language)]
    pattern = _pattern(language)
    hits: list[_Hit] = []
    read_to = 0
    for start, end, change in regions:
        # A phrase may begin before the change and end after it ("[is required →] may wish to").
        opening = max(read_to, start - _MARGIN)
        for match in pattern.finditer(text, opening, min(len(text), end + _MARGIN)):
            if not match["word"] or match.end() <= start:
                continue
            if match.start("word") >= end:
                break
            hits.append(_Hit(match.start("word"), match.end("word"), match["word"], change))
            read_to = match.end()
    return hits


def _may_hold(change: str, language: str) -> bool:
    """Quick and never wrongly no, as far as a phrase is not changed in its smallest words alone."""
    return language in ("ar", "zh") or not _marking(language).isdisjoint(_WORD.findall(change.casefold()))


@cache
def _marking(language: str) -> frozenset[str]:
    """The words of the lists, without the small words of longer phrases ("to", "as")."""
    phrases = [_WORD.findall(word) for word in _all_listed(language)]
    return frozenset(word for phrase in phrases for word in phrase if len(phrase) == 1 or len(word) > 3)


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
    """A found word as the list spells it."""
    text = " ".join(_ARABIC_SIGNS.sub("", text).casefold().replace("'", "’").split())
    return f"{text[:-1]}e" if text.endswith(" d’") else text


def _strengths(scale: dict[int, str]) -> dict[str, int]:
    return {word: strength for strength, listed in scale.items() for word in _listed(listed)}


@cache
def _listed(alternatives: str) -> frozenset[str]:
    return frozenset(alternatives.replace("'", "’").split("|"))


def _all_listed(language: str) -> frozenset[str]:
    lists = [*FORCE[language].values(), *DEED[language].values(), LOOSENING[language]]
    return frozenset(word for listed in lists for word in _listed(listed))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """All listed words of a language, the longest first; Chinese has no spaces, so no word edges are asked for."""
    longest_first = sorted(_all_listed(language), key=lambda word: (-len(word), word))
    inner = "|".join(_spelt(word, language) for word in longest_first)
    # Arabic writes "and" and "then" onto the next word.
    before = {"zh": "", "ar": r"(?<!\w)[وف]?"}.get(language, r"(?<!\w)")
    return re.compile(f"{NEITHER[language]}|{before}(?P<word>{inner})", re.IGNORECASE)


def _spelt(word: str, language: str) -> str:
    """The pattern of a listed word: any spaces, both apostrophes, French elision, Arabic vowel signs or none."""
    after = "" if language == "zh" else r"(?!\w)"
    parts = [re.escape(part).replace("’", "['’]") for part in word.split()]
    if language == "fr" and parts[-1] == "de" and len(parts) > 1:
        parts[-1], after = r"d(?:e(?!\w)|['’])", ""
    if language == "ar":
        parts = ["".join(letter + _SIGNS for letter in part) for part in word.split()]
    return r"\s+".join(parts) + after
