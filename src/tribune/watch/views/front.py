"""The front page, the drafts, a process: what happens now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
from tribune.common.zones import readers_zone
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from .. import queries
from ..layout import Counts, Line
from ..models import Alignment, Rendition, Version
from ..moments import Moment, end_of_days, moments_of
from ..strips import draw
from ..templatetags.watch import day_month

DAYS = 14
LATEST = 3
PER_PAGE = 20


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
    viewer, at, zone = viewer_of(request), timezone.now(), readers_zone(request)
    # Days count where the reader is, or where each host is: wider than either, then cut to the days.
    until = end_of_days(at, zone or settings.TIME_ZONE, DAYS + 1)
    calls = [moment for moment in moments_of(queries.closing_calls(viewer, at=at, until=until), at=at, zone=zone)
             if moment.days <= DAYS]
    latest = listed(viewer, queries.latest_versions(viewer)[:LATEST])
    return render(request, "watch/front.html", {
        "heading": _heading(len(calls)), "today": _today(at, zone), "calls": calls,
        "ruler": _ruler(calls, at, zone) if calls else "",
        "n_later": queries.open_calls(viewer, at=at).count() - len(calls),
        "silent": sum(not entry.found.naming for entry in latest), "latest": latest,
        "sections": slots.ask("front.sections", ["front"], viewer)["front"],
        "may_make": bool(viewer.officer_of), "zone": zone, "offset": offset_of(at, zone)})


def _today(at: datetime, zone: str | None) -> date:
    return at.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()


def offset_of(at: datetime, zone: str | None) -> str:
    """Return how far the reader's clock is from UTC ("+02:00"), or nothing where we know of none."""
    if zone is None:
        return ""
    offset = at.astimezone(ZoneInfo(zone)).strftime("%z")
    return f"{offset[:3]}:{offset[3:]}"


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


def _ruler(calls: Sequence[Moment], at: datetime, zone: str | None) -> SafeString:
    today = _today(at, zone)
    days = [RulerDay(_("Today"))] + [
        RulerDay(date_format(today + timedelta(days=n), pgettext("date format of a ruler", "D j")))
        for n in range(1, DAYS + 1)]
    flags = []
    for number, moment in enumerate(calls, start=1):
        moved_from = moved_label = None
        if moment.change:
            was = moment.change.was_at.astimezone(ZoneInfo(zone)).date() if zone else moment.change.was_on
            moved_from = moment.days + (was - moment.day).days
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
        "may_make": bool(viewer.officer_of)})
