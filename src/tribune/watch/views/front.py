"""The front page, the drafts, a process: what happens now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tribune.common import slots
from tribune.common.pictures import RulerCall, RulerDay, timeline
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from .. import queries
from ..layout import Counts, Line
from ..models import Alignment, Rendition, Version
from ..moments import Moment, end_of_days, moments_of
from ..rules import may_run_process
from ..strips import draw
from ..templatetags.watch import day_month

DAYS = 14
LATEST = 3
PER_PAGE = 20


def zone_of(request: HttpRequest) -> str:
    """Return the zone a person set, or that of the instance."""
    return getattr(request.user, "time_zone", "") or settings.TIME_ZONE


@dataclass(frozen=True, slots=True)
class Latest:
    """A version in a list, with its strip and what changed since the one before."""

    version: Version
    rendition: Rendition
    languages: list[str]
    strip: SafeString
    found: Counts
    alignment: Alignment | None


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    viewer, at, zone = viewer_of(request), timezone.now(), zone_of(request)
    until = end_of_days(at, zone, DAYS)
    calls = moments_of(queries.closing_calls(viewer, at=at, until=until), at=at, zone=zone)
    latest = listed(viewer, queries.latest_versions(viewer)[:LATEST])
    return render(request, "watch/front.html", {
        "heading": _heading(len(calls)), "today": at.astimezone(ZoneInfo(zone)).date(), "calls": calls,
        "ruler": _ruler(calls, at, zone) if calls else "",
        "n_later": queries.open_calls(viewer, at=at).filter(deadline_at__gte=until).count(),
        "silent": sum(not entry.found.naming for entry in latest), "latest": latest,
        "sections": slots.ask("front.sections", ["front"], viewer)["front"],
        "may_make": bool(viewer.officer_of), "foot_note": _foot_note(at, zone)})


def _heading(n: int) -> str:
    if not n:
        return _("No call closes in the next fourteen days")
    words = {1: pgettext("number of calls", "One"), 2: pgettext("number of calls", "Two"),
             3: pgettext("number of calls", "Three"), 4: pgettext("number of calls", "Four"),
             5: pgettext("number of calls", "Five"), 6: pgettext("number of calls", "Six"),
             7: pgettext("number of calls", "Seven"), 8: pgettext("number of calls", "Eight"),
             9: pgettext("number of calls", "Nine"), 10: pgettext("number of calls", "Ten")}
    return ngettext("%(n)s call closes in the next fourteen days", "%(n)s calls close in the next fourteen days",
                    n) % {"n": words.get(n, n)}


def _foot_note(at: datetime, zone: str) -> str:
    offset = at.astimezone(ZoneInfo(zone)).strftime("%z")
    return _("Times are shown for %(zone)s (UTC%(offset)s) and for each host.") % {
        "zone": zone, "offset": f"{offset[:3]}:{offset[3:]}"}


def _ruler(calls: Sequence[Moment], at: datetime, zone: str) -> SafeString:
    today = at.astimezone(ZoneInfo(zone)).date()
    days = [RulerDay(_("Today"))] + [
        RulerDay(date_format(today + timedelta(days=n), pgettext("date format of a ruler", "D j")))
        for n in range(1, DAYS + 1)]
    flags = []
    for number, moment in enumerate(calls, start=1):
        moved_from = moved_label = None
        if moment.change:
            moved_from = (moment.change.was_at.astimezone(ZoneInfo(zone)).date() - today).days
            moved_label = _("moved on %(day)s") % {"day": day_month(moment.change.changed_at.date())}
        flags.append(RulerCall(
            moment.days, number,
            _("%(n)s: %(call)s closes on %(day)s") % {"n": number, "call": moment.call, "day": day_month(moment.day)},
            f"#call-{moment.call.public_id}", moved_from, moved_label or ""))
    return timeline(flags, days, rtl=get_language_bidi())


def listed(viewer: Viewer, versions: Any) -> list[Latest]:
    """Return versions as a list shows them, in three queries however many there are."""
    found = list(versions)
    interface = get_language() or "en"
    renditions = {version.pk: queries.rendition_for(version, interface=interface) for version in found}
    lines = queries.strips_of(list(renditions.values()))
    alignments = queries.alignments_to(viewer, found)
    return [
        Latest(version, renditions[version.pk], queries.languages_of(version),
               draw(lines[renditions[version.pk].pk], _addresses(version), height=30),
               _counts(renditions[version.pk]), alignments.get(version.pk))
        for version in found]


def _counts(rendition: Rendition) -> Counts:
    return Counts(rendition.n_paragraphs, rendition.n_naming, rendition.n_maybe)


def _addresses(version: Version) -> Any:
    page = address_of(version)
    return lambda path: f"{page}#p{path}"


def address_of(version: Version) -> str:
    """Return the page of a version."""
    return reverse("watch:version", args=[version.draft.process.slug, version.draft.slug, version.slug])


def lines_strip(version: Version, lines: Sequence[Line], height: int) -> SafeString:
    """Return the strip of a version, its bars leading to its page."""
    return draw(lines, _addresses(version), height=height)


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    page = Paginator(queries.latest_versions(viewer), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "watch/drafts.html", {
        "page": page, "latest": listed(viewer, page.object_list), "n": page.paginator.count,
        "processes": queries.processes(viewer), "may_make": bool(viewer.officer_of)})


@require_safe
def process(request: HttpRequest, slug: str) -> HttpResponse:
    viewer, at = viewer_of(request), timezone.now()
    found = queries.process_for(viewer, slug)
    calls = list(found.calls.all())
    for call in calls:
        call.process = found  # spares a query a call
    moments = moments_of(calls, at=at, zone=zone_of(request))
    latest = listed(viewer, queries.latest_versions(viewer, process=found))
    may_run = may_run_process(viewer, found.organisation_id)
    own = list(queries.drafts_for(viewer).filter(process=found)) if may_run else []
    with_text = {entry.version.draft_id for entry in latest}
    return render(request, "watch/process.html", {
        "process": found, "summary": found.summaries.get((get_language() or "en").split("-")[0]) or found.summary,
        "open": [m for m in moments if m.call.deadline_at >= at],
        "closed": [m for m in reversed(moments) if m.call.deadline_at < at],
        "latest": latest, "may_run": may_run, "own_drafts": [d for d in own if d.pk not in with_text],
        "previews": queries.previews_of(viewer, own) if may_run else [],
        "sections": slots.ask("process.sections", [found.public_id], viewer)[found.public_id]})
