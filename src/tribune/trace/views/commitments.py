"""Doors to promises with a date: what is to be followed up, per process and over all, and the officer's decision."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of
from tribune.watch.models import Process
from tribune.watch.queries import process_for

from .. import actions, queries
from ..choices import FollowUpState
from ..exports import safe
from ..forms import FollowUpForm
from ..models import FollowUp
from ..rules import may_keep_ledger
from ..words import OBJECTIVES

A_PAGE = 50
COLUMNS = ("id", "due_on", "state", "who", "sentence", "due_text", "names_local", "objective", "process", "version",
           "dated_on", "paragraph", "note", "paragraph_url")


def _chosen(request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    said, viewer = request.GET.get("objective", ""), viewer_of(request)
    objective = int(said) if said in ("1", "2", "3", "4", "5") else None
    slug, local = request.GET.get("process", ""), request.GET.get("local") == "1"
    process = get_object_or_404(Process, slug=slug) if slug else None
    found = queries.commitments(viewer, process=process, objective=objective, local=local)
    return found, {"objective": objective, "process": process, "local": local}


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """Everything adopted texts promised by a date; `?objective=` one of the Compact's five, `?local=1`, `?process=`."""
    found, chosen = _chosen(request)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    base, kept = reverse("trace:commitments"), f"&process={chosen['process'].slug}" if chosen["process"] else ""
    now = chosen["objective"]
    tabs = [(_("All"), f"{base}?{kept[1:]}", now is None and not chosen["local"]),
            (_("Name local governments"), f"{base}?local=1{kept}", chosen["local"]),
            *((f"{n}. {said}", f"{base}?objective={n}{kept}", now == n) for n, said in OBJECTIVES.items())]
    return render(request, "trace/commitments.html", {
        **chosen, "page": page, "rows": _rows(page), "tabs": tabs, "query": request.GET.urlencode(),
        "n_overdue": found.filter(state=FollowUpState.CONFIRMED, due_on__lt=timezone.localdate()).count(),
        "objective_said": OBJECTIVES.get(now) if now else ""})


def _rows(rows: Any) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [{"it": row, "overdue": queries.is_overdue(row, today)} for row in rows]


@require_safe
def commitments_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as a table."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in _chosen(request)[0]:
        writer.writerow({key: safe(value) for key, value in _line(row).items()})
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": 'attachment; filename="commitments.csv"'})


def _line(row: Any) -> dict[str, Any]:
    version = row.version
    place = reverse("watch:paragraph", args=[version.draft.process.slug, version.draft.slug, version.slug,
                                             row.passage.path]) if row.passage.retired_at is None else reverse(
        "passage", args=[row.passage.uid])
    return {"id": row.public_id, "due_on": row.due_on.isoformat() if row.due_on else "", "state": row.state,
            "who": row.who, "sentence": row.sentence, "due_text": row.due_text, "names_local": int(row.names_local),
            "objective": row.objective or "", "process": version.draft.process.name, "version": version.name,
            "dated_on": version.dated_on.isoformat(), "paragraph": row.number or row.passage.path, "note": row.note,
            "paragraph_url": settings.BASE_URL + place}


@require_safe
def promises(request: HttpRequest, slug: str) -> HttpResponse:
    """For officers: what rules found in the adopted texts of a process and nobody has read."""
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    if not may_keep_ledger(viewer, process.organisation_id):
        raise Http404
    page = Paginator(queries.promises_to_read(viewer, process), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "trace/promises.html", {"process": process, "page": page, "rows": list(page)})


@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One promise: its sentence, and the officer's decision."""
    viewer = viewer_of(request)
    row = queries.follow_up_for(viewer, public_id)
    process = row.version.draft.process
    if process.slug != slug:
        raise Http404
    form = FollowUpForm(request.POST or None, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_follow_up(follow_up=row, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("due_on", str(refusal))
        else:
            messages.info(request, _("Kept. What is to be followed up stands in the calendar."))
            return redirect("trace:promises", slug)
    return render(request, "trace/follow_up.html", {"form": form, "row": row, "process": process},
                  status=422 if form.errors else 200)


def _initial(row: FollowUp) -> dict[str, Any]:
    state = FollowUpState.CONFIRMED if row.state == FollowUpState.PROPOSED else row.state
    return {"state": state, "due_on": row.due_on, "who": row.who, "note": row.note, "objective": row.objective}
