"""Doors of the officer's desk: verdicts to sign one by one, and opening or closing the ledger."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of
from tribune.watch.models import Process
from tribune.watch.queries import process_for

from .. import actions, queries
from ..forms import SignForm
from ..models import Verdict
from ..rules import may_keep_ledger, needs_paragraph
from ._pieces import piece_of

A_PAGE = 20


def _process(request: HttpRequest, slug: str) -> Process:
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    if not may_keep_ledger(viewer, process.organisation_id):
        raise Http404
    return process


@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What comparison proposes and nobody has signed. `?at=` puts the focus on one."""
    viewer, process = viewer_of(request), _process(request, slug)
    waiting = queries.to_sign(viewer, process)
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    verdicts = list(page)
    shown = queries.opened(viewer, verdicts)
    pieces = [{**piece_of(verdict, shown[verdict.pk], may_keep=True), "path": queries.path_of(verdict),
               "can_confirm": bool(queries.path_of(verdict)) or not needs_paragraph(verdict.ask.kind, verdict.proposed)}
              for verdict in verdicts]
    at = request.GET.get("at", "")
    at = at if any(verdict.public_id == at for verdict in verdicts) else next(
        (verdict.public_id for verdict in verdicts), "")
    return render(request, "trace/desk.html", {
        "process": process, "page": page, "pieces": pieces, "at": at if "at" in request.GET else "",
        "is_open": queries.is_open(process.pk),
        "changed": queries.changed_since(viewer, process),
        "contests": list(queries.open_contests(viewer, process)[:A_PAGE])})


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Both texts and the words that may be signed; POST signs and goes on to the next that waits."""
    viewer, process = viewer_of(request), _process(request, slug)
    verdict = queries.verdict_for(viewer, public_id)
    if verdict.ask.process_id != process.pk:
        raise Http404
    form = SignForm(request.POST or None, kind=verdict.ask.kind, initial={
        "signed": verdict.signed or verdict.proposed, "paragraph": queries.path_of(verdict)})
    if request.method == "POST" and form.is_valid():
        next_one = _next(request, process, verdict)
        try:
            actions.sign_verdict(verdict=verdict, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _("Signed: ask %(number)d in %(version)s.") % {
                "number": verdict.ask.number, "version": verdict.version})
            address = reverse("trace:desk", args=[process.slug])
            return redirect(f"{address}?at={next_one}#v-{next_one}" if next_one else address)
    return render(request, "trace/sign.html", {
        "process": process, "form": form, "ask": verdict.ask,
        "piece": piece_of(verdict, queries.opened(viewer, [verdict])[verdict.pk], may_keep=True,
                          contests=queries.contests_of(viewer, [verdict])[verdict.pk])},
        status=422 if form.errors else 200)


def _next(request: HttpRequest, process: Process, verdict: Verdict) -> str:
    """Return the public id of the proposal after this one, or of the first that waits."""
    ids = list(queries.to_sign(viewer_of(request), process).values_list("public_id", flat=True))
    if verdict.public_id in ids:
        place = ids.index(verdict.public_id)
        ids = ids[place + 1:] + ids[:place]
    return str(ids[0]) if ids else ""


@require_POST
def open_ledger(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    actions.open_ledger(process=process, by=viewer_of(request), at=timezone.now())
    messages.info(request, _("The ledger is open. Authors hear what became of their words."))
    return redirect("trace:ledger", process.slug)


@require_POST
def close_ledger(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    actions.close_ledger(process=process, by=viewer_of(request), at=timezone.now())
    messages.info(request, _("The ledger is closed. Only your organisation sees it."))
    return redirect("trace:ledger", process.slug)
