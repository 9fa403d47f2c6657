"""Deadlines as a page, a calendar and a feed; the reader's time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tribune.common.pictures import RulerCall, RulerDay, timeline
from tribune.common.zones import COMMON, choose_zone, readers_zone
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from .. import feeds, queries
from ..calendar_forms import FilterForm, ZoneForm
from ..moments import Moment, Row, moments_of, row_of
from ..news import News
from ..templatetags.watch import day_month
from .front import offset_of

# A calendar that forgets what closed last month would delete it from people's own.
KEPT = timedelta(days=400)
# Rows on one page; months beyond are links.
ROWS = 40


@dataclass(slots=True)
class Month:
    """One month of the calendar: calls and other dates in the order of their days, and a picture of it."""

    first: date
    calls: list[Moment] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    picture: SafeString | None = None

    @property
    def items(self) -> list[tuple[date, Moment | None, Row | None]]:
        """All of it by day, calls before what else is on that day."""
        both: list[tuple[date, int, Moment | None, Row | None]] = [
            (moment.day, 0, moment, None) for moment in self.calls]
        both += [(max(row.day, self.first), 1, None, row) for row in self.rows]
        return [(day, moment, row) for day, _order, moment, row in sorted(both, key=lambda item: item[:2])]

    @property
    def n(self) -> int:
        return len(self.calls) + len(self.rows)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    viewer, at, zone = viewer_of(request), timezone.now(), readers_zone(request)
    form = FilterForm(request.GET, choices=queries.filter_choices())
    by = form.filter()
    chosen = _month_of(request.GET.get("month", ""))
    clock = ZoneInfo(zone or settings.TIME_ZONE)
    since = datetime.combine(chosen, time(0), clock) if chosen else at
    until = datetime.combine(_next(chosen), time(0), clock) if chosen else None
    found = queries.agenda_of(viewer, since=since, until=until, by=by)
    months = _months(moments_of(found.calls, at=at, zone=zone),
                     [row_of(template, entry, zone=zone) for template, entry in found.others],
                     first=(chosen or at.astimezone(clock).date()).replace(day=1))
    shown, rest = _a_page(months)
    for month in shown:
        month.picture = _picture(month)
    kept = request.GET.copy()
    kept.pop("month", None)
    return render(request, "watch/calendar.html", {
        "nav_current": "front",
        "months": shown, "rest": rest, "n_open": sum(moment.call.deadline_at >= at for moment in
                                                     (m for month in months for m in month.calls)),
        "n": sum(month.n for month in months), "form": form, "by": by, "chosen": chosen, "zone": zone,
        "offset": offset_of(at, zone), "before": _before(chosen or at.astimezone(clock).date()),
        "after": _next(chosen) if chosen else None, "kept": f"&{kept.urlencode()}" if kept else ""})


def _month_of(written: str) -> date | None:
    try:
        found = date.fromisoformat(f"{written}-01")
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2199 else None


def _next(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _months(calls: Iterable[Moment], rows: Iterable[Row], first: date) -> list[Month]:
    """Group by month; what began before the first month stands in it, since it goes on."""
    found: dict[date, Month] = {}

    def month(day: date) -> Month:
        key = max(day.replace(day=1), first)
        return found.setdefault(key, Month(key))

    for moment in calls:
        month(moment.day).calls.append(moment)
    for row in rows:
        month(row.day).rows.append(row)
    return [found[key] for key in sorted(found)]


def _a_page(months: list[Month]) -> tuple[list[Month], list[Month]]:
    n = 0
    for at, month in enumerate(months):
        n += month.n
        if n > ROWS and at:
            return months[:at], months[at:]
    return months, []


def _picture(month: Month) -> SafeString | None:
    """Draw a month's days with a flag for each day on which calls close; nothing where none does."""
    calls = [moment for moment in month.calls if moment.day.replace(day=1) == month.first]
    if not calls:
        return None
    days = [RulerDay(str(n)) for n in range(1, (_next(month.first) - month.first).days + 1)]
    return timeline(
        [RulerCall(moment.day.day - 1, number,
                   _("%(n)s: %(call)s closes on %(day)s") % {
                       "n": number, "call": moment.call, "day": day_month(moment.day)},
                   f"#call-{moment.call.public_id}")
         for number, moment in enumerate(sorted(calls, key=lambda moment: moment.day), start=1)],
        days, label=_("The days of this month, with a flag where a call closes"), rtl=get_language_bidi())


@require_safe
def ics(request: HttpRequest) -> HttpResponse:
    # The same for everybody: calendar programs come without a session, and a cache may keep it.
    entries = queries.calendar_entries(Viewer(), since=timezone.now() - KEPT)
    return as_calendar(feeds.calendar(entries, base_url=settings.BASE_URL, path=request.path), "tribune-deadlines")


def as_calendar(data: bytes, name: str) -> HttpResponse:
    """Answer with a calendar file."""
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    return as_feed(request, queries.news(since=timezone.now() - KEPT))


def as_feed(request: HttpRequest, pieces: Iterable[News], *, title: str = "", path: str = "",
            guid: str = "urn:tribune:calls") -> HttpResponse:
    """Answer with an Atom feed."""
    text = feeds.feed(pieces, base_url=settings.BASE_URL, self_url=settings.BASE_URL + request.path, title=title,
                      path=path, guid=guid)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_http_methods(["GET", "POST"])
def zone(request: HttpRequest) -> HttpResponse:
    """Choose the time zone in which deadlines stand beside the host's, for this visit."""
    after = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        after = ""
    form = ZoneForm(request.POST or None, initial={"time_zone": readers_zone(request) or ""})
    if request.method == "POST" and form.is_valid():
        choose_zone(request, form.cleaned_data["time_zone"])
        return redirect(after or "watch:calendar")
    return render(request, "watch/zone.html", {"form": form, "next": after, "zones": COMMON,
                                               "nav_current": "front"},
                  status=422 if form.errors else 200)
