"""What a paragraph is about: topics by listed words, in six languages, with what must not count."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tribune.engine.types import LANGUAGES

from ._fold import fold

__all__ = ["TOPIC_CODES", "TopicHit", "find_topics"]

_FOLDER = Path(__file__).with_name("topics")
# Words that are written together with the next one in Arabic: and, so, by, for, as, the.
_CLITICS = "(?:[وف]?(?:[بلك]?ال|لل|[بلك])?)"

TOPIC_CODES = (
    "access", "ai", "citiverse", "climate", "connectivity", "data", "emergencies", "finance", "gender", "governance",
    "health", "housing", "migration", "rights", "schools", "skills", "smart_cities", "standards", "sustainable",
)


@dataclass(frozen=True, slots=True)
class TopicHit:
    """One place that makes a text speak of a topic: half-open offsets into the text."""

    topic: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _List:
    words: dict[str, re.Pattern[str]]
    never: dict[str, re.Pattern[str]]


def find_topics(text: str, language: str) -> tuple[TopicHit, ...]:
    """Return what a text speaks of, by listed words: hits in reading order, the longest of a topic at each place.

    Case, accents and invisible marks do not count. A language without a list gives nothing.

    >>> [hit.topic for hit in find_topics("Smart cities need an enabling environment.", "en")]
    ['smart_cities']
    >>> [hit.topic for hit in find_topics("وبالذكاء الاصطناعي", "ar")]
    ['ai']
    """
    if language not in LANGUAGES:
        return ()
    found = []
    folded = fold(text)
    lists = _lists(language)
    for topic, pattern in lists.words.items():
        never = lists.never.get(topic)
        out = [match.span() for match in never.finditer(folded.text)] if never else []
        for match in pattern.finditer(folded.text):
            start, end = match.span()
            if not any(low <= start and end <= high for low, high in out):
                found.append(TopicHit(topic, *folded.span(start, end)))
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.topic)))


@cache
def _lists(language: str) -> _List:
    raw = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    never = raw.pop("not", {})
    unknown = (set(raw) | set(never)) - set(TOPIC_CODES)
    if unknown:
        raise ValueError(f"{language}.toml knows topics that are none: {', '.join(sorted(unknown))}")
    return _List({topic: _pattern(words, language) for topic, words in raw.items()},
                 {topic: _pattern(words, language) for topic, words in never.items() if words})


def _pattern(words: list[str], language: str) -> re.Pattern[str]:
    # Longer ones first: the alternation takes the first that fits.
    body = "|".join(_word(word, language) for word in sorted(words, key=len, reverse=True))
    if language == "zh":
        return re.compile(f"(?:{body})")
    before = rf"(?<!\w){_CLITICS}" if language == "ar" else r"(?<!\w)"
    return re.compile(rf"{before}(?:{body})(?!\w)")


def _word(word: str, language: str) -> str:
    parts = fold(word).text.split("*")
    pieces = [re.sub(r"(?:\\ |\s)+", r"\\s+", re.escape(part)) for part in parts]
    return (r"\w*" if language != "zh" else "").join(pieces)
