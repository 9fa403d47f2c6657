"""Name a theme by words that its texts have and the others have not."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ._units import Unit
from ._words import names_nothing

__all__ = ["Labeller"]

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_PARTS = 3
SEPARATOR = " · "
# Longer phrases say more than their count tells.
_LENGTHS = {1: 1.0, 2: 1.35, 3: 1.45, 4: 1.5}
_WORTH = 0.45
_LONGEST = 40
# A word that all texts have may still name a theme when there is no other.
_LEAST = 0.02

Phrase = tuple[str, ...]


class Labeller:
    """Counts phrases of all passages once, then names each theme in each language."""

    def __init__(self, units: Sequence[Unit], alike: Sequence[int], labels: npt.NDArray[np.int64]) -> None:
        self._units = units
        self._inside: dict[tuple[int, str], Counter[Phrase]] = defaultdict(Counter)
        self._overall: dict[str, Counter[Phrase]] = defaultdict(Counter)
        self._sizes: Counter[tuple[int, str]] = Counter()
        self._totals: Counter[str] = Counter()
        self._places: dict[tuple[int, str], list[int]] = defaultdict(list)
        for n, unit in enumerate(units):
            # Of passages nearly the same, the first one counts.
            if alike[n] != n:
                continue
            theme = int(labels[n])
            phrases = {phrase for phrase, _, _ in _phrases(unit)}
            self._overall[unit.language].update(phrases)
            self._totals[unit.language] += 1
            if theme >= 0:
                self._inside[theme, unit.language].update(phrases)
                self._sizes[theme, unit.language] += 1
                self._places[theme, unit.language].append(n)

    def label(self, theme: int, language: str) -> str:
        """Up to three phrases as they stand in texts of the theme, the most telling first, or "".

        A phrase counts by the share of the theme's passages that have it, times the logarithm of how much commoner
        it is there than in all passages of the language (a class-based TF-IDF, Grootendorst 2022).
        """
        size = self._sizes[theme, language]
        if not size:
            return ""
        ranked = self._ranked(theme, language, size)
        chosen: list[Phrase] = []
        used: set[str] = set()
        for score, phrase in ranked:
            keys = set(phrase)
            if chosen and score < _WORTH * ranked[0][0]:
                break
            if keys & used or any("".join(phrase) in "".join(other) or "".join(other) in "".join(phrase)
                                  for other in chosen):
                continue
            chosen.append(phrase)
            used |= keys
            if len(chosen) == _PARTS:
                break
        return SEPARATOR.join(self._surfaces(theme, language, chosen))

    def _ranked(self, theme: int, language: str, size: int) -> list[tuple[float, Phrase]]:
        inside, overall, total = self._inside[theme, language], self._overall[language], self._totals[language]
        least = 2 if size >= 3 and any(n >= 2 for n in inside.values()) else 1
        found = []
        for phrase, n in inside.items():
            if n < least:
                continue
            commoner = max(_LEAST, math.log((n / size) / (overall[phrase] / total)))
            length = len(phrase) if not _HAN.match(phrase[0]) else max(1, len(phrase) - 1)
            found.append((round(n / size * commoner * _LENGTHS[min(length, 4)], 6), phrase))
        found.sort(key=lambda one: (-one[0], -len(one[1]), one[1]))
        return found

    def _surfaces(self, theme: int, language: str, phrases: Sequence[Phrase]) -> list[str]:
        """The commonest way in which texts of the theme print each phrase."""
        printed: dict[Phrase, Counter[str]] = {phrase: Counter() for phrase in phrases}
        for n in self._places[theme, language]:
            unit = self._units[n]
            for phrase, start, end in _phrases(unit):
                if phrase in printed:
                    printed[phrase][unit.text[start:end]] += 1
        best = []
        for phrase in phrases:
            ways = printed[phrase]
            # "Buses" at the start of a sentence is "buses".
            lower = {way for way in ways if way == way.lower()}
            best.append(min(lower or ways, key=lambda way: (-ways[way], way)))
        return best


def _phrases(unit: Unit) -> Iterator[tuple[Phrase, int, int]]:
    """Phrases of one to three words (Chinese: two to four characters) with offsets into the passage."""
    words, language = unit.words, unit.language
    empty = [names_nothing(word, language) for word in words.printed]
    for first in range(len(words)):
        if empty[first]:
            continue
        han = bool(_HAN.match(words.keys[first]))
        for last in range(first, min(len(words), first + (4 if han else 3))):
            if last > first and not _joined(unit, last, han):
                break
            if empty[last] or (han and last == first) or (han and any(empty[first:last])):
                continue
            if words.ends[last] - words.starts[first] > _LONGEST:
                break
            yield words.keys[first : last + 1], words.starts[first], words.ends[last]


def _joined(unit: Unit, last: int, han: bool) -> bool:
    """Whether a word follows the one before with no more than a blank, hyphen or apostrophe between."""
    between = unit.text[unit.words.ends[last - 1] : unit.words.starts[last]]
    if han:
        return not between and bool(_HAN.match(unit.words.keys[last]))
    return between in (" ", "-", "'", "’", "\u00a0", "\u2011") and not _HAN.match(unit.words.keys[last])
