"""Writing what was read of another platform: in small steps that nobody sees until the last one.

Each step is a short transaction, so that people go on voting elsewhere meanwhile. Statements stand as withdrawn,
which no page or count shows, until the last step turns them all at once; whatever is cut off before is thrown away
when the file is taken up again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.engine.text import language_of
from tribune.engine.types import Unreadable

from ..choices import ConsultationState, DataKind, DataState, Origin, StatementState, VoiceOrigin
from ..exchange.carried import pack
from ..exchange.fitting import Words
from ..exchange.polis_in import Bundle
from ..exchange.polis_out import uid_of
from ..exchange.tables import Report
from ..models import Consultation, DataImport, ImportedVotes, Statement, Voice, Vote

_STEP = 5000
Beat = Callable[[int, int], None]


def throw_away(data: DataImport) -> None:
    """Delete what was written of an import that did not come to its end."""
    if data.kind == DataKind.POLIS and not ImportedVotes.objects.filter(consultation=data.consultation_id).exists():
        voices = Voice.objects.filter(consultation=data.consultation_id, origin=VoiceOrigin.IMPORT)
        while some := list(voices.values_list("pk", flat=True)[:_STEP]):
            Vote.objects.filter(voice__in=some).delete()
            voices.filter(pk__in=some).delete()
    Statement.objects.filter(came_by=data).exclude(state=StatementState.PUBLISHED).delete()


def store_bundle(*, data: DataImport, bundle: Bundle, report: Report, at: datetime, beat: Beat) -> bool:
    """Write a conversation; False where it was stopped or the consultation closed meanwhile."""
    total = len(bundle.voters) + int(bundle.counts.sum())
    statements = _statements(data, bundle.statements, at)
    beat(0, total)
    voices: list[int] = []
    for begin in range(0, len(bundle.voters), _STEP):
        some = bundle.voters[begin:begin + _STEP]
        voices += [voice.pk for voice in Voice.objects.bulk_create(
            Voice(consultation_id=data.consultation_id, uid=uid_of(data.key, voter), origin=VoiceOrigin.IMPORT)
            for voter in some)]
        beat(len(voices), total)
    rows = np.flatnonzero(bundle.counts)
    for begin in range(0, len(rows), _STEP):
        Vote.objects.bulk_create(
            Vote(voice_id=voices[bundle.who[row]], statement_id=statements[bundle.what[row]].pk,
                 value=bundle.value[row]) for row in rows[begin:begin + _STEP].tolist())
        beat(len(voices) + min(begin + _STEP, len(rows)), total)
    details = pack(bundle, [statement.public_id for statement in statements], beat_only(beat, total))
    states = {1: StatementState.PUBLISHED, 0: StatementState.PUBLISHED, -1: StatementState.REFUSED}
    turned: dict[StatementState, list[int]] = {}
    for words, statement in zip(bundle.statements, statements, strict=True):
        turned.setdefault(states[words.moderated], []).append(statement.pk)
    told = {"statements": len(statements), "voices": len(voices), "votes": len(rows),
            "replaced": bundle.n_replaced, "contrary": bundle.n_contrary}
    return _finish(data, turned, told, report, at=at, details=details)


def store_list(*, data: DataImport, words: list[Words], report: Report, at: datetime, beat: Beat) -> bool:
    """Write a list of statements, without those that stand there already; False where it was stopped."""
    there = {text.casefold() for text in Statement.objects.filter(
        consultation=data.consultation_id, state=StatementState.PUBLISHED).values_list("text", flat=True)}
    new = [each for each in words if each.text.casefold() not in there]
    if len(new) < len(words):
        report.note("there_already", str(len(words) - len(new)))
    beat(0, len(new))
    made = _statements(data, new, at)
    return _finish(data, {StatementState.PUBLISHED: [row.pk for row in made]}, {"statements": len(made)}, report, at=at)


def beat_only(beat: Beat, total: int) -> Beat:
    """Return a beat that says nothing new of the progress, but may stop."""
    return lambda _done, _total: beat(total, total)


def _statements(data: DataImport, words: list[Words], at: datetime) -> list[Statement]:
    made: list[Statement] = []
    organiser = data.kind == DataKind.LIST
    for begin in range(0, len(words), 500):
        made += Statement.objects.bulk_create(
            Statement(consultation_id=data.consultation_id, text=each.text, language=language_of(each.text) or "und",
                      origin=Origin.ORGANISER if each.seed or organiser else Origin.PARTICIPANT, came_by=data,
                      state=StatementState.WITHDRAWN, made_at=_moment(each.time_ms, at))
            for each in words[begin:begin + 500])
    return made


def _moment(time_ms: int | None, at: datetime) -> datetime:
    if time_ms is None:
        return at
    try:
        return min(datetime.fromtimestamp(time_ms / 1000, tz=UTC), at)
    except (ValueError, OverflowError, OSError):
        return at


@transaction.atomic
def _finish(data: DataImport, turned: dict[StatementState, list[int]], told: dict[str, int], report: Report, *,
            at: datetime, details: bytes | None = None) -> bool:
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=data.consultation_id)
    held = DataImport.objects.select_for_update(of=("self",)).get(pk=data.pk)
    if held.state != DataState.READING:
        return False
    if consultation.state == ConsultationState.CLOSED:
        raise Unreadable("closed", "The consultation closed meanwhile.")
    if details is not None:
        ImportedVotes.objects.create(consultation=consultation, details=details)
    reason = _("Not published where it comes from: %(source)s") % {"source": held.source}
    for state, pks in turned.items():
        for begin in range(0, len(pks), 500):
            Statement.objects.filter(pk__in=pks[begin:begin + 500]).update(
                state=state, state_reason=reason if state == StatementState.REFUSED else "")
    held.state, held.ended_at, held.n_done, held.n_total = DataState.DONE, at, held.n_total, held.n_total
    held.report = {**told, **report_of(report)}
    held.save(update_fields=["state", "ended_at", "n_done", "n_total", "report"])
    journal.record("data_taken_in", by="", thing=held.public_id, at=at)
    return True


def report_of(report: Report) -> dict[str, object]:
    """Return what was left out as the import keeps it."""
    return {"n_bad": report.n_bad, "bad": [list(row) for row in report.bad],
            "notices": [list(row) for row in report.notices]}
