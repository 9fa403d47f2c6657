"""Which cities are meant."""

from __future__ import annotations

from django.db.models import QuerySet

from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.models import City
from tribune.submit.actions._signing import current_wording
from tribune.submit.models import Endorsement, Sentence, Submission


def cities_of_process(submission: Submission) -> QuerySet[City]:
    """Return the cities and regions that spoke in the process, by name."""
    spoke = Contribution.objects.filter(state=ContributionState.PUBLISHED, city__isnull=False,
                                        consultation__process_id=submission.process_id).values("city_id")
    return City.objects.filter(pk__in=spoke).order_by("name")


def cities_without_answer(submission: Submission) -> QuerySet[City]:
    """Return the cities that spoke in the process and have not answered the wording as it stands."""
    answered = Endorsement.objects.filter(submission=submission, wording=current_wording(submission),
                                          contested_at__isnull=True).values("city_id")
    return cities_of_process(submission).exclude(pk__in=answered)


def sentences_on(contribution_id: int) -> QuerySet[Sentence]:
    """Return the sentences that a contribution carries, with their submissions."""
    return Sentence.objects.filter(sources__contribution_id=contribution_id).select_related("section__submission")
