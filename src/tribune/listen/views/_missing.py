"""Who is missing, what one may say of oneself, and the officer's ways to reach those who have not spoken."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import all_cities, viewer_of

from .. import actions, counts, missing, queries
from ..choices import ConsultationState
from ..models import Consultation
from ..rules import may_prepare
from ..vote_forms import AboutForm, TargetForm
from ._reading import frame_of
from ._voting import told_key, voice_of
from .officers import kept_by

__all__ = ["about_you", "invite", "target", "voices"]
A_PAGE = 50


@require_safe
def voices(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has spoken, by what people chose to say; which cities are missing."""
    return _voices(request, queries.consultation_for(viewer_of(request), slug), TargetForm())


@require_POST
def target(request: HttpRequest, slug: str) -> HttpResponse:
    """Set how many voices are wanted from one part."""
    viewer = viewer_of(request)
    found = kept_by(viewer, slug)
    form = TargetForm(request.POST)
    if not form.is_valid():
        return _voices(request, found, form)
    dimension, key = form.cleaned_data["part"].split(":", 1)
    actions.set_target(consultation=found, dimension=dimension, key=key, n=form.cleaned_data["n"], by=viewer,
                       at=timezone.now())
    return redirect("listen:voices", slug)


@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask by mail the cities that have not spoken: those chosen, or all."""
    viewer = viewer_of(request)
    found = kept_by(viewer, slug)
    cities = missing.cities_missing(found)
    if chosen := request.POST.getlist("city"):
        cities = cities.filter(public_id__in=chosen)
    n = actions.invite_cities(consultation=found, cities=cities, by=viewer, at=timezone.now())
    messages.info(request, ngettext("%(n)d city is asked by mail.", "%(n)d cities are asked by mail.", n) % {"n": n})
    return redirect("listen:voices", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def about_you(request: HttpRequest, slug: str) -> HttpResponse:
    """Say where one lives, once, if one likes."""
    found = queries.consultation_for(viewer_of(request), slug)
    voice = voice_of(request, found)
    told = bool(request.session.get(told_key(found)))
    form = AboutForm(request.POST or None, cities=all_cities())
    if request.method == "POST" and form.is_valid() and voice is not None and not told:
        try:
            actions.tell_about(voice=voice, **form.told())
            request.session[told_key(found)] = True
            return redirect("listen:vote", slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "listen/about_you.html", {
        **frame_of(request, found), "form": form, "has_voice": voice is not None, "told": told},
        status=422 if form.errors else 200)


def _voices(request: HttpRequest, found: Consultation, form: TargetForm) -> HttpResponse:
    tables = missing.voice_tables(found)
    closed = found.state == ConsultationState.CLOSED
    page = Paginator(missing.cities_missing(found), A_PAGE).get_page(request.GET.get("page"))
    shown = counts.shown(queries.tallies(found), queries.n_voices(found), closed=closed)
    return render(request, "listen/voices.html", {
        **frame_of(request, found), "tables": tables, "gender": missing.gender_table(found),
        "mandates": missing.mandates(found), "page": page, "n_missing": page.paginator.count,
        "short": [part for table in tables for part in table.parts if part.short], "voices": shown.voices,
        "n_paper": missing.n_paper(found), "form": form,
        "may_manage": may_prepare(viewer_of(request), found.organisation_id)},
        status=422 if form.is_bound and form.errors else 200)
