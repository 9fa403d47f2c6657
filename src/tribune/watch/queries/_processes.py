"""Processes and drafts. That a process exists is public; a draft shows once a version of it may be seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from tribune.people.rules import Viewer

from ..models import Call, DateChange, DeadlineChange, Draft, Meeting, Process, Stage, Version
from ._texts import visible_versions


def processes(viewer: Viewer) -> QuerySet[Process]:
    """Return all processes by name, with their organisation."""
    return Process.objects.select_related("organisation").order_by("name")


def processes_with_next(viewer: Viewer, *, at: datetime) -> QuerySet[Process]:
    """Return all processes by name, each with `n_open` calls and the moment at which the next one closes."""
    still = Q(calls__deadline_at__gte=at, calls__withdrawn_at=None)
    return processes(viewer).annotate(n_open=Count("calls", filter=still),
                                      next_at=Min("calls__deadline_at", filter=still))


def processes_with_dates(viewer: Viewer) -> QuerySet[Process]:
    """Return all processes by name with their stages, meetings and calls, for a table."""
    return processes(viewer).prefetch_related("stages", "meetings",
                                              Prefetch("calls", Call.objects.order_by("deadline_at")))


def own_processes(viewer: Viewer) -> QuerySet[Process]:
    """Return the processes that the viewer runs."""
    return processes(viewer).filter(organisation_id__in=viewer.officer_of)


def known_of(viewer: Viewer) -> dict[tuple[int, str], Process]:
    """Return the copies of known processes that the viewer runs, by organisation and known id."""
    return {(process.organisation_id, process.known_id): process
            for process in own_processes(viewer).exclude(known_id="")}


def process_for(viewer: Viewer, slug: str) -> Process:
    """Return a process with its organisation, stages, meetings, and calls with the history of their deadlines.

    Whoever runs it gets withdrawn ones too.
    """
    # Any: the annotations are no fields of the model.
    found: Any = get_object_or_404(
        Process.objects.select_related("organisation").annotate(
            meets=Exists(Meeting.objects.filter(process=OuterRef("pk"))),
            moved=Exists(DeadlineChange.objects.filter(call__process=OuterRef("pk")))), slug=slug)
    wanted = [Prefetch("stages", _shown(Stage.objects.all(), viewer)),
              Prefetch("calls", _shown(Call.objects.order_by("deadline_at"), viewer))]
    # What is not there is not asked for: the page of a process has little room for questions.
    if found.meets:
        wanted.append(Prefetch("meetings", _shown(Meeting.objects.all(), viewer)))
    prefetch_related_objects([found], *wanted)
    if not found.meets:
        _hold(found, "meetings", Meeting.objects.none())
    calls = list(found.calls.all())
    if found.moved:
        prefetch_related_objects(calls, "changes")
    else:
        for call in calls:
            _hold(call, "changes", DeadlineChange.objects.none())
    process: Process = found
    return process


def _hold(thing: Any, name: str, nothing: QuerySet[Any]) -> None:
    """Say that a thing has none of these, as a prefetch that found nothing would."""
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = nothing


def moves_in(process: Process) -> dict[str, list[DateChange]]:
    """Return, by public id, how openings of calls, meetings and stages of a process moved, newest first.

    The process comes with them prefetched; where none of them was ever changed, nothing is asked.
    """
    found: dict[str, list[DateChange]] = {}
    things: list[Any] = [*process.stages.all(), *process.meetings.all(), *process.calls.all()]
    if not any(thing.changed_at for thing in things):
        return found
    rows = DateChange.objects.select_related("call", "meeting", "stage").filter(
        Q(call__process=process) | Q(meeting__process=process) | Q(stage__process=process))
    for row in rows:
        thing = row.call or row.meeting or row.stage
        assert thing is not None
        found.setdefault(thing.public_id, []).append(row)
    return found


def _shown(found: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    return found.filter(Q(withdrawn_at=None) | Q(process__organisation_id__in=viewer.officer_of))


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
