"""Voting: one value of one voice on one statement; no address, no device, no time is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from tribune.common.refusals import NotAllowed

from ..choices import StatementState, VoteValue
from ..formats import VOTE
from ..models import Consultation, Statement, Voice, Vote
from ..refusals import ConsultationClosed, NotInThisPhase, NotWaiting
from ..rules import is_open, permitted


@transaction.atomic
def new_voice(*, consultation: Consultation) -> Voice:
    """Return a new voice of an open consultation: a random id that says nothing of whom it belongs to."""
    if not is_open(Consultation.objects.get(pk=consultation.pk), None):
        raise ConsultationClosed
    return Voice.objects.create(consultation=consultation, uid=secrets.token_hex(16))


@transaction.atomic
def vote(*, statement: Statement, voice_uid: str, value: int, at: datetime | None = None) -> Vote:
    """Keep the value (1 agree, 0 pass, -1 disagree) of a voice on a statement; a later one replaces it.

    `at` is only held against the dates of the consultation and its phase; it is not kept. Without it, only
    the state is asked. Of the same vote sent twice at once, one row remains.
    """
    consultation_id, voice = _take_part(statement, voice_uid, at)
    if value not in VoteValue.values:
        raise ValueError(f"{value} is no vote")
    if not Statement.objects.filter(pk=statement.pk, consultation_id=consultation_id,
                                    state=StatementState.PUBLISHED).exists():
        raise NotWaiting
    row = Vote(voice=voice, statement=statement, value=value)
    Vote.objects.bulk_create([row], update_conflicts=True, unique_fields=["voice", "statement"],
                             update_fields=["value"])
    return row


@transaction.atomic
def withdraw_vote(*, statement: Statement, voice_uid: str, at: datetime | None = None) -> None:
    """Take the vote of a voice on a statement back, until the consultation closes."""
    _, voice = _take_part(statement, voice_uid, at)
    Vote.objects.filter(voice=voice, statement=statement).delete()


def _take_part(statement: Statement, voice_uid: str, at: datetime | None) -> tuple[int, Voice]:
    # Taken for update, as closing does: no acknowledged vote falls between the last count and the closing.
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=statement.consultation_id)
    if not is_open(consultation, at):
        raise ConsultationClosed
    if VOTE not in permitted(consultation.phases.all(), at):
        raise NotInThisPhase
    voice = Voice.objects.filter(uid=voice_uid, consultation=consultation).first()
    if voice is None:
        raise NotAllowed
    return consultation.pk, voice
