"""Whose words carry a sentence, or stand against it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import journal
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer
from tribune.submit.choices import Deed
from tribune.submit.models import Sentence, SentenceSource
from tribune.submit.refusals import NotASubstring
from tribune.synthesise.actions import NotPublished
from tribune.synthesise.choices import Stance

from ._held import fresh, held_for_drafting
from ._history import keep


def field_of(contribution: Contribution) -> str:
    """Return which field is quoted first: reasons say what is wanted in the voice of the city."""
    return "why" if contribution.why else "wording"


def locate(contribution: Contribution, quote: str) -> tuple[str, int, int]:
    """Return (field, start, end) of a quote in a contribution; all of its words for an empty one. NotASubstring."""
    if not quote:
        field = field_of(contribution)
        return field, 0, len(getattr(contribution, field))
    for field in ("why", "wording"):
        start = getattr(contribution, field).find(quote)
        if start >= 0:
            return field, start, start + len(quote)
    raise NotASubstring


@transaction.atomic
def add_source(*, sentence: Sentence, contribution: Contribution, by: Viewer, at: datetime, quote: str = "",
               stance: str = Stance.FOR) -> SentenceSource:
    """Let a contribution carry a sentence (or stand against it); `quote` must be an exact substring of its words."""
    submission = held_for_drafting(sentence.section, by)
    # Before anything is compared: whether a quote stands in words that are not public must not be told.
    if contribution.state != ContributionState.PUBLISHED:
        raise NotPublished
    now = fresh(sentence)
    field, start, end = locate(contribution, quote.strip())
    source, _made = SentenceSource.objects.update_or_create(
        sentence=now, contribution=contribution,
        defaults={"field": field, "start": start, "end": end, "stance": stance, "lost_at": None})
    keep(submission, now, Deed.SOURCES, by=by, at=at)
    journal.record("source_added", by=by.public_id, thing=submission.public_id, at=at)
    return source


@transaction.atomic
def remove_source(*, sentence: Sentence, contribution: Contribution, by: Viewer, at: datetime) -> None:
    """Take a contribution out of a sentence."""
    submission = held_for_drafting(sentence.section, by)
    now = fresh(sentence)
    SentenceSource.objects.filter(sentence=now, contribution=contribution).delete()
    keep(submission, now, Deed.SOURCES, by=by, at=at)
    journal.record("source_removed", by=by.public_id, thing=submission.public_id, at=at)
