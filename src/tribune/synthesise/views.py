"""Doors of the synthesise room: the officer's desk where contributions become asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common import slots
from tribune.common.refusals import Refusal
from tribune.listen.models import Contribution
from tribune.people.queries import viewer_of
from tribune.watch.models import Process
from tribune.watch.queries import process_for

from . import actions, evidence, gather, queries
from .choices import AskKind
from .forms import AskForm, EvidenceForm, SourcesForm
from .models import Ask, Evidence
from .rules import may_gather_asks, support


def _process(request: HttpRequest, slug: str) -> Process:
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    if not may_gather_asks(viewer, process.organisation_id):
        raise Http404
    return process


@require_safe
def asks_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk: asks made so far, and the contributions that could carry one, what is the same together."""
    viewer = viewer_of(request)
    process = _process(request, slug)
    asks = queries.asks_of(viewer, process)
    behind = queries.behind(asks, viewer)
    contributions = queries.to_gather(viewer, process)
    groups = gather.gather(contributions, {row.pk: row.read_text for row in contributions})
    return render(request, "synthesise/desk.html", {
        "process": process, "asks": [(ask, behind[ask.pk]) for ask in asks],
        "passages": _passages(groups), "n_contributions": len(contributions),
        "n_hidden": sum(not ask.is_public for ask in asks)})


def _passages(groups: list[gather.Gathered]) -> list[dict[str, Any]]:
    found = []
    for path, in_passage in gather.by_passage(groups).items():
        rows = []
        for group in in_passage:
            voices = [queries.Voice(row.city_id, row.city.kind if row.city else "", row.level)
                      for row in group.contributions]
            rows.append({"group": group, "support": support(voices),
                         "asks": sorted({source.ask for row in group.contributions for source in row.asks.all()},
                                        key=lambda ask: ask.number)})
        order = next((row.passage.order for group in in_passage for row in group.contributions if row.passage), 0)
        found.append({"path": path, "rows": rows, "order": order})
    return sorted(found, key=lambda passage: passage["order"])


@require_http_methods(["GET", "POST"])
def new_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an ask from the contributions that were ticked; its words come from theirs and can be changed."""
    process = _process(request, slug)
    data = request.POST if request.method == "POST" else request.GET
    sources = SourcesForm(data, process_id=process.pk)
    sources.is_valid()
    carrying = list(sources.cleaned_data.get("contributions") or [])
    contrary = list(sources.cleaned_data.get("contrary") or [])
    if request.method == "POST":
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                ask = actions.make_ask(
                    process=process, organisation=process.organisation, passage=_passage_of(carrying),
                    language=_language_of(carrying), contributions=carrying, contrary=contrary,
                    by=viewer_of(request), at=timezone.now(), **form.cleaned_data)
                messages.info(request, _("Ask %(number)d is made.") % {"number": ask.number})
                return redirect("synthesise:asks_of", process.slug)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    else:
        form = AskForm(initial=_proposed(carrying))
    return render(request, "synthesise/ask_form.html", {
        "process": process, "form": form, "carrying": carrying, "contrary": contrary,
        "heading": _("Make an ask of what was said")}, status=422 if form.errors else 200)


def _passage_of(contributions: list[Contribution]) -> Any:
    return next((row.passage for row in contributions if row.passage), None)


def _language_of(contributions: list[Contribution]) -> str:
    return next((row.rendition.language for row in contributions if row.rendition), "en")


def _proposed(contributions: list[Contribution]) -> dict[str, str]:
    """Words for the form, from the first amendment among the sources; a person changes or takes them."""
    for row in contributions:
        if row.act in gather.AMENDMENTS:
            old, new = gather.asked_words(row.act, row.read_text, row.wording)
            return {"kind": row.act, "old": old, "new": new, "text": row.why}
    return {"kind": AskKind.ADD, "text": contributions[0].why if contributions else ""}


@require_http_methods(["GET", "POST"])
def change_ask(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    process = _process(request, slug)
    ask = _ask(process, public_id)
    form = AskForm(request.POST or None, initial={
        "name": ask.name, "kind": ask.kind, "old": ask.old, "new": ask.new, "text": ask.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_ask(ask=ask, by=viewer_of(request), at=timezone.now(), **form.cleaned_data)
            messages.info(request, _("Ask %(number)d is changed.") % {"number": ask.number})
            return redirect("synthesise:asks_of", process.slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    sources = queries.sources_of(ask)
    today = timezone.localdate()
    return render(request, "synthesise/ask_form.html", {
        "process": process, "form": form, "ask": ask,
        "proofs": [(row, evidence.line_of(row), evidence.is_stale(row, on=today))
                   for row in evidence.evidence_of([ask]).get(ask.pk, [])],
        "slots": slots.ask("ask.evidence", [ask.public_id], viewer_of(request))[ask.public_id],
        "carrying": [row.contribution for row in sources if row.stance == "for"],
        "contrary": [row.contribution for row in sources if row.stance == "against"],
        "heading": _("Ask %(number)d") % {"number": ask.number}}, status=422 if form.errors else 200)


@require_POST
def change_sources(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Add a contribution to an ask, for or against, or take it out."""
    process = _process(request, slug)
    ask = _ask(process, public_id)
    contribution = Contribution.objects.filter(consultation__process=process,
                                               public_id=request.POST.get("contribution", "")).first()
    if contribution is None:
        raise Http404
    viewer, now = viewer_of(request), timezone.now()
    if request.POST.get("stance") in ("for", "against"):
        actions.add_source(ask=ask, contribution=contribution, stance=request.POST["stance"], by=viewer, at=now)
    else:
        actions.remove_source(ask=ask, contribution=contribution, by=viewer, at=now)
    return redirect("synthesise:change_ask", process.slug, ask.public_id)


@require_POST
def show_asks(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    n = actions.show_asks(process=process, organisation=process.organisation, by=viewer_of(request), at=timezone.now())
    messages.info(request, _("%(n)d asks are public now.") % {"n": n})
    return redirect("synthesise:asks_of", process.slug)


@require_http_methods(["GET", "POST"])
def new_evidence(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Put a quote, a document or a figure under an ask; POST with `remove` takes one away."""
    process = _process(request, slug)
    ask, viewer, now = _ask(process, public_id), viewer_of(request), timezone.now()
    carrying = [row.contribution for row in queries.sources_of(ask)]
    if request.method == "POST" and request.POST.get("remove"):
        held = get_object_or_404(Evidence.objects.select_related("ask"), ask=ask, public_id=request.POST["remove"])
        evidence.remove_evidence(evidence=held, by=viewer, at=now)
        return redirect("synthesise:change_ask", process.slug, ask.public_id)
    # A page beside us may offer a figure with its source; the officer reads it once more and puts it here.
    form = EvidenceForm(request.POST or None, contributions=carrying, initial=_offered(request))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        chosen = data.pop("contribution")
        try:
            evidence.add_evidence(ask=ask, by=viewer, at=now, language=ask.language, **data, contribution=next(
                (row for row in carrying if row.public_id == chosen), None))
            return redirect("synthesise:change_ask", process.slug, ask.public_id)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
    return render(request, "synthesise/evidence_form.html", {
        "process": process, "ask": ask, "form": form}, status=422 if form.errors else 200)


def _offered(request: HttpRequest) -> dict[str, str]:
    names = ("kind", "text", "source", "year", "method", "address")
    return {name: request.GET[name][:1000] for name in names if name in request.GET}


def _ask(process: Process, public_id: str) -> Ask:
    ask = Ask.objects.filter(process=process, public_id=public_id).select_related("passage").first()
    if ask is None:
        raise Http404
    return ask
