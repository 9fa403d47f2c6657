"""The phases of a consultation as an officer sets them, and the questions of a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.refusals import NotAllowed
from tribune.people.rules import Viewer

from ..choices import ConsultationState, PhaseKind, Who
from ..formats import ON_PARAGRAPHS, VERBS
from ..models import Consultation, Phase, Question
from ..refusals import ConsultationClosed, Incomplete
from ..rules import may_prepare


@dataclass(frozen=True, slots=True)
class PhaseGiven:
    """One phase as an officer fills it in; without moments it lasts as long as the consultation."""

    kind: str
    permits: tuple[str, ...]
    title: str = ""
    who: str = Who.ANYONE
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionGiven:
    """One question as an officer fills it in; `public_id` names one that exists."""

    text: str
    most_words: int = 300
    help: str = ""
    public_id: str = ""


@transaction.atomic
def set_phases(*, consultation: Consultation, phases: Sequence[PhaseGiven], by: Viewer, at: datetime) -> list[Phase]:
    """Put these phases, in this order, in place of those before; return them. What was said stays.

    Raises NotAllowed, ConsultationClosed, or Incomplete with "phase-<place>" as its field.
    """
    found = _held(consultation, by)
    if not phases:
        raise Incomplete("", _("A consultation has at least one phase."))
    for place, phase in enumerate(phases):
        _check(phase, f"phase-{place}", found)
    found.phases.all().delete()
    made = Phase.objects.bulk_create(
        Phase(consultation=found, order=order, kind=phase.kind, title=phase.title.strip(), who=phase.who,
              permits=[verb for verb in VERBS if verb in phase.permits], starts_at=phase.starts_at,
              ends_at=phase.ends_at)
        for order, phase in enumerate(phases, start=1))
    journal.record("phases_set", by=by.public_id, thing=found.public_id, at=at)
    return made


@transaction.atomic
def set_questions(*, consultation: Consultation, questions: Sequence[QuestionGiven], by: Viewer,
                  at: datetime) -> list[Question]:
    """Put these questions, in this order, in place of those before; return them.

    A question that somebody has answered keeps its words and is not taken out: the answers would speak to something
    else. Raises NotAllowed, ConsultationClosed, Incomplete with "question-<place>" as its field.
    """
    found = _held(consultation, by)
    there = {row.public_id: row for row in found.questions.all()}
    kept: list[Question] = []
    for place, given in enumerate(questions):
        question = there.pop(given.public_id, None)
        text = given.text.strip()
        if not text:
            raise Incomplete(f"question-{place}", _("Write the question."))
        if not 1 <= given.most_words <= 10_000:
            raise Incomplete(f"question-{place}", _("Give a limit between 1 and 10,000 words."))
        if question is not None and question.text != text and question.answers.exists():
            raise Incomplete(f"question-{place}", _("Somebody has answered this question: its words stay. "
                                                    "Add another question."))
        question = question or Question(consultation=found)
        question.text, question.most_words, question.help = text, given.most_words, given.help.strip()
        question.order = place + 1
        question.save()
        kept.append(question)
    for question in there.values():
        if question.answers.exists():
            raise Incomplete("", _("Somebody has answered “%(question)s”: it stays.") % {"question": question.text})
        question.delete()
    journal.record("questions_set", by=by.public_id, thing=found.public_id, at=at)
    return kept


@transaction.atomic
def publish_summary(*, consultation: Consultation, summary: str, by: Viewer, at: datetime) -> Consultation:
    """Keep the organiser's summary of what was said, for people to say whether it is right."""
    found = _held(consultation, by)
    if not summary.strip():
        raise Incomplete("summary", _("Write what you understood."))
    found.summary = summary.strip()
    found.save(update_fields=["summary"])
    journal.record("summary_written", by=by.public_id, thing=found.public_id, at=at)
    return found


def _held(consultation: Consultation, by: Viewer) -> Consultation:
    found = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if not may_prepare(by, found.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation changes the consultation."))
    if found.state == ConsultationState.CLOSED:
        raise ConsultationClosed
    return found


def _check(phase: PhaseGiven, field: str, consultation: Consultation) -> None:
    if phase.kind not in PhaseKind.values or phase.who not in Who.values:
        raise Incomplete(field, _("Choose what kind of phase it is, and whom it asks."))
    if not phase.permits or set(phase.permits) - set(VERBS):
        raise Incomplete(field, _("Choose what people may do in this phase."))
    if ON_PARAGRAPHS & set(phase.permits) and consultation.version_id is None:
        raise Incomplete(field, _("Paragraphs need a text, and this consultation has none."))
    if phase.starts_at and phase.ends_at and phase.ends_at <= phase.starts_at:
        raise Incomplete(field, _("It ends before it begins. Choose a later end."))
    if phase.starts_at and consultation.closes_at and phase.starts_at >= consultation.closes_at:
        raise Incomplete(field, _("It begins after the consultation closes."))
