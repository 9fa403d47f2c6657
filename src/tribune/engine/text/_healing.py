"""Words cut at the end of a line: the text itself says whether their hyphen is part of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ._pdf_page import BREAK

__all__ = ["Healer"]

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CUT = re.compile(rf"([\w’']*)\s?{BREAK}\s*([\w’']*)")
_LOOSE = re.compile(r"([^\W\d_]+) ?- ?([^\W\d_]+)")
# First halves that keep their hyphen in UN spelling.
_PREFIXES = frozenset(
    """
    multi non anti co self high low well long short cross inter post pre sub counter semi all ex full half
    follow decision policy so mid extra intra micro macro
    """.split()  # noqa: SIM905 - one word a line would hide the rest
)


class Healer:
    """Knows the words of a text, and joins what was cut with or without a hyphen."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        cuts: list[tuple[str, str]] = []
        for text in texts:
            if BREAK in text:
                cuts += [(hit[1].lower(), hit[2].lower()) for hit in _CUT.finditer(text)]
                text = _CUT.sub(" ", text)
            self._words.update(_WORD.findall(text.lower()))
        kept = sum(f"{a}-{b}" in self._words for a, b in cuts)
        dropped = sum(a + b in self._words and f"{a}-{b}" not in self._words for a, b in cuts)
        # Typesetting without automatic hyphenation cuts only at hyphens that are there anyway.
        self._keeps_by_default = dropped == 0 or kept > 3 * dropped
        self._parts = {part for word in self._words for part in word.split("-")}

    def heal(self, text: str) -> str:
        """Return the text with cut words whole, and "twenty -first" as "twenty-first"."""
        if BREAK in text:
            text = _CUT.sub(lambda hit: hit[1] + self._between(hit[1], hit[2]) + hit[2], text)
        return _LOOSE.sub(self._tighten, text) if " -" in text or "- " in text else text

    def _between(self, a: str, b: str) -> str:
        low, high = a.lower(), b.lower()
        if not low or not high or not low.isalpha() or not high.isalpha() or b[0].isupper():
            return "-"
        whole, hyphened = self._words[low + high], self._words[f"{low}-{high}"]
        if whole or hyphened:
            return "" if whole > hyphened else "-"
        if low in _PREFIXES or (self._keeps_by_default and low in self._parts):
            return "-"
        if self._keeps_by_default and not dropped_vowel(low):
            return "-"
        return "-" if low in self._parts and high in self._parts and len(low) > 2 and len(high) > 2 else ""

    def _tighten(self, hit: re.Match[str]) -> str:
        if hit[0].count(" ") != 1:
            return hit[0]
        if " -" in hit[0] and hit[1].lower() not in _AND:  # "middle -income" is kerning; "and -driven" is meant
            return f"{hit[1]}-{hit[2]}"
        whole = f"{hit[1]}-{hit[2]}".lower()
        return f"{hit[1]}-{hit[2]}" if self._words[whole] or whole.split("-")[0] in _PREFIXES | _TENS else hit[0]


_AND = frozenset(["and", "or", "to", "nor", "but", "et", "ou", "y", "o", "e", "и", "или"])
_TENS = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])


def dropped_vowel(word: str) -> bool:
    """Whether a first half cannot be a word of its own, for want of a vowel."""
    return not re.search("[aeiouyàâäéèêëîïôöùûüáíóúаеёиоуыэюя]", word)
