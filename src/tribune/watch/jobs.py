"""Periodic jobs of this room."""

from datetime import datetime, timedelta

from tribune.common.timetable import every

from . import reader
from .actions import recompute_deadlines
from .digests import send_digests


@every(timedelta(days=1))
def keep_deadlines_true(at: datetime) -> None:
    """Zone data change with the system; deadlines to come follow them (GROUND.md, Time)."""
    recompute_deadlines(at=at)


@every(timedelta(seconds=1))
def read_files(at: datetime) -> None:
    """Large files wait for the worker; it reads them in a thread of its own."""
    reader.read_waiting(at)


@every(timedelta(hours=6))
def throw_old_uploads_away(at: datetime) -> None:
    """Files that nobody used do not stay for ever."""
    reader.throw_away_old(at)


@every(timedelta(minutes=15))
def tell_what_changed(at: datetime) -> None:
    """Digests fall due at seven in the morning of each reader's zone."""
    send_digests(at=at)
