"""The ledger as CSV and as JSON, with the numbers of the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from tribune.common import chain

from .models import Verdict
from .queries import Cell, LedgerView, Row
from .rules import LEDGER

COLUMNS = ("ask", "number", "kind", "title", "cities", "regions", "mandated", "people", "draft", "version", "dated_on",
           "state", "verdict", "paragraph", "was_in", "proposed", "already_there", "direction", "signed_on",
           "signed_role", "organisation", "reason", "ask_url", "version_url", "paragraph_url", "ledger_head")
# A spreadsheet runs a cell that begins like this.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("ask"), safe(3)
    ("'=1+1", 'ask', 3)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


def as_csv(view: LedgerView) -> str:
    """Return one line for each ask and version it was asked of, with a byte order mark for spreadsheets."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    head = chain.head(LEDGER)
    for row in view.rows:
        for cell in _asked(row):
            writer.writerow({key: safe(value) for key, value in {
                **_ask(row), **_cell(cell, row), "ledger_head": head}.items()})
    return out.getvalue()


def as_json(view: LedgerView) -> str:
    """Return the ledger as an object: process, counts of the newest version, versions, asks with their verdicts."""
    process = view.process
    found = {
        "process": {"id": process.public_id, "title": process.name,
                    "url": _address("trace:ledger", process.slug)},
        "organisation": process.organisation.name,
        "is_open": view.opened_at is not None,
        "note": "A verdict says what the text contains. It does not say why. Appearance is not proof of influence.",
        "ledger_head": chain.head(LEDGER),
        "latest": {"version": view.latest.public_id, "counts": dict(sorted(view.counts.items())),
                   "waiting": view.n_waiting} if view.latest else None,
        "versions": [{"id": version.public_id, "draft": version.draft.name, "title": version.name,
                      "dated_on": version.dated_on.isoformat(), "url": _version(version)}
                     for version in view.versions],
        "asks": [{**_ask(row), "verdicts": [_cell(cell, row) for cell in _asked(row)]} for row in view.rows],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _asked(row: Row) -> Iterator[Cell]:
    return (cell for cell in row.cells if cell.state != "not_asked")


def _ask(row: Row) -> dict[str, Any]:
    ask, support = row.ask, row.behind.for_it
    return {"ask": ask.public_id, "number": ask.number, "kind": ask.kind, "title": ask.name, "cities": support.cities,
            "regions": support.regions, "mandated": support.mandated, "people": support.people,
            "ask_url": _address("trace:ask", ask.public_id)}


def _cell(cell: Cell, row: Row) -> dict[str, Any]:
    version, verdict = cell.version, cell.verdict
    stood_in = cell.was_in or version
    signed = _signed(verdict, row) if verdict is not None and cell.state == "signed" else {}
    return {
        "draft": version.draft.name, "version": version.name, "dated_on": version.dated_on.isoformat(),
        "state": cell.state, "verdict": cell.word if cell.state == "signed" else "", "paragraph": cell.number,
        "was_in": cell.was_in.name if cell.was_in else "", "version_url": _version(version),
        "proposed": verdict.proposed if verdict else "", "already_there": verdict.already_there if verdict else "",
        "direction": verdict.direction if verdict else "",
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
