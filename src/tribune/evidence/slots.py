"""What this room shows on pages upstream and downstream: a city's schools, and figures to put under an ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tribune.common.slots import fills
from tribune.people.models import City
from tribune.people.rules import Viewer

from . import queries
from .choices import ListKind
from .figures import report_of
from .models import School
from .rules import may_keep_figures

Pieces = dict[str, list[tuple[str, dict[str, Any]]]]
# Cities whose figures are offered under an ask.
_OFFERED = 8


@fills("city.sections")
def on_city(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """For each city (by public id): how its schools stand, or for its own people the way to bring a list."""
    pieces: Pieces = {}
    for city in City.objects.filter(public_id__in=ids):
        has = School.objects.filter(city=city).exists()
        measured = report_of(city, queries.lists_in_use(city))
        keeps = may_keep_figures(viewer, city.pk)
        if has or keeps or measured:
            found = queries.schools_of(city) if has else None
            pieces[city.public_id] = [("evidence/slots/city.html", {
                "city": city, "found": found, "keeps": keeps, "measured": measured,
                "n": len(found.rows) if found else 0,
                "n_yes": found.count("yes") if found else 0, "n_no": found.count("no") if found else 0,
                "n_unknown": found.count("unknown") if found else 0})]
    return pieces


@fills("ask.evidence")
def under_ask(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """For each ask: figures of cities that may be put under it as they stand today, with source and method."""
    if not viewer.officer_of:
        return {}
    offers = []
    for city in City.objects.filter(schools__isnull=False).distinct().order_by("name")[:_OFFERED]:
        found = queries.schools_of(city)
        file = found.lists.get(ListKind.SCHOOLS)
        if file is None:
            continue
        offers.append({
            "text": _("%(no)d of %(n)d schools in %(city)s are not meaningfully connected; of %(unknown)d it is not "
                      "known.") % {"no": found.count("no"), "n": len(found.rows), "city": city,
                                   "unknown": found.count("unknown")},
            "year": file.as_of.year, "source": file.source, "kind": "figure",
            "method": _("Measure %(version)s: %(mbit)g Mbit/s, or %(pupil)g a pupil; stable, with electricity and "
                        "devices. Own calculation.") % {"version": found.rule.version, "mbit": found.rule.mbit,
                                                        "pupil": found.rule.mbit_per_pupil},
            "address": settings.BASE_URL + reverse("evidence:schools", args=[city.slug])})
    return {thing: [("evidence/slots/ask.html", {"offers": offers})] for thing in ids} if offers else {}
