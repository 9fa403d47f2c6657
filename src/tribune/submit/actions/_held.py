"""Holding a submission while it is changed."""

from __future__ import annotations

from django.db.models import QuerySet

from tribune.people.rules import Viewer
from tribune.submit.choices import SubmissionState
from tribune.submit.models import Section, Sentence, Submission
from tribune.submit.refusals import NotDrafting, NotYours, SentenceGone
from tribune.submit.rules import may_draft


def held(submission_id: int) -> Submission:
    """Return the submission as it stands now, locked until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).select_related("organisation", "process").get(
        pk=submission_id)


def held_for_drafting(section: Section, by: Viewer) -> Submission:
    """Return the submission of a section, locked, if `by` may still change its sentences."""
    submission = held(section.submission_id)
    if not may_draft(by, submission.organisation_id):
        raise NotYours
    if submission.state != SubmissionState.DRAFTING:
        raise NotDrafting
    return submission


def fresh(sentence: Sentence) -> Sentence:
    """Return the sentence as it stands now. Raises SentenceGone if somebody removed it meanwhile."""
    found = Sentence.objects.select_for_update(of=("self",)).select_related("section").filter(pk=sentence.pk).first()
    if found is None:
        raise SentenceGone
    return found


def all_sentences(submission: Submission) -> QuerySet[Sentence]:
    """Return all sentences in the order of the text."""
    return Sentence.objects.filter(section__submission=submission).order_by("section__order", "is_minority", "order",
                                                                            "pk")
