"""The table of a comparison to take away: XLSX, and DOCX with the redline as strike and underline."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment as Laid
from openpyxl.styles import Font

from .comparison import Row
from .models import Alignment
from .tables import safe

# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The same comparison is the same file, whenever it is asked for.
_MOMENT = datetime(2000, 1, 1)
# A cell of a spreadsheet takes no more.
_CELL = 32_000


def verdict_words(verdict: str) -> str:
    """Return what happened to a paragraph, in the reader’s language."""
    return {
        "kept": pgettext("paragraph", "kept"), "edited": pgettext("paragraph", "edited"),
        "moved": pgettext("paragraph", "moved"), "split": pgettext("paragraph", "split"),
        "merged": pgettext("paragraph", "merged"), "dropped": pgettext("paragraph", "dropped"),
        "added": pgettext("paragraph", "added")}.get(verdict, verdict)


def fate_words(fate: str) -> str:
    """Return what happened to a mention, in the reader’s language."""
    return {
        "added": pgettext("mention", "mention added"), "weakened": pgettext("mention", "weakened"),
        "deleted": pgettext("mention", "mention deleted"), "kept": pgettext("verdict", "kept")}.get(fate, fate)


def _heads(alignment: Alignment) -> list[str]:
    return [str(alignment.old), _("Words of “%(version)s”") % {"version": alignment.old}, str(alignment.new),
            _("Words of “%(version)s”") % {"version": alignment.new}, _("What happened"), _("Local governments"),
            _("Wording, 0 to 1"), _("Reasons")]


def _cells(row: Row) -> list[Any]:
    return [", ".join(side.called for side in row.old), "\n".join(side.line.text for side in row.old),
            ", ".join(side.called for side in row.new), "\n".join(side.line.text for side in row.new),
            verdict_words(row.pair.verdict), ", ".join(map(fate_words, row.pair.mentions)),
            round(row.pair.score, 2) if row.old and row.new else None, "; ".join(row.pair.reasons)]


def as_xlsx(alignment: Alignment, rows: Sequence[Row], *, title: str, address: str, rtl: bool) -> bytes:
    """Return the rows of a comparison as a workbook; no cell is taken for a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _("Comparison")[:31]
    sheet.sheet_view.rightToLeft = rtl
    sheet.append([safe(_plain(title))])
    sheet.append([address])
    sheet.append([safe(_plain(head)) for head in _heads(alignment)])
    for row in rows:
        sheet.append([safe(_plain(cell))[:_CELL] if isinstance(cell, str) else cell for cell in _cells(row)])
    for column, width in zip("ABCDEFGH", (10, 60, 10, 60, 14, 18, 10, 30), strict=True):
        sheet.column_dimensions[column].width = width
    for cells in sheet.iter_rows(min_row=3):
        for cell in cells:
            cell.alignment = Laid(wrap_text=True, vertical="top")
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A4"
    book.properties.created = book.properties.modified = _MOMENT
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def as_docx(alignment: Alignment, rows: Sequence[Row], *, title: str, address: str, language: str) -> bytes:
    """Return the rows of a comparison as a Word table: old words, new words with what changed struck or underlined."""
    file = Document()
    page = file.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(16)
    properties = file.core_properties
    properties.created = properties.modified = _MOMENT
    properties.title, properties.author = _plain(title)[:250], ""
    file.styles["Normal"].font.size = Pt(9.5)
    file.add_heading(_plain(title), 1)
    file.add_paragraph(_("Struck: no longer there. Underlined: new. Paired by comparison.") + f" {address}")
    table = file.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    heads = _heads(alignment)
    for cell, head in zip(table.rows[0].cells, (heads[0], heads[1], heads[2], heads[3], heads[4]), strict=True):
        cell.paragraphs[0].add_run(_plain(head)).bold = True
    rtl = language == "ar"
    for row in rows:
        cells = table.add_row().cells
        words = _cells(row)
        cells[0].text, cells[2].text = _plain(words[0]), _plain(words[2])
        _sides(cells[1], row.old, rtl)
        _sides(cells[3], row.new, rtl)
        cells[4].text = _plain("\n".join(word for word in (words[4], words[5], words[7]) if word))
    for widths in table.rows:
        for cell, width in zip(widths.cells, (16, 95, 16, 100, 38), strict=True):
            cell.width = Mm(width)
    out = io.BytesIO()
    file.save(out)
    return _timeless(out.getvalue())


def _sides(cell: Any, sides: Sequence[Any], rtl: bool) -> None:
    for at, side in enumerate(sides):
        line = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        if rtl:
            line._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for sign, text in side.pieces:
            run = line.add_run(_plain(text))
            run.font.strike, run.font.underline = sign == "-" or None, sign == "+" or None


def _plain(text: Any) -> str:
    return _UNWRITABLE.sub("�", str(text))


def _timeless(data: bytes) -> bytes:
    """The same archive without the moment of writing."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as was, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in was.namelist():
            words = was.read(name)
            if name == "docProps/core.xml":
                words = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", words)
            made.writestr(ZipInfo(name, _MOMENT.timetuple()[:6]), words, ZIP_DEFLATED)
    return out.getvalue()
