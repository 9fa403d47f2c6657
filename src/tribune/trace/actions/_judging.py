"""Proposing: each ask held against a version; everything is computed before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tribune.synthesise.models import Ask
from tribune.watch.choices import VersionState
from tribune.watch.models import Version

from ..models import Verdict
from ..proposals import Proposal, is_settled, judged_asks, propose

_AT_ONCE = 10
# Each batch reads the text anew: where thousands of asks wait, batches are larger.
_MANY, _AT_ONCE_OF_MANY = 500, 100
_PROPOSED = ("proposed", "direction", "confidence", "already_there", "reasons", "evidence")


def judge_version(*, version: Version, at: datetime, asks: Iterable[Ask] | None = None) -> int:
    """Propose a verdict for each ask on a published version; return how many proposals are new or differ.

    Everything is computed before anything is written. A verdict that somebody signed is never touched, and the
    same comparison again writes nothing. With `asks`, only these.
    """
    version = (Version.objects.select_related("draft__process").prefetch_related("renditions", "readers")
               .get(pk=version.pk))
    if version.state != VersionState.PUBLISHED:
        return 0
    chosen = None if asks is None else {ask.pk for ask in asks}
    rows = Verdict.objects.filter(version=version)
    known = {row.ask_id: row for row in (rows if chosen is None else rows.filter(ask__in=chosen))}
    open_asks = [ask for ask in judged_asks(version, only=chosen) if not is_settled(known.get(ask.pk))]
    return _write(version, propose(version, open_asks), at)


@transaction.atomic
def _write(version: Version, proposals: list[Proposal], at: datetime) -> int:
    known = {row.ask_id: row for row in Verdict.objects.select_for_update().filter(
        version=version, ask__in=[proposal.ask.pk for proposal in proposals])}
    n = 0
    for proposal in proposals:
        row = known.get(proposal.ask.pk)
        if row is None:
            Verdict.objects.create(ask=proposal.ask, version=version, proposed_at=at, **proposal.fields)
        elif not is_settled(row) and any(getattr(row, name) != proposal.fields[name] for name in _PROPOSED):
            for name in _PROPOSED:
                setattr(row, name, proposal.fields[name])
            row.proposed_at = at
            row.save(update_fields=[*_PROPOSED, "proposed_at"])
        else:
            continue
        n += 1
    return n


def judge_later_versions(*, version: Version, at: datetime, asks: Iterable[Ask] | None = None) -> int:
    """Propose again on the published versions after this one, oldest first: its words may feed "removed" there."""
    later = Version.objects.filter(draft=version.draft_id, order__gt=version.order, state=VersionState.PUBLISHED)
    asks = None if asks is None else list(asks)
    return sum(judge_version(version=row, at=at, asks=asks) for row in later.order_by("order"))


def judge_next(*, version: Version, after: int, at: datetime) -> int | None:
    """Propose on the next few asks with a number above `after`; return the last number, or None when none is left.

    A reaction runs in one transaction; a hundred asks against a long text in one would keep others from writing.
    """
    asks = judged_asks(version, after=after, most=_MANY + 1)
    size = _AT_ONCE_OF_MANY if len(asks) > _MANY else _AT_ONCE
    judge_version(version=version, asks=asks[:size], at=at)
    return asks[size - 1].number if len(asks) > size else None
