"""Doors of a city's record: one page to print, a picture of the address, and a piece for its own site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from tribune.common.middleware import CONTENT_SECURITY_POLICY
from tribune.people.models import City
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from ..papers import city_page, permalink, qr_of
from ..queries import record_of


@require_safe
def city_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """What the city asked and what became of it on one page, as the viewer may know it."""
    city = get_object_or_404(City, slug=slug)
    pdf = city_page(record_of(viewer_of(request), city), on=timezone.localdate())
    return HttpResponse(pdf, content_type="application/pdf",
                        headers={"Content-Disposition": f'inline; filename="{city.slug}.pdf"'})


@require_safe
def city_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of a city's page as a picture; without a language, so that the phone's own is taken."""
    city = get_object_or_404(City, slug=slug)
    return HttpResponse(qr_of(permalink("people:city", city.slug)), content_type="image/svg+xml")


@require_safe
@xframe_options_exempt
def city_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The counts and marks of a city for a frame on any site, as everybody may know them; `?language=fr` chooses."""
    city = get_object_or_404(City, slug=slug)
    wanted = request.GET.get("language", "")
    known = [code for code, _ in settings.LANGUAGES]
    language = next((code for code in known if wanted and code.split("-")[0] == wanted.split("-")[0]), None)
    with translation.override(language or translation.get_language() or "en"):
        response = render(request, "trace/embed.html", {
            "city": city, "record": record_of(Viewer(), city), "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "address": permalink("people:city", city.slug)})
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'",
                                                                          "frame-ancestors *")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
