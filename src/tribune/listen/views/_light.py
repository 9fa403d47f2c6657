"""A consultation on one small page for the worst line: no pictures, no fonts, no script, a few kilobytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tribune.common.refusals import Refusal
from tribune.people.limits import knock
from tribune.people.queries import cities_of, viewer_of
from tribune.watch.models import Paragraph
from tribune.watch.queries import paragraphs_of

from .. import actions, queries, when
from ..answer_forms import LightForm
from ..choices import Act
from ..formats import AMEND, COMMENT
from ..models import Consultation
from ..rules import is_open, permits_for
from ._reading import text_of
from ._writing import number_of

__all__ = ["light", "parts_of"]
# Of text in one page, in bytes: with the form and the frame the page stays below 30 kB in any script.
_TEXT_BYTES = 14_000


def parts_of(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the paragraphs in parts that a page can bear; a paragraph longer than that is a part of its own."""
    parts: list[list[Paragraph]] = [[]]
    size = 0
    for paragraph in paragraphs:
        weight = len(paragraph.text.encode()) + 120
        if parts[-1] and size + weight > _TEXT_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(paragraph)
        size += weight
    return parts


@require_http_methods(["GET", "HEAD", "POST"])
def light(request: HttpRequest, slug: str) -> HttpResponse:
    """Part of the text, and one form for all its paragraphs."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    rendition = text_of(request, found)
    if rendition is None:
        raise Http404
    parts = parts_of(paragraphs_of(rendition.version, rendition.language))
    at = request.GET.get("part", "1")
    place = min(max(int(at), 1), len(parts)) if at.isdecimal() and len(at) < 6 else 1
    shown = {each.passage.path: each for each in parts[place - 1] if each.kind != "heading"}
    permits = permits_for(viewer, found.phases.all(), audience=found.audience, at=now) if is_open(found, now) \
        else frozenset()
    acts = [act for act in Act.values if (COMMENT if act == Act.COMMENT else AMEND) in permits]
    form = LightForm(request.POST or None, paths=[(path, number_of(each)) for path, each in shown.items()], acts=acts,
                     cities=cities_of(viewer), viewer=viewer) if acts and shown else None
    receipt = ""
    if form is not None and form.is_bound and form.is_valid():
        try:
            receipt = _send(request, found, shown[form.cleaned_data["path"]], form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if not receipt:
                return redirect(reverse("listen:light", args=[slug]) + f"?part={place}")
            form = None
    return render(request, "listen/light.html", {
        "consultation": found, "rendition": rendition, "paragraphs": parts[place - 1], "form": form, "place": place,
        "places": range(1, len(parts) + 1), "closing": when.closing(found, request), "receipt": receipt,
        "open": is_open(found, now), "signed_in": viewer.is_signed_in, "read_by": when.read_by(found, now)},
        status=422 if form is not None and form.errors else 200)


def _send(request: HttpRequest, found: Consultation, paragraph: Paragraph, form: LightForm) -> str:
    viewer, now = viewer_of(request), timezone.now()
    if not viewer.is_signed_in:
        knock("contribute", request.META.get("REMOTE_ADDR", ""), at=now, most=60, seconds=600)
    typed: dict[str, Any] = form.cleaned_data
    made, receipt = actions.contribute(
        consultation=found, passage=paragraph.passage, rendition=paragraph.rendition, act=typed["act"], by=viewer,
        at=now, strength=typed.get("strength", ""), wording=typed.get("wording", ""), why=typed["why"],
        city=form.places.get(typed.get("city", "")))
    if not receipt:
        messages.info(request, _("Your words are with %(city)s. A delegate decides what the city sends.")
                      % {"city": made.city} if made.city else
                      _("Your words have arrived. A person reads them by %(day)s.") % {
                          "day": when.read_by(found, now)})
    return receipt
