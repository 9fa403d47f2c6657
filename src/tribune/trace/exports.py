"""The ledger as CSV, XLSX and JSON: three forms of the one view that the page shows too."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from openpyxl import Workbook

from tribune.common import chain

from .models import Contest, Verdict
from .queries import Cell, LedgerView, Row
from .rules import LEDGER

COLUMNS = ("ask", "number", "kind", "title", "cities", "regions", "mandated", "people", "history", "history_version",
           "draft", "version", "dated_on", "state", "verdict", "paragraph", "was_in", "proposed", "already_there",
           "direction", "signed_on", "signed_role", "organisation", "reason", "contested", "ask_url", "version_url",
           "paragraph_url", "ledger_head")
NOTE = "A verdict says what the text contains. It does not say why. Appearance is not proof of influence."
# A spreadsheet runs a cell that begins like this.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("ask"), safe(3)
    ("'=1+1", 'ask', 3)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


def lines(view: LedgerView) -> Iterator[dict[str, Any]]:
    """Yield one line for each ask and version it was asked of, with all COLUMNS, safe for a spreadsheet."""
    head, contested = chain.head(LEDGER), n_contested(view)
    for row in view.rows:
        for cell in _asked(row):
            yield {key: safe(value) for key, value in {
                **_ask(row), **_cell(cell, row, contested), "ledger_head": head}.items()}


def as_csv(view: LedgerView) -> str:
    """Return the lines with a byte order mark for spreadsheets."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines(view))
    return out.getvalue()


def as_xlsx(view: LedgerView) -> bytes:
    """Return a workbook of two sheets: the lines, and what they are (process, counts, note, head of the chain)."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Ledger")
    sheet.freeze_panes = "E2"
    sheet.append(COLUMNS)
    for line in lines(view):
        sheet.append([_plain(line[column]) for column in COLUMNS])
    about = book.create_sheet("About")
    facts = _about(view)
    rows: list[tuple[str, Any]] = [
        ("process", facts["process"]["title"]), ("address", facts["process"]["url"]),
        ("organisation", facts["organisation"]), ("note", NOTE), ("ledger_head", facts["ledger_head"])]
    if facts["latest"]:
        rows.append(("newest version", view.latest.name if view.latest else ""))
        rows += [(f"newest version: {word}", n) for word, n in facts["latest"]["counts"].items()]
        rows += [("newest version: waiting", facts["latest"]["waiting"]),
                 ("newest version: KEEP asks that stand", facts["latest"]["kept"]),
                 ("newest version: KEEP asks judged", facts["latest"]["keep"])]
    for name, value in rows:
        about.append([name, safe(value)])
    out = io.BytesIO()
    # A workbook holds the moment it was made; the ledger's last day makes equal ledgers equal files.
    book.properties.created = book.properties.modified = _STILL
    book.save(out)
    return out.getvalue()


# Where a workbook needs some moment.
_STILL = datetime(2000, 1, 1)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def as_json(view: LedgerView) -> str:
    """Return the ledger as an object: process, counts of the newest version, versions, asks with their verdicts."""
    contested = n_contested(view)
    found = {
        **_about(view),
        "versions": [{"id": version.public_id, "draft": version.draft.name, "title": version.name,
                      "dated_on": version.dated_on.isoformat(), "url": _version(version)}
                     for version in view.versions],
        "asks": [{**_ask(row), "verdicts": [_cell(cell, row, contested) for cell in _asked(row)]}
                 for row in view.rows],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _about(view: LedgerView) -> dict[str, Any]:
    process = view.process
    return {
        "process": {"id": process.public_id, "title": process.name, "url": _address("trace:ledger", process.slug)},
        "organisation": process.organisation.name,
        "is_open": view.opened_at is not None,
        "is_all": len(view.rows) == view.n_all,
        "note": NOTE,
        "ledger_head": chain.head(LEDGER),
        "latest": {"version": view.latest.public_id, "counts": dict(sorted(view.counts.items())),
                   "waiting": view.n_waiting, "keep": view.n_keep, "kept": view.n_kept} if view.latest else None,
        "histories": dict(sorted(view.histories.items())),
    }


def n_contested(view: LedgerView) -> dict[int, int]:
    """Return how often each verdict of a view was contested, by its id, in one query."""
    ids = [cell.verdict.pk for row in view.rows for cell in row.cells if cell.verdict is not None]
    rows = Contest.objects.filter(verdict__in=ids).order_by().values_list("verdict").annotate(n=Count("pk"))
    return dict(rows)


def _asked(row: Row) -> Iterator[Cell]:
    return (cell for cell in row.cells if cell.state != "not_asked")


def _ask(row: Row) -> dict[str, Any]:
    ask, support = row.ask, row.behind.for_it
    return {"ask": ask.public_id, "number": ask.number, "kind": ask.kind, "title": ask.name, "cities": support.cities,
            "regions": support.regions, "mandated": support.mandated, "people": support.people,
            "history": row.history.code, "history_version": _name(row.history.at or row.history.since),
            "ask_url": _address("trace:ask", ask.public_id)}


def _name(version: Any) -> str:
    return version.name if version is not None else ""


def _cell(cell: Cell, row: Row, contested: dict[int, int]) -> dict[str, Any]:
    version, verdict = cell.version, cell.verdict
    stood_in = cell.was_in or version
    signed = _signed(verdict, row) if verdict is not None and cell.state == "signed" else {}
    return {
        "draft": version.draft.name, "version": version.name, "dated_on": version.dated_on.isoformat(),
        "state": cell.state, "verdict": cell.word if cell.state == "signed" else "", "paragraph": cell.number,
        "was_in": cell.was_in.name if cell.was_in else "", "version_url": _version(version),
        "proposed": verdict.proposed if verdict else "", "already_there": verdict.already_there if verdict else "",
        "direction": verdict.direction if verdict else "",
        "contested": contested.get(verdict.pk, 0) if verdict else 0,
        "signed_on": "", "signed_role": "", "organisation": "", "reason": "",
        "paragraph_url": _address("watch:paragraph", version.draft.process.slug, version.draft.slug, stood_in.slug,
                                  cell.path) if cell.path else "", **signed}


def _signed(verdict: Verdict, row: Row) -> dict[str, Any]:
    return {"signed_on": verdict.signed_at.date().isoformat() if verdict.signed_at else "",
            "signed_role": verdict.signed_role, "organisation": row.ask.organisation.name, "reason": verdict.reason}


def _version(version: Any) -> str:
    return _address("watch:version", version.draft.process.slug, version.draft.slug, version.slug)


def _address(name: str, *args: Any) -> str:
    return str(settings.BASE_URL + reverse(name, args=args))
