"""The page of a process: its life, its calls and meetings, its texts, how cities take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tribune.common import slots
from tribune.common.zones import readers_zone
from tribune.people.queries import cities_of, viewer_of
from tribune.people.rules import Viewer

from .. import actions, feeds, queries
from ..entries import of_meeting, stage_name
from ..models import City, DateChange, Meeting, Process, Stage
from ..moments import Row, moments_of, row_of
from ..rules import may_run_process
from .calendar import KEPT, as_calendar, as_feed
from .front import listed


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a process's life on its page."""

    stage: Stage
    name: str
    moved: list[DateChange]
    is_over: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting on the page of its process."""

    meeting: Meeting
    row: Row
    moved: list[DateChange]
    is_over: bool


def _steps(found: Process, moves: dict[str, list[DateChange]], at: datetime) -> list[Step]:
    today = at.date()
    return [Step(stage, stage_name(stage), moves.get(stage.public_id, []),
                 (stage.ends_on or stage.starts_on) < today,
                 stage.starts_on <= today <= (stage.ends_on or stage.starts_on)) for stage in found.stages.all()]


def _met(found: Process, moves: dict[str, list[DateChange]], at: datetime, zone: str | None) -> list[Met]:
    said = []
    for meeting in found.meetings.all():
        meeting.process = found  # spares a query a meeting
        # Its page lists the moves itself.
        meeting._prefetched_objects_cache = {"changes": DateChange.objects.none()}  # type: ignore[attr-defined]
        said.append(Met(meeting, row_of("", of_meeting(meeting), zone=zone), moves.get(meeting.public_id, []),
                        meeting.ends_at < at))
    return said


@require_safe
def process(request: HttpRequest, slug: str) -> HttpResponse:
    viewer, at, zone = viewer_of(request), timezone.now(), readers_zone(request)
    found = queries.process_for(viewer, slug)
    calls = list(found.calls.all())
    for call in calls:
        call.process = found  # spares a query a call
    moves = queries.moves_in(found)
    shown = moments_of([call for call in calls if call.withdrawn_at is None], at=at, zone=zone)
    latest = listed(viewer, queries.latest_versions(viewer, process=found))
    may_run = may_run_process(viewer, found.organisation_id)
    own = list(queries.drafts_for(viewer).filter(process=found)) if may_run else []
    with_text = {entry.version.draft_id for entry in latest}
    met = _met(found, moves, at, zone)
    return render(request, "watch/process.html", {
        "nav_current": "front",
        "process": found, "summary": found.summaries.get((get_language() or "en").split("-")[0]) or found.summary,
        "open": [m for m in shown if m.call.deadline_at >= at],
        "closed": [m for m in reversed(shown) if m.call.deadline_at < at],
        "steps": [step for step in _steps(found, moves, at) if step.stage.withdrawn_at is None],
        "coming": [one for one in met if not one.is_over and one.meeting.withdrawn_at is None],
        "held": [one for one in reversed(met) if one.is_over and one.meeting.withdrawn_at is None],
        "withdrawn": _withdrawn(found, calls) if may_run else [], "moves": moves, "zone": zone,
        "latest": latest, "may_run": may_run, "own_drafts": [d for d in own if d.pk not in with_text],
        "previews": queries.previews_of(viewer, own) if may_run else [], **_following(viewer, found),
        "sections": slots.ask("process.sections", [found.public_id], viewer)[found.public_id]})


def _withdrawn(found: Process, calls: list[Any]) -> list[tuple[str, str, str]]:
    """What officers took off the page and may bring back: (kind, public id, name)."""
    return ([("call", call.public_id, str(call)) for call in calls if call.withdrawn_at]
            + [("meeting", one.public_id, str(one)) for one in found.meetings.all() if one.withdrawn_at]
            + [("stage", one.public_id, stage_name(one)) for one in found.stages.all() if one.withdrawn_at])


def _following(viewer: Viewer, found: Process) -> dict[str, Any]:
    if not viewer.is_signed_in:
        return {}
    mine, cities = queries.follows_of(viewer, found)
    return {"may_follow": True, "follows": mine,
            "own_cities": [(city, city.pk in cities) for city in cities_of(viewer)] if viewer.cities else []}


@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a process for oneself or for a city, or stop."""
    viewer = viewer_of(request)
    found = queries.process_for(viewer, slug)
    city: City | None = None
    if request.POST.get("city"):
        city = cities_of(viewer).filter(slug=request.POST["city"]).first()
        if city is None:
            raise Http404
    following = request.POST.get("follow") == "yes"
    actions.follow(process=found, city=city, following=following, by=viewer, at=timezone.now())
    if city is not None:
        messages.info(request, _("The public calendar of %(city)s has its dates now.") % {"city": city} if following
                      else _("The public calendar of %(city)s is without its dates now.") % {"city": city})
    else:
        messages.info(request, _("You follow this process.") if following else _("You no longer follow this process."))
    return redirect("watch:process", slug)


@require_safe
def ics(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.process_for(viewer, slug)
    entries = queries.calendar_entries(viewer, since=timezone.now() - KEPT, processes=[found])
    return as_calendar(feeds.calendar(entries, base_url=settings.BASE_URL, name=str(found), path=request.path), slug)


@require_safe
def atom(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.process_for(viewer_of(request), slug)
    pieces = queries.news(since=timezone.now() - KEPT, processes=[found])
    return as_feed(request, pieces, title=str(found), path=f"{request.path.removesuffix('.atom')}/",
                   guid=f"urn:tribune:process:{found.public_id}")


@require_safe
def city_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The public dates of the processes that a city follows; the same for everybody, so it needs no secret."""
    city = queries.city_for(viewer_of(request), slug)
    entries = queries.calendar_entries(Viewer(), since=timezone.now() - KEPT, processes=queries.followed_by(city))
    name = _("Dates for %(city)s") % {"city": city}
    return as_calendar(feeds.calendar(entries, base_url=settings.BASE_URL, name=name, path=request.path), slug)
