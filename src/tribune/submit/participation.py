"""Who took part: the house against which "all" and "most" are held."""

from __future__ import annotations

from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution

from .models import Submission


def n_took_part(submission: Submission) -> int:
    """Return how many local and regional governments spoke in the consultation, or in any of the process."""
    spoke = Contribution.objects.filter(state=ContributionState.PUBLISHED, city__isnull=False)
    if submission.consultation_id:
        spoke = spoke.filter(consultation_id=submission.consultation_id)
    else:
        spoke = spoke.filter(consultation__process_id=submission.process_id)
    return spoke.values("city_id").distinct().count()
