"""Doors of the register: what a machine does here, and the card of each method."""

from __future__ import annotations

from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tribune.common.models import ModelUse

from ._cards import card, card_names
from ._model import model
from ._register import helps


@require_safe
def ai_register(request: HttpRequest) -> HttpResponse:
    """All automatic proposals, who decides on each, and every purpose for which a language model was asked."""
    cards = card_names()
    uses = list(ModelUse.objects.values("purpose", "model").annotate(
        n=Count("pk"), n_unused=Count("pk", filter=~Q(outcome=ModelUse.ANSWERED)), last=Max("asked_at"))
        .order_by("purpose", "model"))
    known = {one.code: one for one in helps()}
    return render(request, "machine/register.html", {
        "helps": [(one, one.card if one.card in cards else "") for one in helps()], "model": model(),
        "uses": [(known[use["purpose"]].place if use["purpose"] in known else use["purpose"], use) for use in uses],
        "n_uses": sum(use["n"] for use in uses)})


@require_safe
def method_card(request: HttpRequest, name: str) -> HttpResponse:
    """One method card, in English, as it stands beside the code."""
    found = card(name)
    if found is None:
        raise Http404
    return render(request, "machine/card.html", {
        "card_title": found[0], "card_html": found[1], "helps": [one for one in helps() if one.card == name]})
