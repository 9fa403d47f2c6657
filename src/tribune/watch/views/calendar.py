"""Deadlines as a page, a calendar and a feed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tribune.people.queries import viewer_of

from .. import feeds, queries
from ..moments import moments_of
from .front import zone_of

# A calendar that forgets what closed last month would delete it from people's own.
KEPT = timedelta(days=400)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    viewer, at = viewer_of(request), timezone.now()
    calls = moments_of(queries.open_calls(viewer, at=at), at=at, zone=zone_of(request))
    return render(request, "watch/calendar.html", {"calls": calls, "n": len(calls)})


@require_safe
def ics(request: HttpRequest) -> HttpResponse:
    calls = queries.calendar_entries(viewer_of(request), since=timezone.now() - KEPT)
    response = HttpResponse(feeds.calendar(calls, base_url=settings.BASE_URL),
                            content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="tribune-deadlines.ics"'
    return response


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    calls = queries.calendar_entries(viewer_of(request), since=timezone.now() - KEPT)
    text = feeds.feed(calls, base_url=settings.BASE_URL, self_url=settings.BASE_URL + request.path)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
