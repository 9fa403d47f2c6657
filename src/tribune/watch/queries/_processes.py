"""Processes and drafts. That a process exists is public; a draft shows once a version of it may be seen."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from tribune.people.rules import Viewer

from ..models import Call, Draft, Process, Version
from ._texts import visible_versions


def processes(viewer: Viewer) -> QuerySet[Process]:
    """Return all processes by name, with their organisation."""
    return Process.objects.select_related("organisation").order_by("name")


def process_for(viewer: Viewer, slug: str) -> Process:
    """Return a process with its organisation, stages, and calls with the history of their deadlines."""
    calls = Call.objects.order_by("deadline_at").prefetch_related("changes")
    return get_object_or_404(
        Process.objects.select_related("organisation").prefetch_related("stages", Prefetch("calls", calls)), slug=slug)


def drafts_for(viewer: Viewer) -> QuerySet[Draft]:
    """Return the drafts of which the viewer may see a version, and an officer's own that have none yet."""
    seen = Exists(visible_versions(viewer).filter(draft=OuterRef("pk")))
    own = Q(process__organisation_id__in=viewer.officer_of)
    return Draft.objects.select_related("process").filter(Q(seen) | own).order_by("name")


def draft_for(viewer: Viewer, process_slug: str, draft_slug: str) -> Draft:
    """Return one draft with its process and organisation; raise Http404 where none is seen."""
    draft = (drafts_for(viewer).select_related("process__organisation")
             .filter(process__slug=process_slug, slug=draft_slug).first())
    if draft is None:
        raise Http404
    return draft


def latest_versions(viewer: Viewer, *, process: Process | None = None) -> QuerySet[Version]:
    """Return the latest version of each draft that the viewer may see, newest first, with renditions."""
    seen = visible_versions(viewer)
    later = Exists(seen.filter(draft=OuterRef("draft"), order__gt=OuterRef("order")))
    found = (seen.filter(~later).select_related("draft__process").prefetch_related("renditions")
             .order_by("-dated_on", "-pk"))
    return found.filter(draft__process=process) if process else found
