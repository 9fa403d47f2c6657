"""Changing this room: proposing, signing, opening and closing ledgers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tribune.common import chain, journal
from tribune.common.outbox import announce
from tribune.people.choices import Role
from tribune.people.rules import Viewer
from tribune.synthesise.models import Ask
from tribune.watch.choices import VersionState
from tribune.watch.models import Process, Version

from .choices import VerdictState, VerdictWord
from .events import LEDGER_OPENED, UPTAKE_JUDGED
from .models import Ledger, Verdict
from .proposals import Proposal, is_settled, judged_asks, propose
from .refusals import NeedsParagraph, NeedsReason, NoSuchParagraph, NoSuchWord, NotYourLedger
from .rules import may_keep_ledger, needs_paragraph, words_for

LEDGER = "ledger"
_AT_ONCE = 10
_PROPOSED = ("proposed", "direction", "confidence", "already_there", "reasons", "evidence")


def judge_version(*, version: Version, at: datetime, asks: Iterable[Ask] | None = None) -> int:
    """Propose a verdict for each ask on a published version; return how many proposals are new or differ.

    Everything is computed before anything is written. A verdict that somebody signed is never touched, and the
    same comparison again writes nothing. With `asks`, only these.
    """
    version = (Version.objects.select_related("draft__process").prefetch_related("renditions", "readers")
               .get(pk=version.pk))
    if version.state != VersionState.PUBLISHED:
        return 0
    known = {row.ask_id: row for row in Verdict.objects.filter(version=version)}
    chosen = None if asks is None else {ask.pk for ask in asks}
    open_asks = [ask for ask in judged_asks(version)
                 if (chosen is None or ask.pk in chosen) and not is_settled(known.get(ask.pk))]
    return _write(version, propose(version, open_asks), at)


@transaction.atomic
def _write(version: Version, proposals: list[Proposal], at: datetime) -> int:
    known = {row.ask_id: row for row in Verdict.objects.select_for_update().filter(version=version)}
    n = 0
    for proposal in proposals:
        row = known.get(proposal.ask.pk)
        if row is None:
            Verdict.objects.create(ask=proposal.ask, version=version, proposed_at=at, **proposal.fields)
        elif not is_settled(row) and any(getattr(row, name) != proposal.fields[name] for name in _PROPOSED):
            for name in _PROPOSED:
                setattr(row, name, proposal.fields[name])
            row.proposed_at = at
            row.save(update_fields=[*_PROPOSED, "proposed_at"])
        else:
            continue
        n += 1
    return n


def judge_later_versions(*, version: Version, at: datetime, asks: Iterable[Ask] | None = None) -> int:
    """Propose again on the published versions after this one, oldest first: its words may feed "removed" there."""
    later = Version.objects.filter(draft=version.draft_id, order__gt=version.order, state=VersionState.PUBLISHED)
    asks = None if asks is None else list(asks)
    return sum(judge_version(version=row, at=at, asks=asks) for row in later.order_by("order"))


def judge_next(*, version: Version, after: int, at: datetime) -> int | None:
    """Propose on the next few asks with a number above `after`; return the last number, or None when none is left.

    A reaction runs in one transaction; a hundred asks against a long text in one would keep others from writing.
    """
    asks = [ask for ask in judged_asks(version) if ask.number > after]
    judge_version(version=version, asks=asks[:_AT_ONCE], at=at)
    return asks[_AT_ONCE - 1].number if len(asks) > _AT_ONCE else None


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
    elif paragraph and not verdict.version.passages.filter(path=paragraph).exists():
        raise NoSuchParagraph
    elif not paragraph and needs_paragraph(ask.kind, signed):
        raise NeedsParagraph
    verdict.state = VerdictState.CONFIRMED if signed == verdict.proposed else VerdictState.OVERRULED
    verdict.signed, verdict.signed_paragraph, verdict.reason = signed, paragraph, reason
    verdict.signed_by_id, verdict.signed_role, verdict.signed_at = by.user_id, Role.OFFICER.value, at
    verdict.save(update_fields=["state", "signed", "signed_paragraph", "reason", "signed_by", "signed_role",
                                "signed_at"])
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
