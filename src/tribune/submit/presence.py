"""Who has the drafting table open now."""

from __future__ import annotations

from datetime import datetime, timedelta

from tribune.people.queries import name_of
from tribune.people.rules import Viewer

from .models import Presence, Revision, Submission

SEEN_FOR = timedelta(minutes=1)
# A page asks every five seconds; a row is written at most every twenty.
_WRITE_AFTER = timedelta(seconds=20)


def note_presence(*, submission: Submission, by: Viewer, at: datetime, sentence: str = "") -> None:
    """Keep that `by` looks at the table now, and at which sentence."""
    if by.user_id is None:
        return
    row = Presence.objects.filter(submission=submission, user_id=by.user_id).first()
    if row and row.sentence == sentence and at - row.seen_at < _WRITE_AFTER:
        return
    Presence.objects.update_or_create(submission=submission, user_id=by.user_id,
                                      defaults={"seen_at": at, "sentence": sentence})


def who_is_here(submission: Submission, *, at: datetime, besides: Viewer) -> list[tuple[str, str]]:
    """Return (name, public id of the sentence or "") of the other people at the table, by name."""
    rows = (Presence.objects.filter(submission=submission, seen_at__gt=at - SEEN_FOR)
            .exclude(user_id=besides.user_id or 0).select_related("user"))
    return sorted((name_of(row.user), row.sentence) for row in rows)


def n_done_since(submission: Submission, revision: int, *, besides: Viewer) -> int:
    """Return how many acts others did at the table after a revision (by its id)."""
    return Revision.objects.filter(submission=submission, pk__gt=revision).exclude(
        by_id=besides.user_id or 0).count()


def last_revision(submission: Submission) -> int:
    """Return the id of the newest act at the table, 0 before the first."""
    row = Revision.objects.filter(submission=submission).order_by("-pk").values_list("pk", flat=True).first()
    return row or 0
