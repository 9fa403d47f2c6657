"""What this room does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from tribune.common.timetable import every

from . import naming, theming, vectors


@every(timedelta(seconds=2))
def read_themes(at: datetime) -> None:
    """Look for themes where an officer asked for it."""
    theming.read_waiting(at)


@every(timedelta(seconds=2))
def ask_for_names(at: datetime) -> None:
    """Ask the language model, where one is switched on, for the names that an officer wants."""
    naming.name_waiting()


@every(timedelta(days=1))
def forget_old_vectors(at: datetime) -> None:
    """Vectors that were made long ago are made again when they are needed."""
    vectors.forget_old_vectors(at)
