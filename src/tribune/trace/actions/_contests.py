"""Contesting a signed verdict, and answering: both stay, in the chain too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import chain, journal
from tribune.common.outbox import announce
from tribune.listen.models import Contribution
from tribune.listen.queries import of_receipt
from tribune.people.choices import Role
from tribune.people.rules import Viewer
from tribune.people.tokens import find_receipt
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import counted_sources

from ..choices import Contestant
from ..events import CONTEST_ANSWERED, VERDICT_CONTESTED
from ..models import Contest, Verdict
from ..queries import public_verdicts
from ..refusals import AlreadyAnswered, AlreadyContested, NeedsWords, NoSuchReceipt, NotAContributor, NotYourLedger
from ..rules import LEDGER, may_keep_ledger


@transaction.atomic
def contest_verdict(*, verdict: Verdict, text: str, by: Viewer, at: datetime, receipt: str = "",
                    language: str = "en") -> Contest:
    """Keep what a contributor of the ask holds against a signed verdict; announces VERDICT_CONTESTED.

    `by` wrote a contribution that carries the ask, or belongs to a city that did; a guest gives the receipt.
    Raises NotAContributor, NoSuchReceipt, NeedsWords, AlreadyContested. Only public verdicts can be contested.
    """
    text = text.strip()
    verdict = public_verdicts(by).select_related(None).select_related("ask").get(pk=verdict.pk)
    contribution, role = _stands_behind(verdict.ask, by, receipt.strip())
    if not text:
        raise NeedsWords
    if Contest.objects.filter(verdict=verdict, contribution=contribution, answered_at=None).exists():
        raise AlreadyContested
    contest = Contest.objects.create(
        verdict=verdict, contribution=contribution, by_id=by.user_id if role != Contestant.GUEST else None,
        by_role=role, language=language, word=verdict.signed, text=text, made_at=at)
    chain.append(LEDGER, kind="verdict_contested", subject=verdict.public_id, on=at.date(), content={
        "contest": contest.public_id, "word": verdict.signed, "text": text})
    journal.record("verdict_contested", by="" if role == Contestant.GUEST else by.public_id,
                   thing=contest.public_id, at=at)
    announce(VERDICT_CONTESTED, at=at, contest=contest.pk)
    return contest


def _stands_behind(ask: Ask, by: Viewer, receipt: str) -> tuple[Contribution, Contestant]:
    sources = counted_sources().filter(ask=ask).select_related("contribution").order_by("pk")
    if receipt:
        token = find_receipt(receipt)
        found = of_receipt(token.purpose, token.thing) if token else None
        if found is None:
            raise NoSuchReceipt
        if not isinstance(found, Contribution) or not sources.filter(contribution=found).exists():
            raise NotAContributor
        return found, Contestant.GUEST
    if not by.is_signed_in:
        raise NotAContributor
    own = sources.filter(contribution__author_id=by.user_id).first()
    if own is not None:
        return own.contribution, Contestant.CITY if own.contribution.city_id else Contestant.CONTRIBUTOR
    ours = sources.filter(contribution__city_id__in=by.cities).first()
    if ours is None:
        raise NotAContributor
    return ours.contribution, Contestant.CITY


@transaction.atomic
def answer_contest(*, contest: Contest, answer: str, by: Viewer, at: datetime) -> Contest:
    """Answer a contest, once; announces CONTEST_ANSWERED. Whether the verdict is signed anew is another act.

    Raises NotYourLedger, NeedsWords, AlreadyAnswered.
    """
    contest = (Contest.objects.select_for_update(of=("self",)).select_related("verdict__ask").get(pk=contest.pk))
    if not may_keep_ledger(by, contest.verdict.ask.organisation_id):
        raise NotYourLedger
    answer = answer.strip()
    if not answer:
        raise NeedsWords
    if contest.answered_at is not None:
        raise AlreadyAnswered
    contest.answer, contest.answered_by_id = answer, by.user_id
    contest.answered_role, contest.answered_at = Role.OFFICER.value, at
    contest.save(update_fields=["answer", "answered_by", "answered_role", "answered_at"])
    chain.append(LEDGER, kind="contest_answered", subject=contest.verdict.public_id, on=at.date(), content={
        "contest": contest.public_id, "answer": answer})
    journal.record("contest_answered", by=by.public_id, thing=contest.public_id, at=at)
    announce(CONTEST_ANSWERED, at=at, contest=contest.pk)
    return contest
