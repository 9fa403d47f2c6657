"""Word files: paragraphs with their list numbers, tables row by row, text boxes, footnotes."""

from __future__ import annotations

import re

from lxml import etree

from ..types import Notice, Unreadable
from ._blocks import Block, Raw, clean
from ._detect import DOCX
from ._docx_styles import Numbering, Styles
from ._labels import parse_label
from ._xml import parse_xml, text_of
from ._zip import Archive

__all__ = ["read_docx"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OTHERS = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint file",
    "content.xml": "an OpenDocument file",
    "META-INF/": "a program or e-book",
}
_CONTENTS = re.compile(r"^(?:toc|tableofcontents|table of contents|verzeichnis|sommaire)", re.IGNORECASE)


def read_docx(data: bytes) -> Raw:
    """Return the blocks of a DOCX; raise Unreadable("not_a_document", "broken", "bomb", "encrypted", "xml")."""
    archive = Archive(data)
    main = archive.read("word/document.xml") or _main_part(archive)
    if main is None:
        words = next(
            (words for start, words in _OTHERS.items() if any(name.startswith(start) for name in archive.names)),
            "an archive (ZIP)",
        )
        raise Unreadable(
            "not_a_document", f"This is {words}, not a text.", "Save the text as DOCX or PDF and try again."
        )
    what = "This Word file"
    root = parse_xml(_transitional(main), what)
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable("broken", f"{what} has no text part.", "Save it again and try again.")
    styles = Styles(_part(archive, "word/styles.xml"))
    reader = _Reader(styles, Numbering(_part(archive, "word/numbering.xml"), styles))
    reader.container(body)
    notes = _part(archive, "word/footnotes.xml")
    reader.notes(notes)
    reader.notes(_part(archive, "word/endnotes.xml"))
    raw = Raw(reader.blocks, DOCX, title=reader.title)
    if reader.deleted:
        raw.notices.append(
            Notice("tracked_changes", "The file holds tracked changes; insertions were read, deletions left out.")
        )
    return raw


def _transitional(part: bytes) -> bytes:
    return part.replace(_STRICT, W[1:-1].encode())


def _part(archive: Archive, name: str) -> etree._Element | None:
    part = archive.read(name)
    return parse_xml(_transitional(part), "This Word file") if part else None


def _main_part(archive: Archive) -> bytes | None:
    """Some programs name the main part otherwise; the relationships say how."""
    relations = archive.read("_rels/.rels")
    if relations is None:
        return None
    for item in parse_xml(relations, "This Word file"):
        if str(item.get("Type", "")).endswith("/officeDocument"):
            target = str(item.get("Target", "")).lstrip("/")
            return archive.read(target) if target.startswith("word/") else None
    return None


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.blocks: list[Block] = []
        self.title = ""
        self.deleted = False
        self.note_marks: dict[str, str] = {}

    def container(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml", f"{W}smartTag", f"{W}moveTo"):
                content = child.find(f"{W}sdtContent")
                self.container(content if content is not None else child)

    def paragraph(self, element: etree._Element) -> None:
        properties = element.find(f"{W}pPr")
        style = _value(properties, "pStyle")
        text, bold, italic = self._words(element, style)
        label, depth = self.numbering.label(properties, style) if text else ("", 0)
        name = self.styles.name(style)
        if text:
            own = parse_label(text) if label and label != "•" else None
            if own is not None and not own.bullet and own.readings:
                label = ""
            level = self.styles.heading_level(style, properties)
            if not self.title and self.styles.is_title(style):
                self.title, level = text, 1
            self.blocks.append(
                Block(
                    text,
                    level=level,
                    label="" if level else label,
                    bold=bold,
                    italic=italic,
                    depth=depth,
                    indent=18.0 * depth,
                    kind="other" if _CONTENTS.match(name) else "",
                )
            )
            if level and label:
                self.blocks[-1].text = f"{label} {text}"
        for box in _boxes(element):
            self.container(box)

    def table(self, element: etree._Element) -> None:
        """Make one paragraph of each row of several cells, parted by " | "; layout tables give their paragraphs."""
        for row in element.iter(f"{W}tr"):
            if _nearest(row, f"{W}tbl") is not element:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row]
            filled = [cell for cell in cells if text_of(cell, f"{W}t").strip()]
            if len(filled) <= 1:
                for cell in filled:
                    self.container(cell)
                continue
            texts = [self._cell(cell) for cell in cells]
            found = parse_label(texts[0] + " x")
            if found is not None and found.rest == "x" and not found.bullet:
                self.blocks.append(Block(" | ".join(text for text in texts[1:] if text), label=texts[0]))
            else:
                self.blocks.append(Block(" | ".join(text for text in texts if text), kind="other"))

    def _cell(self, cell: etree._Element) -> str:
        inner = _Reader(self.styles, self.numbering)
        inner.note_marks = self.note_marks
        inner.container(cell)
        self.deleted = self.deleted or inner.deleted
        return " ".join(f"{block.label} {block.text}".strip() for block in inner.blocks)

    def notes(self, root: etree._Element | None) -> None:
        if root is None:
            return
        count = sum(block.note is not None for block in self.blocks)
        for note in root:
            if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            words = " ".join(filter(None, (self._words(item, "")[0] for item in note.iter(f"{W}p"))))
            if words:
                count += 1
                self.blocks.append(Block(words, note=str(count)))

    def _words(self, paragraph: etree._Element, style: str) -> tuple[str, bool, bool]:
        parts: list[str] = []
        bold = italic = total = 0
        for run in paragraph.iter(f"{W}r", f"{W}del", f"{W}moveFrom"):
            if run.tag != f"{W}r":
                self.deleted = self.deleted or bool(list(run.iter(f"{W}delText")))
                continue
            if _hidden(run, paragraph):
                continue
            words = "".join(_piece(item) for item in run)
            parts.append(words)
            length = len(words.strip())
            total += length
            if self.styles.on(run.find(f"{W}rPr"), style, "b"):
                bold += length
            if self.styles.on(run.find(f"{W}rPr"), style, "i"):
                italic += length
        return clean("".join(parts)), total > 0 and bold == total, total > 0 and italic == total


def _piece(item: etree._Element) -> str:
    if item.tag == f"{W}t":
        return item.text or ""
    if item.tag == f"{W}sym":
        return " "
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}.get(
        str(item.tag), ""
    )


def _hidden(run: etree._Element, paragraph: etree._Element) -> bool:
    """Deleted runs, and runs of text boxes: those are read on their own, once."""
    for up in run.iterancestors():
        if up is paragraph:
            return False
        if up.tag in (f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{_MC}Fallback"):
            return True
    return False


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes inside a paragraph, without the second copy for old programs and without nested ones."""
    out = []
    for box in paragraph.iter(f"{W}txbxContent"):
        ups = list(box.iterancestors())
        ups = ups[: ups.index(paragraph)]
        if not any(up.tag in (f"{_MC}Fallback", f"{W}txbxContent") for up in ups):
            out.append(box)
    return out


def _nearest(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _value(properties: etree._Element | None, name: str) -> str:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return str(found.get(f"{W}val") or "") if found is not None else ""
