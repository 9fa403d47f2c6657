"""To the cities and to the addressee."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of
from tribune.submit import actions, queries
from tribune.submit.choices import SubmissionState
from tribune.submit.forms import AnswerForm, HandOverForm, SigningForm


@require_http_methods(["GET", "POST"])
def open_signing(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    cities = queries.cities_without_answer(found)
    form = SigningForm(request.POST or None, cities=cities, initial={
        "cities": [city.pk for city in cities],
        "sign_until": found.sign_until if found.state == SubmissionState.SIGNING else None})
    if request.method == "POST" and form.is_valid():
        try:
            secrets = actions.open_signing(submission=found, cities=form.cleaned_data["cities"],
                                           sign_until=form.cleaned_data["sign_until"], by=viewer, at=timezone.now())
            messages.info(request, _("%(n)d cities are asked. Their delegates have the link.") % {"n": len(secrets)})
            return redirect("submit:table", found.slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "heading": _("Send to cities for signature"), "button": _("Send"),
        "next": _("A link opens the sign-off; a code to the address on file signs it. Who has not answered is reminded "
                  "a week, two days and one day before the end.")},
        status=422 if form.errors else 200)


@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Back to the drafting table: what was signed counts again once the words are the same, or are confirmed."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    try:
        actions.reopen_drafting(submission=found, by=viewer, at=timezone.now())
        messages.info(request, _("The text can be changed again. A signature counts for the words it was given for; "
                                 "for other words the city must confirm."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("submit:table", found.slug)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    form = HandOverForm(request.POST or None, initial={"handed_on": timezone.localdate(),
                                                       "what": request.GET.get("what", "text"),
                                                       "country": request.GET.get("country", "")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(submission=found, by=viewer, at=timezone.now(), **form.cleaned_data)
            messages.info(request, _("Kept. When the next version comes, each ask is compared with it."))
            return redirect("submit:table", found.slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "heading": _("Handed over"), "button": _("Keep this"),
        "next": _("Only your organisation sees to whom. The submission itself becomes public.")},
        status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def note_answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the addressee answered."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    handed = get_object_or_404(found.hand_overs.select_related("submission"), pk=number)
    form = AnswerForm(request.POST or None, initial={
        "answer": handed.answer, "answered_on": handed.answered_on, "receipt": handed.receipt})
    if request.method == "POST" and form.is_valid():
        actions.note_answer(handed=handed, by=viewer, at=timezone.now(), **form.cleaned_data)
        return redirect("submit:table", found.slug)
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "button": _("Keep this"),
        "heading": _("What %(recipient)s answered") % {"recipient": handed.recipient},
        "next": _("Only your organisation reads this. In public it is only counted.")},
        status=422 if form.errors else 200)
