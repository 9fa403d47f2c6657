"""Preparing, opening and closing a consultation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed
from tribune.people.rules import Viewer
from tribune.watch.choices import VersionState
from tribune.watch.models import Process, Version

from .. import counts
from ..choices import ConsultationState, VotingMode
from ..events import CONSULTATION_CLOSED, CONSULTATION_OPENED
from ..formats import ANSWER, FORMATS
from ..models import Consultation, Phase
from ..refusals import CannotOpen, CannotPrepare, ConsultationClosed, ModeIsFixed
from ..rules import may_prepare

# What an officer fills in; everything else is set by the acts.
FIELDS = frozenset({
    "names", "introduction", "introductions", "controller", "legal_basis", "recipients", "retention_days", "contact",
    "moderation_policy", "answer_days", "closes_at", "voting_mode", "audience", "languages"})
# Votes on policy are political opinions: a consultation says all of these or stays closed (GROUND.md).
_LAWFUL = ("controller", "legal_basis", "recipients", "retention_days", "contact")


def missing_before_opening(consultation: Consultation) -> list[str]:
    """Return the labels of what must be named before it can open, in the order of the form."""
    labels = {field.name: str(field.verbose_name) for field in Consultation._meta.fields}
    missing = [labels[name] for name in _LAWFUL if not getattr(consultation, name)]
    asks = consultation.pk and any(ANSWER in phase.permits for phase in consultation.phases.all())
    if asks and not consultation.questions.exists():
        missing.append(_("at least one question"))
    return missing


@transaction.atomic
def prepare_consultation(*, process: Process, version: Version | None, slug: str, name: str, format: str, by: Viewer,
                         at: datetime, **fields: Any) -> Consultation:
    """Prepare a consultation with the phases of a ready format and return it; nobody outside sees it yet.

    `fields` are those of FIELDS. Raises NotAllowed unless `by` is an officer of the organisation that keeps the
    process, CannotPrepare for a text that is not published, not of this process, or missing.
    """
    if not may_prepare(by, process.organisation_id):
        raise NotAllowed(_("Only an officer of the organisation that keeps the process prepares a consultation."))
    if format not in FORMATS:
        raise CannotPrepare(_("We know no format of this name."))
    if version is None and FORMATS[format].needs_text:
        raise CannotPrepare(_("Choose the version that people are asked about."))
    if version is not None:
        _check_version(version, process)
    _check_fields(fields)
    if Consultation.objects.filter(slug=slug).exists():
        raise CannotPrepare(_("A consultation has this address already. Choose another."))
    ready = FORMATS[format]
    consultation = Consultation.objects.create(
        organisation_id=process.organisation_id, process=process, version=version, slug=slug, name=name.strip(),
        made_at=at, format=format, urgent=ready.urgent, **{"audience": ready.audience, **fields})
    Phase.objects.bulk_create(
        Phase(consultation=consultation, order=order, kind=phase.kind, permits=list(phase.permits),
              title=str(phase.title), who=phase.who)
        for order, phase in enumerate(ready.phases, start=1))
    journal.record("consultation_prepared", by=by.public_id, thing=consultation.public_id, at=at)
    return consultation


@transaction.atomic
def change_consultation(*, consultation: Consultation, by: Viewer, at: datetime, name: str = "",
                        **fields: Any) -> Consultation:
    """Change what an officer filled in. Once it is open, what the law asks for can be changed but not emptied."""
    found = _held(consultation)
    if not may_prepare(by, found.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation changes the consultation."))
    if found.state == ConsultationState.CLOSED:
        raise ConsultationClosed
    _check_fields(fields)
    if found.state != ConsultationState.PREPARED and fields.get("voting_mode", found.voting_mode) != found.voting_mode:
        raise ModeIsFixed
    for field, value in fields.items():
        setattr(found, field, value)
    found.name = name.strip() or found.name
    if found.state == ConsultationState.OPEN and (missing := missing_before_opening(found)):
        raise CannotOpen(missing)
    found.save()
    journal.record("consultation_changed", by=by.public_id, thing=found.public_id, at=at)
    return found


@transaction.atomic
def open_consultation(*, consultation: Consultation, by: Viewer, at: datetime,
                      closes_at: datetime | None = None) -> Consultation:
    """Open a prepared consultation and return it.

    Raises CannotOpen with everything that is still missing, CannotPrepare for a closing moment in the past.
    """
    found = _held(consultation)
    if not may_prepare(by, found.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation opens the consultation."))
    if found.state != ConsultationState.PREPARED:
        raise ConsultationClosed(_("This consultation was opened already."))
    if missing := missing_before_opening(found):
        raise CannotOpen(missing)
    hours = FORMATS[found.format].hours if found.format in FORMATS else None
    found.closes_at = closes_at or found.closes_at or (at + timedelta(hours=hours) if hours else None)
    if found.closes_at is not None and found.closes_at <= at:
        raise CannotPrepare(_("The closing moment has passed. Choose a later one."))
    found.state, found.opened_at = ConsultationState.OPEN, at
    found.save()
    journal.record("consultation_opened", by=by.public_id, thing=found.public_id, at=at)
    announce(CONSULTATION_OPENED, at=at, consultation=found.pk)
    return found


@transaction.atomic
def close_consultation(*, consultation: Consultation, by: Viewer, at: datetime) -> Consultation:
    """Close an open consultation, freeze its counts and return it."""
    found = _held(consultation)
    if not may_prepare(by, found.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation closes the consultation."))
    if found.state != ConsultationState.OPEN:
        raise ConsultationClosed
    return _close(found, by=by.public_id, at=at)


def close_due(*, at: datetime) -> int:
    """Close every consultation whose closing moment has passed; return how many. Bears running twice."""
    n = 0
    for pk in Consultation.objects.filter(state=ConsultationState.OPEN, closes_at__lte=at).values_list("pk", flat=True):
        with transaction.atomic():
            found = Consultation.objects.select_for_update(of=("self",)).get(pk=pk)
            if found.state == ConsultationState.OPEN and found.closes_at and found.closes_at <= at:
                _close(found, by="", at=at)
                n += 1
    return n


def _close(consultation: Consultation, *, by: str, at: datetime) -> Consultation:
    consultation.state, consultation.closed_at = ConsultationState.CLOSED, at
    consultation.frozen = counts.freeze(consultation)
    consultation.save()
    journal.record("consultation_closed", by=by, thing=consultation.public_id, at=at)
    announce(CONSULTATION_CLOSED, at=at, consultation=consultation.pk)
    return consultation


def _held(consultation: Consultation) -> Consultation:
    # Votes take the same row, so that none arrives between the last count and the closing.
    return Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)


def _check_version(version: Version, process: Process) -> None:
    if version.draft.process_id != process.pk:
        raise CannotPrepare(_("This version belongs to another process."))
    if version.state != VersionState.PUBLISHED:
        raise CannotPrepare(_("This version is still a preview. Publish it first."))


def _check_fields(fields: dict[str, Any]) -> None:
    if unknown := sorted(set(fields) - FIELDS):
        raise TypeError(f"a consultation has no field {', '.join(unknown)} to fill in")
    if "voting_mode" in fields and fields["voting_mode"] not in VotingMode.values:
        raise CannotPrepare(_("We know no such way of voting."))
