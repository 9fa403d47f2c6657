"""After a corrected file: signed verdicts point at the same place, whatever it is called now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import chain, journal
from tribune.watch.models import Passage, Version

from ..models import Verdict
from ..rules import LEDGER

# How often a place may have gone into another one.
_STEPS = 8


@transaction.atomic
def follow_places(*, version: Version, at: datetime) -> int:
    """Let the signed verdicts of a version that was read anew follow their places; return how many moved.

    A place that went into another one leads there. One that is gone keeps the verdict and loses the link: the word
    was signed, and whether it still holds is for a person to say. Each move is a link of the chain.
    """
    n = 0
    rows = (Verdict.objects.select_for_update(of=("self",)).filter(version=version, signed_passage__isnull=False)
            .select_related("signed_passage").order_by("pk"))
    for verdict in rows:
        place = _living(verdict.signed_passage)
        path = place.path if place is not None else ""
        if path == verdict.signed_paragraph:
            continue
        chain.append(LEDGER, kind="verdict_moved", subject=verdict.public_id, on=at.date(), content={
            "from": verdict.signed_paragraph, "to": path})
        verdict.signed_paragraph = path
        verdict.signed_passage = place or verdict.signed_passage
        verdict.save(update_fields=["signed_paragraph", "signed_passage"])
        journal.record("verdict_moved", by="", thing=verdict.public_id, at=at)
        n += 1
    return n


def _living(passage: Passage | None) -> Passage | None:
    for _step in range(_STEPS):
        if passage is None or passage.retired_at is None:
            return passage
        passage = passage.became
    return None
