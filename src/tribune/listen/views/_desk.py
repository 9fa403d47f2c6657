"""The desk of a city: what its services wrote, where it meets, and what a delegate sends as its position."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.models import City
from tribune.people.queries import viewer_of
from tribune.people.rules import may_sign_for_city

from .. import actions, city_queries, queries
from ..answer_forms import PositionForm, ReviseForm, SettleForm
from ..choices import ContributionState
from ..models import Contribution, Settlement
from ..refusals import Incomplete
from ..rules import MOST_WHY, is_open, may_revise, most_wording
from ._writing import answer_of

__all__ = ["bring_back", "city_desk", "mandate_document", "revise", "send", "settle", "undo_settlement"]
ON_DESK = 24
_MAY_COME_BACK = frozenset({ContributionState.PUBLISHED, ContributionState.WITHDRAWN, ContributionState.ASIDE})


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
    form = PositionForm(request.POST, request.FILES, auto_id=f"{public_id}_%s")
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


@require_POST
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose one of the proposals that meet, join them, or keep both."""
    viewer = viewer_of(request)
    city = get_object_or_404(City, slug=slug)
    key = request.POST.get("met", "")
    meeting = next((each for found in city_queries.meetings_of(viewer, city).values() for each in found
                    if each.key == key), None)
    if meeting is None:
        raise Refusal(_("These proposals do not meet any more. Load the page again."))
    form = SettleForm(request.POST, meeting=meeting, auto_id=f"{meeting.proposals[0].public_id}_settle_%s")
    if form.is_valid():
        try:
            actions.settle(city=city, met=meeting.proposals, by=viewer, at=timezone.now(), **form.given())
            messages.info(request, _("Settled. You can undo it until something of it is sent."))
            return redirect("listen:city_desk", slug)
        except Incomplete as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _desk(request, city, settling={key: form})


@require_POST
def undo_settlement(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Put everything back as it was before a settlement."""
    viewer = viewer_of(request)
    city = get_object_or_404(City, slug=slug)
    if city.pk not in viewer.cities:
        raise Http404
    settlement = get_object_or_404(Settlement, city=city, public_id=public_id)
    actions.undo_settlement(settlement=settlement, by=viewer, at=timezone.now())
    messages.info(request, _("Undone. The proposals stand as they stood before."))
    return redirect("listen:city_desk", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Write an inner version anew, or bring an earlier wording back."""
    viewer = viewer_of(request)
    city = get_object_or_404(City, slug=slug)
    found = get_object_or_404(queries.desk_of(viewer, city), public_id=public_id)
    may = (may_revise(viewer, author_id=found.author_id, city_id=found.city_id, state=found.state)
           and is_open(found.consultation, timezone.now()))
    form = ReviseForm(request.POST if request.method == "POST" and "number" not in request.POST else None,
                      contribution=found)
    if request.method == "POST":
        try:
            if request.POST.get("number", "").isdecimal():
                actions.restore_wording(contribution=found, number=int(request.POST["number"]), by=viewer,
                                        at=timezone.now())
            elif form.is_valid():
                actions.revise_contribution(contribution=found, by=viewer, at=timezone.now(), **form.given())
            if not form.errors:
                messages.info(request, _("Kept. The wording before it can be brought back."))
                return redirect("listen:revise", slug, public_id)
        except Incomplete as refusal:
            if not form.is_bound:
                raise
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    earlier = [{"it": row, "marks": queries.redline_of(Contribution(
        act=row.act, wording=row.wording, read_text=found.read_text))} for row in found.earlier.order_by("-number")]
    return render(request, "listen/revise.html", {
        "city": city, "it": found, "row": answer_of(found, viewer), "form": form if may else None, "earlier": earlier,
        "most_wording": most_wording(found.read_text), "most_why": MOST_WHY,
        "consultation": found.consultation}, status=422 if form.errors else 200)


@require_POST
def bring_back(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Bring a position, or what was taken back or set aside, back inside the city."""
    viewer = viewer_of(request)
    city = get_object_or_404(City, slug=slug)
    found = get_object_or_404(queries.desk_of(viewer, city), public_id=public_id)
    was_public = found.state == ContributionState.PUBLISHED
    actions.bring_back(contribution=found, by=viewer, at=timezone.now())
    messages.info(request, _("It is inside the city again. Nobody else reads it, and its mandate has ended.")
                  if was_public else _("It is inside the city again."))
    return redirect(reverse("listen:city_desk", args=[slug]) + f"#a{public_id}")


@require_safe
def mandate_document(request: HttpRequest, slug: str, public_id: str) -> HttpResponse | FileResponse:
    """The document behind a mandate: for the people of the city, for others once it was made public."""
    viewer = viewer_of(request)
    city = get_object_or_404(City, slug=slug)
    contribution = get_object_or_404(Contribution.objects.select_related("consultation"), city=city,
                                     public_id=public_id)
    queries.consultation_for(viewer, contribution.consultation.slug)
    mandate = city_queries.mandate_for(viewer, city, contribution)
    if mandate is None:
        raise Http404
    # As a file to keep, never shown in place: somebody else's bytes do not run on our pages.
    answer = FileResponse(mandate.document.open("rb"), as_attachment=True,
                          filename=(mandate.document.name or "mandate").rpartition("/")[2], content_type="application/octet-stream")  # noqa: E501
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _desk(request: HttpRequest, city: City, refused: dict[str, PositionForm] | None = None,
          settling: dict[str, SettleForm] | None = None) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    refused, settling = refused or {}, settling or {}
    all_of_it = queries.desk_of(viewer, city)
    page = Paginator(all_of_it, ON_DESK).get_page(request.GET.get("page"))
    meetings = city_queries.meetings_of(viewer, city)
    may_send = may_sign_for_city(viewer, city.pk)
    journal = queries.journal_of(viewer, city, page.object_list)
    posts = city_queries.posts_of(viewer, city)
    mandates = city_queries.mandates_of(page.object_list)

    def row(contribution: Contribution) -> dict[str, Any]:
        inner = contribution.state == ContributionState.INNER
        going = is_open(contribution.consultation, now)
        form = refused.get(contribution.public_id) or PositionForm(auto_id=f"{contribution.public_id}_%s")
        mandate = mandates.get(contribution.public_id)
        return {**answer_of(contribution, viewer),
                "journal": [(name, posts.get(who, ("", "")), link)
                            for name, who, link in journal.get(contribution.public_id, ())],
                "form": form if inner and may_send and going else None,
                "may_revise": going and may_revise(viewer, author_id=contribution.author_id,
                                                   city_id=contribution.city_id, state=contribution.state),
                "may_bring_back": going and may_send and contribution.state in _MAY_COME_BACK,
                "mandate": mandate, "mandate_over": mandate is not None and mandate.valid_until is not None
                and mandate.valid_until < now.date(), "refused": contribution.public_id in refused}

    def meeting(found: city_queries.Meeting) -> dict[str, Any]:
        form = settling.get(found.key) or SettleForm(
            meeting=found, auto_id=f"{found.proposals[0].public_id}_settle_%s")
        return {"it": found, "form": form if may_send else None, "refused": found.key in settling}

    groups = []
    for (consultation, _passage, _question), rows in groupby(
            page.object_list, lambda c: (c.consultation, c.passage_id, c.question_id)):
        together = list(rows)
        first = together[0]
        met = meetings.get((consultation.pk, first.passage_id), []) if first.passage_id else []
        groups.append({"consultation": consultation, "passage": first.passage, "question": first.question,
                       "rows": [row(each) for each in together], "meetings": [meeting(each) for each in met],
                       "open": is_open(consultation, now)})
    problems = [*refused.values(), *settling.values()]
    return render(request, "listen/desk.html", {
        "city": city, "page": page, "groups": groups, "may_send": may_send, "problems": problems,
        "n_inner": all_of_it.filter(state=ContributionState.INNER).count(), "n_collisions": len(meetings),
        "settlements": city_queries.settlements_of(viewer, city)[:ON_DESK] if may_send else [],
        "letters": list({group["consultation"] for group in groups
                         if any(each["it"].state == ContributionState.PUBLISHED for each in group["rows"])}),
    }, status=422 if problems else 200)
