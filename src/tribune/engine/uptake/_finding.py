"""What judging an ask found, before it becomes a Judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ._force import Shift


@dataclass(frozen=True, slots=True)
class Proof:
    """One place that shows a verdict: in the "text" or the "old" text, with half-open character spans."""

    where: str
    paragraph: str
    score: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its proofs, best first.

    `margin` in 0..1 says how far the deciding figure lies from the next verdict; `unit` and `change` are
    positions of the unit or old unit that decided, for the direction of the change there.
    """

    verdict: str
    proofs: tuple[Proof, ...] = ()
    margin: float = 0.0
    already: bool = False
    reasons: tuple[tuple[str, str], ...] = ()
    shift: Shift = field(default_factory=Shift)
    unit: int | None = None
    change: int | None = None
    by_meaning: bool = False


def finding(
    verdict: str,
    proofs: Sequence[Proof] = (),
    *,
    margin: float = 0.0,
    already: bool = False,
    reasons: tuple[tuple[str, str], ...] = (),
    shift: Shift | None = None,
    unit: int | None = None,
    change: int | None = None,
    by_meaning: bool = False,
) -> Finding:
    """A finding whose proofs all have at least one span; none scores above one that ranks before it."""
    kept: list[Proof] = []
    for proof in proofs:
        if proof.spans:
            limit = kept[-1].score if kept else proof.score
            kept.append(replace(proof, score=min(proof.score, limit)))
    return Finding(verdict, tuple(kept), margin, already, reasons, shift or Shift(), unit, change, by_meaning)
