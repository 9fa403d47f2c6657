"""Counting votes: exact for ourselves, and what may be shown of it (GROUND.md, Voices).

While a consultation is open, counts move in steps of five. Cells of 1 to 4 never show, and where a row has
one, its other cells and the totals are rounded too, so that no difference gives it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q

from .choices import StatementState, VoteValue
from .models import Consultation, Statement, Voice, Vote

STEP = 5
ROUTING_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Exact votes on one statement; never shown as they are, see `shown`."""

    statement: Statement
    agree: int
    passed: int
    disagree: int

    @property
    def total(self) -> int:
        return self.agree + self.passed + self.disagree


@dataclass(frozen=True, slots=True)
class Cell:
    """What may be shown of one count: `n`, exact or rounded down; below STEP nothing but that."""

    n: int
    exact: bool

    @property
    def hidden(self) -> bool:
        """Whether the page says "fewer than 5"."""
        return not self.exact and self.n < STEP


@dataclass(frozen=True, slots=True)
class Row:
    """What may be shown of one statement."""

    statement: Statement
    agree: Cell
    passed: Cell
    disagree: Cell
    total: Cell


@dataclass(frozen=True, slots=True)
class Results:
    """What may be shown of all: voices, and a row for each statement."""

    voices: Cell
    rows: tuple[Row, ...]


def tallies(consultation: Consultation) -> list[Tally]:
    """Return exact counts for every published statement in the order they were made: frozen ones once closed.

    Two queries, whatever the number of votes.
    """
    statements = Statement.objects.filter(consultation=consultation, state=StatementState.PUBLISHED)
    if consultation.frozen is not None:
        # Words that were erased afterwards leave their numbers behind.
        frozen = consultation.frozen["statements"]
        statements |= Statement.objects.filter(consultation=consultation, state=StatementState.WITHDRAWN,
                                               public_id__in=list(frozen))
    statements = statements.order_by("id")
    if consultation.frozen is not None:
        return [Tally(statement, *frozen.get(statement.public_id, (0, 0, 0))) for statement in statements]
    counted = _counted(consultation)
    return [Tally(statement, *counted.get(statement.pk, (0, 0, 0))) for statement in statements]


def counts_by_statement(consultation: Consultation) -> dict[str, tuple[int, int, int]]:
    """Return (agree, pass, disagree) of every published statement by its public id; up to a few seconds old.

    For choosing what to ask next, which each page of each voice does; never for showing.
    """
    key = f"listen.counts.{consultation.public_id}"
    known: dict[int, tuple[int, int, int]] | None = cache.get(key)
    if known is None:
        known = _counted(consultation)
        cache.set(key, known, ROUTING_SECONDS)
    ids = Statement.objects.filter(consultation=consultation, state=StatementState.PUBLISHED)
    return {public_id: known.get(pk, (0, 0, 0)) for pk, public_id in ids.values_list("pk", "public_id")}


def n_voices(consultation: Consultation) -> int:
    """Return how many voices have voted on anything published; as frozen once closed."""
    if consultation.frozen is not None:
        return int(consultation.frozen["voices"])
    return Voice.objects.filter(consultation=consultation,
                                votes__statement__state=StatementState.PUBLISHED).distinct().count()


def freeze(consultation: Consultation) -> dict[str, Any]:
    """Return what closing keeps: counts by public id of the statement, and the number of voices."""
    ids = dict(Statement.objects.filter(consultation=consultation).values_list("pk", "public_id"))
    return {"voices": n_voices(consultation),
            "statements": {ids[pk]: list(counted) for pk, counted in sorted(_counted(consultation).items())}}


def shown(exact: Sequence[Tally], voices: int, *, closed: bool) -> Results:
    """Return what may be shown of exact counts, so that cells of 1 to 4 follow from nothing."""
    rows = [(tally, closed and not any(0 < n < STEP for n in (tally.agree, tally.passed, tally.disagree)))
            for tally in exact]
    all_exact = closed and all(whole for _, whole in rows) and not 0 < voices < STEP
    return Results(
        voices=_cell(voices, all_exact),
        rows=tuple(Row(tally.statement, *(_cell(n, whole) for n in (tally.agree, tally.passed, tally.disagree,
                                                                   tally.total)))
                   for tally, whole in rows))


def _cell(n: int, exact: bool) -> Cell:
    return Cell(n, True) if exact else Cell(n - n % STEP, False)


def _counted(consultation: Consultation) -> dict[int, tuple[int, int, int]]:
    rows = (Vote.objects.filter(statement__consultation=consultation)
            .order_by()
            .values("statement_id")
            .annotate(agree=Count("pk", filter=Q(value=VoteValue.AGREE)),
                      passed=Count("pk", filter=Q(value=VoteValue.PASS)),
                      disagree=Count("pk", filter=Q(value=VoteValue.DISAGREE))))
    return {row["statement_id"]: (row["agree"], row["passed"], row["disagree"]) for row in rows}
