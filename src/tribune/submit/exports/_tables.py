"""The call's form as a table: one row a guiding question with its answer, and one a sentence with its sources."""

from __future__ import annotations

import csv as writer
import io
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from ._content import Content

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_HEAD = ("question", "word_limit", "words", "answer", "sentence", "id", "text", "support", "cities", "regions",
         "mandated", "otherwise", "more_than_sources", "minority", "address")


def safe(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value[:1] else value


def _rows(found: Content) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for section in found.sections:
        answer = " ".join(said.text for said in section.sentences)
        rows.append((section.title, section.word_limit or "", section.n_words, answer, *("",) * 11))
        rows += [(section.title, "", "", "", said.number, said.id, said.text, said.support, said.cities, said.regions,
                  said.mandated, said.opposition, int(said.more), int(said.minority), said.address)
                 for said in section.sentences]
    return rows


def csv(found: Content) -> bytes:
    """Return the form as CSV, UTF-8 with BOM."""
    out = io.StringIO()
    table = writer.writer(out)
    table.writerow(_HEAD)
    for row in _rows(found):
        table.writerow([safe(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def xlsx(found: Content) -> bytes:
    """Return the form as XLSX: the answers on one sheet, sentences and endorsers on others."""
    book = Workbook()
    form = book.active
    assert form is not None
    form.title = "form"
    _sheet(form, ("question", "word_limit", "words", "answer"),
           [row[:4] for row in _rows(found) if row[4] == ""], (50, 12, 10, 100))
    _sheet(book.create_sheet("sentences"), (_HEAD[0], *_HEAD[4:]),
           [(row[0], *row[4:]) for row in _rows(found) if row[4] != ""], (40, 9, 12, 80, 28, 8, 8, 9, 20, 8, 8, 50))
    _sheet(book.create_sheet("endorsers"), ("name", "region", "level", "body", "date", "mandated", "reservation",
                                            "stays_out_of"),
           [(one.name, one.region, one.level, one.body, one.on, int(one.mandated), one.reservation,
             " ".join(map(str, one.stays_out_of))) for one in found.signers], (30, 24, 16, 30, 12, 10, 60, 12))
    book.properties.creator, book.properties.title = found.organisation, found.title
    book.properties.created = book.properties.modified = EPOCH.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _sheet(sheet: object, head: tuple[str, ...], rows: list[tuple[object, ...]], widths: tuple[int, ...]) -> None:
    sheet.append(head)  # type: ignore[attr-defined]
    for row in rows:
        sheet.append([safe(cell) for cell in row])  # type: ignore[attr-defined]
    for cell in sheet[1]:  # type: ignore[index]
        cell.font = Font(bold=True)
    for column, width in enumerate(widths):
        sheet.column_dimensions[chr(65 + column)].width = width  # type: ignore[attr-defined]
    for line in sheet.iter_rows(min_row=2):  # type: ignore[attr-defined]
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"  # type: ignore[attr-defined]


def without_clock(data: bytes) -> bytes:
    """The same archive with one fixed moment on every entry and in its properties: writers stamp both."""
    import re

    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w") as new:
        for entry in old.infolist():
            kept = ZipInfo(entry.filename, EPOCH.timetuple()[:6])
            kept.compress_type = ZIP_DEFLATED
            body = old.read(entry)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", body)
            new.writestr(kept, body)
    return out.getvalue()
