"""Akoma Ntoso: the file says itself what is preamble, heading, paragraph and point."""

from __future__ import annotations

import re

from lxml import etree

from ..types import Unreadable
from ._blocks import Block, Raw, clean
from ._detect import AKN
from ._xml import parse_xml, text_of

__all__ = ["read_akn"]

_LANGUAGES = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "rus": "ru",
    "ara": "ar",
    "zho": "zh",
    "chi": "zh",
    "cmn": "zh",
}
_DOCUMENTS = frozenset(
    """
    act bill doc statement amendment amendmentList judgment debate debateReport officialGazette portion
    """.split()  # noqa: SIM905 - one word a line would hide the rest
)
_NAMED = frozenset(("heading", "num", "subheading", "crossHeading", "intro"))
_META = frozenset(("meta", "attachmentOf"))
_TEXT = frozenset(["p", "block", "td", "th", "caption", "listIntroduction", "listWrapUp", "formula", "docTitle"])
_BOXES = frozenset(
    (
        "recital",
        "paragraph",
        "point",
        "indent",
        "item",
        "subparagraph",
        "alinea",
        "clause",
        "subclause",
        "list",
        "level",
    )
)


def read_akn(data: bytes) -> Raw:
    """Return the blocks of an Akoma Ntoso file; a collection opens a scope for each document in it."""
    root = parse_xml(data)
    if etree.QName(root).localname != "akomaNtoso":
        raise Unreadable(
            "not_a_document",
            f"This is XML, but not Akoma Ntoso (it begins with <{etree.QName(root).localname}>).",
            "Save the text as PDF, DOCX or HTML and try again.",
        )
    raw = Raw([], AKN)
    documents = [
        element
        for element in root.iter()
        if isinstance(element.tag, str) and etree.QName(element).localname in _DOCUMENTS
    ]
    walker = _Walker(raw.blocks, scoped=len(documents) > 1)
    walker.walk(root)
    number = next(iter(root.iterfind(".//{*}FRBRWork/{*}FRBRnumber")), None)
    raw.title = clean(_title(root))
    raw.symbol = (
        clean(number.get("showAs") or number.get("value") or "") if number is not None and len(documents) <= 1 else ""
    )
    language = next(iter(root.iterfind(".//{*}FRBRlanguage")), None)
    raw.language = _LANGUAGES.get(language.get("language") or "", "") if language is not None else ""
    return raw


def _title(root: etree._Element) -> str:
    for path in (
        ".//{*}preface//{*}container[@name='title']",
        ".//{*}longTitle",
        ".//{*}preface//{*}docTitle",
        ".//{*}docTitle",
        ".//{*}preface//{*}p",
    ):
        found = root.find(path)
        if found is not None and (text := text_of(found).strip()):
            return text
    return ""


class _Walker:
    def __init__(self, blocks: list[Block], *, scoped: bool) -> None:
        self.blocks = blocks
        self.scoped = scoped
        self.scope = ""
        self.kind = ""
        self.label = ""

    def walk(self, root: etree._Element) -> None:
        # An explicit stack: nests may be deep. None as element means "leave".
        stack: list[tuple[str, etree._Element]] = [("enter", root)]
        while stack:
            what, element = stack.pop()
            name = etree.QName(element).localname
            if what == "leave":
                if name in ("preamble", "preface"):
                    self.kind = ""
                if name in _BOXES and self.label:
                    self.label = ""
                continue
            if name in _META:
                continue
            self._enter(element, name)
            if (name in _TEXT or name in _NAMED or _is_leaf_text(element)) and not self._take(element, name):
                continue
            stack.append(("leave", element))
            stack += [("enter", child) for child in reversed(element) if isinstance(child.tag, str)]

    def _enter(self, element: etree._Element, name: str) -> None:
        if name in _DOCUMENTS and self.scoped and element.find(".//{*}meta") is not None:
            number = element.find("./{*}meta//{*}FRBRWork/{*}FRBRnumber")
            value = number.get("value") if number is not None else None
            self.scope = re.sub(r"[^\w-]+", "-", value or element.get("name") or name).strip("-").lower() or "part"
        elif name == "preamble":
            self.kind = "preamble"

    def _take(self, element: etree._Element, name: str) -> bool:
        """Turn an element that holds running text into a block; return whether its children are still to be walked."""
        if name == "intro" and element.find(".//{*}p") is not None and self.kind == "preamble":
            text = clean(text_of(element))
            self._add(Block(text, level=3), text)
            return False
        if name == "intro":
            return True
        if element.find(".//{*}authorialNote") is not None:
            for note in element.findall(".//{*}authorialNote"):
                words = clean(text_of(note))
                if words:
                    self.blocks.append(Block(words, note=clean(note.get("marker") or "") or "*"))
                tail = note.tail
                parent, before = note.getparent(), note.getprevious()
                if parent is not None:
                    if before is not None:
                        before.tail = (before.tail or "") + (tail or "")
                    else:
                        parent.text = (parent.text or "") + (tail or "")
                    parent.remove(note)
        text = clean(text_of(element))
        if name == "num":
            self.label = text
            parent = element.getparent()
            if (
                parent is not None
                and parent.find("./{*}heading") is None
                and etree.QName(parent).localname not in _BOXES
            ):
                self._add(Block(text, level=4), text)
                self.label = ""
            return False
        if name in ("heading", "subheading", "crossHeading"):
            level = 2 + sum(1 for up in element.iterancestors() if up.find("./{*}heading") is not None)
            full = f"{self.label} {text}".strip()
            self.label = ""
            self._add(Block(full, level=min(level, 9)), full)
            return False
        if text:
            inside = next(
                (etree.QName(up).localname for up in element.iterancestors() if etree.QName(up).localname in _BOXES), ""
            )
            label = self.label if inside else ""
            self.label = ""
            title = _is_title(element)
            self._add(Block(text, label=label, kind=self.kind, loose=True, level=1 if title else 0), text)
        return False

    def _add(self, block: Block, text: str) -> None:
        if text:
            block.scope, self.scope = self.scope, ""
            self.blocks.append(block)


def _is_title(element: etree._Element) -> bool:
    names = {etree.QName(up).localname for up in element.iterancestors()}
    return "preface" in names


def _is_leaf_text(element: etree._Element) -> bool:
    """An element outside the known ones that holds words of its own."""
    return bool((element.text or "").strip()) and len(element) == 0
