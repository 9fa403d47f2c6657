"""DELETE, and the struck half of CHANGE: are the words gone from where they stood?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tribune.engine.search import terms
from tribune.engine.types import Ask

from ._asked import Asked, asked_words, quoted
from ._body import Body, OldUnit
from ._finding import Finding, Proof, finding
from ._matching import align_locally, find_run, spans_of
from ._place import by_change, target_olds, target_units

_LOCATED = 0.8
_MOVED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Struck:
    """How much of the asked words this version struck from one old unit; `positions` are words of it."""

    old: int
    located: float
    gone: float
    positions: tuple[int, ...]
    score: float


def struck_in(asked: Asked, n: int, body: Body) -> Struck:
    """Find the words to strike in old unit `n`, and the share of them that is gone."""
    unit = body.olds[n]
    match = align_locally(asked.words.keys, asked.weights, unit.words.keys)
    pairs = [(a, t) for a, t in match.pairs if asked.decisive[a]]
    content = set(asked.content)
    heavy = [(a, t) for a, t in pairs if a in content]
    located = len(heavy) / len(content) if content else 0.0
    gone = sum(unit.struck[t] for _, t in heavy) / len(heavy) if heavy else 0.0
    return Struck(n, located, gone, tuple(t for _, t in pairs), round(match.score, 6))


def stands_in(asked: Asked, keys: tuple[str, ...]) -> float:
    """The share of struck passages (runs of decisive words) that stand in `keys` as they stood.

    A run of one or two words needs a neighbour of its context beside it, for such words stand everywhere.
    """
    runs = asked.runs
    if not runs:
        return 0.0
    standing = 0.0
    total = 0.0
    for run in runs:
        needle = [asked.words.keys[i] for i in run]
        size = float(len(needle))
        total += size
        if len(needle) > 2 or not asked.has_context:
            if find_run(needle, keys) >= 0:
                standing += size
            elif len(needle) >= 5:
                match = align_locally(needle, [asked.weights[i] for i in run], keys)
                if match.coverage >= 0.8 and match.region[1] - match.region[0] <= 1.3 * size:
                    standing += size * match.coverage
            continue
        before = [asked.words.keys[run[0] - 1]] if run[0] > 0 else []
        after = [asked.words.keys[run[-1] + 1]] if run[-1] + 1 < len(asked.words) else []
        if (before and find_run(before + needle, keys) >= 0) or (after and find_run(needle + after, keys) >= 0):
            standing += size
    return standing / total


def located(ask: Ask, asked: Asked, body: Body, top: int = 3) -> list[Struck]:
    """Old units in which the words to strike stood: the named one, else the best by words."""
    if body.rows and ask.old:
        alike = [(body.units[n].before, score) for n, score in by_change(ask, body, max(top, 3))]
        rows = [replace(struck_in(asked, before[0], body), score=score) for before, score in alike if before]
        return [s for s in rows if s.positions]
    named = target_olds(ask, body)
    found = [struck_in(asked, n, body) for n in named]
    if any(s.located >= _LOCATED for s in found):
        return found
    pool = [n for n, _ in body.old_index.top(terms(asked.words), 12)]
    if not pool:
        keys = set(asked.words.keys)
        pool = [n for n, unit in enumerate(body.olds) if keys and keys <= set(unit.words.keys)][:12]
    found = [s for s in (struck_in(asked, n, body) for n in pool) if s.located >= _LOCATED]
    # Where the words stood several times, the place that lost them is the one that answers the ask.
    return sorted(found, key=lambda s: (-round(s.located, 2), -s.gone, -s.score, s.old))


def judge_strike(ask: Ask, body: Body, top: int) -> Finding:
    """The verdict for words that should go."""
    wording = ask.old or quoted(ask.text) or _target_text(ask, body) or ask.text
    asked = asked_words(wording, body, against=ask.new if ask.old else "")
    if not len(asked.words):
        return finding("none", reasons=(("no_words", "the ask names no words to strike"),))
    if body.has_old:
        places = located(ask, asked, body, top)
        if places:
            return _judge_against_old(ask, asked, body, places, top)
    return _judge_by_absence(ask, asked, body, top)


def _target_text(ask: Ask, body: Body) -> str:
    for n in target_olds(ask, body):
        return body.olds[n].text
    for n in target_units(ask, body):
        return body.units[n].text
    return ""


def _judge_against_old(ask: Ask, asked: Asked, body: Body, places: list[Struck], top: int) -> Finding:
    best = places[0]
    unit = body.olds[best.old]
    proofs = [_old_proof(unit, best, best.score)]
    moved = _moved_to(asked, body)
    proofs += [_old_proof(body.olds[s.old], s, s.score) for s in places[1:top]]
    margin = abs(best.gone - 0.5) * 2
    if best.gone >= 0.95 and best.located >= _LOCATED:
        if moved is not None:
            return finding(
                "partly",
                [*proofs[:1], moved, *proofs[1:]],
                margin=0.5,
                reasons=(("moved", f"struck from {unit.id}, but the words stand in {moved.paragraph}"),),
            )
        return finding(
            "verbatim",
            proofs,
            margin=margin,
            change=best.old,
            reasons=(("struck_gone", f"the words to strike are gone from {unit.id}"),),
        )
    if best.gone * best.located >= 0.15:
        return finding(
            "partly",
            proofs,
            margin=0.4,
            change=best.old,
            reasons=(("struck_in_part", f"some of the words to strike are gone from {unit.id}"),),
        )
    still = [p for n in unit.after if (p := _standing_proof(asked, body, n))]
    return finding(
        "none",
        still[:top] or proofs[:top],
        margin=margin,
        reasons=(("struck_stands", "the words to strike still stand"),),
    )


def _old_proof(unit: OldUnit, struck: Struck, score: float) -> Proof:
    gone = [t for t in struck.positions if unit.struck[t]] or list(struck.positions)
    return Proof("old", unit.id, score, spans_of(gone, unit.words.starts, unit.words.ends))


def _standing_proof(asked: Asked, body: Body, n: int) -> Proof | None:
    unit = body.units[n]
    match = align_locally(asked.words.keys, asked.weights, unit.words.keys)
    positions = [t for a, t in match.pairs if asked.decisive[a]] or [t for _, t in match.pairs]
    if not positions:
        return None
    return Proof("text", unit.id, round(match.score, 6), spans_of(positions, unit.words.starts, unit.words.ends))


def _moved_to(asked: Asked, body: Body) -> Proof | None:
    """A place where this version put the struck words back."""
    if body.rows:
        return None
    needle = [asked.words.keys[i] for i, d in enumerate(asked.decisive) if d]
    if len(needle) < _MOVED_WORDS:
        return None
    for unit in body.units:
        at = find_run(needle, unit.words.keys)
        if at >= 0 and sum(unit.inserted[at : at + len(needle)]) >= len(needle) / 2:
            return Proof("text", unit.id, 0.5, ((unit.words.starts[at], unit.words.ends[at + len(needle) - 1]),))
    return None


def _judge_by_absence(ask: Ask, asked: Asked, body: Body, top: int) -> Finding:
    """Without the place where the words stood, look whether they stand anywhere now."""
    named = target_units(ask, body)
    pool = list(named) or [n for n, _ in body.index.top(terms(asked.words), 12)]
    if not pool and not terms(asked.words):
        keys = set(asked.words.keys)
        pool = [n for n, unit in enumerate(body.units) if keys & set(unit.words.keys)][:12]
    shown = [(n, _standing_proof(asked, body, n)) for n in pool]
    seen = [(stands_in(asked, body.units[n].words.keys), proof, n) for n, proof in shown if proof]
    seen.sort(key=lambda item: (-item[0], -item[1].score, item[2]))
    proofs = [proof for _, proof, _ in seen[:top]]
    never = body.has_old
    notes: tuple[tuple[str, str], ...] = (
        (("not_in_old", "the words to strike did not stand in the older text"),)
        if never
        else (("no_older_text", "judged without the older text: the words may never have stood here"),)
    )
    if not seen and named:
        unit = body.units[named[0]]
        if unit.text.strip():
            proofs = [Proof("text", unit.id, 0.0, (_all_of(unit.text),))]
    if not proofs:
        return finding("none", reasons=(("not_found", "nothing like these words stands in the text"), *notes))
    most = seen[0][0] if seen else 0.0
    if most >= 0.95:
        return finding(
            "none", proofs, margin=0.9, reasons=(("struck_stands", "the words to strike stand in the text"),)
        )
    if most >= 0.3:
        return finding(
            "partly",
            proofs,
            margin=0.3,
            already=never,
            reasons=(("struck_in_part", "some of the words to strike stand in the text"), *notes),
        )
    return finding(
        "verbatim",
        proofs,
        margin=0.4,
        already=never,
        reasons=(("struck_gone", "the words to strike stand nowhere; the nearest place is shown"), *notes),
    )


def _all_of(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, len(text.rstrip())
