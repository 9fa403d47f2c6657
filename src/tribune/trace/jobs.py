"""What this room does from time to time."""

from __future__ import annotations

from datetime import datetime, timedelta

from tribune.common.timetable import every
from tribune.watch.choices import VersionState
from tribune.watch.models import Version

from .actions import judge_version
from .models import Verdict
from .proposals import judged_asks
from .telling import tell_news

# Versions compared in one run; the next run takes the rest.
_AT_ONCE = 5
_ASKS_AT_ONCE = 100


@every(timedelta(minutes=10))
def judge_what_is_new(at: datetime) -> None:
    """Propose verdicts on asks that were shown to the public after a version came: no event says so."""
    n = 0
    versions = (Version.objects.filter(state=VersionState.PUBLISHED, draft__process__asks__is_public=True).distinct()
                .select_related("draft__process").order_by("-published_at", "-pk"))
    for version in versions:
        judged = set(Verdict.objects.filter(version=version).values_list("ask_id", flat=True))
        missing = [ask for ask in judged_asks(version) if ask.pk not in judged][:_ASKS_AT_ONCE]
        if missing:
            judge_version(version=version, asks=missing, at=at)
            n += 1
        if n == _AT_ONCE:
            return


@every(timedelta(minutes=10))
def tell_what_waited(at: datetime) -> None:
    """Tell the news that waited for an officer who signs no further."""
    tell_news(at=at)
