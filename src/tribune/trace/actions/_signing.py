"""Signing verdicts, opening and closing ledgers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import chain, journal
from tribune.common.outbox import announce
from tribune.people.choices import Role
from tribune.people.rules import Viewer
from tribune.watch.models import Process

from ..choices import VerdictState, VerdictWord
from ..events import LEDGER_OPENED, UPTAKE_JUDGED
from ..models import Ledger, Verdict
from ..refusals import NeedsParagraph, NeedsReason, NoSuchParagraph, NoSuchWord, NotYourLedger
from ..rules import LEDGER, may_keep_ledger, needs_paragraph, words_for


@transaction.atomic
def sign_verdict(*, verdict: Verdict, signed: str, by: Viewer, at: datetime, paragraph: str = "",
                 reason: str = "") -> Verdict:
    """Sign what became of an ask in a version: the proposed word, or another with a reason. Both stay.

    `paragraph` is a path of the version. Signing again needs a reason; the chain keeps each signature. Announces
    UPTAKE_JUDGED. Raises NotYourLedger, NoSuchWord, NeedsReason, NeedsParagraph, NoSuchParagraph.
    """
    verdict = (Verdict.objects.select_for_update(of=("self",)).select_related("ask__organisation", "version")
               .get(pk=verdict.pk))
    ask = verdict.ask
    if not may_keep_ledger(by, ask.organisation_id):
        raise NotYourLedger
    if signed not in words_for(ask.kind):
        raise NoSuchWord
    reason, paragraph = reason.strip(), paragraph.strip()
    again = verdict.state != VerdictState.PROPOSED
    if (again or signed != verdict.proposed) and not reason:
        raise NeedsReason
    if signed in (VerdictWord.NONE, VerdictWord.REMOVED):
        paragraph = ""
    place = verdict.version.passages.filter(path=paragraph, retired_at=None).first() if paragraph else None
    if paragraph and place is None:
        raise NoSuchParagraph
    if not paragraph and needs_paragraph(ask.kind, signed):
        raise NeedsParagraph
    verdict.state = VerdictState.CONFIRMED if signed == verdict.proposed else VerdictState.OVERRULED
    verdict.signed, verdict.reason = signed, reason
    verdict.signed_paragraph, verdict.signed_passage = paragraph, place
    verdict.signed_by_id, verdict.signed_role, verdict.signed_at = by.user_id, Role.OFFICER.value, at
    verdict.save(update_fields=["state", "signed", "signed_paragraph", "signed_passage", "reason", "signed_by",
                                "signed_role", "signed_at"])
    chain.append(LEDGER, kind="verdict_signed", subject=verdict.public_id, on=at.date(), content={
        "ask": ask.public_id, "version": verdict.version.public_id, "proposed": verdict.proposed, "signed": signed,
        "paragraph": paragraph, "reason": reason})
    journal.record("verdict_signed", by=by.public_id, thing=verdict.public_id, at=at)
    announce(UPTAKE_JUDGED, at=at, verdict=verdict.pk)
    return verdict


@transaction.atomic
def open_ledger(*, process: Process, by: Viewer, at: datetime) -> Ledger:
    """Make the signed verdicts of a process public, and announce LEDGER_OPENED. Opening twice changes nothing."""
    if not may_keep_ledger(by, process.organisation_id):
        raise NotYourLedger
    ledger, _ = Ledger.objects.select_for_update(of=("self",)).get_or_create(process=process)
    if ledger.opened_at is None:
        ledger.opened_at, ledger.opened_by_id = at, by.user_id
        ledger.save(update_fields=["opened_at", "opened_by"])
        chain.append(LEDGER, kind="ledger_opened", subject=process.public_id, on=at.date(), content={})
        journal.record("ledger_opened", by=by.public_id, thing=process.public_id, at=at)
        announce(LEDGER_OPENED, at=at, ledger=ledger.pk)
    return ledger


@transaction.atomic
def close_ledger(*, process: Process, by: Viewer, at: datetime) -> Ledger:
    """Take the verdicts of a process out of public sight; what was signed stays signed."""
    if not may_keep_ledger(by, process.organisation_id):
        raise NotYourLedger
    ledger, _ = Ledger.objects.select_for_update(of=("self",)).get_or_create(process=process)
    if ledger.opened_at is not None:
        ledger.opened_at, ledger.opened_by_id = None, None
        ledger.save(update_fields=["opened_at", "opened_by"])
        chain.append(LEDGER, kind="ledger_closed", subject=process.public_id, on=at.date(), content={})
        journal.record("ledger_closed", by=by.public_id, thing=process.public_id, at=at)
    return ledger
