"""Adding statements: the organiser's stand at once, a participant's wait for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.refusals import NotAllowed
from tribune.engine.text import language_of
from tribune.people import tokens
from tribune.people.rules import Viewer

from ..choices import ConsultationState, Origin, StatementState
from ..formats import PROPOSE_STATEMENT
from ..models import Consultation, Statement
from ..refusals import ConsultationClosed, Incomplete, NotInThisPhase, NotWaiting, ReceiptUnknown
from ..rules import is_open, may_prepare, permitted
from ..statement_text import clean

RECEIPT = "statement"


@transaction.atomic
def propose_statement(*, consultation: Consultation, text: str, language: str, by: Viewer, at: datetime, origin: str,
                      translations: Mapping[str, str] = {}) -> tuple[Statement, str]:
    """Keep a statement; return it, and the receipt of a participant ("" for the organiser).

    Raises Incomplete for what `statement_text.clean` refuses and for a sentence that is there already,
    ConsultationClosed, NotInThisPhase, and NotAllowed for an organiser's statement by anybody but an officer.
    """
    text = clean(text)
    translations = {code: clean(words) for code, words in translations.items() if words.strip()}
    consultation = Consultation.objects.get(pk=consultation.pk)
    from_organiser = origin == Origin.ORGANISER
    if from_organiser and not may_prepare(by, consultation.organisation_id):
        raise NotAllowed(_("Only an officer adds statements of the organiser."))
    prepared = consultation.state == ConsultationState.PREPARED
    if not is_open(consultation, at) and not (from_organiser and prepared):
        raise ConsultationClosed
    if PROPOSE_STATEMENT not in permitted(consultation.phases.all(), None if prepared else at):
        raise NotInThisPhase
    there = Statement.objects.filter(consultation=consultation, state=StatementState.PUBLISHED, text__iexact=text)
    if there.exists():
        raise Incomplete("text", _("This statement is there already: you can vote on it."))
    statement = Statement.objects.create(
        consultation=consultation, text=text, language=language or language_of(text) or "und",
        translations=translations, made_at=at, author_id=None if from_organiser else by.user_id,
        origin=Origin.ORGANISER if from_organiser else Origin.PARTICIPANT,
        state=StatementState.PUBLISHED if from_organiser else StatementState.WAITING)
    if from_organiser:
        journal.record("statement_added", by=by.public_id, thing=statement.public_id, at=at)
        return statement, ""
    return statement, tokens.make_receipt(purpose=RECEIPT, thing=statement.public_id, at=at)


@transaction.atomic
def withdraw_statement(*, statement: Statement, receipt: str, at: datetime) -> Statement:
    """Erase the words of a statement for whoever holds its receipt; frozen counts stay.

    Raises ReceiptUnknown, NotWaiting when it was done already.
    """
    token = tokens.find_receipt(receipt)
    if token is None or token.purpose != RECEIPT or token.thing != statement.public_id:
        raise ReceiptUnknown
    found = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if found.state == StatementState.WITHDRAWN:
        raise NotWaiting(_("This was taken back already."))
    found.state, found.text, found.translations = StatementState.WITHDRAWN, "", {}
    found.save(update_fields=["state", "text", "translations"])
    return found
