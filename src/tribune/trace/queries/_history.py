"""An ask through the versions: first appeared, survives, weakened, dropped. Of signed verdicts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tribune.synthesise.choices import AskKind
from tribune.watch.models import Version

from ..choices import VerdictWord
from ..models import Verdict
from ..rules import IN_THE_TEXT

APPEARED, SURVIVES, WEAKENED, DROPPED, NOWHERE = "appeared", "survives", "weakened", "dropped", "nowhere"
HISTORIES = (APPEARED, SURVIVES, WEAKENED, DROPPED, NOWHERE)
_RANK = {VerdictWord.VERBATIM: 3, VerdictWord.KEPT: 3, VerdictWord.SUBSTANCE: 2, VerdictWord.PARTLY: 1}


@dataclass(frozen=True, slots=True)
class History:
    """What the signed verdicts say together. `code` is "" where nothing is signed.

    `since` is the version in which it first stood (for KEEP the first one signed), `at` the version in which it
    was weakened or dropped, `n_versions` the number of signed versions in which it stands or stood.
    """

    code: str = ""
    since: Version | None = None
    at: Version | None = None
    n_versions: int = 0


def history(kind: str, signed: Sequence[Verdict]) -> History:
    """Return the history of one ask from its signed verdicts, oldest version first, whatever order they come in."""
    row = sorted(signed, key=lambda one: (one.version.dated_on, one.version.order, one.version_id))
    if not row:
        return History()
    stood = [one for one in row if one.signed in IN_THE_TEXT]
    if not stood:
        # What cities asked to keep stood before; gone at once is dropped.
        return History(DROPPED, at=row[0].version) if kind == AskKind.KEEP else History(NOWHERE)
    last, since, n = row[-1], stood[0].version, len(stood)
    if last.signed not in IN_THE_TEXT:
        return History(DROPPED, since, last.version, n)
    best = 3 if kind == AskKind.KEEP else 0
    weakened = None
    for one in stood:
        rank = _RANK[VerdictWord(one.signed)]
        weakened = (weakened or one.version) if rank < best else None
        best = max(best, rank)
    if weakened is not None:
        return History(WEAKENED, since, weakened, n)
    return History(SURVIVES if n > 1 or kind == AskKind.KEEP else APPEARED, since, None, n)
