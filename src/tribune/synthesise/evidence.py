"""What stands under an ask: quotes, documents and figures, frozen as they were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from tribune.common import journal
from tribune.common.refusals import NotAllowed, Refusal
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer

from .choices import EvidenceKind
from .models import Ask, Evidence
from .rules import may_gather_asks


class NotQuoted(Refusal):
    status = 422
    words = gettext_lazy("A quote must stand word for word in a published contribution.")


class NoSource(Refusal):
    status = 422
    words = gettext_lazy("A document or figure needs its source and its year; a figure also how it was counted.")


@transaction.atomic
def add_evidence(*, ask: Ask, kind: str, text: str, by: Viewer, at: datetime, contribution: Contribution | None = None,
                 year: int | None = None, source: str = "", address: str = "", method: str = "", language: str = "en",
                 stale_on: date | None = None) -> Evidence:
    """Put a quote, a document or a figure under an ask, frozen as it is now. Raises NotQuoted, NoSource."""
    if not may_gather_asks(by, ask.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation changes its asks."))
    text = text.strip()
    if kind == EvidenceKind.QUOTE:
        if contribution is None or contribution.state != ContributionState.PUBLISHED or not text or not (
                text in contribution.why or text in contribution.wording):
            raise NotQuoted
        language, year = contribution.language[:2], contribution.made_at.year
    elif not (text and source.strip() and year) or (kind == EvidenceKind.FIGURE and not method.strip()):
        raise NoSource
    made = Evidence.objects.create(
        ask=ask, kind=kind, text=text, contribution=contribution if kind == EvidenceKind.QUOTE else None, year=year,
        source=source.strip(), address=address, method=method.strip(), language=language, frozen_at=at,
        stale_on=stale_on, made_by_id=by.user_id)
    journal.record("evidence_added", by=by.public_id, thing=ask.public_id, at=at)
    return made


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Viewer, at: datetime) -> None:
    """Take evidence away from an ask."""
    if not may_gather_asks(by, evidence.ask.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation changes its asks."))
    thing = evidence.ask.public_id
    evidence.delete()
    journal.record("evidence_removed", by=by.public_id, thing=thing, at=at)


def evidence_of(asks: Iterable[Ask]) -> dict[int, list[Evidence]]:
    """Return the evidence under each ask (by its id) in one query; quotes that were taken back are not in it."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in (Evidence.objects.filter(ask__in=list(asks)).select_related("contribution__city").order_by("pk")):
        if row.contribution is None or row.contribution.state == ContributionState.PUBLISHED:
            found[row.ask_id].append(row)
    return dict(found)


def is_stale(row: Evidence, *, on: date) -> bool:
    """Whether evidence is to be shown as old."""
    return row.stale_on is not None and row.stale_on <= on


def line_of(row: Evidence) -> str:
    """Return evidence in one line: what it says, source, year and method."""
    source = row.source or (str(row.contribution.city) if row.contribution and row.contribution.city else "")
    parts = [part for part in (source, str(row.year or ""), row.method) if part]
    said = f"“{row.text}”" if row.kind == EvidenceKind.QUOTE else row.text
    own = _("own figure: ") if row.kind == EvidenceKind.FIGURE else ""
    return f"{own}{said} ({pgettext('between counts', ', ').join(parts)})" if parts else f"{own}{said}"
