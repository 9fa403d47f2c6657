"""Voting: one value of one voice on one statement; no address, no device, no time is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Prefetch

from tribune.common.refusals import NotAllowed, Refusal
from tribune.common.turns import turn

from ..choices import StatementState, VoteValue
from ..formats import VOTE
from ..grouping import Together
from ..models import Consultation, Phase, Statement, Voice, Vote
from ..refusals import ConsultationClosed, NotInThisPhase, NotWaiting
from ..rules import is_open, permitted

# What decides whether a vote counts now, and nothing else: this is read for every group of votes.
_WINDOWS = Prefetch("phases", Phase.objects.only("pk", "consultation_id", "permits", "starts_at", "ends_at"))


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voice says of one statement: 1 agree, 0 pass, -1 disagree, None to take the vote back."""

    statement_id: int
    voice_uid: str
    value: int | None
    important: bool = False
    at: datetime | None = None


def vote(*, statement: Statement, voice_uid: str, value: int, at: datetime | None = None,
         important: bool = False) -> None:
    """Keep the value (1 agree, 0 pass, -1 disagree) of a voice on a statement; a later one replaces it.

    Returns once it is on disk; votes that arrive together share one commit. `at` is only held against the dates of
    the consultation and its phase; it is not kept. Without it, only the state is asked. Raises NotAllowed,
    ConsultationClosed, NotInThisPhase, NotWaiting.
    """
    if value not in VoteValue.values:
        raise ValueError(f"{value} is no vote")
    _cast(Ballot(statement.pk, voice_uid, value, important, at))


def withdraw_vote(*, statement: Statement, voice_uid: str, at: datetime | None = None) -> None:
    """Take the vote of a voice on a statement back, until the consultation closes."""
    _cast(Ballot(statement.pk, voice_uid, None, at=at))


@transaction.atomic
def cast_together(*, ballots: Sequence[Ballot]) -> list[Refusal | None]:
    """Keep many ballots in one transaction; return for each what refuses it, or None.

    Of two by the same voice on the same statement the later one counts.
    """
    statements = {row.pk: row for row in Statement.objects.filter(pk__in={ballot.statement_id for ballot in ballots})
                  .only("pk", "consultation_id", "state")}
    # Taken for update, as closing does: no acknowledged vote falls between the last count and the closing.
    held = {row.pk: row for row in Consultation.objects.select_for_update(of=("self",))
            .filter(pk__in={row.consultation_id for row in statements.values()}).order_by("pk")
            .only("pk", "state", "closes_at").prefetch_related(_WINDOWS)}
    voices = {row.uid: row for row in Voice.objects.filter(uid__in={ballot.voice_uid for ballot in ballots})
              .only("pk", "uid", "consultation_id")}
    answers: list[Refusal | None] = []
    kept: dict[tuple[int, int], Ballot] = {}
    for ballot in ballots:
        statement, voice = statements.get(ballot.statement_id), voices.get(ballot.voice_uid)
        answer = _refusal(statement, held, voice, ballot)
        answers.append(answer)
        if answer is None and voice is not None:
            kept[voice.pk, ballot.statement_id] = ballot
    rows = [Vote(voice_id=voice, statement_id=statement, value=ballot.value, important=ballot.important)
            for (voice, statement), ballot in sorted(kept.items(), key=lambda pair: pair[0])
            if ballot.value is not None]
    if rows:
        Vote.objects.bulk_create(rows, update_conflicts=True, unique_fields=["voice", "statement"],
                                 update_fields=["value", "important"])
    for (voice_id, statement_id), taken in kept.items():
        if taken.value is None:
            Vote.objects.filter(voice_id=voice_id, statement_id=statement_id).delete()
    return answers


def _refusal(statement: Statement | None, held: dict[int, Consultation], voice: Voice | None,
             ballot: Ballot) -> Refusal | None:
    if statement is None or voice is None or voice.consultation_id != statement.consultation_id:
        return NotAllowed()
    consultation = held[statement.consultation_id]
    if not is_open(consultation, ballot.at):
        return ConsultationClosed()
    if VOTE not in permitted(consultation.phases.all(), ballot.at):
        return NotInThisPhase()
    if ballot.value is not None and statement.state != StatementState.PUBLISHED:
        return NotWaiting()
    return None


def _in_turn(ballots: Sequence[Ballot]) -> list[Refusal | None]:
    with turn("votes"):
        return cast_together(ballots=ballots)


_together: Together[Ballot, Refusal | None] = Together(_in_turn)


def _cast(ballot: Ballot) -> None:
    # Inside a larger transaction nothing may be acknowledged for it by another thread.
    if connection.in_atomic_block:
        [answer] = cast_together(ballots=[ballot])
    else:
        answer = _together(ballot)
    if answer is not None:
        raise answer
