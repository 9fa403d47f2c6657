"""Doors to the ledger of a process: page, CSV, JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer
from tribune.watch.queries import process_for

from .. import queries
from ..exports import as_csv, as_json
from ..queries import LedgerView, Row
from ..words import asked_by, counted
from ._pieces import piece_of


@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """All asks of a process by all versions; `?ask=7` opens the row of ask 7."""
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    view = queries.ledger(viewer, process)
    wanted = request.GET.get("ask", "")
    rows = [{"row": row, "asked_by": asked_by(row.behind),
             "opened": _opened(viewer, view, row) if str(row.ask.number) == wanted else None} for row in view.rows]
    return render(request, "trace/ledger.html", {
        "process": process, "view": view, "rows": rows, "said": counted(view.counts, view.n_waiting),
        "n_columns": 4 + len(view.versions) + len(view.to_come)})


def _opened(viewer: Viewer, view: LedgerView, row: Row) -> dict[str, Any]:
    """What cities asked, what the text says, the verdict: of the newest version in which there is one."""
    verdict = next((cell.verdict for cell in reversed(row.cells) if cell.verdict is not None), None)
    voices = [voice for voice in queries.voices_of(viewer, row.ask) if voice.stance == "for"]
    found: dict[str, Any] = {"cities": _cities(voices), "ask": row.ask}
    if verdict is not None:
        found["piece"] = piece_of(verdict, queries.opened(viewer, [verdict])[verdict.pk], may_keep=view.may_keep)
    return found


def _cities(voices: list[Any]) -> list[Any]:
    return list({voice.contribution.city_id: voice.contribution.city for voice in voices
                 if voice.contribution.city_id is not None}.values())


@require_safe
def ledger_csv(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    view = queries.ledger(viewer, process_for(viewer, slug))
    return HttpResponse(as_csv(view), content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="ledger-{view.process.slug}.csv"'})


@require_safe
def ledger_json(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    view = queries.ledger(viewer, process_for(viewer, slug))
    return HttpResponse(as_json(view), content_type="application/json")
