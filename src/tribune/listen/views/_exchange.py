"""Data in and out: what the public may take away, what officers may, and what they bring from other platforms."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of

from .. import actions, queries
from ..choices import ConsultationState, DataState
from ..exchange.polis_out import write_polis
from ..exchange.shown_out import COLUMNS, FORMS, LICENCE, file_of, is_open_data, safe, whole_zip
from ..exchange_forms import BringDataForm
from ..exchange_words import LEFT_OUT, NOTICES, REFUSED
from ..models import DataImport
from ..refusals import Incomplete
from ..rules import may_prepare
from ._reading import frame_of
from .officers import kept_by

__all__ = ["bring_data", "data", "data_file", "data_import", "data_report", "polis_file"]
A_PAGE = 50


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """What of a consultation can be taken away, under which licence; before closing, why not yet."""
    viewer = viewer_of(request)
    found = queries.consultation_for(viewer, slug)
    officer = may_prepare(viewer, found.organisation_id)
    closed = found.state == ConsultationState.CLOSED
    return render(request, "listen/exchange/data.html", {
        **frame_of(request, found), "closed": closed, "officer": officer, "forms": list(FORMS) if closed or officer
        else [], "licence": LICENCE if is_open_data(found) else "", "columns": COLUMNS.items(),
        "sources": found.data_imports.filter(state=DataState.DONE).order_by("pk")})


@require_safe
def data_file(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """One form of the data: for all who see the consultation once it is closed, for its officers before."""
    viewer = viewer_of(request)
    found = queries.consultation_for(viewer, slug)
    if found.state != ConsultationState.CLOSED and not may_prepare(viewer, found.organisation_id):
        raise Http404
    if name == "all.zip":
        return _as_file(HttpResponse(whole_zip(found), content_type="application/zip"), slug, name)
    if name not in FORMS:
        raise Http404
    made = file_of(found, name)
    answer: HttpResponseBase = (HttpResponse(made, content_type=FORMS[name]) if isinstance(made, bytes)
                                else StreamingHttpResponse(made, content_type=FORMS[name]))
    return _as_file(answer, slug, name)


@require_safe
def polis_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The whole conversation for its officers, in the form of Polis."""
    found = kept_by(viewer_of(request), slug)
    answer = FileResponse(write_polis(found), as_attachment=True, filename=f"{slug}-polis.zip",
                          content_type="application/zip")
    patch_cache_control(answer, private=True, no_store=True)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def bring_data(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a conversation or statements of another platform, and see what was brought before."""
    viewer = viewer_of(request)
    found = kept_by(viewer, slug)
    form = BringDataForm(request.POST or None, request.FILES or None) \
        if found.state != ConsultationState.CLOSED else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = actions.receive_data(
                consultation=found, files=[(file.name, file.read()) for file in form.cleaned_data["file"]],
                source=form.cleaned_data["source"], licence=form.cleaned_data["licence"], by=viewer,
                at=timezone.now())
            return redirect("listen:data_import", slug, made.public_id)
        except Incomplete as refusal:
            form.add_error("source" if refusal.field == "source" else "file", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    page = Paginator(found.data_imports.order_by("-pk"), 20).get_page(request.GET.get("page"))
    return render(request, "listen/exchange/bring.html", {**frame_of(request, found), "form": form, "page": page},
                  status=422 if form is not None and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def data_import(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """How far the reading of a file is, or what became of it, line by line; it can be stopped here."""
    viewer = viewer_of(request)
    found = kept_by(viewer, slug)
    brought = get_object_or_404(found.data_imports, public_id=public_id)
    if request.method == "POST":
        actions.stop_data(data=brought, by=viewer, at=timezone.now())
        return redirect("listen:data_import", slug, public_id)
    running = brought.state in (DataState.WAITING, DataState.READING)
    context: dict[str, Any] = {"data": brought, "running": running, "consultation": found}
    template = "listen/exchange/_state.html"
    if not request.GET.get("part"):
        template = "listen/exchange/import.html"
        rows = _bad(brought)
        context |= {**frame_of(request, found), "why": REFUSED.get(brought.code, REFUSED["no_table"]),
                    "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "n_told": len(rows),
                    "n_bad": brought.report.get("n_bad", 0), "told": brought.report,
                    "notices": [(NOTICES.get(code, code), what) for code, what in brought.report.get("notices", [])]}
    answer = render(request, template, context)
    patch_cache_control(answer, private=True, no_store=True)
    return answer


@require_safe
def data_report(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What was left out of a file, as a table to work with."""
    brought = get_object_or_404(kept_by(viewer_of(request), slug).data_imports, public_id=public_id)
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["file", "line", "code", "reason", "cell"])
    writer.writerows([safe(cell) for cell in (row["file"], row["line"], row["code"], str(row["why"]), row["what"])]
                     for row in _bad(brought))
    return _as_file(HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8"), slug, "report.csv")


def _bad(brought: DataImport) -> list[dict[str, Any]]:
    return [{"file": file, "line": line, "code": code, "why": LEFT_OUT.get(code, code), "what": what}
            for file, line, code, what in brought.report.get("bad", [])]


def _as_file(answer: Any, slug: str, name: str) -> Any:
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
