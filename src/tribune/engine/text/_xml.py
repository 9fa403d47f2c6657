"""XML without tricks: no document types, no entities, no network."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from ..types import Unreadable

__all__ = ["parse_xml", "text_of"]

_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")


def parse_xml(data: bytes, what: str = "This XML file") -> etree._Element:
    """Return the root element; raise Unreadable("xml" or "broken").

    A document type is refused outright: neither Akoma Ntoso nor DOCX needs one, and every known attack
    (billion laughs, external entities) does.
    """
    if _DOCTYPE.search(_as_text(data)):
        raise Unreadable(
            "xml", f"{what} defines its own entities or document type.", "Remove the DOCTYPE and try again."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if "depth" in str(error):
            raise Unreadable("xml", f"{what} is nested too deeply.", "Export it again and try again.") from None
        raise Unreadable(
            "broken", f"{what} is not well formed ({_first_line(error)}).", "Export it again and try again."
        ) from None
    if root is None:
        raise Unreadable("broken", f"{what} has no content.", "Export it again and try again.")
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            "xml", f"{what} defines its own entities or document type.", "Remove the DOCTYPE and try again."
        )
    return root


def text_of(element: etree._Element, tag: str | None = None) -> str:
    """Return all words in an element, those of `tag` only where one is named."""
    return "".join(str(part) for part in (element.itertext(tag) if tag else element.itertext()))


def _as_text(data: bytes) -> str:
    """Decode just far enough to look for a document type, whatever the encoding hides it in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:64]:
        return data.replace(b"\0", b"").decode("latin-1")
    stated = _ENCODING.match(data)
    if stated:
        try:
            return data.decode(codecs.lookup(stated[1].decode("ascii")).name, "replace")
        except LookupError:
            pass
    return data.decode("latin-1")


def _first_line(error: Exception) -> str:
    return re.sub(r"\s*\(<string>,.*", "", str(error).splitlines()[0] if str(error) else "no reason given")[:120]
