"""Statements alone: from Sensemaker, from Talk to the City, or a plain list in any column that says so."""

from __future__ import annotations

from tribune.engine.types import Unreadable

from ..choices import DataKind
from .fitting import Words, fit_words
from .tables import Report, Table

__all__ = ["MOST_LISTED", "list_kind", "read_list"]

MOST_LISTED = 5000
_COLUMNS = ("comment_text", "comment-body", "statement", "text", "comment", "énoncé", "texte", "texto", "afirmación",
            "утверждение", "текст", "العبارة", "النص", "陈述", "文本")
_IDS = ("comment-id", "id", "comment_id", "statement-id")


def list_kind(table: Table) -> DataKind:
    """Return which form a list of statements has."""
    names = table.columns()
    if "comment_text" in names:
        return DataKind.SENSEMAKER
    return DataKind.T3C if "comment" in names and "interview" in names else DataKind.LIST


def read_list(table: Table, report: Report) -> list[Words]:
    """Return the statements of a list, each once. Raises Unreadable where no column holds any."""
    names = table.columns()
    at = next((names[name] for name in _COLUMNS if name in names), 0 if len(table.head) == 1 else None)
    if at is None:
        raise Unreadable("wrong_columns", f"{table.name} has the columns {', '.join(table.head)[:200]}.",
                         "Name one of them “statement”.")
    key = next((names[name] for name in _IDS if name in names), None)
    if list_kind(table) == DataKind.SENSEMAKER:
        report.note("sums_left_out", table.name)
    found: dict[str, Words] = {}
    for line, row in table.rows(report):
        if len(row) <= at:
            report.add(table.name, line, "short_row", str(len(row)))
            continue
        # A spreadsheet's guard against formulas is not part of what was said.
        cell = row[at][1:] if row[at][:1] == "'" and row[at][1:2] in ("=", "+", "-", "@", "'") else row[at]
        text = fit_words(cell, file=table.name, line=line, report=report, voted=False)
        if not text:
            continue
        if text.casefold() in found:
            report.add(table.name, line, "duplicate_statement", text)
        elif len(found) == MOST_LISTED:
            report.add(table.name, line, "too_many_statements")
        else:
            found[text.casefold()] = Words(row[key].strip()[:60] if key is not None and len(row) > key else "", text)
    if not found:
        raise Unreadable("no_statements", "No statement in it can be read.", "Look at its columns.")
    return list(found.values())
