"""The page of themes: what many answers speak about, and what an officer decides about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tribune.common.machine import model
from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of
from tribune.watch.models import Process
from tribune.watch.queries import process_for

from . import naming, theming
from . import theme_actions as actions
from . import theme_queries as queries
from .choices import ReadingState
from .rules import may_gather_asks

# Members shown at once under a theme, and under the one that was opened.
SHOWN, OPENED = 6, 300


def _process(request: HttpRequest, slug: str) -> Process:
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    if not may_gather_asks(viewer, process.organisation_id):
        raise Http404
    return process


def _page(request: HttpRequest, process: Process) -> dict[str, Any]:
    """What the page shows; an act is judged by the same."""
    ready, newest = queries.readings_of(process)
    there = queries.texts_of(viewer_of(request), process)
    acts = queries.decisions_of(process)
    decided = queries.decided_in(acts)
    seen = queries.shown(ready, there, decided) if ready else queries.ThemesShown(n_texts=len(there))
    return {"process": process, "reading": ready, "newest": newest, "acts": acts, "decided": decided, "seen": seen,
            "last": acts[0].pk if acts else 0, "there": there,
            "running": newest is not None and newest.state != ReadingState.FAILED,
            "failed": newest is not None and newest.state == ReadingState.FAILED}


@require_safe
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    if request.GET.get("part"):
        newest = queries.readings_of(process)[1]
        return render(request, "synthesise/_themes_state.html", {
            "newest": newest, "running": newest is not None and newest.state != ReadingState.FAILED})
    page = _page(request, process)
    opened = request.GET.get("theme", "")
    names = naming.names_of(page["reading"])
    rows = [(theme, theme.members[:OPENED if theme.id == opened else SHOWN], names.get(theme.id))
            for theme in page["seen"].themes]
    return render(request, "synthesise/themes.html", {
        **page, "rows": rows, "model": model(), "n_asked": naming.n_waiting(names), "opened": opened,
        "loose": set(page["decided"].loose),
        "unassigned": page["seen"].unassigned[:OPENED if opened == "none" else SHOWN]})


@require_POST
def read_themes(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for themes: few texts at once, many beside the worker, with progress."""
    process = _process(request, slug)
    _read(request, process)
    return redirect("synthesise:themes", process.slug)


def _read(request: HttpRequest, process: Process) -> None:
    viewer = viewer_of(request)
    reading = actions.ask_for_themes(process=process, by=viewer, at=timezone.now())
    if len(queries.texts_of(viewer, process)) <= theming.AT_ONCE:
        theming.read_now(reading.pk)


@require_POST
def decide_themes(request: HttpRequest, slug: str) -> HttpResponse:
    """One act on the themes; afterwards they are found anew within what is decided."""
    process = _process(request, slug)
    if request.POST.get("act") == "ask":
        ticked = [("contributions", one) for one in request.POST.getlist("members")]
        return redirect(f"{reverse('synthesise:new_ask', args=[process.slug])}?{urlencode(ticked)}")
    try:
        words = _decide(request, process)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("synthesise:themes", process.slug)
    messages.info(request, words)
    _read(request, process)
    return redirect("synthesise:themes", process.slug)


def _decide(request: HttpRequest, process: Process) -> str:
    page = _page(request, process)
    by_id = {theme.id: theme for theme in page["seen"].themes}
    theme, into = by_id.get(request.POST.get("theme", "")), by_id.get(request.POST.get("into", ""))
    members = [one for one in request.POST.getlist("members") if one in page["there"]]
    label, act = request.POST.get("label", ""), request.POST.get("act", "")
    common: dict[str, Any] = {"process": process, "seen": _number(request.POST.get("seen")),
                              "by": viewer_of(request), "at": timezone.now()}
    if act == "move" and into is not None:
        actions.move_members(theme=theme, members=members, into=into, **common)
        return _("Moved to “%(theme)s”. Both themes are yours now; the machine leaves them so.") % {"theme": into.label}
    if theme is None:
        raise actions.ThemeGone
    if act == "name":
        actions.name_theme(theme=theme, label=label, **common)
        return _("The theme is called “%(theme)s” now.") % {"theme": label.strip()}
    if act == "merge" and into is not None:
        actions.merge_themes(themes=[into, theme], label=label, **common)
        return _("Put together with “%(theme)s”.") % {"theme": into.label}
    if act == "split":
        actions.split_theme(theme=theme, members=members, label=label, **common)
        return _("“%(theme)s” is a theme of its own now.") % {"theme": label.strip()}
    if act == "out":
        actions.take_out(theme=theme, members=members, **common)
        return _("Taken out. They stay in sight among those that fit nowhere.")
    if act == "back":
        actions.give_back(theme=theme, **common)
        return _("The theme is left to the machine again.")
    raise actions.ThemeGone


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else -1


@require_POST
def ask_names(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the language model for names of the themes that nobody has named."""
    process = _process(request, slug)
    page = _page(request, process)
    try:
        if page["reading"] is None:
            raise actions.ThemeGone
        n = naming.ask_for_names(reading=page["reading"], themes=page["seen"].themes, by=viewer_of(request),
                                 at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, ngettext("%(n)d name is asked for. It is only a proposal.",
                                        "%(n)d names are asked for. They are only proposals.", n) % {"n": n})
    return redirect("synthesise:themes", process.slug)


@require_POST
def undo_themes(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    try:
        undone = actions.undo_last(process=process, by=viewer_of(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("synthesise:themes", process.slug)
    messages.info(request, _("Taken back: %(act)s, %(words)s.") % {
        "act": undone.get_act_display(), "words": undone.words})
    _read(request, process)
    return redirect("synthesise:themes", process.slug)
