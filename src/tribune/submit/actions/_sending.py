"""Contesting a signature, and handing the text over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.people.rules import Viewer
from tribune.submit.choices import SubmissionState
from tribune.submit.events import SUBMISSION_SENT
from tribune.submit.models import Endorsement, HandOver, Submission
from tribune.submit.refusals import NothingToSign, NotYours
from tribune.submit.rules import may_contest, may_draft
from tribune.synthesise.models import Ask

from ._drafting import all_sentences


@transaction.atomic
def contest_endorsement(*, endorsement: Endorsement, by: Viewer, at: datetime) -> None:
    """Contest a signature of one's own city: it does not count until the city signs again."""
    if not may_contest(by, endorsement.city_id, state=endorsement.submission.state):
        raise NotYours
    endorsement.contested_at = at
    endorsement.save(update_fields=["contested_at"])
    journal.record("contested", by=by.public_id, thing=endorsement.submission.public_id, at=at)


@transaction.atomic
def hand_over(*, submission: Submission, recipient: str, handed_on: date, by: Viewer, at: datetime,
              note: str = "") -> HandOver:
    """Record to whom the text was handed, and when; private to the organisation. What was sent stays as sent.

    The first hand-over closes the submission, makes it and its asks public, and is announced.
    """
    if not may_draft(by, submission.organisation_id):
        raise NotYours
    if not any(not sentence.is_proposal for sentence in all_sentences(submission)):
        raise NothingToSign
    row = HandOver.objects.create(submission=submission, recipient=recipient, handed_on=handed_on, note=note,
                                  recorded_by_id=by.user_id, recorded_at=at)
    if submission.state != SubmissionState.SENT:
        submission.state, submission.sent_at = SubmissionState.SENT, at
        submission.save(update_fields=["state", "sent_at"])
        Ask.objects.filter(sentences__section__submission=submission).update(is_public=True)
        announce(SUBMISSION_SENT, at=at, submission=submission.pk)
    journal.record("handed_over", by=by.public_id, thing=submission.public_id, at=at)
    return row
