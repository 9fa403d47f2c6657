"""Asks against a text: one proposed judgement each, in the order of the asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tribune.engine.types import ASK_KINDS, Ask, Evidence, Judgement, Paragraph, Reason

from ._asks import Row
from ._body import Body, body_of_rows, body_of_text
from ._confidence import confidence
from ._direction import direction_of
from ._finding import Finding, finding
from ._insert import judge_insert
from ._keep import judge_keep
from ._place import target_olds, target_units
from ._strike import judge_strike

# Is told how many asks are judged, of how many.
Progress = Callable[[int, int], None]
_HAD = frozenset(("verbatim", "substance", "partly"))


def judge(
    asks: Sequence[Ask],
    text: Sequence[Paragraph],
    *,
    old: Sequence[Paragraph] | None = None,
    language: str = "",
    top: int = 3,
    previous: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Judgement, ...]:
    """Say for each ask whether the text took it up, where, how literally, and why we think so.

    With `old`, evidence for ADD and CHANGE must lie in words that `text` inserted, else the judgement says
    `already_there`. `previous` has the verdict of each ask id against the version judged before; an ask that
    was there and is no more becomes "removed". Evidence has up to `top` places, best first; spans are
    half-open code-point offsets into the paragraph's text. Each judgement depends on its own ask only.
    `progress` is called after each ask with how many are done, of how many.
    Raises ValueError for an unknown kind. Method, figures and limits: docs/engine/uptake.md.

    >>> text = [Paragraph("4", "4", "", "operative", "States shall consult local governments.")]
    >>> done, = judge([Ask("a", "ADD", new="consult local government")], text)
    >>> done.verdict, done.evidence[0].paragraph, done.evidence[0].spans
    ('verbatim', '4', ((13, 38),))
    """
    return judge_all(asks, body_of_text(text, old, language), top, previous or {}, progress)


def judge_rows(
    asks: Sequence[Ask],
    rows: Sequence[Row],
    *,
    language: str = "",
    top: int = 3,
    previous: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Judgement, ...]:
    """The same against a table of texts; a row with `old` is a change of its own, compared as a change.

    >>> rows = [Row("r1", "Each may act.", "Each shall act."), Row("r2", "Each must act.", "Each may act.")]
    >>> judge_rows([Ask("a", "CHANGE", old="may act", new="must act")], rows)[0].evidence[0].paragraph
    'r2'
    """
    return judge_all(asks, body_of_rows(rows, language), top, previous or {}, progress)


def judge_all(
    asks: Sequence[Ask],
    body: Body,
    top: int,
    previous: Mapping[str, str],
    progress: Progress | None = None,
) -> tuple[Judgement, ...]:
    """Judge each ask against a text that was made ready."""
    for ask in asks:
        if ask.kind not in ASK_KINDS:
            raise ValueError(f"ask {ask.id!r}: kind {ask.kind!r} is none of {', '.join(ASK_KINDS)}")
    found = []
    for n, ask in enumerate(asks, 1):
        found.append(_judge_one(ask, body, max(1, top), previous.get(ask.id, "")))
        if progress is not None:
            progress(n, len(asks))
    return tuple(found)


def _judge_one(ask: Ask, body: Body, top: int, before: str) -> Judgement:
    if not body.units:
        found = finding(
            "removed" if ask.kind == "KEEP" else "none",
            reasons=(("empty_text", "the text has no paragraphs"),),
        )
    elif ask.kind == "DELETE":
        found = judge_strike(ask, body, top)
    elif ask.kind == "KEEP":
        found = judge_keep(ask, body, top)
    else:
        found = judge_insert(ask, body, top)
    return _judgement(found, ask, body, before, top)


def _judgement(found: Finding, ask: Ask, body: Body, before: str, top: int) -> Judgement:
    direction, words = direction_of(found, body)
    verdict, reasons = found.verdict, (*found.reasons, *words)
    if verdict == "none" and ask.kind != "KEEP" and before in _HAD:
        verdict = "removed"
        reasons = (
            ("removed_since", f"the version judged before had it ({before}), this one has not"),
            *reasons,
        )
    if ask.target and body.units and not target_units(ask, body) and not target_olds(ask, body):
        reasons = (*reasons, ("no_such_target", f"paragraph {ask.target} does not exist; the whole text was searched"))
    if body.is_same:
        reasons = (*reasons, ("same_text", "this version is the same text as the older one"))
    return Judgement(
        ask=ask.id,
        verdict=verdict,
        direction=direction,
        confidence=confidence(found, ask, body),
        already_there=found.already,
        reasons=tuple(Reason(code, message) for code, message in reasons),
        evidence=tuple(Evidence(p.where, p.paragraph, p.score, p.spans) for p in found.proofs[:top]),
    )
