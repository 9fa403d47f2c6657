"""Calls and what became of their deadlines. A call for input is public."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from tribune.people.rules import Viewer

from ..models import Call, Meeting, Stage


def _calls() -> QuerySet[Call]:
    return Call.objects.select_related("process__organisation").prefetch_related("changes").filter(withdrawn_at=None)


def open_calls(viewer: Viewer, *, at: datetime, days: int | None = None) -> QuerySet[Call]:
    """Return the calls whose deadline is still to come, soonest first; with `days`, those that end by then."""
    found = _calls().filter(deadline_at__gte=at)
    if days is not None:
        found = found.filter(deadline_at__lte=at + timedelta(days=days))
    return found.order_by("deadline_at", "pk")


def closing_calls(viewer: Viewer, *, at: datetime, until: datetime) -> QuerySet[Call]:
    """Return the calls that end from `at` on and before `until`, soonest first."""
    return _calls().filter(deadline_at__gte=at, deadline_at__lt=until).order_by("deadline_at", "pk")


def call_for(viewer: Viewer, process_slug: str, public_id: str) -> Call:
    """Return one call with its process and the history of its deadline."""
    return get_object_or_404(_calls(), process__slug=process_slug, public_id=public_id)


def own_call_for(viewer: Viewer, process_slug: str, public_id: str) -> Call:
    """Return one call, withdrawn ones too, for those who run its process; raise Http404 for others."""
    return get_object_or_404(
        Call.objects.select_related("process__organisation").prefetch_related("changes", "opening_changes"),
        process__slug=process_slug, public_id=public_id, process__organisation_id__in=viewer.officer_of)


def own_meeting_for(viewer: Viewer, process_slug: str, public_id: str) -> Meeting:
    """Return one meeting, withdrawn ones too, for those who run its process; raise Http404 for others."""
    return get_object_or_404(Meeting.objects.select_related("process"), process__slug=process_slug,
                             public_id=public_id, process__organisation_id__in=viewer.officer_of)


def own_stage_for(viewer: Viewer, process_slug: str, public_id: str) -> Stage:
    """Return one stage, withdrawn ones too, for those who run its process; raise Http404 for others."""
    return get_object_or_404(Stage.objects.select_related("process"), process__slug=process_slug,
                             public_id=public_id, process__organisation_id__in=viewer.officer_of)
