"""What may be shown of a consultation as files: statements with counts, voices by part, for people and programs.

Every number is one that the pages show (`counts.shown`, `missing.voice_tables`, the last map): nothing follows from
a file that does not follow from them. There are no rows of single voices (GROUND.md, Voices).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from ..choices import ConsultationState, ContributionState, StatementState
from ..counts import Cell, n_voices, shown, tallies
from ..missing import voice_tables
from ..models import Consultation, Contribution, MapSnapshot, Statement

__all__ = ["COLUMNS", "FORMS", "LICENCE", "file_of", "is_open_data", "safe", "statement_rows", "whole_zip"]

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
# A spreadsheet runs a cell that begins like this.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
# No workbook holds these.
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# name of the column → what it says; the dictionary that goes with the data, in English as the columns are.
COLUMNS: dict[str, str] = {
    "id": "permanent id of the statement",
    "text": "the statement in its own language; empty where it was erased",
    "language": "language of the text (ISO 639-1; und: not recognised)",
    "origin": "organiser or participant",
    "source": "the platform it was brought from; empty: made here",
    "agree": "voices that agree; see exact",
    "disagree": "voices that disagree; see exact",
    "pass": "voices that passed; see exact",
    "exact": "yes: the numbers of this row are exact. no: rounded down to a step of five, all of them, because one of "
             "them is below five or the consultation was open",
    "permalink": "address of the results",
}
FORMS: dict[str, str] = {
    "statements.csv": "text/csv; charset=utf-8",
    "statements.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "statements.json": "application/json",
    "voices.csv": "text/csv; charset=utf-8",
    "dictionary.csv": "text/csv; charset=utf-8",
    "sensemaker.csv": "text/csv; charset=utf-8",
    "talk-to-the-city.csv": "text/csv; charset=utf-8",
}


def is_open_data(consultation: Consultation) -> bool:
    """Whether the data are for the public: closed, and on a text that everybody may read, or on none."""
    version = consultation.version
    return consultation.state == ConsultationState.CLOSED and (version is None or version.distribution == "public")


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; direction marks stay as text.

    >>> safe("=1+1"), safe("l'eau"), safe(3)
    ("'=1+1", "l'eau", 3)
    """
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith("'") or value.lstrip(" ").startswith(_FORMULA) else value


def file_of(consultation: Consultation, name: str) -> Iterator[str] | bytes:
    """Return one of FORMS: text in pieces, or bytes. Raises KeyError for any other name."""
    if name == "statements.csv":
        return _csv(list(COLUMNS), (list(row.values()) for row in statement_rows(consultation)), mark=True)
    if name == "statements.xlsx":
        return _workbook(consultation)
    if name == "statements.json":
        return iter([json.dumps(_whole(consultation), ensure_ascii=False, indent=1)])
    if name == "voices.csv":
        return _csv(["by", "part", "voices", "exact"], _voices(consultation), mark=True)
    if name == "dictionary.csv":
        return _csv(["column", "meaning"], ([*pair] for pair in COLUMNS.items()), mark=True)
    if name == "sensemaker.csv":
        return _sensemaker(consultation)
    if name == "talk-to-the-city.csv":
        return _csv(["id", "comment", "interview"], _claims(consultation), mark=False)
    raise KeyError(name)


def statement_rows(consultation: Consultation) -> Iterator[dict[str, Any]]:
    """Yield what may be shown of each published statement, by the names of COLUMNS and in their order."""
    results = _results(consultation)
    sources = dict(Statement.objects.filter(consultation=consultation, came_by__isnull=False)
                   .values_list("pk", "came_by__source"))
    link = settings.BASE_URL + reverse("listen:results", args=[consultation.slug])
    for row in results.rows:
        it = row.statement
        yield {"id": it.public_id, "text": it.text, "language": it.language, "origin": it.origin,
               "source": sources.get(it.pk, ""), "agree": row.agree.n, "disagree": row.disagree.n,
               "pass": row.passed.n, "exact": "yes" if row.agree.exact else "no", "permalink": link}


def whole_zip(consultation: Consultation) -> bytes:
    """Return all forms in one ZIP, the same bytes for the same data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FORMS:
            made = file_of(consultation, name)
            archive.writestr(zipfile.ZipInfo(name), made if isinstance(made, bytes) else "".join(made).encode(),
                             zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _results(consultation: Consultation) -> Any:
    return shown(tallies(consultation), n_voices(consultation),
                 closed=consultation.state == ConsultationState.CLOSED)


def _csv(head: list[str], rows: Iterable[list[Any]], *, mark: bool) -> Iterator[str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff" if mark else "")
    writer.writerow(head)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        if out.tell() > 16_000:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _voices(consultation: Consultation) -> Iterator[list[Any]]:
    yield ["all", "", *_cell(_results(consultation).voices)]
    for table in voice_tables(consultation):
        for part in table.parts:
            yield [table.dimension, part.key, *_cell(part.cell)]
        yield [table.dimension, "not said", *_cell(table.not_said)]


def _cell(cell: Cell) -> list[Any]:
    return ["fewer than 5" if cell.hidden else cell.n, "yes" if cell.exact else "no"]


def _map(consultation: Consultation) -> dict[str, Any]:
    last = MapSnapshot.objects.filter(consultation=consultation, part="").order_by("-made_at", "-pk").first()
    return last.shown if last else {}


def _sensemaker(consultation: Consultation) -> Iterator[str]:
    """Columns of Sensemaker: comment-id, comment_text, agrees, disagrees, passes, and three for each group."""
    drawn = _map(consultation)
    n = drawn.get("n_groups", 0) if drawn.get("n_groups", 0) > 1 else 0
    groups = {row["statement"]: row["groups"] for row in drawn.get("table", [])}
    head = ["comment-id", "comment_text", "agrees", "disagrees", "passes",
            *(f"group-{group}-{what}-count" for group in range(n) for what in ("agree", "disagree", "pass"))]
    return _csv(head, ([row["id"], row["text"], row["agree"], row["disagree"], row["pass"],
                        *(cell for cells in groups.get(row["id"], [[0, 0, 0]] * n)[:n] for cell in cells)]
                       for row in statement_rows(consultation) if row["text"]), mark=False)


def _claims(consultation: Consultation) -> Iterator[list[Any]]:
    """Statements, and what was said in public on paragraphs; the city stands for the interview."""
    seen = set()
    for statement in Statement.objects.filter(consultation=consultation, state=StatementState.PUBLISHED).order_by("pk"):
        seen.add(statement.text)
        yield [statement.public_id, statement.text, ""]
    said = (Contribution.objects.filter(consultation=consultation, state=ContributionState.PUBLISHED)
            .select_related("city").order_by("pk"))
    for one in said.iterator(500):
        words = one.why or one.wording
        if words and words not in seen:
            seen.add(words)
            yield [one.public_id, words, str(one.city) if one.city else ""]


def _workbook(consultation: Consultation) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheets: tuple[tuple[str, list[str], Iterable[list[Any]]], ...] = (
        ("statements", list(COLUMNS), (list(row.values()) for row in statement_rows(consultation))),
        ("voices", ["by", "part", "voices", "exact"], _voices(consultation)),
        ("dictionary", ["column", "meaning"], ([*pair] for pair in COLUMNS.items())))
    for title, head, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.append(head)
        for row in rows:
            sheet.append([safe(_NO_CELL.sub("", cell)) if isinstance(cell, str) else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _whole(consultation: Consultation) -> dict[str, Any]:
    drawn = _map(consultation)
    sides = ("agree", "disagree", "pass")
    groups = {row["statement"]: [dict(zip(sides, cells, strict=True)) for cells in row["groups"]]
              for row in drawn.get("table", [])}
    return {
        "consultation": {"id": consultation.public_id, "name": str(consultation),
                         "permalink": settings.BASE_URL + reverse("listen:data", args=[consultation.slug]),
                         "asked_by": str(consultation.organisation), "voting_mode": consultation.voting_mode,
                         "closed_at": consultation.closed_at.isoformat() if consultation.closed_at else None},
        "licence": LICENCE if is_open_data(consultation) else None,
        "sources": [{"source": row.source, "licence": row.licence}
                    for row in consultation.data_imports.filter(state="done").order_by("pk")],
        "columns": COLUMNS, "n_groups": drawn.get("n_groups", 0),
        "statements": [{**row, "groups": groups.get(row["id"], [])} for row in statement_rows(consultation)],
        "voices": [dict(zip(("by", "part", "voices", "exact"), row, strict=True)) for row in _voices(consultation)]}
