"""Periodic jobs of this room."""

from datetime import datetime, timedelta

from tribune.common.timetable import every

from .actions import recompute_deadlines


@every(timedelta(days=1))
def keep_deadlines_true(at: datetime) -> None:
    """Zone data change with the system; deadlines to come follow them (GROUND.md, Time)."""
    recompute_deadlines(at=at)
