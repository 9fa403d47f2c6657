"""The desk of a city: what its services wrote, and what a delegate sends as its position."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.models import City
from tribune.people.queries import viewer_of
from tribune.people.rules import may_sign_for_city

from .. import actions, queries
from ..choices import ContributionState
from ..forms import PositionForm
from ..models import Contribution
from ..refusals import Incomplete
from ..rules import is_open
from ._writing import answer_of

__all__ = ["city_desk", "send"]
ON_DESK = 24


@require_safe
def city_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """All inner versions of one's city by paragraph, with collisions, and what was sent."""
    return _desk(request, get_object_or_404(City, slug=slug))


@require_POST
def send(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Send one inner version as the position of the city."""
    viewer = viewer_of(request)
    city = get_object_or_404(City, slug=slug)
    contribution = get_object_or_404(queries.desk_of(viewer, city), public_id=public_id)
    form = PositionForm(request.POST, auto_id=f"{public_id}_%s")
    if form.is_valid():
        try:
            actions.send_position(contribution=contribution, by=viewer, at=timezone.now(), **form.cleaned_data)
            messages.info(request, _("Sent as the position of %(city)s. Everybody who sees the consultation sees it.")
                          % {"city": city})
            return redirect("listen:city_desk", slug)
        except Incomplete as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _desk(request, city, {public_id: form})


def _desk(request: HttpRequest, city: City, refused: dict[str, PositionForm] | None = None) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    refused = refused or {}
    all_of_it = queries.desk_of(viewer, city)
    page = Paginator(all_of_it, ON_DESK).get_page(request.GET.get("page"))
    collisions = queries.collisions_of(viewer, city)
    may_send = may_sign_for_city(viewer, city.pk)
    journal = queries.journal_of(viewer, city, page.object_list)

    def row(contribution: Contribution) -> dict[str, Any]:
        inner = contribution.state == ContributionState.INNER
        form = refused.get(contribution.public_id) or PositionForm(auto_id=f"{contribution.public_id}_%s")
        return {**answer_of(contribution, viewer), "journal": journal.get(contribution.public_id, ()),
                "form": form if inner and may_send and is_open(contribution.consultation, now) else None,
                "refused": contribution.public_id in refused}

    groups = [{"consultation": consultation, "passage": passage, "rows": [row(each) for each in rows],
               "n_collide": collisions.get((consultation.pk, passage.pk), 0) if passage else 0,
               "open": is_open(consultation, now)}
              for (consultation, passage), rows in groupby(page.object_list, lambda c: (c.consultation, c.passage))]
    n_inner = all_of_it.filter(state=ContributionState.INNER).count()
    return render(request, "listen/desk.html", {
        "city": city, "page": page, "groups": groups, "n_inner": n_inner, "n_collisions": len(collisions),
        "may_send": may_send, "problems": list(refused.values())}, status=422 if refused else 200)
