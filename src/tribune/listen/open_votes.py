"""What a vote asks before it is kept, remembered for a second, so that a crowd asks the database once.

Only what everybody may read is remembered. Whether the vote counts is asked again, and finally, where it is kept
(`actions.cast_together`): a consultation that closed or a statement that went within that second refuses it there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import Http404

from tribune.people.rules import Viewer

from .choices import StatementState
from .models import Consultation, Statement
from .queries import consultation_for

# Seconds; and the most consultations that a process remembers.
_FRESH, _MOST = 1.0, 50


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A consultation that everybody may read, and its published statements by public id (their keys)."""

    consultation: Consultation
    statements: dict[str, int]


_known: dict[str, tuple[float, OpenVote]] = {}


def open_vote(slug: str) -> OpenVote | None:
    """Return the consultation and its statements if everybody may read it, as it was a second ago at most."""
    found = _known.get(slug)
    if found is not None and time.monotonic() - found[0] < _FRESH:
        return found[1]
    try:
        consultation = consultation_for(Viewer(), slug)
    except Http404:
        _known.pop(slug, None)
        return None
    made = OpenVote(consultation, dict(Statement.objects.filter(
        consultation=consultation, state=StatementState.PUBLISHED).values_list("public_id", "pk")))
    if len(_known) >= _MOST:
        _known.clear()
    _known[slug] = (time.monotonic(), made)
    return made


def forget() -> None:
    """Remember nothing: whoever changed the database from outside wants to see it at once."""
    _known.clear()
