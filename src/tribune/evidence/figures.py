"""Doors to a city's indicators."""

from __future__ import annotations

import csv
import io
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tribune.engine.indicators import Report, published_targets, read_observations, read_targets, report, u4ssc
from tribune.engine.text import decode
from tribune.people.models import City
from tribune.people.queries import viewer_of

from . import queries
from .choices import ListKind
from .lists import content_of
from .models import FigureList
from .rules import may_keep_figures
from .wheel import SIZE, wheel
from .words import BAND, DIMENSION, DOUBT

_COLUMNS = ("code", "point", "year", "value", "unit", "sex", "source", "quality", "numerator", "denominator")


def report_of(city: City, lists: dict[str, FigureList]) -> Report | None:
    """Return the report that a city's list of indicators gives, against its own targets if it brought some."""
    file = lists.get(ListKind.INDICATORS)
    if file is None:
        return None
    values, bad = read_observations(_text(file), u4ssc())
    own = lists.get(ListKind.TARGETS)
    # A city's own target goes before a published one for the same thing.
    targets = (*published_targets(), *(read_targets(_text(own), u4ssc())[0] if own else ()))
    return report(values, targets=targets, bad=bad)


def _text(file: FigureList) -> str:
    return decode(content_of(FigureList.objects.get(pk=file.pk)))[0]


@require_safe
def indicators(request: HttpRequest, slug: str) -> HttpResponse:
    """A city's indicators: what is there, how it stands to its targets, what to ask about, what is missing."""
    city = queries.city_of(slug)
    lists = queries.lists_in_use(city)
    found = report_of(city, lists)
    shown = request.GET.get("show", "")
    rows = [] if found is None else [one for one in found.results if shown == "all" or one.values]
    return render(request, "evidence/indicators.html", {
        "city": city, "found": found, "list": lists.get(ListKind.INDICATORS), "targets": lists.get(ListKind.TARGETS),
        "wheel": wheel(found) if found else None, "size": SIZE, "middle": SIZE / 2, "shown": shown,
        "bands": [(code, words, n) for code, words in BAND.items()
                  if found and (n := sum(one.band == code for one in found.results))],
        "dimensions": [DIMENSION.get(name, name) for name, _n, _of in found.coverage.dimensions] if found else [],
        "groups": [(DIMENSION.get(name, name), [_row(one) for one in group]) for name, group in groupby(
            rows, key=lambda one: one.indicator.dimension)],
        "may_keep": may_keep_figures(viewer_of(request), city.pk), "nav_current": "people:cities"})


def _row(one: Any) -> dict[str, Any]:
    return {"indicator": one.indicator, "values": one.values, "band": one.band, "words": BAND[one.band],
            "share": one.share, "doubts": list(dict.fromkeys(DOUBT[doubt.code] for doubt in one.doubts))}


@require_safe
def indicators_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as a table."""
    city = queries.city_of(slug)
    found = report_of(city, queries.lists_in_use(city))
    rows = [] if found is None else [
        [one.indicator.code, one.indicator.name, value.point, value.year, value.value, value.women, value.men,
         one.indicator.unit, value.share, value.band, value.target.target if value.target else "",
         value.target.source if value.target else "", value.source, value.quality,
         " ".join(dict.fromkeys(doubt.code for doubt in one.doubts))]
        for one in found.results for value in one.values]
    return _table(f"{slug}-indicators.csv", [
        "code", "name", "point", "year", "value", "women", "men", "unit", "share_of_target", "band", "target",
        "target_source", "source", "quality", "findings"], rows)


@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty table with a row for each data point, to fill in and bring back."""
    queries.city_of(slug)
    return _table("indicators.csv", [*_COLUMNS, "name"], [
        [one.code, point, "", "", one.unit, "", "", "", "", "", one.name] for one in u4ssc() for point in one.points])


def _table(name: str, head: list[str], rows: list[list[Any]]) -> HttpResponse:
    out = io.StringIO()
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(head)
    for row in rows:
        table.writerow(["'" + cell if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else
                        "" if cell is None else cell for cell in row])
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="{name}"'})
