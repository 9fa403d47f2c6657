"""KEEP: do the words still stand, and no weaker than before?"""

from __future__ import annotations

from tribune.engine.search import terms
from tribune.engine.types import Ask

from ._asked import Asked, asked_words, quoted
from ._body import Body
from ._by_meaning import by_meaning
from ._finding import Finding, Proof, finding
from ._force import sentence_bounds
from ._matching import align_locally, spans_of
from ._place import candidates, known_phrases, target_olds, target_units
from ._standing import RANK, Standing, stand, with_level

_LOCATED = 0.8
# Share of weight that has to be left for an object to stand.
OBJECT = 0.3
# Up to so many words of content are the name of a thing: without one of them it is another thing.
_NAME = 4


def judge_keep(ask: Ask, body: Body, top: int) -> Finding:
    """The verdict for words that should stay."""
    wording = ask.old or quoted(ask.text) or _named_text(ask, body) or ask.new or ask.text
    asked = asked_words(wording, body)
    if not len(asked.words):
        return finding("none", reasons=(("no_words", "the ask names no words to keep"),))
    place = _place(ask, asked, body)
    force = _sentence_of(place, asked, body) if place is not None else None
    named = target_units(ask, body)
    if place is not None:
        named = tuple(dict.fromkeys(named + body.olds[place].after))
    foreign = asked.language != body.language
    found: list[Standing] = []
    if not foreign:
        for n in candidates(asked, body, named):
            near = n in named
            found.append(
                stand(
                    asked,
                    n,
                    body,
                    known=known_phrases(body.units[n], body),
                    force_text=force if near else None,
                )
            )
    prose = not ask.old and not quoted(ask.text)
    if foreign or (prose and ask.text and not any(s.rank for s in found)):
        found += by_meaning(asked, body, {}, max(top, 5))
    found = [s for s in found if s.spans]
    if len(asked.content) <= _NAME and not foreign:
        # "subnational and local levels" elsewhere does not keep "subnational and local authorities".
        found = [s for s in found if s.unit in named or _has_all(s, asked, body)]
    if ask.target and place is not None:
        # Words that always stood elsewhere too do not keep those of the paragraph named.
        found = [s for s in found if s.unit in named or s.inserted >= 0.5]
    elif place is not None:
        # Some of the words elsewhere, where they always stood, keep nothing of what stood here.
        found = [s for s in found if s.unit in named or s.inserted >= 0.5 or s.rank >= RANK["substance"]]
    if place is not None and not any(s.rank for s in found):
        found = [_object_of(s, asked, body) if s.unit in named else s for s in found]
    found.sort(key=lambda s: (-s.rank, s.unit not in named, -s.score, s.unit))
    return _decide(found, asked, body, place, top)


def _has_all(s: Standing, asked: Asked, body: Body) -> bool:
    """Whether all words of content stand there."""
    match = align_locally(asked.words.keys, asked.weights, body.units[s.unit].words.keys)
    return {i for i, _ in match.pairs} >= set(asked.content)


def _object_of(s: Standing, asked: Asked, body: Body) -> Standing:
    """Lift a standing to "partly" when what the words end on, their object, still stands in the same place."""
    unit = body.units[s.unit]
    match = align_locally(asked.words.keys, asked.weights, unit.words.keys)
    aligned = dict(match.pairs)
    content = asked.content
    ends_there = (
        len(content) > 2
        and all(i in aligned for i in content[-2:])
        and aligned[content[-1]] - aligned[content[-2]] <= content[-1] - content[-2]
    )
    weight = sum(asked.weights[i] for i in content if i in aligned) / (sum(asked.weights[i] for i in content) or 1.0)
    if not ends_there or weight < OBJECT or s.shift.reversed:
        return s
    return with_level(s, "partly", ("object_stands", f"what the words speak of still stands in {unit.id}"))


def _named_text(ask: Ask, body: Body) -> str:
    for o in target_olds(ask, body):
        return body.olds[o].text
    for n in target_units(ask, body):
        return body.units[n].text
    return ""


def _place(ask: Ask, asked: Asked, body: Body) -> int | None:
    """The old unit in which the words stood."""
    if not body.has_old:
        return None
    pool = target_olds(ask, body) or tuple(n for n, _ in body.old_index.top(terms(asked.words), 12))
    best: tuple[float, int] | None = None
    for n in pool:
        match = align_locally(asked.words.keys, asked.weights, body.olds[n].words.keys)
        if match.coverage >= _LOCATED and (best is None or match.score > best[0]):
            best = (match.score, n)
    return None if best is None else best[1]


def _sentence_of(n: int, asked: Asked, body: Body) -> str:
    """The old sentence around the words: it says how binding they were."""
    old = body.olds[n]
    match = align_locally(asked.words.keys, asked.weights, old.words.keys)
    start, end = old.words.starts[match.region[0]], old.words.ends[match.region[1]]
    left, right = sentence_bounds(old.text, start, end)
    return old.text[left : min(right, end + 60)]


def _old_proof(n: int, asked: Asked, body: Body) -> Proof:
    old = body.olds[n]
    match = align_locally(asked.words.keys, asked.weights, old.words.keys)
    positions = [t for _, t in match.pairs]
    return Proof("old", old.id, round(match.score, 6), spans_of(positions, old.words.starts, old.words.ends))


def _decide(found: list[Standing], asked: Asked, body: Body, place: int | None, top: int) -> Finding:
    proofs = [Proof("text", body.units[s.unit].id, s.score, s.spans) for s in found[:top]]
    best = found[0] if found else None
    if best is None or not best.rank:
        before = [_old_proof(place, asked, body)] if place is not None else []
        reasons = (*(best.reasons if best else ()), ("gone", "the words to keep no longer stand"))
        if place is None:
            note = "the older text did not have them" if body.has_old else "judged without the older text"
            reasons = (*reasons, ("not_in_old" if body.has_old else "no_older_text", note))
        return finding(
            "removed",
            (before + proofs)[:top],
            margin=1 - (best.coverage if best else 0.0),
            reasons=reasons,
            shift=best.shift if best else None,
            unit=best.unit if best else None,
        )
    unit = body.units[best.unit]
    if best.rank >= RANK["substance"]:
        how = "stand" if best.level == "verbatim" else "stand in substance"
        return finding(
            "kept",
            proofs,
            margin=best.coverage or best.meaning or 0.0,
            shift=best.shift,
            unit=best.unit,
            reasons=(("kept_words", f"the words to keep {how} in {unit.id}"), *best.reasons),
            by_meaning=best.meaning is not None and not best.coverage,
        )
    return finding(
        "partly",
        proofs,
        margin=best.coverage or best.meaning or 0.0,
        shift=best.shift,
        unit=best.unit,
        reasons=(("some_words", f"{unit.id} keeps a part, or keeps it weaker"), *best.reasons),
    )
