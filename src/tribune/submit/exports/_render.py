"""From a content to the bytes of a file."""

from __future__ import annotations

import json
from collections.abc import Callable

from ._akn import akn
from ._content import Content, as_data
from ._docx import docx
from ._pdf import pdf
from ._tables import csv, xlsx


def _json(found: Content) -> bytes:
    return json.dumps({**as_data(found), "sha256": found.sha256}, ensure_ascii=False, indent=1).encode() + b"\n"


_WRITERS: dict[str, Callable[[Content], bytes]] = {
    "docx": docx, "pdf": pdf, "json": _json, "akn.xml": akn, "csv": csv, "xlsx": xlsx}
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "json": "application/json", "akn.xml": "application/akn+xml", "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
# (name of the address, what people call it)
FORMATS = (("docx", "Word"), ("pdf", "PDF"), ("akn", "Akoma Ntoso"), ("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"))


def render(found: Content, suffix: str) -> bytes:
    """Return the file of a content: the same bytes for the same content. KeyError for a suffix nobody writes."""
    return _WRITERS[suffix](found)
