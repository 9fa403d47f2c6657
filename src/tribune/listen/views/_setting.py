"""What officers set beside the form: phases with dates, questions, the summary, answers that ask the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of

from .. import actions, answer_queries, queries
from ..answer_forms import SummaryForm, phase_forms, question_forms
from ..choices import ConsultationState
from ..models import Consultation, Contribution
from ..refusals import Incomplete
from ..rules import may_prepare
from ._reading import frame_of
from ._writing import answer_of

__all__ = ["phases", "set_questions", "summary", "twins"]


@require_http_methods(["GET", "HEAD", "POST"])
def phases(request: HttpRequest, slug: str) -> HttpResponse:
    """Phases in order: kind, name, what people may do, whom it asks, from when until when."""
    viewer = viewer_of(request)
    found = _mine(request, slug)
    zone = found.process.time_zone
    rows = phase_forms(found.phases.all(), zone, request.POST or None)
    problem = ""
    if request.method == "POST" and _all_valid(rows):
        given = [(row, phase) for row in rows if (phase := row.phase(zone)) is not None]
        try:
            actions.set_phases(consultation=found, phases=[phase for _row, phase in given], by=viewer,
                               at=timezone.now())
            messages.info(request, _("Kept."))
            return redirect("listen:manage", slug)
        except Incomplete as refusal:
            problem = _blame(refusal, [row for row, _phase in given])
        except Refusal as refusal:
            problem = str(refusal)
    wrong = problem or any(row.errors for row in rows)
    return render(request, "listen/phases.html", {
        **frame_of(request, found), "forms": rows, "problem": problem, "zone": zone,
        "closed": found.state == ConsultationState.CLOSED}, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def set_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """The guiding questions of a call, with their limits."""
    viewer = viewer_of(request)
    found = _mine(request, slug)
    rows = question_forms(answer_queries.questions_of(found), request.POST or None)
    problem = ""
    if request.method == "POST" and _all_valid(rows):
        given = [(row, asked) for row in rows if (asked := row.question()) is not None]
        try:
            actions.set_questions(consultation=found, questions=[asked for _row, asked in given], by=viewer,
                                  at=timezone.now())
            messages.info(request, _("Kept."))
            return redirect("listen:manage", slug)
        except Incomplete as refusal:
            problem = _blame(refusal, [row for row, _asked in given])
        except Refusal as refusal:
            problem = str(refusal)
    wrong = problem or any(row.errors for row in rows)
    return render(request, "listen/set_questions.html", {
        **frame_of(request, found), "forms": rows, "problem": problem}, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """What the organiser understood, for people to say whether it is right."""
    viewer = viewer_of(request)
    found = _mine(request, slug)
    form = SummaryForm(request.POST or None, initial={"summary": found.summary})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_summary(consultation=found, summary=form.cleaned_data["summary"], by=viewer,
                                    at=timezone.now())
            messages.info(request, _("Kept."))
            return redirect("listen:manage", slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "listen/consultation_form.html", {
        "form": form, "consultation": found, "heading": _("What you understood"), "button": _("Keep it"),
        "next": _("Everybody who sees the consultation reads it.")}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def twins(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers that ask the same, to be read as one with co-signers; and those put together, to be parted."""
    viewer = viewer_of(request)
    found = _mine(request, slug)
    if request.method == "POST":
        ids = request.POST.get("ids", "").split(",")
        rows = list(Contribution.objects.filter(consultation=found, public_id__in=ids))
        if request.POST.get("part"):
            actions.part_twins(contribution=get_object_or_404(Contribution, consultation=found,
                                                              public_id=request.POST["part"]),
                               by=viewer, at=timezone.now())
            messages.info(request, _("They stand for themselves again."))
        else:
            actions.join_twins(contributions=rows, by=viewer, at=timezone.now())
            messages.info(request, ngettext("%(n)d answer reads as one.", "%(n)d answers read as one, with their "
                                            "co-signers.", len(rows)) % {"n": len(rows)})
        return redirect("listen:twins", slug)
    groups = answer_queries.twins_in(found)

    def row(each: Contribution) -> dict[str, Any]:
        return answer_of(each, viewer)

    return render(request, "listen/twins.html", {
        **frame_of(request, found), "n_groups": len(groups),
        "groups": [{"ids": ",".join(each.public_id for each in group), "first": row(group[0]), "n": len(group),
                    "cities": [each.city for each in group if each.city], "n_people": sum(
                        1 for each in group if each.city is None)} for group in groups[:50]],
        "joined": [{"it": each, "cosigners": list(each.cosigners.all())} for each in answer_queries.joined_in(found)]})


def _all_valid(rows: Sequence[Form]) -> bool:
    # Each is asked, so that all that is wrong shows at once.
    return False not in [row.is_valid() for row in rows]


def _blame(refusal: Incomplete, rows: list[Any]) -> str:
    # "phase-2" counts what is kept, which is what the person sees in order.
    _name, _dash, place = refusal.field.partition("-")
    if place.isdecimal() and int(place) < len(rows):
        rows[int(place)].add_error(None, str(refusal))
        return ""
    return str(refusal)


def _mine(request: HttpRequest, slug: str) -> Consultation:
    viewer = viewer_of(request)
    found = queries.consultation_for(viewer, slug)
    if not may_prepare(viewer, found.organisation_id):
        raise Http404
    return found
