"""English words without inflection and regional spelling, and no more than that.

Snowball's English stemmer also takes away derivation: it gives "government", "governance" and "govern" one
stem, "international" and "internal" another. Asks turn on just such differences.
"""

from __future__ import annotations

import re

_SPELLING = (
    (re.compile(r"is(e|ed|es|ing|ation|ations|ational|er|ers)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|ing)$"), r"yz\1"),
    (re.compile(r"(?<=.{3})our(s|ed|ing|ite|able|al)?$"), r"or\1"),
    (re.compile(r"(cent|met|theat|fib|lit)re(s?)$"), r"\1er\2"),
    (re.compile(r"^programm?e?(s?)$"), r"program\1"),
    (re.compile(r"(fulfi|enro)ll?(s|ment)?$"), r"\1l\2"),
    (re.compile(r"judgement"), "judgment"),
    (re.compile(r"(licen|defen|offen)ce(s?)$"), r"\1se\2"),
    (re.compile(r"(?<=.{3})ll(ed|ing)$"), r"l\1"),
)
# Words that carry force stay as printed, and short words in -s, -ed and -ing that are not inflected.
_MODALS = ("may", "might", "can", "could", "shall", "should", "must", "will", "would")
_NOT_INFLECTED = ("during", "thing", "being", "news", "always", "perhaps", "need", "speed", "indeed", "exceed")
_AS_PRINTED = frozenset(
    (*_MODALS, "not", "no", "nor", "never", "without", "none", "cannot", "this", "is", "was", "has", "us", "its")
) | frozenset(_NOT_INFLECTED)
_IRREGULAR = {
    "children": "child",
    "men": "man",
    "women": "woman",
    "criteria": "criterion",
    "bases": "basis",
    "analyses": "analysis",
    "crises": "crisis",
    "taken": "take",
    "took": "take",
    "given": "give",
    "gave": "give",
    "made": "make",
    "built": "build",
    "held": "hold",
    "kept": "keep",
    "met": "meet",
    "led": "lead",
    "set": "set",
}
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = re.compile(r"([bdfgmnprt])\1$")


def english_key(word: str) -> str:
    """A lower-case English word without plural, tense and regional spelling.

    >>> [english_key(w) for w in ("cities", "organised", "planning", "programmes", "shall")]
    ['city', 'organiz', 'plan', 'program', 'shall']
    >>> english_key("governments") == english_key("governance")
    False
    """
    if word in _AS_PRINTED or len(word) < 3:
        return word
    word = _IRREGULAR.get(word, word)
    for pattern, replacement in _SPELLING:
        word = pattern.sub(replacement, word)
    word = _without_plural(word)
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and _VOWEL.search(base):
            word = _DOUBLE.sub(r"\1", base)
            break
    if word.endswith("i"):  # "applied" has lost its ending by now
        word = word[:-1] + "y"
    # "use", "used", "using" and "agree", "agreed" meet without their final e.
    return word.rstrip("e") if len(word) > 3 else word


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
