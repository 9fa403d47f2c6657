"""What this room shows on pages upstream: the joint submissions of a process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tribune.common.slots import fills
from tribune.people.rules import Viewer

from .queries import submissions_for


@fills("process.sections")
def process_sections(ids: Sequence[str], viewer: Viewer) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return, for processes (public ids), the submissions that the viewer may see, the newest first; one query."""
    pieces: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for submission in submissions_for(viewer).filter(process__public_id__in=ids).order_by("-made_at", "-pk"):
        pieces.setdefault(submission.process.public_id, [("submit/_process.html", {"rows": []})])[0][1]["rows"].append(
            submission)
    return pieces
