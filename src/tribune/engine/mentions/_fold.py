"""Folding: one spelling for what readers see as one, with the way back to the text."""

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Folded", "fold"]

# Invisible in print: tatweel, Arabic vowel signs, soft hyphen, direction and zero-width marks.
_INVISIBLE = re.compile("[\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# Chinese lines are broken anywhere; a blank between two Han characters is the printer's.
_HAN_BLANK = re.compile("(?<=[\u4e00-\u9fff])\\s+(?=[\u4e00-\u9fff])")


def _one_to_one() -> dict[int, str]:
    """Every table entry maps one code point to exactly one, so offsets stay."""
    table: dict[int, str] = {}
    # Only the scripts of the six languages: Latin with accents, Cyrillic, full-width forms.
    for block in (range(0x41, 0x180), range(0x400, 0x460), range(0x1E00, 0x1F00), range(0xFF01, 0xFF5F)):
        for code in block:
            bare = unicodedata.normalize("NFKD", chr(code).lower())[:1]
            # Russian и and й are two letters; everywhere else the accent is optional in capitals.
            if chr(code) in "йЙ":
                bare = "й"
            if bare and bare != chr(code) and bare.isprintable() and bare != " ":
                table[code] = bare
    table.update({ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2212"})
    table.update({ord(c): "'" for c in "\u2018\u2019\u02bc\u00b4"})
    table.update({ord(c): '"' for c in "\u201c\u201d\u00ab\u00bb"})
    table.update({ord(c): "ا" for c in "أإآٱ"})
    table.update({ord("ى"): "ي", ord("ة"): "ه", ord("ی"): "ي", ord("ک"): "ك"})
    return table


_TABLE = _one_to_one()
_PLAIN = {chr(code): plain for code, plain in _TABLE.items()}
_FOLDED = frozenset(_PLAIN)


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; `origin[i]` is the offset of its i-th character in the text it came from."""

    text: str
    origin: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open span of the unfolded text that the folded span [start, end) stands for."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Give `text` in lower case, without accents and invisible marks, with its way back.

    >>> fold("Collectivités\\u00adlocales").text
    'collectiviteslocales'
    """
    if text.isascii():
        return Folded(text.lower(), None)
    flat = text.lower()
    if len(flat) == len(text):
        # A handful of letters, each replaced at once, is several times faster than a table for every one.
        for letter in sorted(_FOLDED.intersection(flat)):
            flat = flat.replace(letter, _PLAIN[letter])
    else:
        flat = text.translate(_TABLE)
    drop = [m.span() for m in _INVISIBLE.finditer(flat)]
    drop += [m.span() for m in _HAN_BLANK.finditer(flat)]
    if not drop:
        return Folded(flat, None)
    gone = {i for start, end in drop for i in range(start, end)}
    kept = [i for i in range(len(flat)) if i not in gone]
    return Folded("".join([flat[i] for i in kept]), kept)
