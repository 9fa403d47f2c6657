"""The search itself: beginnings, then whole terms, then the lists around them, then the longest wins."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from tribune.engine.types import LANGUAGES, Document, Mention, Paragraph

from ._fold import Folded, fold
from ._patterns import Term
from ._terms import Lexicon, lexicon

__all__ = ["annotate", "count", "find_mentions"]

# What is counted: paragraphs people can be asked about. Headings repeat them, notes cite others.
_COUNTED = frozenset({"preamble", "operative", "sub", "annex", "other"})
# How far a list of modifiers may reach back, and how much of the sentence says who acts.
_REACH = 160

_Hit = tuple[int, int, str, Term]


def _scripts(text: str) -> tuple[str, ...]:
    """Give the languages whose script stands in `text`."""
    found = []
    if any("\u0600" <= c <= "\u06ff" for c in text):
        found.append("ar")
    if any("\u4e00" <= c <= "\u9fff" for c in text):
        found.append("zh")
    if any("\u0400" <= c <= "\u04ff" for c in text):
        found.append("ru")
    if any("a" <= c <= "z" for c in text):
        found += ["en", "es", "fr"]
    return tuple(found)


def _right_case(term: Term, text: str, start: int, end: int) -> bool:
    return not term.exact_case or " ".join(text[start:end].split()) in term.spelled


def _acts(lex: Lexicon, folded: str, start: int, end: int) -> bool:
    """Say whether the words around a place name make it somebody who acts."""
    before, after = folded[max(0, start - _REACH) : start], folded[end : end + _REACH]
    if lex.actors.not_after.match(after):
        return False
    return bool(lex.actors.after.match(after) or lex.actors.before.search(before))


def _beginnings(lex: Lexicon, flat: str) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    """Give where a word starts, where its first listed beginning starts, and the terms behind it."""
    for found in lex.starts.finditer(flat):
        word = found.start()
        if len(lex.grammar.clitics) == 1:
            yield word, word, lex.by_start[found.group()]
            continue
        # An Arabic word can be parted in several ways: "wilayat" is no "wa-la-yat".
        for clitic in lex.grammar.clitics:
            if flat.startswith(clitic, word):
                inner = lex.start.match(flat, word + len(clitic))
                if inner is not None:
                    yield word, inner.start(), lex.by_start[inner.group()]


def _hits(lex: Lexicon, folded: Folded, text: str) -> Iterator[_Hit]:
    flat = folded.text
    for word, at, terms in _beginnings(lex, flat):
        for term in terms:
            match = term.pattern.match(flat, at)
            if match is None:
                continue
            start, end = word, match.end()
            if term.left is not None and start:
                floor = max(0, start - _REACH)
                back = term.left.search(flat[floor:start])
                if back is not None:
                    start = floor + back.start()
            if not _right_case(term, text, *folded.span(start, end)):
                continue
            tier = term.tier
            if tier == "actor":
                tier = "explicit" if _acts(lex, flat, start, end) else "level"
            yield start, end, tier, term


def _longest(hits: list[_Hit]) -> list[_Hit]:
    rank = {"excluded": 0, "explicit": 1, "level": 2}
    taken: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h[0] - h[1], rank[h[2]], h[0], h[3].source)):
        if all(hit[1] <= other[0] or hit[0] >= other[1] for other in taken):
            taken.append(hit)
    return taken


def find_mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Give the places of `text` that name local or regional governments, or might be taken to.

    `language` is one of the six, or "" to search in all whose script stands in the text. Offsets are
    half-open code points of the text in Unicode form NFC. Mentions are in reading order and do not overlap:
    of two readings of one place the longer stands. Any other `language` raises ValueError.

    >>> [(m.term, m.tier) for m in find_mentions("Invites local authorities to act at all levels", "en")]
    [('local authorities', 'explicit'), ('at all levels', 'level')]
    """
    if language and language not in LANGUAGES:
        raise ValueError(f"no term list for language {language!r}")
    if not text:
        return ()
    text = unicodedata.normalize("NFC", text)
    folded = fold(text)
    hits: list[_Hit] = []
    for one in (language,) if language else _scripts(folded.text):
        hits += _hits(lexicon(one), folded, text)
    mentions = []
    for start, end, tier, term in _longest(hits):
        start, end = folded.span(start, end)
        kind = term.kind
        if term.tier == "actor" and tier == "level":
            kind = "territory"
        said = " ".join(text[start:end].split())
        # Lower case gathers "Local authorities" with "local authorities"; abbreviations keep theirs.
        mentions.append(Mention(said if term.exact_case else said.lower(), kind, tier, start, end, term.reason))
    return tuple(sorted(mentions, key=lambda m: m.start))


def annotate(document: Document) -> Document:
    """Give the same document with the mentions of every paragraph filled in.

    A document whose language is unknown is searched in all languages of each paragraph's script.
    """
    return replace(
        document,
        paragraphs=tuple(replace(p, mentions=find_mentions(p.text, document.language)) for p in document.paragraphs),
    )


def _tiers(paragraph: Paragraph) -> set[str]:
    return {m.tier for m in paragraph.mentions}


def count(document: Document) -> dict[str, int]:
    """Give how many paragraphs there are, name local governments, or only might mean them.

    `paragraphs` counts preambular, operative, sub-, annex and other paragraphs, not headings or notes;
    `explicit` those of them with an explicit mention; `level` those with level mentions and no explicit one.
    The document must be annotated.
    """
    counted = [_tiers(p) for p in document.paragraphs if p.kind in _COUNTED]
    return {
        "paragraphs": len(counted),
        "explicit": sum("explicit" in tiers for tiers in counted),
        "level": sum("level" in tiers and "explicit" not in tiers for tiers in counted),
    }
