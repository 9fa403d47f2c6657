"""Find what an ask means rather than how it is worded: prose asks, and asks in another language."""

from __future__ import annotations

import re

from tribune.engine.search import terms

from ._asked import Asked
from ._body import Body, Unit
from ._force import compare_force
from ._meaning import similarities
from ._standing import Standing, capped

# Cosines, set on the development half and on aligned sentences (docs/engine/uptake.md).
SUBSTANCE = {True: 0.80, False: 0.70}
PARTLY = {True: 0.66, False: 0.58}
_MOST_WINDOWS = 3000
_CLAUSE = re.compile(r"[^.;:!?。；：！？؛؟]+[.;:!?。；：！？؛؟]*")
_LONG, _SHORT = 260, 30


def windows(text: str) -> list[tuple[int, int]]:
    """Half-open spans of clauses: between full stops and semicolons, long ones also cut at commas.

    >>> [ "One thing is here; another thing follows."[a:b] for a, b in
    ...   windows("One thing is here; another thing follows.")]
    ['One thing is here; another thing follows.']
    """
    pieces: list[tuple[int, int]] = []
    for match in _CLAUSE.finditer(text):
        start, end = match.span()
        while end - start > _LONG:
            cut = max(text.rfind(mark, start + 80, start + _LONG) for mark in (", ", "، ", "，", "、"))
            if cut < 0:
                cut = text.rfind(" ", start + 80, start + _LONG)
            if cut < 0:
                cut = start + _LONG - 1
            pieces.append((start, cut + 1))
            start = cut + 1
        pieces.append((start, end))
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and (end - start < _SHORT or joined[-1][1] - joined[-1][0] < _SHORT):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    trimmed = [
        (s + len(text[s:e]) - len(text[s:e].lstrip()), e - len(text[s:e]) + len(text[s:e].rstrip())) for s, e in joined
    ]
    return [(s, e) for s, e in trimmed if s < e]


def by_meaning(asked: Asked, body: Body, known: dict[int, tuple[str, ...]], k: int) -> list[Standing]:
    """The units whose clauses mean most nearly what is asked, best first, each with its level."""
    same = asked.language == body.language
    spans = [(n, span) for n, unit in enumerate(body.units) for span in windows(unit.text)]
    if len(spans) > _MOST_WINDOWS and same:
        shared = {n for n, _ in body.index.top(terms(asked.words), 100)}
        spans = [(n, span) for n, span in spans if n in shared]
    cosines = similarities(asked.text, [body.units[n].text[a:b] for n, (a, b) in spans])
    best: dict[int, tuple[float, tuple[int, int]]] = {}
    for (n, span), cosine in zip(spans, cosines, strict=True):
        if cosine > best.get(n, (-1.0, span))[0]:
            best[n] = (cosine, span)
    order = sorted(best, key=lambda n: (-best[n][0], n))[:k]
    return [_judge(asked, body, n, best[n][0], best[n][1], known.get(n, ()), same) for n in order]


def _judge(
    asked: Asked, body: Body, n: int, cosine: float, span: tuple[int, int], known: tuple[str, ...], same: bool
) -> Standing:
    unit = body.units[n]
    level = "substance" if cosine >= SUBSTANCE[same] else "partly" if cosine >= PARTLY[same] else "none"
    shift = compare_force(
        asked.text,
        unit.text,
        span,
        asked_language=asked.language,
        language=body.language,
        chapeau=unit.chapeau,
        known=known,
    )
    level, reasons = capped(level, shift)
    reasons = (("by_meaning", "found by meaning, not by wording"), *reasons) if level != "none" else reasons
    inside = _words_within(unit, span)
    share = sum(unit.inserted[i] for i in inside) / len(inside) if inside else 0.0
    return Standing(n, level, round(max(cosine, 0.0), 6), 0.0, inside, (span,), shift, cosine, share, reasons)


def _words_within(unit: Unit, span: tuple[int, int]) -> tuple[int, ...]:
    pairs = enumerate(zip(unit.words.starts, unit.words.ends, strict=True))
    return tuple(i for i, (a, b) in pairs if a >= span[0] and b <= span[1])
