"""Find what an ask means rather than how it is worded: prose asks, and asks in another language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tribune.engine.search import terms

from ._asked import Asked
from ._body import Body, Unit
from ._concepts import concepts, expanded
from ._force import compare_force
from ._likeness import counterparts, logistic, named_words
from ._matching import spans_of
from ._meaning import similarities
from ._standing import RANK, Standing, capped
from ._substance import likelihoods

# Cosines, and cosines with shares of concepts, set by hand on small cases (docs/engine/uptake.md, Limits).
FOREIGN = (0.70, 0.58)
ALONE = (0.82, 0.70)
SUBSTANCE = (0.55, 0.80)
PARTLY = (0.40, 0.60)
# Whether a passage speaks of what is asked: cosine, share of words with a counterpart, offset; fitted, with the
# limits for what this version put into the paragraph named, and for what it put elsewhere or found there
# (docs/engine/uptake.md, Grades).
PRESENCE = (11.8, 5.7, -5.85)
NAMED, ANYWHERE = 0.46, 0.90
# Words of the ask without a counterpart: up to this share of weight, substance.
LOST, MET = 0.23, 0.78
_COUNTERPART = 0.45
_WIDER = 12
_MOST_WINDOWS = 3000
_CLAUSE = re.compile(r"[^.;:!?。；：！？؛؟]+[.;:!?。；：！？؛؟]*")
_LONG, _SHORT = 260, 30
_GAP = 40
_LEAST_PROSE, _LEAST_WORDING = 3, 4
_BODY = ("preamble", "operative", "sub")


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


def by_meaning(
    asked: Asked,
    body: Body,
    known: dict[int, tuple[str, ...]],
    k: int,
    named: tuple[int, ...] = (),
    prose: bool = True,
) -> list[Standing]:
    """The units whose clauses mean most nearly what is asked, best first, each with its level.

    `named` are units the ask points at; `prose` says that the ask describes words instead of giving them.
    """
    same = asked.language == body.language
    spans = [(n, span) for n, unit in enumerate(body.units) for span in _passages(unit)]
    if len(spans) > _MOST_WINDOWS and same:
        shared = {n for n, _ in body.index.top(terms(asked.words), 100)}
        spans = [(n, span) for n, span in spans if n in shared or n in named]
    cosines = similarities(asked.text, [body.units[n].text[a:b] for n, (a, b) in spans])
    wider = {n for n, _ in body.index.top(expanded(terms(asked.words), asked.language), _WIDER)} if same else set()
    best: dict[int, Passage] = {}
    strongest = sorted(zip(cosines, spans, strict=True), key=lambda x: (-x[0], x[1]))[: 4 * k]
    near = {n for _, (n, _) in strongest} | wider | set(named)
    for (n, span), cosine in zip(spans, cosines, strict=True):
        if n not in near:
            continue
        share = _concept_share(asked, body.units[n], span) if same else 0.0
        level = _level(cosine, share, same) if prose or not same else "none"
        fresh = _fresh(body.units[n], span)
        if same:
            grade = _grade(asked, body.units[n], span, cosine, fresh, n in named, prose)
            level = max(level, grade, key=lambda name: RANK[name])
        passage = Passage(n, span, cosine, share, level, fresh)
        if n not in best or passage.order > best[n].order:
            best[n] = passage
    if prose and same:
        best = _with_likelihoods(asked, body, best)
    order = sorted(best.values(), key=lambda p: (-RANK[p.level], p.unit not in named, -p.score, p.unit))[:k]
    return [_judge(asked, body, passage, known.get(passage.unit, ())) for passage in order]


def _with_likelihoods(asked: Asked, body: Body, best: dict[int, Passage]) -> dict[int, Passage]:
    """The passages with how likely each makes the ask's point; it orders evidence and moves no level."""
    units = sorted(best)
    texts = [body.units[n].text[slice(*best[n].span)] for n in units]
    found = likelihoods(asked.text, texts, asked.language)
    return {n: replace(best[n], likely=p) for n, p in zip(units, found, strict=True)}


def _passages(unit: Unit) -> list[tuple[int, int]]:
    """Clauses, and what this version put into a unit that stood before, joined over short gaps."""
    found: list[tuple[int, int]] = []
    if unit.before:
        fresh = [i for i, new in enumerate(unit.inserted) if new]
        for start, end in spans_of(fresh, unit.words.starts, unit.words.ends):
            if found and start - found[-1][1] < _GAP:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return [(a, b) for a, b in found if b - a >= _SHORT // 2] + windows(unit.text)


def _fresh(unit: Unit, span: tuple[int, int]) -> bool:
    """Whether this version put at least half of the passage's words of content there."""
    inside = [i for i in _words_within(unit, span) if unit.words.weights[i] == 1.0]
    return bool(inside) and sum(unit.inserted[i] for i in inside) >= len(inside) / 2


def _grade(
    asked: Asked, unit: Unit, span: tuple[int, int], cosine: float, fresh: bool, named: bool, prose: bool
) -> str:
    """The level of a passage in the paragraph named, or of one that this version put somewhere."""
    inside = [i for i in _words_within(unit, span) if unit.words.weights[i] == 1.0]
    wanted = named_words(asked)
    if not inside or unit.kind not in _BODY:
        return "none"
    if not (named or fresh) or (not prose and not fresh) or len(wanted) < (_LEAST_PROSE if prose else _LEAST_WORDING):
        return "none"
    total = sum(asked.weights[i] for i in wanted) or 1.0
    shares = [asked.weights[i] / total for i in wanted]
    here = counterparts(asked, wanted, [unit.words.keys[i] for i in inside], [unit.words.printed[i] for i in inside])
    met = sum(share * like for share, like in zip(shares, here, strict=True))
    if logistic(PRESENCE, (cosine, met)) < (NAMED if named and fresh else ANYWHERE):
        return "none"
    lost = sum(share for share, like in zip(shares, here, strict=True) if like < _COUNTERPART)
    if not prose:
        return "partly"
    if lost <= LOST:
        return "substance"
    # Where and when may be said by the rest of the paragraph.
    around = counterparts(asked, wanted, unit.words.keys, unit.words.printed)
    whole = sum(share * like for share, like in zip(shares, around, strict=True))
    return "substance" if named and whole >= MET else "partly"


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause, its cosine with the ask, and the share of the ask whose concepts it names."""

    unit: int
    span: tuple[int, int]
    cosine: float
    share: float
    level: str = "none"
    fresh: bool = False
    likely: float | None = None

    @property
    def order(self) -> tuple[bool, int, float]:
        """Ranks passages of one unit: what this version put there, if it counts at all, comes first."""
        return self.fresh and self.level != "none", RANK[self.level], self.score

    @property
    def score(self) -> float:
        """Ranks passages of one ask: meaning, concepts where they can be told, and what the learned model says."""
        alike = 0.6 * max(self.cosine, 0.0) + 0.4 * self.share
        return round(alike if self.likely is None else (alike + self.likely) / 2, 6)


def _concept_share(asked: Asked, unit: Unit, span: tuple[int, int]) -> float:
    inside = _words_within(unit, span)
    here = set(concepts((unit.words.keys[i] for i in inside), asked.language))
    wanted = concepts(asked.words.keys, asked.language)
    content = asked.content
    total = sum(asked.weights[i] for i in content) or 1.0
    return sum(asked.weights[i] for i in content if wanted[i] in here) / total


def _level(cosine: float, share: float, same: bool) -> str:
    if not same:
        return "substance" if cosine >= FOREIGN[0] else "partly" if cosine >= FOREIGN[1] else "none"
    if cosine >= ALONE[0] or (cosine >= SUBSTANCE[0] and share >= SUBSTANCE[1]):
        return "substance"
    if cosine >= ALONE[1] or (cosine >= PARTLY[0] and share >= PARTLY[1]):
        return "partly"
    return "none"


def _judge(asked: Asked, body: Body, passage: Passage, known: tuple[str, ...]) -> Standing:
    unit = body.units[passage.unit]
    level = passage.level
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
