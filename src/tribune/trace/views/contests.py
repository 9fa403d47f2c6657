"""Doors of contests: a contributor says what is wrong with a verdict, an officer answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tribune.common.refusals import Refusal
from tribune.people.limits import knock
from tribune.people.queries import viewer_of

from .. import actions, queries
from ..forms import AnswerForm, ContestForm
from ..models import Contest, Verdict
from ..rules import may_keep_ledger
from ._pieces import piece_of


@never_cache
@require_http_methods(["GET", "POST"])
def contest_verdict(request: HttpRequest, public_id: str, verdict: str) -> HttpResponse:
    """The verdict, and a field for what is wrong with it; who has no account gives the receipt."""
    viewer = viewer_of(request)
    found = queries.verdict_for(viewer, verdict)
    if found.ask.public_id != public_id or not found.signed or not queries.is_open(found.ask.process_id):
        raise Http404
    knows = queries.has_a_voice_in(viewer, found.ask)
    form = ContestForm(request.POST or None, needs_receipt=not knows)
    if request.method == "POST" and form.is_valid():
        try:
            knock("contest", request.META.get("REMOTE_ADDR", ""), at=timezone.now(), most=20, seconds=600)
            actions.contest_verdict(verdict=found, text=form.cleaned_data["text"], by=viewer, at=timezone.now(),
                                    receipt=form.cleaned_data.get("receipt", ""),
                                    language=request.LANGUAGE_CODE or "en")
        except Refusal as refusal:
            form.add_error("receipt" if "receipt" in form.fields else "text", str(refusal))
        else:
            messages.info(request, _("Your words have arrived. An officer of %(organisation)s answers.") % {
                "organisation": found.ask.organisation})
            return redirect("trace:ask", public_id)
    return render(request, "trace/contest_verdict.html", {
        "form": form, "ask": found.ask, "knows": knows, "piece": _piece(request, found)},
        status=422 if form.errors else 200)


def _piece(request: HttpRequest, verdict: Verdict) -> dict[str, object]:
    viewer = viewer_of(request)
    return piece_of(verdict, queries.opened(viewer, [verdict])[verdict.pk],
                    may_keep=may_keep_ledger(viewer, verdict.ask.organisation_id),
                    contests=queries.contests_of(viewer, [verdict])[verdict.pk])


def _contest(request: HttpRequest, slug: str, public_id: str) -> Contest:
    contest = queries.contest_for(viewer_of(request), public_id)
    if contest.verdict.ask.process.slug != slug:
        raise Http404
    return contest


@never_cache
@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """For officers: what a contributor holds against a verdict, both texts, and the field for the answer."""
    found = _contest(request, slug, public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_contest(contest=found, answer=form.cleaned_data["answer"], by=viewer_of(request),
                                   at=timezone.now())
        except Refusal as refusal:
            form.add_error("answer", str(refusal))
        else:
            messages.info(request, _("Answered. The answer stands beside the verdict."))
            return redirect("trace:desk", slug)
    verdict = queries.verdict_for(viewer_of(request), found.verdict.public_id)
    return render(request, "trace/contest.html", {
        "form": form, "contest": found, "ask": verdict.ask, "process": verdict.ask.process,
        "piece": _piece(request, verdict)}, status=422 if form.errors else 200)


@require_POST
def erase_contest(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    actions.erase_contest(contest=_contest(request, slug, public_id), by=viewer_of(request), at=timezone.now())
    messages.info(request, _("The words are erased. That it was contested, and the answer, stay."))
    return redirect("trace:contest", slug, public_id)


@require_POST
def erase_reasons(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    viewer = viewer_of(request)
    verdict = queries.verdict_for(viewer, public_id)
    if verdict.ask.process.slug != slug:
        raise Http404
    actions.erase_reasons(verdict=verdict, by=viewer, at=timezone.now())
    messages.info(request, _("The reasons are erased. What was signed stays."))
    return redirect("trace:sign", slug, public_id)
