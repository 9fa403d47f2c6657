"""Which submissions a person may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from tribune.people.rules import Viewer
from tribune.submit.choices import SubmissionState
from tribune.submit.models import Sentence, SentenceSource, Submission
from tribune.submit.rules import may_draft
from tribune.watch.queries import visible_versions


def submissions_for(viewer: Viewer) -> QuerySet[Submission]:
    """Return the submissions a viewer may see.

    Handed over: everybody; with the cities for signature: members; in drafting: its officers. One that stands on
    words of a version, or of a consultation on a version, that the viewer may not see stays hidden as a whole.
    """
    mine = Q(organisation_id__in=viewer.officer_of)
    allowed = mine | Q(state=SubmissionState.SENT)
    if viewer.is_member:
        allowed |= Q(state=SubmissionState.SIGNING)
    readable = visible_versions(viewer)
    hidden = (SentenceSource.objects.filter(contribution__passage__isnull=False)
              .exclude(contribution__passage__version__in=readable).values("sentence__section__submission_id"))
    hidden_answers = (SentenceSource.objects.filter(contribution__consultation__version__isnull=False)
                      .exclude(contribution__consultation__version__in=readable)
                      .values("sentence__section__submission_id"))
    hidden_asks = (Sentence.objects.filter(ask__passage__isnull=False)
                   .exclude(ask__passage__version__in=readable).values("section__submission_id"))
    hidden_votes = (Sentence.objects.filter(statement__consultation__version__isnull=False)
                    .exclude(statement__consultation__version__in=readable).values("section__submission_id"))
    return (Submission.objects.filter(allowed)
            .exclude(~mine & (Q(pk__in=hidden) | Q(pk__in=hidden_answers) | Q(pk__in=hidden_asks)
                              | Q(pk__in=hidden_votes)))
            .select_related("organisation", "process", "call", "consultation"))


def submission_for(viewer: Viewer, slug: str) -> Submission:
    """Return one submission the viewer may see, or raise Http404."""
    submission = submissions_for(viewer).filter(slug=slug).first()
    if submission is None:
        raise Http404
    return submission


def drafting_for(viewer: Viewer, slug: str) -> Submission:
    """Return a submission for its drafting table: its officers only, Http404 for everybody else."""
    submission = submission_for(viewer, slug)
    if not may_draft(viewer, submission.organisation_id):
        raise Http404
    return submission
