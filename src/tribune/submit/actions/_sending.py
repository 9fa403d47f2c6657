"""Contesting a signature, and handing the text over."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.mail import queue
from tribune.common.outbox import announce
from tribune.people.rules import Viewer
from tribune.submit.choices import LetterKind, SubmissionState
from tribune.submit.events import SUBMISSION_SENT
from tribune.submit.models import Answered, Endorsement, HandOver, Submission
from tribune.submit.refusals import NothingToSign, NotSigning, NotYours, SignedAnew, StillProposed
from tribune.submit.rules import may_contest, may_draft
from tribune.synthesise.models import Ask

from ._held import all_sentences, held


@transaction.atomic
def contest_endorsement(*, endorsement: Endorsement, by: Viewer, at: datetime) -> None:
    """Contest a signature of one's own city: it does not count until the city signs again.

    The signature contested is the one that was read: after a new answer of the city, SignedAnew. The submission is
    locked, so that of a contest and a hand-over at once one comes first.
    """
    submission = held(endorsement.submission_id)
    now = Endorsement.objects.select_for_update(of=("self",)).select_related("city").get(pk=endorsement.pk)
    if not may_contest(by, now.city_id, state=submission.state):
        raise NotYours
    if now.signed_at != endorsement.signed_at:
        raise SignedAnew
    if now.contested_at is not None:
        return
    now.contested_at = endorsement.contested_at = at
    now.save(update_fields=["contested_at"])
    Answered.objects.create(submission=submission, city=now.city, answer="contested", wording=now.wording, at=at)
    journal.record("contested", by=by.public_id, thing=submission.public_id, at=at)
    fields = {"city": now.city, "title": submission,
              "address": settings.BASE_URL + reverse("submit:submission", args=[submission.slug])}
    for address in filter(None, (submission.organisation.contact, now.city.signing_email)):
        queue(to=address, at=at, reason=f"contested:{submission.public_id}:{now.city_id}:{at.isoformat()}",
              subject=_("The signature of %(city)s is contested: %(title)s") % fields,
              body=_("A delegate of %(city)s contests its signature. It does not count until the city signs again.\n"
                     "%(address)s\n") % fields)


@transaction.atomic
def hand_over(*, submission: Submission, recipient: str, handed_on: date, by: Viewer, at: datetime,
              note: str = "", what: str = LetterKind.TEXT, country: str = "", receipt: str = "") -> HandOver:
    """Record to whom the text was handed, and when; private to the organisation. What was sent stays as sent.

    The first hand-over closes the submission, makes it and its asks public, and is announced. Raises NotSigning
    while it is still being drafted (cities sign first), StillProposed while a sentence is nobody's, NothingToSign.
    """
    if not may_draft(by, submission.organisation_id):
        raise NotYours
    now = held(submission.pk)
    sentences = list(all_sentences(now))
    if now.state == SubmissionState.DRAFTING:
        raise NotSigning(_("The text is still being drafted. Send it to the cities for signature first."))
    if not sentences:
        raise NothingToSign
    if any(sentence.is_proposal for sentence in sentences):
        raise StillProposed
    row = HandOver.objects.create(submission=now, recipient=recipient, handed_on=handed_on, note=note, what=what,
                                  country=country, receipt=receipt, recorded_by_id=by.user_id, recorded_at=at)
    if now.state != SubmissionState.SENT:
        for held_one in (now, submission):
            held_one.state, held_one.sent_at = SubmissionState.SENT, at
        now.save(update_fields=["state", "sent_at"])
        Ask.objects.filter(sentences__section__submission=now).update(is_public=True)
        announce(SUBMISSION_SENT, at=at, submission=now.pk)
    journal.record("handed_over", by=by.public_id, thing=now.public_id, at=at)
    return row


@transaction.atomic
def note_answer(*, handed: HandOver, answer: str, answered_on: date | None, receipt: str, by: Viewer,
                at: datetime) -> HandOver:
    """Keep what the addressee answered, and the receipt by which it confirmed; private to the organisation."""
    if not may_draft(by, handed.submission.organisation_id):
        raise NotYours
    handed.answer, handed.answered_on, handed.receipt = answer.strip(), answered_on, receipt.strip()
    handed.save(update_fields=["answer", "answered_on", "receipt"])
    journal.record("answer_noted", by=by.public_id, thing=handed.submission.public_id, at=at)
    return handed
