"""Cut a text into words that join back to it, and say when two words are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Combining marks are not \w for Python, but an Arabic word with vowel signs is one word all the same.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed"
_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"(?:[^\W_{_HAN}]|[{_MARKS}])"
_TOKEN = re.compile(
    rf"(?:[{_HAN}][{_MARKS}]*"
    rf"|{_LETTER}+(?:[-'’\u2010\u2011\u00ad]{_LETTER}+|(?<=\d)[.,](?=\d){_LETTER}+)*"
    r"|\S)\s*"
)

# Files of the same text differ in these without anybody having changed a word.
_SAME_GLYPH = str.maketrans({
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0640", ""),
})


def words(text: str) -> tuple[str, ...]:
    """Give the words of a text, each with the white space after it; joined they are the text exactly.

    A word keeps its inner hyphens and apostrophes, a number its inner points and commas. Every other
    punctuation mark is a word of its own, so that a comma can be added without touching its neighbour. Han
    and kana are cut by character, for Chinese puts no spaces between words. White space at the very start
    is a word of its own.

    >>> words("Local authorities, as well.")
    ('Local ', 'authorities', ', ', 'as ', 'well', '.')
    >>> words("地方政府")
    ('地', '方', '政', '府')
    """
    lead = len(text) - len(text.lstrip())
    tokens = _TOKEN.findall(text, lead)
    return (text[:lead], *tokens) if lead else tuple(tokens)


def plain(text: str) -> str:
    """Give the text as it counts for "same wording": NFC, one kind of quote and dash, single spaces.

    >>> plain("the  “digital\\u00a0divide” – non‑use")
    'the "digital divide" - non-use'
    """
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME_GLYPH).split())


def letters(tokens: Sequence[str]) -> int:
    """Count the characters of tokens without white space; a Han character weighs as much as three letters."""
    return sum(3 if "\u3040" <= token[:1] <= "\u9fff" else len(token.strip()) for token in tokens)


def is_word(token: str) -> bool:
    """Say whether a token is a word or number rather than a mark or a space."""
    return token[:1].isalnum()
