"""Which languages the encoder was trained on, and how to tell a text that it cannot read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["LANGUAGES", "Doubt", "doubts", "speaks"]

# Yang and others 2020, table 1; both ways of writing Chinese.
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")

_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")
_LETTERS = re.compile(r"[^\W\d_]")
_MOST_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text whose vector says little: its position, a stable code and words for a person."""

    position: int
    code: str
    message: str


def speaks(language: str) -> bool:
    """Whether a language, as ISO 639-1 code or BCP 47 tag, is one that the encoder was trained on.

    >>> speaks("pt-BR"), speaks("zh-Hans"), speaks("el")
    (True, True, False)
    """
    return re.split("[-_]", language.strip().lower())[0] in LANGUAGES


def doubts(texts: Sequence[str], languages: Sequence[str] | None = None) -> tuple[Doubt, ...]:
    """The texts whose vectors are not to be trusted, with the reason.

    `languages` has a code or "" for each text. Without it, only a foreign script gives a text away: Swahili is
    written in Latin letters and passes.

    >>> [(doubt.position, doubt.code) for doubt in doubts(["Cities shall be consulted.", "Οι πόλεις", ""])]
    [(1, 'foreign_script'), (2, 'no_words')]
    """
    if languages is not None and len(languages) != len(texts):
        raise ValueError(f"{len(languages)} languages for {len(texts)} texts")
    found = []
    for n, text in enumerate(texts):
        language = languages[n] if languages is not None else ""
        doubt = _doubt(text, language)
        if doubt:
            found.append(Doubt(n, *doubt))
    return tuple(found)


def _doubt(text: str, language: str) -> tuple[str, str] | None:
    scripts = Counter(_script(letter) for letter in _LETTERS.findall(text)[:_MOST_LETTERS])
    if not scripts:
        return "no_words", "a text without letters"
    foreign = {script: n for script, n in scripts.items() if not script.startswith(_SCRIPTS)}
    if sum(foreign.values()) * 2 > sum(scripts.values()):
        most = min(foreign, key=lambda script: (-foreign[script], script))
        return "foreign_script", f"letters of a script that the encoder does not know: {most.lower()}"
    if language and not speaks(language):
        return "foreign_language", f"the encoder was not trained on the language {language!r}"
    return None


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0]
