"""What may be done with a submission, and which signatures count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from tribune.people.choices import MANDATED
from tribune.people.rules import Viewer, may_act_for_organisation, may_sign_for_city

from .choices import Answer, SubmissionState

# A sentence that carries one thought needs no more; what is longer is several, each with its own sources.
MOST_LETTERS = 1200


def may_draft(viewer: Viewer, organisation_id: int) -> bool:
    return may_act_for_organisation(viewer, organisation_id)


def may_contest(viewer: Viewer, city_id: int, *, state: str) -> bool:
    """A city's other delegates may contest a signature until the submission is handed over."""
    return state == SubmissionState.SIGNING and may_sign_for_city(viewer, city_id)


def wording_of(sentences: Iterable[str]) -> str:
    """Return the SHA-256 of all sentences in order: what a signature was given for."""
    return hashlib.sha256("\n".join(sentence.strip() for sentence in sentences).encode()).hexdigest()


def counts_as_endorsed(*, answer: str, wording: str, now: str, contested_at: datetime | None) -> bool:
    """Whether a signature counts: endorsed, for the words as they stand, and not contested."""
    return answer in (Answer.ENDORSE, Answer.RESERVATION) and wording == now and contested_at is None


def counts_as_mandated(level: str, *, valid_until: date | None, on: date) -> bool:
    """Whether a signature counts as mandated on a day: mayor signed or council vote, and not over."""
    return level in MANDATED and (valid_until is None or valid_until >= on)
