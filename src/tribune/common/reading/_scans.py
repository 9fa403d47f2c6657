"""Pages of a PDF as pictures, and the letters in them. Runs in the child process only."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from typing import Any

import pypdfium2

from tribune.engine.types import Unreadable

from ._documents import LANGUAGES

__all__ = ["letters_of", "page_as_png"]

# Letters of 10 points are about 28 pixels high at 200 dots an inch, which Tesseract reads best.
_DPI = 200
_LARGEST = 20_000_000


def letters_of(data: bytes, language: str, pages_max: int, progress: Callable[[int, int], None]) -> tuple[str, int]:
    """Return the text of a scan, its pages parted by form feeds, and how many pages it has.

    Raises Unreadable: no_ocr (the program or the language is not installed), too_many_pages, broken, encrypted,
    empty (nothing was recognised).
    """
    program = shutil.which("tesseract")
    known = LANGUAGES.get(language, "")
    if not program or known not in _installed(program):
        raise Unreadable("no_ocr", "Tesseract is not installed for this language.")
    document = _open(data)
    pages = len(document)
    if pages > pages_max:
        raise Unreadable("too_many_pages", f"This PDF has {pages:,} pages; {pages_max:,} are allowed.")
    out = []
    for index in range(pages):
        progress(index, pages)
        image = _drawn(document, index, _DPI / 72)
        run = subprocess.run([program, "stdin", "stdout", "-l", known, "--dpi", str(_DPI)], input=image, check=False,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if run.returncode:
            raise Unreadable("reader_died", "The letters of this scan could not be recognised.")
        out.append(run.stdout.decode("utf-8", "replace").replace("\f", ""))
    text = "\f".join(out)
    if not text.strip():
        raise Unreadable("empty", "No letters were recognised in this scan.")
    return text, pages


def page_as_png(data: bytes, page: int, width: int) -> tuple[bytes, int]:
    """Return a page (counted from 1) as PNG so many pixels wide, and how many pages the file has."""
    document = _open(data)
    if not 1 <= page <= len(document):
        raise Unreadable("no_page", f"This file ends at page {len(document)}.")
    size = document[page - 1].get_width() or 595.0
    return _drawn(document, page - 1, width / size), len(document)


def _installed(program: str) -> set[str]:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False).stdout.decode()
    return set(listed.split())


def _open(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "broken"
        raise Unreadable(code, "This PDF cannot be opened.") from None


def _drawn(document: Any, index: int, scale: float) -> bytes:
    """A page in grey as PNG; a page of absurd size is drawn smaller."""
    page = document[index]
    area = page.get_width() * page.get_height() * scale * scale
    if area > _LARGEST:
        scale *= (_LARGEST / area) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True)
    pixels = bitmap.to_numpy()
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + pixels[row].tobytes()[:width] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6))
            + _chunk(b"IEND", b""))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
