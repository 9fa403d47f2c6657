"""The letter of a city: its positions in one consultation, with what stands behind each, to print and sign."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tribune.people.models import City
from tribune.people.queries import viewer_of

from .. import city_queries, queries
from ..letter import letter_docx
from ._writing import answer_of

__all__ = ["letter", "letter_file"]
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def letter(request: HttpRequest, slug: str, consultation: str) -> HttpResponse:
    """The letter as a page that prints."""
    return render(request, "listen/letter.html", _letter(request, slug, consultation))


@require_safe
def letter_file(request: HttpRequest, slug: str, consultation: str) -> HttpResponse:
    """The letter as a Word file."""
    told = _letter(request, slug, consultation)
    data = letter_docx(city=told["city"], consultation=told["consultation"],
                       rows=[(row["it"], row["marks"], row["mandate"]) for row in told["rows"]], on=told["today"])
    return HttpResponse(data, content_type=_DOCX, headers={
        "Content-Disposition": f'attachment; filename="{slug}-{consultation}.docx"'})


def _letter(request: HttpRequest, slug: str, consultation: str) -> dict[str, Any]:
    viewer = viewer_of(request)
    city = get_object_or_404(City, slug=slug)
    if city.pk not in viewer.cities:
        raise Http404
    found = queries.consultation_for(viewer, consultation)
    positions = city_queries.positions_of(viewer, city, found)
    mandates = city_queries.mandates_of(positions)
    today = timezone.now().date()
    return {"city": city, "consultation": found, "today": today, "rows": [
        {**answer_of(row, viewer), "mandate": mandates.get(row.public_id),
         "mandated": city_queries.counts_as_mandated(mandates.get(row.public_id), today)} for row in positions]}
