"""Bytes in, document out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from ..types import LANGUAGES, Document, Notice, Paragraph, Source, Unreadable
from ._akn import read_akn
from ._blocks import Raw, clean
from ._detect import AKN, DOCX, HTML, MARKDOWN, PDF, extension_notice, media_type_of
from ._docx import read_docx
from ._encoding import decode
from ._front import find_symbol
from ._html import read_html
from ._language import language_of_paragraphs
from ._markdown import read_markdown
from ._pdf import read_pdf
from ._plain import read_plain
from ._structure import structure

__all__ = ["MAX_BYTES", "read"]

MAX_BYTES = 60_000_000


def read(
    data: bytes, *, name: str = "", pages_max: int = 2000, progress: Callable[[int, int], None] | None = None
) -> Document:
    """Return the text of a PDF, DOCX, HTML, Akoma Ntoso, Markdown or plain text file as numbered paragraphs.

    The bytes decide what the file is; `name` only helps where they leave it open, and a wrong extension gives a
    notice. `progress` is told of each page of a PDF before it is read: (pages read, pages). Footnotes come last, as
    kind "note". `mentions` stays empty: `engine.mentions` fills it.

    Raises `Unreadable` with one of these codes: empty, too_big, encrypted, scan, not_a_document, broken, bomb,
    too_many_pages, xml. Foreign bytes should be read in a child process (`common.reading`).

    >>> text = read(b"The Council,\\n\\nRecalling its mandate,\\n\\n1. Decides to meet;\\n\\n2. Asks cities to come.")
    >>> [(p.id, p.kind) for p in text.paragraphs]
    [('u.1', 'other'), ('pre.1', 'preamble'), ('1', 'operative'), ('2', 'operative')]
    """
    if not data or (len(data) < 100_000 and not data.strip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff\x0b\x0c")):
        raise Unreadable("empty", "This file is empty.", "Choose the file with the text.")
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "too_big",
            f"This file has {len(data) / 1e6:.0f} MB; {MAX_BYTES / 1e6:.0f} MB are allowed.",
            "Cut it into parts or leave out pictures.",
        )
    media_type = media_type_of(data, name)
    raw = _raw(data, media_type, pages_max, progress)
    title, paragraphs, odd = structure(raw.blocks, clean(raw.title))
    if not any(re.search(r"\w", item.text) for item in paragraphs):
        raise Unreadable("empty", "There is no text in this file.", "Choose the file with the text.")
    notices = [*raw.notices, *odd]
    wrong = extension_notice(media_type, name)
    if wrong:
        notices.insert(0, wrong)
    if not any(item.number for item in paragraphs if item.kind in ("operative", "sub", "preamble")):
        notices.append(Notice("no_numbers", "This text has no numbered paragraphs; they are counted as they come."))
    language = language_of_paragraphs(paragraphs) or (raw.language if raw.language in LANGUAGES else "")
    if not language:
        notices.append(Notice("no_language", "The language cannot be told; it may be none of the six."))
    return Document(
        title=title or re.sub(r"^[\d\W_]+", "", clean(raw.hint)),
        symbol=raw.symbol or _symbol(paragraphs),
        language=language,
        source=Source(hashlib.sha256(data).hexdigest(), raw.media_type, raw.pages),
        paragraphs=paragraphs,
        warnings=tuple(notices),
    )


def _raw(
    data: bytes, media_type: str, pages_max: int, progress: Callable[[int, int], None] | None
) -> Raw:
    if media_type == PDF:
        return read_pdf(data, pages_max=pages_max, progress=progress)
    if media_type == DOCX:
        return read_docx(data)
    if media_type == AKN:
        return read_akn(data)
    text, notice = decode(data)
    raw = read_html(text) if media_type == HTML else read_markdown(text) if media_type == MARKDOWN else read_plain(text)
    if notice:
        raw.notices.append(notice)
    return raw


def _symbol(paragraphs: tuple[Paragraph, ...]) -> str:
    for item in paragraphs[:15]:
        if item.kind in ("other", "heading") and len(item.text) < 120 and (found := find_symbol(item.text)):
            return found
    return ""
