"""Sentences proposed by rule: they say what the counts bear, and no more."""

from __future__ import annotations

from dataclasses import dataclass

from ._counts import Counts, excesses, phrase
from ._patterns import CONTRARY, OPENINGS, STATEMENTS

_END = ".!?。！？؟"
_STOP = {"zh": "。"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence proposed by rule. `bears` is the strongest word its counts bear: "all", "most", "number", "one" or
    "only"; `plain` tells that the ask's own words claim too much about who speaks, so that they stand alone, marked."""

    text: str
    bears: str
    plain: bool = False


def _closed(words: str, language: str) -> str:
    words = " ".join(words.split())
    return words if words.endswith(tuple(_END)) else words + _STOP.get(language, ".")


def propose(what: str, language: str, counts: Counts) -> Proposal | None:
    """Return a sentence for an ask's words, or None while nobody stands behind it.

    "All" only where every government that took part says so and nobody otherwise, "most" above one half, else
    "n of m"; with a contrary voice the sentence says how many. The words of the ask are taken as they stand. Where
    they claim something about who speaks by themselves ("every city asks …"), the claim is checked with the rest;
    if it goes too far, the proposal is the words alone (`plain`), and the page marks them.

    >>> propose("keep one counter open", "en", Counts(said=5, otherwise=0, took_part=12)).text
    '5 of 12 local and regional governments that took part ask: keep one counter open.'
    >>> propose("keep one counter open", "en", Counts(said=0, otherwise=0, took_part=12)) is None
    True
    """
    if not counts.said or not what.strip():
        return None
    language = language if language in OPENINGS else "en"
    # "Many" and "several" say less than the number that stands beside them would, so the number is given.
    bears = {"all": "all", "most": "most"}.get(phrase(counts), "number")
    if counts.said == 1:
        bears = "only" if counts.took_part == 1 and not counts.otherwise else "one"
    return _said(OPENINGS[language][bears], bears, what, language, counts, n=counts.said, m=counts.took_part)


def propose_from_votes(statement: str, language: str, *, agree: int, voted: int) -> Proposal | None:
    """Return a sentence for a statement that people voted on, or None with fewer than five votes.

    >>> propose_from_votes("Counters stay open.", "en", agree=31, voted=40).text
    'Most voices on it (31 of 40) agree: Counters stay open.'
    """
    if voted < 5 or not agree or not statement.strip():
        return None
    language = language if language in STATEMENTS else "en"
    bears = "all" if agree == voted else "most" if agree * 2 > voted else "number"
    counts = Counts(agree, voted - agree, voted)
    return _said(STATEMENTS[language][bears], bears, statement, language, counts, agree=agree, voted=voted)


def _said(pattern: str, bears: str, what: str, language: str, counts: Counts, **numbers: int) -> Proposal:
    words = _closed(what, language)
    text = pattern.format(what=words, **numbers)
    if counts.otherwise and "m" in numbers:
        text += CONTRARY[language].format(k=counts.otherwise)
    if excesses(text, language, counts):
        return Proposal(words, bears, plain=True)
    return Proposal(text, bears)
