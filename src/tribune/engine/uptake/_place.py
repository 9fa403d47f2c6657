"""Where an ask points: its target paragraph and successors, and the units worth looking at."""

from __future__ import annotations

from rapidfuzz.distance import Indel, LCSseq

from tribune.engine.search import analyse, terms
from tribune.engine.types import Ask

from ._asked import Asked
from ._body import Body, Unit
from ._diff import signature
from ._force import markers

_CANDIDATES = 12
_CHANGE_CANDIDATES = 200
# Two changes alike to the letter are told apart by the wording around them; it must never outvote the change.
_CONTEXT_SHARE = 0.05


def target_olds(ask: Ask, body: Body) -> tuple[int, ...]:
    """Positions of the old unit that the ask names; empty without an older text or a known target."""
    if not body.has_old or not ask.target:
        return ()
    found = body.old_position.get(ask.target)
    return () if found is None else (found,)


def target_units(ask: Ask, body: Body) -> tuple[int, ...]:
    """Positions of the unit that the ask names, or of the successors of the old one it names."""
    if not ask.target:
        return ()
    if body.has_old:
        return tuple(dict.fromkeys(n for o in target_olds(ask, body) for n in body.olds[o].after))
    found = body.position.get(ask.target)
    return () if found is None else (found,)


def candidates(asked: Asked, body: Body, first: tuple[int, ...] = ()) -> list[int]:
    """Units that may hold the asked words: the named ones, then the best by words."""
    wanted = terms(asked.words)
    found = list(first)
    if wanted:
        found += [n for n, _ in body.index.top(wanted, _CANDIDATES)]
        if asked.has_context:
            decisive = [asked.words.keys[i] for i in asked.content]
            found += [n for n, _ in body.index.top(decisive, 6)]
        if body.has_old and not body.rows:
            found += [n for n, _ in body.change_index.top([asked.words.keys[i] for i in asked.content], 6)]
    else:
        keys = set(asked.words.keys)
        found += [n for n, unit in enumerate(body.units) if keys <= set(unit.words.keys)][:_CANDIDATES]
    return list(dict.fromkeys(found))


def by_change(ask: Ask, body: Body, k: int) -> list[tuple[int, float]]:
    """Units whose own change is most like the change asked for, with a likeness in 0..1, best first.

    Likeness is twice the longest common subsequence of both change signatures over their lengths.
    """
    old, new = analyse(ask.old, body.language), analyse(ask.new, body.language)
    wanted = signature(old.keys, new.keys)
    if not wanted:
        return []
    found = []
    for n, _ in body.change_index.top(wanted, _CHANGE_CANDIDATES):
        have = body.signatures[n]
        alike = 2 * LCSseq.similarity(wanted, have) / (len(wanted) + len(have))
        found.append((n, alike))
    # Only what can still win needs its surroundings compared.
    found.sort(key=lambda pair: (-pair[1], body.units[pair[0]].id))
    cut = found[min(k, len(found)) - 1][1] - 2 * _CONTEXT_SHARE if found else 0.0
    scored = []
    for n, alike in found:
        if alike < cut:
            break
        before = body.units[n].before
        keys = body.olds[before[0]].words.keys if before else ()
        around = Indel.normalized_similarity(old.keys, keys) if old.keys or keys else 1.0
        scored.append((n, round((1 - _CONTEXT_SHARE) * alike + _CONTEXT_SHARE * around, 6)))
    scored.sort(key=lambda pair: (-pair[1], body.units[pair[0]].id))
    return scored[:k]


def known_phrases(unit: Unit, body: Body) -> tuple[str, ...]:
    """Words of force in a unit that this version did not put there."""
    if not unit.before:
        return ()
    found = []
    for marker in markers(unit.text, body.language):
        inside = [
            i
            for i, (a, b) in enumerate(zip(unit.words.starts, unit.words.ends, strict=True))
            if a < marker.end and b > marker.start
        ]
        if inside and not any(unit.inserted[i] for i in inside):
            found.append(marker.phrase)
    return tuple(found)
