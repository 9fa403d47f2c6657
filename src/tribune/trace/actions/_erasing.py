"""Erasing words that must not stay: the chain keeps its commitments and still verifies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import chain, journal
from tribune.common.models import LinkContent
from tribune.people.rules import Viewer

from ..models import Contest, Verdict
from ..refusals import NotYourLedger
from ..rules import LEDGER, may_keep_ledger


@transaction.atomic
def erase_contest(*, contest: Contest, by: Viewer, at: datetime) -> Contest:
    """Erase the words of a contest, for its author or an officer; that there was one, and the answer, stay."""
    contest = Contest.objects.select_for_update(of=("self",)).select_related("verdict__ask").get(pk=contest.pk)
    is_own = by.user_id is not None and contest.by_id == by.user_id
    if not is_own and not may_keep_ledger(by, contest.verdict.ask.organisation_id):
        raise NotYourLedger
    _erase(contest.verdict, "verdict_contested", at, lambda content: content.get("contest") == contest.public_id)
    contest.text = ""
    contest.save(update_fields=["text"])
    journal.record("contest_erased", by=by.public_id, thing=contest.public_id, at=at)
    return contest


@transaction.atomic
def erase_reasons(*, verdict: Verdict, by: Viewer, at: datetime) -> Verdict:
    """Erase the reasons that officers gave for a verdict (somebody was named in them); the signed words stay."""
    verdict = Verdict.objects.select_for_update(of=("self",)).select_related("ask").get(pk=verdict.pk)
    if not may_keep_ledger(by, verdict.ask.organisation_id):
        raise NotYourLedger
    _erase(verdict, "verdict_signed", at, lambda content: bool(content.get("reason")))
    verdict.reason = ""
    verdict.save(update_fields=["reason"])
    journal.record("reasons_erased", by=by.public_id, thing=verdict.public_id, at=at)
    return verdict


def _erase(verdict: Verdict, kind: str, at: datetime, chosen: object) -> None:
    assert callable(chosen)
    rows = LinkContent.objects.filter(link__chain=LEDGER, link__kind=kind,
                                      link__subject=verdict.public_id).select_related("link")
    for row in rows:
        if chosen(row.content):
            chain.erase(row.link, on=at.date())
