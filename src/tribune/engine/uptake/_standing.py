"""How asked words stand in one paragraph: in order, in other words, in part, weaker, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from ._asked import Asked
from ._body import Body, Unit
from ._concepts import concepts
from ._force import Shift, compare_force, markers, sentence_bounds
from ._matching import NO_MATCH, Match, align_locally, spans_of
from ._meaning import similarities
from ._spelling import respell

RANK = {"none": 0, "partly": 1, "substance": 2, "verbatim": 3}

# Shares of the asked weight and cosines, set by hand on small cases (docs/engine/uptake.md, Limits).
SUBSTANCE_WORDS, SUBSTANCE_SUPPORT = 0.80, 0.72
SUBSTANCE_MIXED_WORDS, SUBSTANCE_MIXED_MEANING = 0.50, 0.84
PARTLY_WORDS = 0.50
PARTLY_MIXED_WORDS, PARTLY_MIXED_MEANING = 0.35, 0.74


@dataclass(frozen=True, slots=True)
class Standing:
    """Level of one ask in one unit, with what shows it; `positions` are words of the unit."""

    unit: int
    level: str
    score: float
    coverage: float
    positions: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    shift: Shift = field(default_factory=Shift)
    meaning: float | None = None
    inserted: float = 0.0
    reasons: tuple[tuple[str, str], ...] = ()
    elsewhere: bool = False

    @property
    def rank(self) -> int:
        """0 none, 1 partly, 2 substance, 3 verbatim."""
        return RANK[self.level]


def stand(
    asked: Asked,
    n: int,
    body: Body,
    *,
    known: tuple[str, ...] = (),
    meaning: bool = True,
    force_text: str | None = None,
) -> Standing:
    """Judge how the words of `asked` stand in unit `n`.

    `known` are phrases of force that the older text had there; `force_text` is compared in force instead of
    the asked words.
    """
    unit = body.units[n]
    keys, respelled = (asked.words.keys, ()) if body.rows else respell(asked.words.keys, unit.words.keys)
    match = align_locally(keys, asked.weights, unit.words.keys)
    if not match.pairs:
        return Standing(n, "none", 0.0, 0.0)
    aligned = dict(match.pairs)
    decided = [(a, t) for a, t in match.pairs if asked.decisive[a]]
    total = sum(w for w, d in zip(asked.weights, asked.decisive, strict=True) if d) or 1.0
    coverage = sum(asked.weights[a] for a, _ in decided) / total
    score = round(0.75 * coverage + 0.25 * match.score, 6)
    positions = tuple(t for _, t in decided)
    if not positions:
        return Standing(n, "none", score, 0.0)
    region = _region(asked, match, unit)
    shift = compare_force(
        force_text if force_text is not None else asked.text,
        unit.text,
        region,
        asked_language=asked.language,
        language=body.language,
        chapeau=unit.chapeau,
        known=known,
    )
    level, cosine = _level(asked, aligned, coverage, unit, region, meaning)
    level, reasons = capped(level, shift)
    if level != "none" and (
        words := [f"{a} as {b}" for a, b in respelled if b in {unit.words.keys[t] for t in positions}]
    ):
        reasons = (*reasons, ("respelled", f"spelled otherwise: {', '.join(words)}"))
    content = [t for t in positions if unit.words.weights[t] == 1.0] or list(positions)
    inserted = sum(unit.inserted[t] for t in content) / len(content)
    return Standing(
        n,
        level,
        score,
        round(coverage, 6),
        positions,
        spans_of(positions, unit.words.starts, unit.words.ends),
        shift,
        cosine,
        inserted,
        reasons,
    )


def capped(level: str, shift: Shift) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Lower a level that the force of the passage does not bear, and say why."""
    reasons: list[tuple[str, str]] = []
    if level == "none":
        return level, ()
    if shift.reversed:
        reasons.append(("reversed", f"the passage is turned round by “{', '.join(shift.reversed)}”"))
        return "none", tuple(reasons)
    if shift.weaker:
        reasons.append(("weaker", f"weaker than asked: {', '.join(shift.weaker)}"))
    if shift.hedged:
        reasons.append(("hedged", f"qualified by “{', '.join(shift.hedged)}”"))
    if shift.bracketed:
        reasons.append(("bracketed", "stands in square brackets: not agreed"))
    if reasons:
        level = "partly"
    elif shift.stronger:
        reasons.append(("stronger", f"stronger than asked: {', '.join(shift.stronger)}"))
    return level, tuple(reasons)


def _region(asked: Asked, match: Match, unit: Unit) -> tuple[int, int]:
    """Characters from the first to the last decisive word, with context when it is close."""
    near = [t for a, t in match.pairs if asked.decisive[a]]
    return unit.words.starts[near[0]], unit.words.ends[near[-1]]


def _level(
    asked: Asked, aligned: dict[int, int], coverage: float, unit: Unit, region: tuple[int, int], meaning: bool
) -> tuple[str, float | None]:
    missing = [i for i in asked.strict if i not in aligned]
    if not missing and _gap(asked, aligned) <= max(2, len(asked.strict) // 2):
        return "verbatim", None
    lost_content = [i for i in asked.content if i not in aligned]
    if not lost_content and _gap(asked, aligned) <= 2 * max(3, len(asked.strict)):
        return "substance", None
    # Of one or two words, half is chance.
    if len(asked.content) <= 2 and lost_content and not asked.has_context:
        coverage = min(coverage, PARTLY_WORDS - 0.01) if len(asked.content) == 1 else coverage
    usable = meaning and not asked.has_context and len(asked.content) >= 3
    cosine = None
    if usable and coverage >= PARTLY_MIXED_WORDS:
        cosine = _cosine(asked, unit, region)
        phrase = _phrase_missing(asked, aligned, unit)
        if not phrase and (
            (coverage >= SUBSTANCE_WORDS and cosine >= SUBSTANCE_SUPPORT)
            or (coverage >= SUBSTANCE_MIXED_WORDS and cosine >= SUBSTANCE_MIXED_MEANING)
        ):
            return "substance", cosine
        if coverage >= PARTLY_WORDS or cosine >= PARTLY_MIXED_MEANING:
            return "partly", cosine
        return "none", cosine
    if asked.has_context and any(_whole(run, asked, aligned) for run in asked.runs):
        return "partly", None  # one of several changes is there whole
    if coverage >= SUBSTANCE_WORDS and not usable and len(asked.content) >= 4:
        return "substance", None
    return ("partly" if coverage >= PARTLY_WORDS else "none"), cosine


def _phrase_missing(asked: Asked, aligned: dict[int, int], unit: Unit) -> bool:
    """Whether two neighbouring words of content, a thing of its own, have no counterpart in the unit at all."""
    here = set(concepts(unit.words.keys, asked.language))
    wanted = concepts(asked.words.keys, asked.language)
    lost = {i for i in asked.content if i not in aligned and asked.words.keys[i] not in unit.words.keys}
    # Verbs of force are compared in force, not in words.
    verbs = [(m.start, m.end) for m in markers(asked.text, asked.language) if m.kind == "level"]
    lost = {i for i in lost if not any(a <= asked.words.starts[i] < b for a, b in verbs)}
    return any(i in lost and j in lost and not {wanted[i], wanted[j]} <= here for i, j in pairwise(asked.content))


def _whole(run: tuple[int, ...], asked: Asked, aligned: dict[int, int]) -> bool:
    content = [i for i in run if asked.words.weights[i] == 1.0]
    return bool(content) and all(i in aligned for i in content)


def _cosine(asked: Asked, unit: Unit, region: tuple[int, int]) -> float:
    """Likeness in meaning with the clause, or with the matched passage alone when it is about as long."""
    passages = [window(unit, region)]
    if region[1] - region[0] >= 0.6 * len(asked.text):
        passages.append(unit.text[region[0] : region[1]])
    return max(similarities(asked.text, passages))


def _gap(asked: Asked, aligned: dict[int, int]) -> int:
    """Words of the paragraph that stand between words of the same run of the ask."""
    total = 0
    for run in asked.runs:
        here = [(i, aligned[i]) for i in run if i in aligned]
        for (i, t), (j, u) in pairwise(here):
            total += max(0, (u - t) - (j - i))
    return total


def window(unit: Unit, region: tuple[int, int]) -> str:
    """The matched passage with the rest of its clause, so that the encoder sees a whole thought."""
    left, right = sentence_bounds(unit.text, *region)
    left, right = max(left, region[0] - 60), min(right, region[1] + 60)
    return unit.text[left:right].strip()


def with_level(standing: Standing, level: str, *reasons: tuple[str, str]) -> Standing:
    """The same standing at another level, with reasons added."""
    return replace(standing, level=level, reasons=standing.reasons + reasons)


NOWHERE = Standing(-1, "none", 0.0, 0.0)

__all__ = ["NOWHERE", "NO_MATCH", "RANK", "Standing", "capped", "stand", "window", "with_level"]
