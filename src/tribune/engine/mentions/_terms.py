"""The term lists, read once per language from `terms/*.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tribune.engine.types import LANGUAGES

from ._patterns import Grammar, Term, compile_term, first_words, one_of, spellings

__all__ = ["TERMS_VERSION", "Actors", "Lexicon", "lexicon", "n_terms", "reasons"]

# Raised with every change of a list: a count without the version of its list cannot be checked.
TERMS_VERSION = "1.1"

_FOLDER = Path(__file__).with_name("terms")


@dataclass(frozen=True, slots=True)
class Actors:
    """Words such as "cities" that are a place or somebody who acts, and the words around that tell."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    not_after: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language, ready to search: a filter of beginnings and the terms behind each."""

    grammar: Grammar
    terms: tuple[Term, ...]
    starts: re.Pattern[str]
    start: re.Pattern[str]
    by_start: dict[str, tuple[Term, ...]]
    actors: Actors
    size: int


def _patterns(parts: list[str], tail: str = "", head: str = "") -> re.Pattern[str]:
    body = "|".join(parts) if parts else "(?!)"
    return re.compile(f"{head}(?:{body}){tail}")


@cache
def lexicon(language: str) -> Lexicon:
    """Give the compiled list of one of the six languages."""
    raw = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    shape = raw["grammar"]
    grammar = Grammar(
        language=language,
        sets={name: tuple(words) for name, words in raw["sets"].items()},
        gap=shape["gap"],
        joint=shape["joint"],
        endings=shape.get("endings", ""),
        clitics=tuple(shape.get("clitics", ("",))),
        article=shape.get("article", ""),
        edges=shape.get("edges", True),
        small=shape.get("small", "and|or|of|the|in|to|for|et|ou|de|y|o"),
    )
    terms = tuple(
        compile_term(grammar, source, group["kind"], group["tier"], group.get("reason", ""))
        for group in raw["group"]
        for source in group["terms"]
    )
    by_start: dict[str, list[Term]] = {}
    for term in terms:
        for start in first_words(grammar, term):
            by_start.setdefault(start, []).append(term)
    # A search that starts at "local" finds what starts at "localities" too: give each the shorter's terms.
    full = {
        start: tuple(t for other, ts in by_start.items() if start.startswith(other) for t in ts) for start in by_start
    }
    edge = r"\b" if grammar.edges else ""
    start = one_of(by_start)
    starts = re.compile(f"{edge}{one_of(grammar.clitics)}{start}")
    around = raw.get("actors", {})
    actors = Actors(
        before=_patterns(around.get("before", []), tail="$", head=r"(?<!\w)" if grammar.edges else ""),
        after=_patterns(around.get("after", [])),
        not_after=_patterns(around.get("not_after", [])),
    )
    size = len({form for term in terms for form in spellings(grammar, term.source)})
    return Lexicon(grammar, terms, starts, re.compile(start), full, actors, size)


def n_terms(language: str = "") -> int:
    """Give how many written forms are searched for in `language`, or in all six, whatever their tier.

    "Local authority" and "municipal authority" are two; Russian and Arabic endings count once. Lists such as
    "national, regional and local authorities" are found beyond this number. Raises KeyError for no language
    of ours.
    """
    if language and language not in LANGUAGES:
        raise KeyError(language)
    return sum(lexicon(one).size for one in ((language,) if language else LANGUAGES))


def reasons() -> tuple[str, ...]:
    """Give every reason for which a hit does not count, sorted: what a translation has to cover."""
    found = {term.reason for one in LANGUAGES for term in lexicon(one).terms if term.reason}
    return tuple(sorted(found))
