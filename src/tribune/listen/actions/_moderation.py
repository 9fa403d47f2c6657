"""A person reads what arrived: published, or not published with a reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.mail import queue
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed
from tribune.people import tokens
from tribune.people.choices import Role
from tribune.people.rules import Viewer

from ..choices import ContributionState, Decision, StatementState
from ..events import CONTRIBUTION_WITHDRAWN
from ..models import Appeal, Consultation, Contribution, ModerationEntry, Statement
from ..refusals import NotWaiting, ReasonMissing, ReceiptUnknown
from ..rules import MOST_WHY, may_moderate

_DECIDABLE = (ContributionState.WAITING, ContributionState.PUBLISHED, ContributionState.REFUSED)


@transaction.atomic
def moderate_contribution(*, contribution: Contribution, publish: bool, reason: str, by: Viewer,
                          at: datetime) -> Contribution:
    """Publish a contribution, or refuse it with the reason that its author reads; return it.

    A published one can be taken down and a refused one published after an appeal. Never one inside a city.
    Raises NotAllowed, ReasonMissing, NotWaiting.
    """
    found = (Contribution.objects.select_for_update(of=("self",))
             .select_related("consultation", "author").get(pk=contribution.pk))
    if not may_moderate(by, found.consultation.organisation_id):
        raise NotAllowed(_("Only a moderator or an officer of this organisation decides on contributions."))
    target = ContributionState.PUBLISHED if publish else ContributionState.REFUSED
    if found.state not in _DECIDABLE or found.state == target:
        raise NotWaiting
    reason = reason.strip()
    if not publish and not reason:
        raise ReasonMissing
    was_published = found.state == ContributionState.PUBLISHED
    found.state, found.state_reason = target, reason
    found.published_at = at if publish else None
    found.save(update_fields=["state", "state_reason", "published_at"])
    journal.record(f"contribution_{target.value}", by=by.public_id, thing=found.public_id, at=at)
    _enter(found.consultation, "contribution", found.public_id, target.value, reason, by=by, at=at)
    if was_published:
        announce(CONTRIBUTION_WITHDRAWN, at=at, contribution=found.pk)
    _tell_author(found, at=at)
    return found


@transaction.atomic
def moderate_statement(*, statement: Statement, publish: bool, reason: str, by: Viewer, at: datetime) -> Statement:
    """Publish a statement for voting, or refuse it with the reason that its author reads; return it.

    A refused one against which its author has appealed can be refused a second time: that ends the appeal.
    Raises NotAllowed, ReasonMissing, NotWaiting.
    """
    found = (Statement.objects.select_for_update(of=("self",)).select_related("consultation", "author")
             .get(pk=statement.pk))
    if not may_moderate(by, found.consultation.organisation_id):
        raise NotAllowed(_("Only a moderator or an officer of this organisation decides on statements."))
    target = StatementState.PUBLISHED if publish else StatementState.REFUSED
    appeal = Appeal.objects.filter(statement=found, decided_at=None).first()
    again = appeal is not None and found.state == StatementState.REFUSED
    if found.state == StatementState.WITHDRAWN or (found.state == target and not again):
        raise NotWaiting
    reason = reason.strip()
    if not publish and not reason:
        raise ReasonMissing
    found.state, found.state_reason = target, reason
    found.save(update_fields=["state", "state_reason"])
    decision = Decision.UPHELD if again and not publish else Decision(target.value)
    if appeal is not None:
        appeal.decided_at = at
        appeal.save(update_fields=["decided_at"])
    journal.record(f"statement_{decision.value}", by=by.public_id, thing=found.public_id, at=at)
    _enter(found.consultation, "statement", found.public_id, decision.value, reason, by=by, at=at)
    _tell_author(found, at=at)
    return found


@transaction.atomic
def appeal_statement(*, statement: Statement, receipt: str, words: str, by: Viewer, at: datetime) -> Appeal:
    """Ask that a refused statement be read again, with the receipt or as its author; return the appeal.

    Once only. Raises ReceiptUnknown, NotWaiting.
    """
    found = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    mine = found.author_id is not None and found.author_id == by.user_id
    if not mine:
        token = tokens.find_receipt(receipt) if receipt else None
        if token is None or token.purpose != "statement" or token.thing != found.public_id:
            raise ReceiptUnknown
    if found.state != StatementState.REFUSED or Appeal.objects.filter(statement=found).exists():
        raise NotWaiting
    journal.record("statement_appealed", by="", thing=found.public_id, at=at)
    return Appeal.objects.create(statement=found, words=words.strip()[:MOST_WHY], made_at=at)


def _enter(consultation: Consultation, kind: str, thing: str, decision: str, reason: str, *, by: Viewer,
           at: datetime) -> None:
    # The role only: public pages name no moderator (VISUAL.md).
    role = Role.OFFICER if consultation.organisation_id in by.officer_of else Role.MODERATOR
    ModerationEntry.objects.create(consultation=consultation, kind=kind, thing=thing, decision=decision,
                                   reason=reason, role=role.value, decided_on=at.date())


def _tell_author(contribution: Contribution | Statement, *, at: datetime) -> None:
    # Guests read the decision with their receipt.
    author = contribution.author
    if author is None or not author.is_active:
        return
    with translation.override(author.language):
        consultation = contribution.consultation
        address = settings.BASE_URL + reverse("listen:consultation", args=[consultation.slug])
        if contribution.state == ContributionState.PUBLISHED.value:
            subject = _("Your words are published: %(name)s") % {"name": consultation}
            body = _("A person has read what you wrote. It can be read here:\n%(address)s\n") % {"address": address}
        else:
            subject = _("Your words are not published: %(name)s") % {"name": consultation}
            body = _("A person has read what you wrote and did not publish it, for this reason:\n\n%(reason)s\n\n"
                     "You may answer to %(contact)s.\n%(address)s\n") % {
                         "reason": contribution.state_reason, "contact": consultation.contact, "address": address}
        queue(to=author.email, subject=subject, body=body, at=at, language=author.language,
              reason=f"{contribution._meta.model_name}:{contribution.public_id}:{contribution.state}:{at.isoformat()}")
