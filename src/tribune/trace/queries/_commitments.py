"""Promises to follow up: confirmed ones for all who may see the version, proposals for officers besides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from tribune.people.rules import Viewer
from tribune.watch.models import Paragraph, Process
from tribune.watch.queries import visible_versions

from ..choices import FollowUpState
from ..models import FollowUp

_PUBLIC = (FollowUpState.CONFIRMED, FollowUpState.DONE)


def follow_ups_for(viewer: Viewer) -> QuerySet[Any]:
    """Return the promises a viewer may see, with version, draft, process and `number` of the paragraph, next first.

    Decided ones for all who may see the version; proposals and what was set aside for officers of the process.
    """
    number = Paragraph.objects.filter(passage=OuterRef("passage")).order_by("pk").values("number")[:1]
    mine = Q(version__draft__process__organisation_id__in=viewer.officer_of)
    return (FollowUp.objects.filter(Q(state__in=_PUBLIC) | mine,
                                    version__in=visible_versions(viewer).order_by().values("pk"))
            .select_related("version__draft__process", "passage").annotate(number=Subquery(number))
            .order_by(F("due_on").asc(nulls_last=True), "pk"))


def commitments(viewer: Viewer, *, process: Process | None = None, objective: int | None = None,
                local: bool = False) -> QuerySet[Any]:
    """Return what is to be followed up and what is done, of one process, objective, or naming local governments."""
    found = follow_ups_for(viewer).filter(state__in=_PUBLIC)
    if process is not None:
        found = found.filter(version__draft__process=process)
    if objective is not None:
        found = found.filter(objective=objective)
    return found.filter(names_local=True) if local else found


def promises_to_read(viewer: Viewer, process: Process) -> QuerySet[Any]:
    """Return the proposals of a process that wait for its officers: those that name local governments first."""
    return (follow_ups_for(viewer).filter(
        state=FollowUpState.PROPOSED, version__draft__process=process,
        version__draft__process__organisation_id__in=viewer.officer_of)
        .order_by("-names_local", "version_id", "passage__order", "start"))


def follow_up_for(viewer: Viewer, public_id: str) -> FollowUp:
    """Return one promise for an officer of its process, or raise Http404."""
    found: FollowUp | None = follow_ups_for(viewer).filter(
        public_id=public_id, version__draft__process__organisation_id__in=viewer.officer_of).first()
    if found is None:
        raise Http404
    return found


def is_overdue(row: FollowUp, today: date) -> bool:
    """Whether the day has passed and nobody has marked the promise done."""
    return row.state == FollowUpState.CONFIRMED and row.due_on is not None and row.due_on < today
