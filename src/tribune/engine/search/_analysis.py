"""Cut a text into words with offsets, and give each word a key that ignores case, spelling and inflection."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import snowballstemmer

from ._english import english_key
from ._function_words import FUNCTION_WORDS, is_function_word

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0640\u064b-\u065f\u0670"
_LETTER = rf"(?:[^\W_{_HAN}]|[{_MARKS}])"
# Prefixes that authors write with and without a hyphen ("sub-national", "subnational"): one word either way.
_PREFIX = "co|e|re|pre|sub|multi|inter|intra|non|cyber|micro|macro|mid|bi|tri|anti|socio|geo|infra|supra|trans"
_WORD = re.compile(
    rf"[A-Za-z]+n['’]t\b|(?:\b(?:{_PREFIX})[-\u2010\u2011]{_LETTER}+)|[{_HAN}]|{_LETTER}+", re.IGNORECASE
)
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})

_STEMMERS: dict[str, Any] = {
    "ar": snowballstemmer.stemmer("arabic"),
    "es": snowballstemmer.stemmer("spanish"),
    "fr": snowballstemmer.stemmer("french"),
    "ru": snowballstemmer.stemmer("russian"),
}

# The French stemmer merges these with words that mean something else ("gouvernement").
_APART = {"fr": frozenset(("gouvernance", "gouvernances", "universel", "universelle", "universelles"))}
# "местные органы власти" is what Russian calls local authorities, and the stemmer takes "органы" for a verb.
_ORGAN = re.compile("орган(?:ы|а|у|е|ом|ов|ам|ами|ах)?")
_CONTRACTED = {"can't": "cannot", "won't": "not", "shan't": "not"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text in order: comparison keys, words as printed (lower case), half-open offsets.

    `weights` is 0.25 for a word of grammar, else 1.0.
    """

    keys: tuple[str, ...]
    printed: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    weights: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.keys)


def _fold(word: str) -> str:
    """Lower case, compatibility forms, without accents and Arabic vowel signs."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_ARABIC_FOLD)


@lru_cache(maxsize=200_000)
def _key(word: str, language: str) -> str:
    lower = unicodedata.normalize("NFC", word.casefold()).replace("’", "'")
    if lower.endswith("n't"):
        return _CONTRACTED.get(lower, "not")
    lower = re.sub("[-\u2010\u2011]", "", lower)
    if _HAN_CHARACTER.match(lower):
        return lower
    if _ARABIC.search(lower):
        folded = _fold(lower)
        return str(_STEMMERS["ar"].stemWord(folded)) or folded
    if _CYRILLIC.search(lower):
        return _fold(_stem(lower, "ru")) or lower
    if language not in ("fr", "es"):
        return _fold(english_key(lower)) or lower
    if lower in _APART.get(language, ()):
        return _fold(lower)
    return _fold(_stem(lower, language)) or lower


def _stem(word: str, language: str) -> str:
    if language == "ru" and _ORGAN.fullmatch(word):
        return "орган"
    once = str(_STEMMERS[language].stemWord(word))
    # One pass gives "ciudades" → "ciudad" but "ciudad" → "ciud"; a second one brings them together.
    return str(_STEMMERS[language].stemWord(once)) if language == "es" else once


@lru_cache(maxsize=200_000)
def _weight(word: str, language: str) -> float:
    return 0.25 if is_function_word(word, language) else 1.0


def analyse(text: str, language: str = "") -> Words:
    """The words of `text` with comparison keys and code-point offsets into it.

    Keys ignore case, accents, inflection, British and American spelling and the hyphen after common
    prefixes; English by rules of our own, since its stemmer merges "government" with "governance", the others
    by Snowball stems. Each Han character is a word of its own. Without `language` it is guessed.

    >>> words = analyse("Municipalities organise sub-national dialogues.", "en")
    >>> words.keys == analyse("municipality organized subnational dialogue", "en").keys
    True
    >>> words.starts[1], words.ends[1]
    (15, 23)
    """
    language = language or guess_language(text)
    keys: list[str] = []
    printed: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    weights: list[float] = []
    for match in _WORD.finditer(text):
        word = match.group()
        lower = word.casefold()
        keys.append(_key(word, language))
        printed.append(lower)
        starts.append(match.start())
        ends.append(match.end())
        weights.append(_weight(lower, language))
    return Words(tuple(keys), tuple(printed), tuple(starts), tuple(ends), tuple(weights))


def located(words: Words) -> list[tuple[str, int]]:
    """What an index stores, each term with the place of its word: keys without words of grammar, Han as bigrams.

    >>> located(analyse("the right to the city", "en"))
    [('right', 1), ('city', 4)]
    """
    found: list[tuple[str, int]] = []
    last = len(words) - 1
    for i, key in enumerate(words.keys):
        if _HAN_CHARACTER.match(key):
            after = i < last and words.starts[i + 1] == words.ends[i] and _HAN_CHARACTER.match(words.keys[i + 1])
            before = i > 0 and words.ends[i - 1] == words.starts[i] and _HAN_CHARACTER.match(words.keys[i - 1])
            if after:
                found.append((key + words.keys[i + 1], i))
            elif not before:
                found.append((key, i))
        elif words.weights[i] == 1.0:
            found.append((key, i))
    return found


def terms(words: Words) -> list[str]:
    """The terms of `located` alone.

    >>> terms(analyse("地方政府", "zh"))
    ['地方', '方政', '政府']
    """
    return [term for term, _ in located(words)]


def guess_language(text: str, default: str = "en") -> str:
    """One of the six languages by script, and for Latin script by its words of grammar; else `default`.

    >>> guess_language("Les villes et les régions"), guess_language("города и регионы"), guess_language("42")
    ('fr', 'ru', 'en')
    """
    han, arabic, cyrillic = (len(p.findall(text)) for p in (_HAN_CHARACTER, _ARABIC, _CYRILLIC))
    latin = sum(c.isascii() and c.isalpha() for c in text)
    # A Han character says about as much as two or three letters.
    best = max((latin, "latin"), (arabic, "ar"), (cyrillic, "ru"), (han * 3, "zh"))
    if best[0] == 0:
        return default
    if best[1] != "latin":
        return best[1]
    lower = [w.casefold() for w in re.findall(r"[^\W\d_]+", text)]
    counts = {code: sum(w in FUNCTION_WORDS[code] for w in lower) for code in ("en", "fr", "es")}
    likely = max(counts, key=lambda code: (counts[code], code == default))
    # Symbols and names ("A/C.3/80/L.31") hold single letters that are words of grammar somewhere.
    sure = counts[likely] >= 2 and counts[likely] > counts.get(default, 0) + (len(lower) > 4)
    return likely if sure or (default not in counts and counts[likely]) else default
