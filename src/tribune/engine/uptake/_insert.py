"""ADD and CHANGE: do the asked words stand, did this version put them there, are the struck ones gone?"""

from __future__ import annotations

from dataclasses import replace

from tribune.engine.search import analyse
from tribune.engine.types import Ask

from ._asked import Asked, asked_words
from ._body import Body
from ._by_meaning import by_meaning
from ._diff import diff
from ._direction import STRENGTHENED, WEAKENED, force_direction
from ._finding import Finding, Proof, finding
from ._matching import align_locally, find_run, spans_of
from ._place import by_change, candidates, known_phrases, target_units
from ._standing import RANK, Standing, stand, with_level
from ._strike import judge_strike, located, stands_in

# Of so few words of content, a match away from the named paragraph is likely chance.
_FEW = 2
_FRESH = 0.5
_WORTH_SHOWING = 0.3
_NOT_FOUND = (("not_found", "nothing like these words stands in the text"),)
# A resolution repeats the title of its draft, and draws its headings from the text below them.
_TITLES = ("heading", "other", "note")
# Words held among many others are less surely this ask than a change that is this ask and nothing else.
_HELD = 0.85


def judge_insert(ask: Ask, body: Body, top: int) -> Finding:
    """The verdict for words that should come, in place of others if the ask is a CHANGE."""
    if ask.kind == "CHANGE" and ask.old and (not ask.text or ask.new) and _only_strikes(ask, body):
        return judge_strike(ask, body, top)
    wording = ask.new or ask.text
    asked = asked_words(wording, body, against=ask.old if ask.new else "")
    if not any(asked.decisive):
        asked = asked_words(wording, body)
    if not len(asked.words):
        return finding("none", reasons=(("no_words", "the ask names no words to insert"),))
    struck = asked_words(ask.old, body, against=ask.new) if ask.kind == "CHANGE" and ask.old else None
    named = target_units(ask, body)
    found = _standings(ask, asked, body, named, top)
    found = [_settle(s, ask, asked, struck, body, named) for s in found]
    found = _struck_elsewhere(found, ask, struck, body)
    if struck is not None and not any(s.rank for s in found):
        found += _only_struck(ask, asked, struck, body)
    return _decide(found, asked, body, named, top)


def _only_strikes(ask: Ask, body: Body) -> bool:
    if not ask.new:
        return True
    old, new = analyse(ask.old, body.language), analyse(ask.new, body.language)
    struck, inserted = diff(old.keys, new.keys)
    return any(struck) and not any(inserted)


def _standings(ask: Ask, asked: Asked, body: Body, named: tuple[int, ...], top: int) -> list[Standing]:
    foreign = asked.language != body.language
    if body.rows and body.has_old and ask.new and not foreign:
        return _as_changes(ask, asked, body, top)
    pool = candidates(asked, body, named)
    known = {n: known_phrases(body.units[n], body) for n in pool}
    found = [] if foreign else [stand(asked, n, body, known=known[n], meaning=not body.rows) for n in pool]
    prose = not ask.new
    unmet = not any(s.rank and (s.unit in named or not named) for s in found)
    if (
        foreign
        or (prose and not any(s.level == "verbatim" for s in found))
        or (unmet and body.has_old and not body.rows and ask.kind == "ADD")
    ):
        byword = {s.unit: s for s in found}
        meant = by_meaning(
            asked,
            body,
            {n: known_phrases(u, body) for n, u in enumerate(body.units)} if body.has_old else {},
            max(top, 5),
            named,
            prose,
        )
        for s in meant:
            if s.unit not in byword or s.rank > byword[s.unit].rank:
                byword[s.unit] = s
        found = list(byword.values())
    return found


def _as_changes(ask: Ask, asked: Asked, body: Body, top: int) -> list[Standing]:
    """Rows whose own change is like the one asked for; for an ADD also rows that hold its words among others."""
    alike = dict(by_change(ask, body, max(top, 3)))
    found = [
        replace(stand(asked, n, body, meaning=False), score=score) for n, score in list(alike.items())[: max(top, 3)]
    ]
    if not ask.old:
        held = [stand(asked, n, body, meaning=False) for n in candidates(asked, body) if n not in alike]
        found += [replace(s, score=round(_HELD * s.score, 6)) for s in held]
    return found


def _settle(s: Standing, ask: Ask, asked: Asked, struck: Asked | None, body: Body, named: tuple[int, ...]) -> Standing:
    """Lower a standing for what is wrong with its place."""
    if not s.rank:
        return s
    unit = body.units[s.unit]
    if struck is not None and s.rank >= RANK["substance"] and len(struck.words):
        still = stands_in(struck, unit.words.keys)
        if still > 0 and not _struck_here(struck, s.unit, body):
            s = with_level(s, "partly", ("struck_stands", f"the words to strike still stand in {unit.id}"))
    if named and s.unit not in named:
        s = replace(s, elsewhere=True)
        if len(asked.content) <= _FEW:
            reason = ("elsewhere", f"{unit.id} has it, but is not the paragraph named")
            if ask.kind == "CHANGE":
                return with_level(s, "none", reason)
            if s.rank >= RANK["substance"]:
                s = with_level(s, "partly", reason)
    return s


def _struck_here(struck: Asked, n: int, body: Body) -> bool:
    """Whether this version struck the words from the old units of unit `n`, though like words still stand."""
    for o in body.units[n].before:
        old = body.olds[o]
        match = align_locally(struck.words.keys, struck.weights, old.words.keys)
        content = set(struck.content)
        heavy = [t for a, t in match.pairs if a in content]
        if heavy and len(heavy) >= len(content) and all(old.struck[t] for t in heavy):
            return True
    return False


def _struck_elsewhere(found: list[Standing], ask: Ask, struck: Asked | None, body: Body) -> list[Standing]:
    """Words that came in one place do not make a CHANGE while the struck ones stand where they stood."""
    if struck is None or body.rows or not body.has_old or not len(struck.words):
        return found
    places = located(ask, struck, body)
    if not places or any(p.gone >= 0.95 for p in places):
        return found
    old = body.olds[places[0].old]
    return [
        with_level(s, "partly", ("struck_stands", f"the words to strike still stand where {old.id} had them"))
        if s.rank >= RANK["substance"] and s.unit not in old.after
        else s
        for s in found
    ]


def _only_struck(ask: Ask, asked: Asked, struck: Asked, body: Body) -> list[Standing]:
    """The struck words went, other words than the asked ones came: one element of the change is there."""
    if not body.has_old or body.rows:
        return []
    for place in located(ask, struck, body):
        old = body.olds[place.old]
        if place.gone < 0.95 or not old.after:
            continue
        n = old.after[0]
        unit = body.units[n]
        if sum(old.struck) > 0.8 * max(1, len(old.struck)):
            continue  # rewritten as a whole: nothing says that this ask was meant
        wanted, _ = force_direction(ask.old, ask.new, body.language)
        went, _ = force_direction(old.text, unit.text, body.language)
        if {wanted, went} == {STRENGTHENED, WEAKENED}:
            continue  # the words went, but the other way
        shift = stand(asked, n, body, meaning=False).shift
        came = [i for i, new in enumerate(unit.inserted) if new]
        around = align_locally(old.words.keys, old.words.weights, unit.words.keys)
        positions = came or [t for _, t in around.pairs]
        if not positions or shift.reversed or (shift.weaker and wanted != went):
            continue  # in the direction asked for, a change may go less far or further
        return [
            Standing(
                n,
                "partly",
                0.3,
                0.0,
                tuple(positions),
                spans_of(positions, unit.words.starts, unit.words.ends),
                shift,
                None,
                1.0,
                (("struck_gone", f"the words to strike are gone from {old.id}; other words came"),),
            )
        ]
    return []


def _fresh(s: Standing, asked: Asked, body: Body) -> bool:
    """Whether this version put the evidence there."""
    if s.inserted >= _FRESH:
        return True
    if s.inserted <= 0 or (s.meaning is not None and not s.coverage):
        return False
    return s.rank > max((_old_rank(asked, n, body) for n in body.units[s.unit].before), default=0)


def _old_rank(asked: Asked, n: int, body: Body) -> int:
    """How fully the words stood in old unit `n`, by wording alone."""
    keys = body.olds[n].words.keys
    match = align_locally(asked.words.keys, asked.weights, keys)
    aligned = {a for a, _ in match.pairs}
    if all(i in aligned for i in asked.strict):
        return RANK["verbatim"]
    content = [i in aligned for i in asked.content]
    share = sum(content) / len(content)
    return RANK["substance"] if share >= 0.8 else RANK["partly"] if share >= 0.55 else 0


def _stood_before(s: Standing, asked: Asked, body: Body, named: tuple[int, ...]) -> bool:
    """Whether the words were only carried from one place to another, or repeated in a title.

    Words that this version put into the paragraph named are what was asked, wherever else they went.
    """
    if s.unit in named and body.units[s.unit].before and s.inserted >= 1.0:
        return False
    needle = [asked.words.keys[i] for i, d in enumerate(asked.decisive) if d]
    if s.rank < RANK["verbatim"] or body.rows or len(needle) <= _FEW:
        return False
    then = sum(find_run(needle, old.words.keys) >= 0 for old in body.olds)
    now = sum(find_run(needle, unit.words.keys) >= 0 for unit in body.units)
    return then > 0 and (now <= then or body.units[s.unit].kind in _TITLES)


def _decide(found: list[Standing], asked: Asked, body: Body, named: tuple[int, ...], top: int) -> Finding:
    found = [s for s in found if s.spans]
    if not found:
        return finding("none", margin=0.9, reasons=_NOT_FOUND)
    fresh = {s.unit: not body.has_old or _fresh(s, asked, body) for s in found}

    def order(s: Standing) -> tuple[float, ...]:
        if body.rows and body.has_old:
            return (-s.score, -s.rank, s.unit)
        return (-s.rank, not fresh[s.unit], s.elsewhere, -s.score, s.unit)

    found.sort(key=order)
    best = found[0]
    if body.rows and not best.rank:
        best = next((s for s in found if s.rank and s.score >= 0.8 * best.score), best)
        found.sort(key=lambda s: s is not best)
    already = bool(body.has_old and best.rank and (not fresh[best.unit] or _stood_before(best, asked, body, named)))
    proofs = [_proof(s, body, fresh[s.unit] and not already) for s in found[:top]]
    unit = body.units[best.unit]
    if not best.rank:
        near = best.reasons or body.rows or max(best.coverage, best.meaning or 0.0) >= _WORTH_SHOWING
        if not near:
            return finding("none", margin=_margin(best), reasons=_NOT_FOUND)
        nearest = (("nearest", f"the nearest wording is in {unit.id}; it does not count"),)
        return finding(
            "none",
            proofs,
            margin=_margin(best),
            shift=best.shift,
            unit=best.unit,
            reasons=best.reasons + nearest,
        )
    lead = {
        "verbatim": ("verbatim_words", f"the asked words stand in {unit.id}"),
        "substance": ("same_substance", f"{unit.id} says the same in other words"),
        "partly": ("some_words", f"{unit.id} has a part of what was asked"),
    }[best.level]
    reasons = (lead, *best.reasons)
    if already:
        reasons += (("already_there", "the older text had this already; this version did not put it there"),)
    return finding(
        best.level,
        proofs,
        margin=_margin(best),
        already=already,
        reasons=reasons,
        shift=best.shift,
        unit=best.unit,
        by_meaning=best.meaning is not None and not best.coverage,
    )


def _proof(s: Standing, body: Body, inserted_only: bool) -> Proof:
    unit = body.units[s.unit]
    spans = s.spans
    if inserted_only and body.has_old:
        new = [t for t in s.positions if unit.inserted[t]]
        if new:
            spans = spans_of(new, unit.words.starts, unit.words.ends)
    return Proof("text", unit.id, s.score, spans)


def _margin(s: Standing) -> float:
    return s.coverage if s.coverage else max(0.0, s.meaning or 0.0)
