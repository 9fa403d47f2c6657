"""The media type of a file from its bytes; the name only settles what bytes leave open."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ..types import Notice, Unreadable
from ._encoding import utf16_order

__all__ = ["AKN", "DOCX", "HTML", "MARKDOWN", "PDF", "PLAIN", "extension_notice", "media_type_of"]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
AKN = "application/akn+xml"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

_EXTENSIONS = {
    "pdf": PDF,
    "docx": DOCX,
    "docm": DOCX,
    "html": HTML,
    "htm": HTML,
    "xhtml": HTML,
    "xml": AKN,
    "akn": AKN,
    "md": MARKDOWN,
    "markdown": MARKDOWN,
    "txt": PLAIN,
    "text": PLAIN,
    "adoc": PLAIN,
}
_WORDS = {
    PDF: "PDF",
    DOCX: "Word (DOCX)",
    HTML: "HTML",
    AKN: "Akoma Ntoso XML",
    MARKDOWN: "Markdown",
    PLAIN: "plain text",
}

# What people drop by mistake, with the words for it.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"SQLite format 3", "a database"),
    (b"wOF", "a font"),
)
_SAVE_AS = "Save it as PDF or DOCX and try again."
_HTML_TAGS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|ol|ul|table|span|article)[\s>/]", re.IGNORECASE
)
_MARKDOWN_MARKS = re.compile(r"^(?:#{1,6} \S|---\s*$|\* \S|- \S|> \S|\[\^\w+\]:|```)|\*\*\S|\]\(\S+\)", re.MULTILINE)


def media_type_of(data: bytes, name: str = "") -> str:
    """Return the media type the bytes have; raise Unreadable("not_a_document" or "encrypted") for others.

    >>> media_type_of(b"%PDF-1.7 ...", "text.docx")
    'application/pdf'
    """
    head = data[:4096]
    if b"%PDF-" in data[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return DOCX  # the reader looks inside and refuses other archives in words
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(
                "encrypted", "This Word file is protected by a password.", "Save it without one and try again."
            )
        raise Unreadable("not_a_document", "This is an old Office file (DOC, XLS or PPT).", _SAVE_AS)
    for magic, words in _OTHERS:
        if head.startswith(magic):
            raise Unreadable("not_a_document", f"This is {words}, not a text.", _SAVE_AS)
    order = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else utf16_order(head)
    utf16 = bool(order)
    if not utf16 and (head.count(b"\0") or _share_of_controls(head) > 0.02):
        raise Unreadable("not_a_document", "This file is not a text in any form known here.", _SAVE_AS)
    start = (head.decode(order, "replace").encode() if utf16 else head).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and b"akomantoso" in start.lower():
        return AKN
    if start[:200].lower().startswith((b"<!doctype html", b"<html")) or (
        start.startswith(b"<?xml") and b"<html" in start.lower()
    ):
        return HTML
    if start.startswith((b"<?xml", b"<!DOCTYPE", b"<!ENTITY")):
        return AKN  # the XML reader refuses what is not Akoma Ntoso, and says so
    if start.startswith(b"<") and _HTML_TAGS.search(start):
        return HTML
    stated = _EXTENSIONS.get(PurePosixPath(name).suffix.lower().lstrip("."), "")
    if stated == HTML and _HTML_TAGS.search(data[:65536]):
        return HTML
    if stated == MARKDOWN:
        return MARKDOWN
    if not stated and len(_MARKDOWN_MARKS.findall(data[:65536].decode("utf-8", "replace"))) >= 2:
        return MARKDOWN
    return PLAIN


def extension_notice(media_type: str, name: str) -> Notice | None:
    """Return a notice when the name promises another kind of file than the bytes are."""
    suffix = PurePosixPath(name).suffix.lower()
    stated = _EXTENSIONS.get(suffix.lstrip("."))
    if not suffix or stated == media_type or (stated is None and media_type in (PLAIN, MARKDOWN)):
        return None
    return Notice(
        "wrong_extension",
        f"The name ends in {suffix}, but the file is {_WORDS[media_type]}; it was read as that.",
        values=(suffix, media_type),
    )


def _share_of_controls(head: bytes) -> float:
    return sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head) / max(len(head), 1)
