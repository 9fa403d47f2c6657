"""Periodic jobs: a room registers one with `every`, the worker runs what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from tribune.common.models import Periodic

log = logging.getLogger("tribune.timetable")
Job = Callable[[datetime], None]
_jobs: dict[str, tuple[timedelta, Job]] = {}


def every(pause: timedelta) -> Callable[[Job], Job]:
    """Register a job that gets the moment and runs once in each `pause`. It must bear running twice."""

    def register(job: Job) -> Job:
        _jobs[f"{job.__module__}.{job.__name__}"] = (pause, job)
        return job

    return register


def run_due(*, at: datetime) -> list[str]:
    """Run each job whose pause is over; return the names of those that ran without an error."""
    ran = []
    for name, (pause, job) in sorted(_jobs.items()):
        with transaction.atomic():
            row, _ = Periodic.objects.select_for_update().get_or_create(name=name)
            if row.ran_at and row.ran_at + pause > at:
                continue
            # Marked before it runs: a job that kills the worker does not run in a loop.
            row.ran_at, row.error = at, ""
            row.save()
        try:
            job(at)
            ran.append(name)
        except Exception as error:  # one bad job leaves the rest standing
            log.exception("job %s failed", name)
            Periodic.objects.filter(name=name).update(error=type(error).__name__)
    return ran
