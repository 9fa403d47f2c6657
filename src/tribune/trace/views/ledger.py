"""Doors to the ledger of a process: page, CSV, XLSX, JSON, all of one query."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tribune.common import chain
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer
from tribune.synthesise.choices import AskKind
from tribune.watch.models import Process
from tribune.watch.queries import process_for

from .. import queries
from ..choices import VerdictWord
from ..exports import as_csv, as_json, as_xlsx
from ..forms import ChooseForm
from ..queries import Chosen, LedgerView, Row
from ..rules import LEDGER
from ..words import HISTORY_WORDS, asked_by, counted, told
from ._pieces import piece_of

# A page holds so many asks; the tables hold all.
MOST_ROWS = 1000


@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """All asks of a process by all versions; `?ask=7` opens the row of ask 7, other fields choose rows."""
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    form, chosen = _choose(request, process)
    view = queries.ledger(viewer, process, chosen)
    wanted = request.GET.get("ask", "")
    listed = view.rows[:MOST_ROWS] + [row for row in view.rows[MOST_ROWS:] if str(row.ask.number) == wanted]
    rows = [{"row": row, "asked_by": asked_by(row.behind), "history": told(row.history, row.ask.kind),
             "opened": _opened(viewer, view, row) if str(row.ask.number) == wanted else None} for row in listed]
    return render(request, "trace/ledger.html", {
        "process": process, "view": view, "rows": rows, "said": counted(view.counts, view.n_waiting),
        "head": chain.head(LEDGER), "form": form, "chosen": _chosen_words(chosen), "query": _query(chosen),
        "n_contests": queries.open_contests(viewer, process).count() if view.may_keep else 0,
        "n_rows": len(view.rows), "n_more": max(0, len(view.rows) - len(rows)),
        "n_columns": 5 + len(view.versions) + len(view.to_come)})


def _choose(request: HttpRequest, process: Process) -> tuple[ChooseForm, Chosen]:
    """Return the form of the filter, and what it says; what it does not know chooses all."""
    cities = {city.slug: city for city in queries.cities_in(viewer_of(request), process)}
    form = ChooseForm(request.GET or None, cities=[(slug, str(city)) for slug, city in cities.items()])
    if not form.is_bound or not form.is_valid():
        return form, Chosen()
    said = form.cleaned_data
    return form, Chosen(cities.get(said["city"]), said["kind"], said["word"], said["history"], said["words"].strip())


def _chosen_words(chosen: Chosen) -> list[str]:
    words = [str(chosen.city)] if chosen.city else []
    if chosen.kind:
        words.append(str(AskKind(chosen.kind).label))
    if chosen.word:
        words.append(_("waiting") if chosen.word == "waiting" else str(VerdictWord(chosen.word).label))
    if chosen.history:
        words.append(str(HISTORY_WORDS[chosen.history]))
    return [*words, *([f"“{chosen.words}”"] if chosen.words else [])]


def _query(chosen: Chosen) -> str:
    fields = {"city": chosen.city.slug if chosen.city else "", "kind": chosen.kind, "word": chosen.word,
              "history": chosen.history, "words": chosen.words}
    return urlencode({name: value for name, value in fields.items() if value})


def _opened(viewer: Viewer, view: LedgerView, row: Row) -> dict[str, Any]:
    """What cities asked, what the text says, the verdict: of the newest version in which there is one."""
    verdict = next((cell.verdict for cell in reversed(row.cells) if cell.verdict is not None), None)
    voices = [voice for voice in queries.voices_of(viewer, row.ask) if voice.stance == "for"]
    found: dict[str, Any] = {"cities": _cities(voices), "ask": row.ask}
    if verdict is not None:
        found["piece"] = piece_of(verdict, queries.opened(viewer, [verdict])[verdict.pk], may_keep=view.may_keep,
                                  contests=queries.contests_of(viewer, [verdict])[verdict.pk])
    return found


def _cities(voices: list[Any]) -> list[Any]:
    return list({voice.contribution.city_id: voice.contribution.city for voice in voices
                 if voice.contribution.city_id is not None}.values())


def _view(request: HttpRequest, slug: str) -> LedgerView:
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    return queries.ledger(viewer, process, _choose(request, process)[1])


def _named(view: LedgerView, suffix: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="ledger-{view.process.slug}.{suffix}"'}


@require_safe
def ledger_csv(request: HttpRequest, slug: str) -> HttpResponse:
    view = _view(request, slug)
    return HttpResponse(as_csv(view), content_type="text/csv; charset=utf-8", headers=_named(view, "csv"))


@require_safe
def ledger_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    view = _view(request, slug)
    return HttpResponse(as_xlsx(view), headers=_named(view, "xlsx"),
                        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@require_safe
def ledger_json(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(as_json(_view(request, slug)), content_type="application/json")
