"""What this room does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from tribune.common.timetable import every

from . import (
    exchange_jobs,  # noqa: F401  (registers what reads data of other platforms)
    map_jobs,  # noqa: F401  (registers what draws the maps)
)
from .actions import close_due


@every(timedelta(minutes=1))
def close_what_is_over(at: datetime) -> None:
    """Close consultations whose closing moment has passed."""
    close_due(at=at)
