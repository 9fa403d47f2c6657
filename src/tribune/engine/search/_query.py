"""What somebody typed into a search field, as parts that can be looked up in six languages at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tribune.engine.types import LANGUAGES

from ._analysis import analyse, guess_language, located
from ._function_words import is_function_word

# A field is no place for a book; what is longer is cut.
LONGEST = 400
MOST_PARTS = 24
_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:["“„«「](?P<phrase>[^"”“»」]*)["”“»」]?|(?P<word>[^\s"“”„«»「」]+))')

Located = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One word or phrase: as typed, whether it must be missing, and its terms with offsets in each language.

    A language in which the part is grammar only ("la" in Spanish) has no terms; there it asks for nothing.
    """

    typed: str
    is_phrase: bool
    is_unwanted: bool
    terms: Mapping[str, Located]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: parts that must be there, and parts that must not."""

    typed: str
    parts: tuple[Part, ...] = ()

    @property
    def wanted(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.is_unwanted)

    @property
    def unwanted(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_unwanted)

    @property
    def all_terms(self) -> list[str]:
        """Every term to look up, sorted."""
        return sorted({term for part in self.parts for terms in part.terms.values() for term, _ in terms})

    @property
    def said(self) -> str:
        """The wanted words as plain text, for a search by meaning."""
        return " ".join(part.typed for part in self.wanted)


def parse(typed: str, languages: Sequence[str] = LANGUAGES) -> Query:
    """Return the parts of a query: words, "phrases" in any quotation marks, and both with a minus before them.

    A word that the analysis parts ("AI-based", a run of Chinese) is a phrase. Words of grammar outside phrases are
    left out. Only the first 400 characters and 24 parts count.

    >>> query = parse('cities "artificial intelligence" -nuclear the')
    >>> [(part.typed, part.is_phrase, part.is_unwanted) for part in query.parts]
    [('cities', False, False), ('artificial intelligence', True, False), ('nuclear', False, True)]
    >>> parse("villes").parts[0].terms["fr"], parse("villes").parts[0].terms["en"]
    ((('vill', 0),), (('vill', 0),))
    """
    typed = " ".join(typed[:LONGEST].split())
    parts: list[Part] = []
    spoken = guess_language(typed)
    for match in _PART.finditer(typed):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["phrase"] is None and is_function_word(text.casefold(), spoken):
            continue
        terms = {language: _terms(text, language) for language in languages}
        if any(terms.values()):
            longest = max(map(len, terms.values()))
            parts.append(Part(text, match["phrase"] is not None or longest > 1, bool(match["minus"]), terms))
    return Query(typed, tuple(parts[:MOST_PARTS]))


def _terms(text: str, language: str) -> Located:
    found = located(analyse(text, language))
    return tuple((term, place - found[0][1]) for term, place in found)


def matches(query: Query, text: str, language: str = "") -> list[tuple[int, int]]:
    """Return where in `text` the wanted words and phrases stand: half-open spans of code points, in order, apart.

    Without `language` the words of all languages of the query count.

    >>> text = "Invites cities to use artificial intelligence."
    >>> [text[start:end] for start, end in matches(parse('city "artificial intelligence"'), text, "en")]
    ['cities', 'artificial intelligence']
    """
    words = analyse(text, language)
    places: dict[str, list[int]] = {}
    for term, place in located(words):
        places.setdefault(term, []).append(place)
    spans: list[tuple[int, int]] = []
    for part in query.wanted:
        tried = [part.terms[language]] if language in part.terms else list(dict.fromkeys(part.terms.values()))
        for terms in tried:
            for begin in places.get(terms[0][0], ()) if terms else ():
                if all(begin + offset in places.get(term, ()) for term, offset in terms[1:]):
                    last = begin + terms[-1][1]
                    # A bigram of Han characters ends a character later.
                    last += int(words.keys[last] != terms[-1][0])
                    spans.append((words.starts[begin], words.ends[last]))
    return _apart(spans)


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
