"""What officers do: prepare, change, open, close, add the organiser's statements."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.ids import ALPHABET
from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer
from tribune.watch.models import Process
from tribune.watch.queries import visible_versions

from .. import actions, queries
from ..actions import missing_before_opening
from ..choices import ConsultationState, Origin
from ..formats import ANSWER, REVIEW, VOTE
from ..forms import ConsultationForm, NewConsultationForm, OrganiserStatementForm
from ..models import Consultation
from ..refusals import Incomplete
from ..rules import may_prepare
from ._reading import A_PAGE, frame_of

__all__ = ["add_statement", "close", "edit", "manage", "new", "open_now"]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a consultation on a published version of one's organisation, or on a process without a text."""
    viewer = viewer_of(request)
    processes = Process.objects.filter(organisation_id__in=viewer.officer_of).order_by("name")
    versions = (visible_versions(viewer)
                .filter(draft__process__in=processes)
                .select_related("draft__process")
                .order_by("draft__process__name", "draft_id", "-order"))
    form = NewConsultationForm(request.POST or None, versions=versions, processes=processes,
                               initial={"about": request.GET.get("about", ""), "format": "both"})
    if request.method == "POST" and form.is_valid():
        process, version = form.text()
        slug = form.slug()
        if Consultation.objects.filter(slug=slug).exists():
            slug = f"{slug}-{get_random_string(3, ALPHABET)}"
        try:
            made = actions.prepare_consultation(
                process=process, version=version, slug=slug, format=form.cleaned_data["format"], by=viewer,
                at=timezone.now(), **form.given(process.time_zone))
            return redirect("listen:manage", made.slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "listen/consultation_form.html", {
        "form": form, "heading": _("Prepare a consultation"), "button": _("Keep it"),
        "next": _("Nobody outside your organisation sees it before you open it.")},
        status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what was filled in."""
    viewer = viewer_of(request)
    found = _mine(viewer, slug)
    local = found.closes_at.astimezone(_zone(found)) if found.closes_at else None
    form = ConsultationForm(request.POST or None, instance=found, initial={
        "closes_on": local.date() if local else None, "closes_time": local.time() if local else None,
        "audience": found.audience})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_consultation(consultation=found, by=viewer, at=timezone.now(),
                                        **form.given(found.process.time_zone))
            messages.info(request, _("Kept."))
            return redirect("listen:manage", slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "listen/consultation_form.html", {
        "form": form, "consultation": found, "heading": _("Change %(name)s") % {"name": found}, "button": _("Keep it"),
        "next": _("People see the change at once if it is open.")}, status=422 if form.errors else 200)


@require_safe
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """What is missing, what waits, and the buttons that open and close."""
    return _manage(request, slug, OrganiserStatementForm())


@require_POST
def open_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a prepared consultation; without what the law asks for, the refusal says what is missing."""
    viewer = viewer_of(request)
    actions.open_consultation(consultation=_mine(viewer, slug), by=viewer, at=timezone.now())
    messages.info(request, _("It is open. The address and its QR code can go out."))
    return redirect("listen:manage", slug)


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close an open consultation and freeze its counts."""
    viewer = viewer_of(request)
    actions.close_consultation(consultation=_mine(viewer, slug), by=viewer, at=timezone.now())
    messages.info(request, _("It is closed. The counts are frozen."))
    return redirect("listen:manage", slug)


@require_POST
def add_statement(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a statement of the organiser; people see that it is one."""
    viewer = viewer_of(request)
    form = OrganiserStatementForm(request.POST)
    if form.is_valid():
        try:
            actions.propose_statement(consultation=_mine(viewer, slug), text=form.cleaned_data["text"], language="",
                                      by=viewer, at=timezone.now(), origin=Origin.ORGANISER)
            messages.info(request, _("Added."))
            return redirect(reverse("listen:manage", args=[slug]) + "#statements")
        except Incomplete as refusal:
            form.add_error("text", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _manage(request, slug, form)


def _manage(request: HttpRequest, slug: str, form: OrganiserStatementForm) -> HttpResponse:
    viewer = viewer_of(request)
    found = _mine(viewer, slug)
    statements = queries.statements_for(viewer, found)
    asked = {verb for phase in found.phases.all() for verb in phase.permits}
    return render(request, "listen/manage.html", {
        **frame_of(request, found), "missing": missing_before_opening(found), "form": form,
        "prepared": found.state == ConsultationState.PREPARED, "state": found.state,
        "votes_asked": VOTE in asked, "asks_questions": ANSWER in asked, "asks_review": REVIEW in asked,
        "statements": statements[:A_PAGE], "n_statements": statements.count(),
        "n_waiting": queries.n_waiting(viewer), "address": request.build_absolute_uri(
            reverse("listen:consultation", args=[slug]))}, status=422 if form.is_bound and form.errors else 200)


def _mine(viewer: Viewer, slug: str) -> Consultation:
    found = queries.consultation_for(viewer, slug)
    if not may_prepare(viewer, found.organisation_id):
        raise Http404
    return found


def _zone(found: Consultation) -> ZoneInfo:
    return ZoneInfo(found.process.time_zone)
