"""PDF: open, take the pages apart into lines, and put the lines together into blocks."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ..types import Notice, Unreadable
from ._blocks import Raw
from ._detect import PDF
from ._front import find_symbol
from ._pdf_blocks import blocks_of
from ._pdf_furniture import without_furniture
from ._pdf_page import Line, lines_of

__all__ = ["read_pdf"]

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_WORD = re.compile(r"\w")


def read_pdf(data: bytes, *, pages_max: int, progress: Callable[[int, int], None] | None = None) -> Raw:
    """Return the blocks of a PDF; raise Unreadable("encrypted", "broken", "scan", "too_many_pages")."""
    document = _open(data)
    try:
        pages = len(document)
        if pages == 0:
            raise Unreadable("broken", "This PDF has no pages.", "Export it again and try again.")
        if pages > pages_max:
            raise Unreadable(
                "too_many_pages",
                f"This PDF has {pages:,} pages; {pages_max:,} are allowed.",
                "Cut it into parts and read them one by one.",
            )
        lines, sizes, empty = _lines(document, pages, progress)
        title = _stated_title(document)
    finally:
        document.close()
    if sum(len(line.text) for line in lines) < 20 and not any(_WORD.search(line.text) for line in lines):
        raise Unreadable(
            "scan",
            "This PDF holds pictures of pages and no text (a scan).",
            "Recognise its text first (OCR) or get the file it was printed from.",
        )
    notices = [
        Notice(
            "page_without_text",
            f"Page {page} has no text; it may be a picture or blank.",
            page,
            values=(str(page),),
        )
        for page in empty[:20]
    ]
    if len(empty) > 20:
        more = len(empty) - 20
        notices.append(
            Notice("pages_without_text", f"{more} more pages have no text.", empty[20], values=(str(more),))
        )
    if _right_to_left(lines):
        for line in lines:
            width = sizes[line.page][0]
            line.x0, line.x1 = width - line.x1, width - line.x0
    body, notes = without_furniture(lines, sizes)
    return Raw(blocks_of(body, notes), PDF, pages, hint=title, symbol=_symbol(lines), notices=notices)


def _symbol(lines: list[Line]) -> str:
    """The document symbol stands in a short line of its own, in the masthead or the running head."""
    for line in lines:
        if (
            line.page <= 2
            and len(line.text) <= 80
            and not re.search(r"[\[(]", line.text)
            and (found := find_symbol(line.text))
        ):
            return found
    return ""


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) or "password" in str(error).lower():
            raise Unreadable(
                "encrypted", "This PDF is protected by a password.", "Save it without one and try again."
            ) from None
        raise Unreadable(
            "broken", "This PDF is damaged and cannot be opened.", "Export it again and try again."
        ) from None


def _lines(
    document: pypdfium2.PdfDocument, pages: int, progress: Callable[[int, int], None] | None
) -> tuple[list[Line], dict[int, tuple[float, float]], list[int]]:
    lines: list[Line] = []
    sizes: dict[int, tuple[float, float]] = {}
    empty: list[int] = []
    for index in range(pages):
        page: Any = pdfium.FPDF_LoadPage(document, index)
        if progress is not None:
            progress(index, pages)
        sizes[index + 1] = (595.0, 842.0)
        if not page:
            empty.append(index + 1)
            continue
        try:
            width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
            sizes[index + 1] = (width, height)
            textpage: Any = pdfium.FPDFText_LoadPage(page)
            if textpage:
                try:
                    found = lines_of(textpage, index + 1, pdfium.FPDFPage_GetRotation(page), width, height)
                finally:
                    pdfium.FPDFText_ClosePage(textpage)
                lines += found
                if not found:
                    empty.append(index + 1)
        finally:
            pdfium.FPDF_ClosePage(page)
    return lines, sizes, empty


def _stated_title(document: pypdfium2.PdfDocument) -> str:
    """The title in the file's own properties; often a file name, so only a last resort."""
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _right_to_left(lines: list[Line]) -> bool:
    sample = "".join(line.text for line in lines[:400])
    return len(_ARABIC.findall(sample)) * 2 > len(re.findall(r"[^\W\d_]", sample)) > 0
