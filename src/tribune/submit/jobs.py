"""By the clock: cities that have not answered are reminded, who was at the table is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tribune.common.timetable import every

from . import model_drafts
from .actions._signing import current_wording, invite
from .choices import SubmissionState
from .models import Asked, Endorsement, Presence, Submission
from .presence import SEEN_FOR

# A week, two days and one day before the end.
REMIND_DAYS = (7, 2, 1)


@every(timedelta(hours=1))
def remind_cities(at: datetime) -> None:
    """Remind each asked city once at each of REMIND_DAYS while it has not answered the wording as it stands.

    A city asked inside one of these windows is not reminded in that window: it has just been asked.
    """
    waiting = Submission.objects.filter(state=SubmissionState.SIGNING, sign_until__gt=at,
                                        sign_until__lte=at + timedelta(days=max(REMIND_DAYS)))
    for submission in waiting.select_related("organisation", "process"):
        assert submission.sign_until is not None
        left = submission.sign_until - at
        window = min(days for days in REMIND_DAYS if left <= timedelta(days=days))
        begins = submission.sign_until - timedelta(days=window)
        now = current_wording(submission)
        answered = Endorsement.objects.filter(submission=submission, wording=now,
                                              contested_at__isnull=True).values("city_id")
        for asked in (Asked.objects.filter(submission=submission, asked_at__lt=begins).exclude(city__in=answered)
                      .select_related("city")):
            if asked.reminded_days is not None and asked.reminded_days <= window:
                continue
            with transaction.atomic():
                invite(submission, asked.city, at=at, reminder=max(1, -(-left // timedelta(days=1))))
                asked.reminded_days = window
                asked.save(update_fields=["reminded_days"])


@every(timedelta(seconds=2))
def draft_with_model(at: datetime) -> None:
    """Ask the language model, where one is switched on, for the sentences that an officer wants."""
    model_drafts.draft_waiting()


@every(timedelta(hours=6))
def forget_presence(at: datetime) -> None:
    """Who was at the table an hour ago is nobody's business."""
    Presence.objects.filter(seen_at__lt=at - 60 * SEEN_FOR).delete()
