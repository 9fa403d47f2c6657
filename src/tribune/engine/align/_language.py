"""Which of the six languages a text is in, as far as choosing a word list needs it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_SCRIPTS = (("ar", re.compile("[\u0620-\u064a]")), ("ru", re.compile("[\u0400-\u04ff]")),
            ("zh", re.compile("[\u4e00-\u9fff]")), ("", re.compile("[A-Za-zÀ-ÿ]")))
_SMALL_WORDS = {
    **dict.fromkeys(("the", "of", "and", "to", "in", "for", "with", "that", "by", "on", "shall"), "en"),
    **dict.fromkeys(("le", "les", "des", "du", "et", "dans", "pour", "par", "une", "au", "aux"), "fr"),
    **dict.fromkeys(("el", "los", "las", "del", "y", "en", "para", "por", "una", "con"), "es"),
}
_ENOUGH = 20_000


def language_of(texts: Iterable[str]) -> str:
    """Give the language ("" when there are no letters) by script, and for Latin script by small words."""
    sample = " ".join(texts)[:_ENOUGH]
    counts = {language: len(script.findall(sample)) for language, script in _SCRIPTS}
    # One Han character is about a word's worth of letters.
    counts["zh"] *= 3
    if not any(counts.values()):
        return ""
    language = max(counts, key=lambda name: counts[name])
    if language:
        return language
    found = re.findall(r"\w+", sample.casefold())
    votes = Counter(_SMALL_WORDS[word] for word in found if word in _SMALL_WORDS)
    return max(("en", "fr", "es"), key=lambda name: votes[name])
