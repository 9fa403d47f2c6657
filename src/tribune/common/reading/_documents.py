"""Documents, read in a child process."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from typing import Any

from tribune.engine.text import from_json
from tribune.engine.types import Document, Unreadable

from ._limits import Limits
from ._process import Watch, in_child

__all__ = ["can_recognise", "draw_page", "read_document", "recognise_document"]

_TASK = "tribune.common.reading._tasks:document"
_OCR = "tribune.common.reading._tasks:recognise"
_PICTURE = "tribune.common.reading._tasks:picture"
# What Tesseract calls the six languages.
LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "chi_sim"}


def read_document(
    data: bytes,
    *,
    name: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    watch: Watch | None = None,
) -> Document:
    """Return the numbered paragraphs of a file with the mentions of local governments in them.

    The bytes are parsed in a child process with the given limits, no network, no secrets and an empty folder.

    Raises `Unreadable` with the codes of `engine.text.read`, and "too_slow", "too_heavy" or "reader_died" when the
    child was stopped or fell over. `watch` is told how far it is, (pages read, pages), and stops the child by
    answering False ("cancelled").
    """
    if len(data) > limits.file_bytes:
        raise Unreadable(
            "too_big",
            f"This file has {len(data) / 1e6:.1f} MB; {limits.file_bytes / 1e6:g} MB are allowed.",
            "Cut it into parts or leave out pictures.",
        )
    return _document(in_child(_TASK, data, {"name": name, "pages_max": limits.pages}, limits, watch))


def recognise_document(
    data: bytes,
    *,
    language: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    watch: Watch | None = None,
) -> Document:
    """Return the paragraphs of a scan in one of the six languages, read by OCR in a child process; a notice says so.

    Raises `Unreadable` as `read_document`, and "no_ocr" where Tesseract is not installed for this language.
    """
    options = {"language": language, "pages_max": limits.pages, "sha256": hashlib.sha256(data).hexdigest()}
    slow = replace(limits, wall_seconds=limits.ocr_seconds, cpu_seconds=int(limits.ocr_seconds))
    return _document(in_child(_OCR, data, options, slow, watch))


def draw_page(data: bytes, *, page: int, width: int = 900, limits: Limits = Limits()) -> tuple[bytes, int]:  # noqa: B008
    """Return a page of a PDF (counted from 1) as PNG, and how many pages there are; drawn in a child process.

    Raises `Unreadable`, with code "no_page" where the file ends before.
    """
    answer = _value(in_child(_PICTURE, data, {"page": page, "width": width}, limits))
    png = base64.b64decode(str(answer.get("png", "")))
    if not png.startswith(b"\x89PNG\r\n\x1a\n"):
        raise Unreadable("reader_died", "This page could not be drawn (reader_died).")
    return png, int(answer["pages"])


def can_recognise(language: str) -> bool:
    """Whether Tesseract is installed here for a language."""
    program = shutil.which("tesseract", path="/usr/bin:/bin")
    return bool(program) and LANGUAGES.get(language, "-") in _installed(str(program))


@cache
def _installed(program: str) -> frozenset[str]:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False).stdout.decode()
    return frozenset(listed.split())


def _document(answer: Any) -> Document:
    try:
        return from_json(_value(answer))
    except (KeyError, TypeError, AttributeError):
        raise Unreadable(
            "reader_died", "This file could not be read (reader_died).", "Save it in another form and try again."
        ) from None


def _value(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise TypeError
    return answer
