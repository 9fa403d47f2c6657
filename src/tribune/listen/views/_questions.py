"""Questions of a call, points for what was said, and the review of the organiser's summary."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tribune.common.refusals import Refusal
from tribune.people.limits import knock
from tribune.people.queries import cities_of, viewer_of

from .. import actions, answer_queries, queries, when
from ..answer_forms import AnswerForm, PointsForm, ReviewForm
from ..choices import ContributionState
from ..formats import ANSWER, PRIORITISE, REVIEW
from ..models import Consultation, Contribution
from ..refusals import Incomplete
from ..rules import MOST_POINTS, MOST_WHY, is_open, permits_for
from ._reading import A_PAGE, AT_PARAGRAPH, frame_of
from ._writing import answer_of

__all__ = ["points", "question", "questions", "review"]


@require_http_methods(["GET", "HEAD"])
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """All questions of a call with what was answered in public."""
    viewer = viewer_of(request)
    found = queries.consultation_for(viewer, slug)
    n = answer_queries.n_answers(found)
    rows = [{"it": row, "n": n.get(row.pk, 0)} for row in answer_queries.questions_of(found)]
    return render(request, "listen/questions.html", {
        **frame_of(request, found), "rows": rows, "may_answer": ANSWER in _permits(request, found)})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One question: what was answered, and a field with a live counter of words."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    asked = get_object_or_404(found.questions, public_id=public_id)
    form = AnswerForm(request.POST or None, cities=cities_of(viewer)) if ANSWER in _permits(request, found) else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            if not viewer.is_signed_in:
                knock("contribute", request.META.get("REMOTE_ADDR", ""), at=now, most=60, seconds=600)
            made, receipt = actions.answer_question(
                question=asked, text=form.cleaned_data["why"], language=form.cleaned_data["language"],
                city=form.place(), by=viewer, at=now)
            back = reverse("listen:questions", args=[slug]) + f"#q{public_id}"
            if receipt:
                return render(request, "listen/sent.html", {
                    **frame_of(request, found), "receipt": receipt, "back": back, "number": asked.order,
                    "on_question": True, "read_by": when.read_by(found, now),
                    "steps": when.next_steps(found, now, for_city=False)})
            messages.info(request, _told(found, made), extra_tags=AT_PARAGRAPH + public_id)
            return redirect(back)
        except Incomplete as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    said = queries.contributions_for(viewer, found).filter(question=asked)[:A_PAGE * 4]
    return render(request, "listen/question.html", {
        **frame_of(request, found), "question": asked, "form": form, "read_by": when.read_by(found, now),
        "answers": [answer_of(row, viewer) for row in said],
        "steps": when.next_steps(found, now, for_city=bool(viewer.cities)) if form else ()},
        status=422 if form is not None and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, slug: str) -> HttpResponse:
    """Ten points over what was said, and the ranking once five have given theirs."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    may = PRIORITISE in _permits(request, found)
    cities = list(cities_of(viewer))
    chosen = request.POST.get("city", request.GET.get("city", ""))
    city = next((each for each in cities if str(each.pk) == chosen), cities[0] if cities and chosen != "self" else None)
    things = list(Contribution.objects.filter(consultation=found, state=ContributionState.PUBLISHED, same_as=None)
                  .select_related("city", "passage", "rendition", "question").order_by("passage__order", "pk")[:200])
    form = PointsForm(request.POST or None, contributions=things,
                      given=answer_queries.points_of(viewer, found, city)) if may else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            n = actions.give_points(consultation=found, points=form.given(), city=city, by=viewer, at=now)
            messages.info(request, _("%(n)d of %(all)d points are given. You may change them until this ends.")
                          % {"n": n, "all": MOST_POINTS})
            return redirect(reverse("listen:points", args=[slug]) + (f"?city={city.pk}" if city else "?city=self"))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    n_givers, ranking = answer_queries.ranking_of(found)
    return render(request, "listen/points.html", {
        **frame_of(request, found), "form": form, "city": city, "cities": cities,
        "asks_points": any(PRIORITISE in phase.permits for phase in found.phases.all()),
        "rows": [{**answer_of(row, viewer), "field": form[row.public_id] if form else None} for row in things],
        "n_givers": n_givers - n_givers % 5, "ranking": [{**answer_of(row.it, viewer), "points": row.points,
                                                          "givers": row.givers} for row in ranking[:A_PAGE]]},
        status=422 if form is not None and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """The organiser's summary, and whether people find it right."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    if not any(REVIEW in phase.permits for phase in found.phases.all()):
        raise Http404
    may = REVIEW in _permits(request, found) and bool(found.summary)
    form = ReviewForm(request.POST or None, cities=cities_of(viewer)) if may else None
    if form is not None and form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.review_summary(consultation=found, right=typed["right"] == "yes", why=typed["why"],
                                          language=typed["language"], city=form.place(), by=viewer, at=now)
            messages.info(request, _told(found, made))
            return redirect("listen:review", slug)
        except Incomplete as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    said = list(queries.contributions_for(viewer, found).filter(origin="review")[:A_PAGE * 4])
    published = [row for row in said if row.state == ContributionState.PUBLISHED]
    return render(request, "listen/review.html", {
        **frame_of(request, found), "form": form, "answers": [answer_of(row, viewer) for row in said],
        "most_why": MOST_WHY, "n_right": sum(1 for row in published if row.act == "KEEP"),
        "n_published": len(published)}, status=422 if form is not None and form.errors else 200)


def _permits(request: HttpRequest, found: Consultation) -> frozenset[str]:
    now = timezone.now()
    if not is_open(found, now):
        return frozenset()
    return permits_for(viewer_of(request), found.phases.all(), audience=found.audience, at=now)


def _told(found: Consultation, made: Contribution) -> Any:
    if made.city is not None:
        return _("Your words are with %(city)s. A delegate decides what the city sends.") % {"city": made.city}
    return _("Your words have arrived. A person reads them by %(day)s.") % {
        "day": when.read_by(found, timezone.now())}
