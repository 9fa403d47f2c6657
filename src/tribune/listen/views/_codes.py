"""Who has a voice, and batches of codes, for officers."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of

from .. import actions
from ..choices import ConsultationState
from ..models import Consultation
from ..refusals import Incomplete
from ..vote_forms import CodesForm, ModeForm
from ._reading import frame_of
from .officers import kept_by

__all__ = ["codes", "mode", "voting"]


@require_safe
def voting(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has a voice, the batches of codes and how many are used."""
    return _voting(request, kept_by(viewer_of(request), slug), CodesForm())


@require_POST
def mode(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose who has a voice, before opening."""
    viewer = viewer_of(request)
    found = kept_by(viewer, slug)
    form = ModeForm(request.POST)
    if form.is_valid():
        actions.choose_voting_mode(consultation=found, mode=form.cleaned_data["mode"], by=viewer, at=timezone.now())
        messages.info(request, _("Kept."))
    return redirect("listen:voting", slug)


@never_cache
@require_POST
def codes(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a batch: a page to print, shown this once, or mails."""
    viewer = viewer_of(request)
    found = kept_by(viewer, slug)
    form = CodesForm(request.POST)
    if form.is_valid():
        try:
            batch, made = actions.make_codes(
                consultation=found, n=form.cleaned_data["n"] or 0, addresses=form.cleaned_data["addresses"],
                by=viewer, at=timezone.now())
        except Incomplete as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if not made:
                messages.info(request, _("Each address gets its code by mail."))
                return redirect("listen:voting", slug)
            where = settings.BASE_URL + reverse("listen:code", args=[slug])
            return render(request, "listen/codes.html", {
                **frame_of(request, found), "batch": batch, "where": where,
                "codes": [(code, _drawn(f"{where}{code}/")) for code in made]})
    return _voting(request, found, form)


def _voting(request: HttpRequest, found: Consultation, form: CodesForm) -> HttpResponse:
    batches: list[dict[str, Any]] = [
        {"it": batch, "n": len(batch.used) + len(batch.unused), "n_used": len(batch.used) - len(batch.used) % 5}
        for batch in found.code_batches.all()]
    return render(request, "listen/voting.html", {
        **frame_of(request, found), "form": form, "mode_form": ModeForm(initial={"mode": found.voting_mode}),
        "prepared": found.state == ConsultationState.PREPARED, "batches": batches,
        "closed": found.state == ConsultationState.CLOSED}, status=422 if form.is_bound and form.errors else 200)


def _drawn(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=3, border=1, svgclass=None, lineclass=None,
                                        xmldecl=False)
    return drawn.getvalue().decode()
