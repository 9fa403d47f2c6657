"""What a child process can be asked to do: bytes and options in, plain values out."""

from __future__ import annotations

import base64
import os
from typing import Any

__all__ = ["document", "picture", "recognise", "tell_progress"]


def tell_progress(done: int, total: int) -> None:
    """Say to whoever watches this child how far it is."""
    os.write(2, b"%d/%d\n" % (done, total))


def document(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Read a text and mark where local governments are named."""
    from tribune.engine.mentions import annotate
    from tribune.engine.text import read, to_json

    return to_json(annotate(read(
        data, name=options["name"], pages_max=options["pages_max"], progress=tell_progress)))


def recognise(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Read a scan by OCR, page after page, and mark where local governments are named."""
    from dataclasses import replace

    from tribune.common.reading._scans import letters_of
    from tribune.engine.mentions import annotate
    from tribune.engine.text import read, to_json
    from tribune.engine.types import Notice, Source

    text, pages = letters_of(data, options["language"], options["pages_max"], tell_progress)
    found = read(text.encode(), name="")
    notice = Notice("ocr", "Read by OCR from pictures of pages: letters and numbers may be wrong.")
    source = Source(options["sha256"], "application/pdf", pages)
    return to_json(annotate(replace(found, source=source, warnings=(notice, *found.warnings))))


def picture(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Draw one page of a PDF as PNG, in base64, with the number of pages."""
    from tribune.common.reading._scans import page_as_png

    png, pages = page_as_png(data, options["page"], options["width"])
    return {"png": base64.b64encode(png).decode(), "pages": pages}
