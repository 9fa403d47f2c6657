"""Find what an ask means rather than how it is worded: prose asks, and asks in another language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tribune.engine.search import terms

from ._asked import Asked
from ._body import Body, Unit
from ._concepts import concepts, expanded
from ._force import compare_force
from ._meaning import similarities
from ._standing import Standing, capped

# Cosines, and cosines with shares of concepts, set by hand on small cases (docs/engine/uptake.md, Limits).
FOREIGN = (0.70, 0.58)
ALONE = (0.82, 0.70)
SUBSTANCE = (0.55, 0.80)
PARTLY = (0.40, 0.60)
_WIDER = 12
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
    wider = {n for n, _ in body.index.top(expanded(terms(asked.words), asked.language), _WIDER)} if same else set()
    best: dict[int, Passage] = {}
    strongest = sorted(zip(cosines, spans, strict=True), key=lambda x: (-x[0], x[1]))[: 4 * k]
    near = {n for _, (n, _) in strongest} | wider
    for (n, span), cosine in zip(spans, cosines, strict=True):
        if n not in near:
            continue
        share = _concept_share(asked, body.units[n], span) if same else 0.0
        passage = Passage(n, span, cosine, share)
        if n not in best or passage.score > best[n].score:
            best[n] = passage
    order = sorted(best.values(), key=lambda p: (-p.score, p.unit))[:k]
    return [_judge(asked, body, passage, known.get(passage.unit, ()), same) for passage in order]


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause, its cosine with the ask, and the share of the ask whose concepts it names."""

    unit: int
    span: tuple[int, int]
    cosine: float
    share: float

    @property
    def score(self) -> float:
        """Ranks passages of one ask: meaning, and concepts where they can be told."""
        return round(0.6 * max(self.cosine, 0.0) + 0.4 * self.share, 6)


def _concept_share(asked: Asked, unit: Unit, span: tuple[int, int]) -> float:
    inside = _words_within(unit, span)
    here = set(concepts((unit.words.keys[i] for i in inside), asked.language))
    wanted = concepts(asked.words.keys, asked.language)
    content = asked.content
    total = sum(asked.weights[i] for i in content) or 1.0
    return sum(asked.weights[i] for i in content if wanted[i] in here) / total


def _level(passage: Passage, same: bool) -> str:
    cosine, share = passage.cosine, passage.share
    if not same:
        return "substance" if cosine >= FOREIGN[0] else "partly" if cosine >= FOREIGN[1] else "none"
    if cosine >= ALONE[0] or (cosine >= SUBSTANCE[0] and share >= SUBSTANCE[1]):
        return "substance"
    if cosine >= ALONE[1] or (cosine >= PARTLY[0] and share >= PARTLY[1]):
        return "partly"
    return "none"


def _judge(asked: Asked, body: Body, passage: Passage, known: tuple[str, ...], same: bool) -> Standing:
    unit = body.units[passage.unit]
    level = _level(passage, same)
    shift = compare_force(
        asked.text,
        unit.text,
        passage.span,
        asked_language=asked.language,
        language=body.language,
        chapeau=unit.chapeau,
        known=known,
    )
    level, reasons = capped(level, shift)
    if level != "none":
        reasons = (("by_meaning", "found by meaning, not by wording"), *reasons)
    inside = _words_within(unit, passage.span)
    fresh = sum(unit.inserted[i] for i in inside) / len(inside) if inside else 0.0
    return Standing(
        passage.unit,
        level,
        passage.score,
        0.0,
        inside,
        (passage.span,),
        shift,
        passage.cosine,
        fresh,
        reasons,
    )


def _words_within(unit: Unit, span: tuple[int, int]) -> tuple[int, ...]:
    pairs = enumerate(zip(unit.words.starts, unit.words.ends, strict=True))
    return tuple(i for i, (a, b) in pairs if a >= span[0] and b <= span[1])
