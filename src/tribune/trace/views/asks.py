"""Doors to asks: the list over all processes, and one ask with what became of it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tribune.people.models import City
from tribune.people.queries import viewer_of
from tribune.synthesise.queries import ask_for, behind
from tribune.watch.models import Process

from .. import queries
from ..models import Verdict
from ..queries import history, listed_asks
from ..rules import may_keep_ledger
from ..words import ORDER, asked_by, told
from ._pieces import piece_of

A_PAGE = 50


@require_safe
def asks(request: HttpRequest) -> HttpResponse:
    """Public asks; `?process=`, `?city=` and `?show=` choose some. Numbers on other pages lead here."""
    viewer = viewer_of(request)
    process_slug, city_slug = request.GET.get("process", ""), request.GET.get("city", "")
    process = get_object_or_404(Process, slug=process_slug) if process_slug else None
    city = get_object_or_404(City, slug=city_slug) if city_slug else None
    show, topic, year = request.GET.get("show", "made"), request.GET.get("topic", ""), request.GET.get("year", "")
    show = show if show in queries.SHOWN else "made"
    in_year = int(year) if year.isascii() and year.isdigit() and 1900 < int(year[:4]) < 2200 else None
    page = Paginator(listed_asks(viewer, process=process, city=city, topic=topic, year=in_year, show=show),
                     A_PAGE).get_page(
        request.GET.get("page"))
    shown = list(page)
    stands_behind, latest = behind(shown, viewer), queries.latest_words(viewer, shown)
    numbers = queries.numbers_of(latest.values())
    rows = [{"ask": ask, "asked_by": asked_by(stands_behind[ask.pk]), "verdict": latest.get(ask.pk),
             "number": _number(latest.get(ask.pk), numbers)} for ask in shown]
    with_asks = Process.objects.filter(pk__in=listed_asks(viewer).order_by().values("process_id")).order_by("name")
    kept = (f"&city={city.slug}" if city else "") + (f"&year={in_year}" if in_year else "")
    base = reverse("trace:asks")
    topics = sorted({one for row in with_asks for one in row.topics})
    topic_tabs = [(_("All topics"), f"{base}?show={show}{kept}", not topic),
                  *((one, f"{base}?{urlencode({'show': show, 'topic': one})}{kept}", one == topic) for one in topics)]
    tabs = [(_("All processes"), f"{base}?show={show}{kept}", process is None),
            *((str(one), f"{base}?show={show}&process={one.slug}{kept}", one == process) for one in with_asks)]
    kept += (f"&process={process.slug}" if process else "") + (f"&{urlencode({'topic': topic})}" if topic else "")
    words = {"made": _("all"), "handed": _("handed over"), "in": _("in the text, wholly or in part"),
             "out": _("not in the text"), "waiting": _("waiting"), **{word.value: word.label for word in ORDER}}
    shows = [(words[each], f"{base}?show={each}{kept}", each == show)
             for each in ("made", "handed", "in", "out", "waiting")]
    return render(request, "trace/asks.html", {
        "page": page, "rows": rows, "tabs": tabs, "shows": shows, "topics": topic_tabs, "topic": topic,
        "year": in_year, "process": process, "city": city,
        "show": show, "show_word": words[show]})


def _number(verdict: Verdict | None, numbers: dict[tuple[int, str], str]) -> str:
    if verdict is None:
        return ""
    path = queries.path_of(verdict)
    return numbers.get((verdict.version_id, path), path)


@require_safe
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """One ask: its words, who asked, and the verdict on each version with its evidence."""
    viewer = viewer_of(request)
    found = ask_for(viewer, public_id)
    verdicts = queries.verdicts_of(viewer, found)
    shown = queries.opened(viewer, verdicts)
    may_keep = may_keep_ledger(viewer, found.organisation_id)
    voices = queries.voices_of(viewer, found)
    contests = queries.contests_of(viewer, verdicts)
    return render(request, "trace/ask.html", {
        "ask": found, "asked_by": asked_by(behind([found], viewer)[found.pk]),
        "text": found.texts.get((request.LANGUAGE_CODE or "").split("-")[0]) or found.text,
        "voices": [voice.contribution for voice in voices if voice.stance == "for"],
        "others": [voice.contribution for voice in voices if voice.stance == "against"],
        "pieces": [piece_of(verdict, shown[verdict.pk], may_keep=may_keep, contests=contests[verdict.pk])
                   for verdict in reversed(verdicts)],
        "history": told(history(found.kind, [verdict for verdict in verdicts if not verdict.is_proposed]), found.kind),
        "may_contest": queries.is_open(found.process_id),
        "is_handed_over": bool(queries.handed_over(viewer, [found])), "may_keep": may_keep})
