"""Periodic jobs of the fabric: the index of search is kept true."""

from datetime import datetime, timedelta

from tribune.common import search
from tribune.common.timetable import every


@every(timedelta(seconds=1))
def index_what_is_due(at: datetime) -> None:
    """A text that was published is found a moment later."""
    search.index_due()


@every(timedelta(minutes=10))
def join_lists(at: datetime) -> None:
    """Whatever was missed is read, and small lists become large ones: many small ones make a search slow."""
    search.sweep()
    for _ in range(4):
        if not search.join_segments():
            break


@every(timedelta(seconds=2))
def encode_meaning(at: datetime) -> None:
    """Vectors of meaning follow the words, some at a time, so that mail and events go on."""
    search.encode_some()
