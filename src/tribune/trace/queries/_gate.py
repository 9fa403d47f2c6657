"""The one gate: a verdict is seen where its version and its ask are, once signed and the ledger is open."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from tribune.listen.queries import consultations_for
from tribune.people.rules import Viewer
from tribune.synthesise.models import AskSource
from tribune.synthesise.queries import asks_for, counted_sources
from tribune.watch.queries import visible_versions

from ..choices import VerdictState
from ..models import Ledger, Verdict


def verdicts_for(viewer: Viewer) -> QuerySet[Verdict]:
    """Return the verdicts a viewer may see.

    For all: signed ones, in open ledgers. For officers of the organisation: also proposals, and closed ledgers.
    Always only where the viewer may see the version judged and the ask, with the version it was made on.
    """
    is_open = Q(ask__process__ledger__opened_at__isnull=False) & ~Q(state=VerdictState.PROPOSED)
    mine = Q(ask__organisation_id__in=viewer.officer_of)
    return (Verdict.objects.filter(is_open | mine)
            .filter(version__in=visible_versions(viewer).values("pk"), ask__in=asks_for(viewer).values("pk"))
            .select_related("ask__process__organisation", "ask__organisation", "ask__passage__version",
                            "version__draft"))


def signed_for(viewer: Viewer) -> QuerySet[Verdict]:
    """Return the signed verdicts a viewer may see."""
    return verdicts_for(viewer).exclude(state=VerdictState.PROPOSED)


def public_verdicts(viewer: Viewer) -> QuerySet[Verdict]:
    """Return the signed verdicts of open ledgers among those a viewer may see: what may be told to somebody."""
    return signed_for(viewer).filter(ask__process__ledger__opened_at__isnull=False)


def verdict_for(viewer: Viewer, public_id: str) -> Verdict:
    """Return one verdict with ask, process and version, or raise Http404."""
    verdict = verdicts_for(viewer).filter(public_id=public_id).first()
    if verdict is None:
        raise Http404
    return verdict


def is_open(process_id: int) -> bool:
    """Whether the organisation has opened the ledger of a process."""
    return Ledger.objects.filter(process_id=process_id, opened_at__isnull=False).exists()


def sources_for(viewer: Viewer) -> QuerySet[AskSource]:
    """Return sources in consultations that the viewer may see: others would tie a city to a text it may not show."""
    return counted_sources().filter(contribution__consultation__in=consultations_for(viewer).order_by().values("pk"))
