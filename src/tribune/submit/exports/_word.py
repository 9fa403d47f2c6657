"""A Word file with real styles, numbered paragraphs and footnotes, in any of the six languages."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ._content import clean
from ._tables import EPOCH, without_clock

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NUMBERING = 77
_LANG = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}


class Word:
    """A file being written. Every paragraph runs in the direction of `language`."""

    def __init__(self, language: str, *, title: str, author: str) -> None:
        self.language, self.rtl = language, language == "ar"
        self.file = Document()
        self._properties(title, author)
        self._styles()
        self._numbering()
        self.notes = _Footnotes(self)

    # ---- Frame

    def _properties(self, title: str, author: str) -> None:
        properties = self.file.core_properties
        for stamp in ("created", "modified"):
            setattr(properties, stamp, EPOCH)
        properties.title, properties.author = clean(title)[:255], clean(author)[:255]
        properties.language = _LANG.get(self.language, self.language)
        page = self.file.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(22)
        page.top_margin = page.bottom_margin = Mm(20)
        if self.rtl:
            page._sectPr.append(OxmlElement("w:bidi"))

    def _styles(self) -> None:
        styles = self.file.styles
        for name, size in (("Normal", 11), ("Title", 22), ("Heading 1", 14), ("Heading 2", 12)):
            style = styles[name]
            style.font.size = Pt(size)
            _fonts(style.element.get_or_add_rPr(), self.language)
            if name != "Normal":
                style.font.color.rgb = None
                style.font.bold = name == "Heading 2"
        text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        text.base_style, text.font.size = styles["Normal"], Pt(9)
        text.paragraph_format.space_after = Pt(2)
        mark = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
        sentence = styles.add_style("Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH)
        sentence.base_style = styles["Normal"]
        sentence.paragraph_format.space_before = Pt(6)
        sentence.paragraph_format.keep_with_next = True
        support = styles.add_style("Support", WD_STYLE_TYPE.PARAGRAPH)
        support.base_style, support.font.size = styles["Normal"], Pt(9)
        support.paragraph_format.left_indent = Mm(10)

    def _numbering(self) -> None:
        root = self.file.part.numbering_part.element
        abstract = parse_xml(
            f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{_NUMBERING}"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="NumberedParagraph"/>'
            '<w:lvlText w:val="%1."/><w:lvlJc w:val="start"/><w:pPr><w:ind w:start="567" w:hanging="567"/></w:pPr>'
            "</w:lvl></w:abstractNum>")
        number = parse_xml(f'<w:num xmlns:w="{W}" w:numId="{_NUMBERING}">'
                           f'<w:abstractNumId w:val="{_NUMBERING}"/></w:num>')
        # All abstract numberings stand before the first number (ECMA-376, 17.9.17).
        first = root.find(qn("w:num"))
        if first is None:
            root.append(abstract)
        else:
            first.addprevious(abstract)
        root.append(number)
        shape = self.file.styles["Numbered Paragraph"].element.get_or_add_pPr()
        shape.append(parse_xml(f'<w:numPr xmlns:w="{W}"><w:numId w:val="{_NUMBERING}"/></w:numPr>'))

    # ---- Words

    def paragraph(self, words: str, style: str | None = None, *, into: Any = None) -> Any:
        """Add a paragraph, to the file or to a table's cell, and return it."""
        paragraph = (into or self.file).add_paragraph(style=style)
        if self.rtl:
            bidi: Any = OxmlElement("w:bidi")
            shape = paragraph._p.get_or_add_pPr()
            shape.insert_element_before(bidi, "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
                                        "w:contextualSpacing", "w:jc", "w:rPr")
        if words:
            self.run(paragraph, words)
        return paragraph

    def run(self, paragraph: Any, words: str, *, struck: bool = False, added: bool = False, bold: bool = False) -> Any:
        """Add words to a paragraph; `struck` and `added` draw a redline that survives print in grey."""
        run = paragraph.add_run(clean(words))
        run.bold = bold or None
        run.font.strike = struck or None
        run.font.underline = added or None
        if self.rtl:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
        return run

    def table(self, widths: tuple[int, ...], head: tuple[str, ...]) -> Any:
        """Return a table with a header row that repeats on each page; widths in millimetres."""
        table = self.file.add_table(rows=1, cols=len(widths), style="Table Grid")
        if self.rtl:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        header = table.rows[0]._tr.get_or_add_trPr()
        header.append(OxmlElement("w:tblHeader"))
        for cell, words in zip(table.rows[0].cells, head, strict=True):
            self._into(cell, words, bold=True)
        for column, width in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = Mm(width)
        return table

    def _into(self, cell: Any, words: str, *, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        if self.rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        self.run(paragraph, words, bold=bold)

    def footer(self, words: str) -> None:
        """Write a foot line with the page's number on each page."""
        paragraph = self.file.sections[0].footer.paragraphs[0]
        if self.rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run = paragraph.add_run(clean(words) + "  ")
        run.font.size = Pt(8)
        page = paragraph.add_run()
        page.font.size = Pt(8)
        for kind in ("begin", "", "end"):
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = "PAGE"
            page._r.append(mark)

    def save(self) -> bytes:
        """Return the file; the same words give the same bytes."""
        self.notes.attach()
        out = io.BytesIO()
        self.file.save(out)
        return without_clock(out.getvalue())


class _Footnotes:
    """The footnotes part of the package (ECMA-376, 17.11), which python-docx does not write."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.root = parse_xml(
            f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}">'
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote></w:footnotes>")
        self.part = XmlPart(PackURI("/word/footnotes.xml"), _FOOTNOTES, self.root, word.file.part.package)
        self.n = 0

    def add(self, paragraph: Any, words: str, address: str = "") -> None:
        """Set a footnote after what the paragraph says so far; `address` becomes a link in it."""
        self.n += 1
        if len(paragraph.runs) and paragraph.runs[-1]._r.find(qn("w:footnoteReference")) is not None:
            # Marks 1 and 2 side by side would read as 12.
            paragraph.add_run(",").font.superscript = True
        mark = paragraph.add_run()
        mark.style = self.word.file.styles["Footnote Reference"]
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self.n))
        mark._r.append(reference)
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(self.n))
        line = OxmlElement("w:p")
        shape = OxmlElement("w:pPr")
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), "FootnoteText")
        shape.append(style)
        if self.word.rtl:
            shape.append(OxmlElement("w:bidi"))
        line.append(shape)
        line.append(parse_xml(f'<w:r xmlns:w="{W}"><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                              "<w:footnoteRef/></w:r>"))
        line.append(self._run(" " + words))
        if address:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            link.append(self._run(address, left=True))
            line.append(link)
        note.append(line)
        self.root.append(note)

    def _run(self, words: str, *, left: bool = False) -> Any:
        run = OxmlElement("w:r")
        if self.word.rtl and not left:
            shape = OxmlElement("w:rPr")
            shape.append(OxmlElement("w:rtl"))
            run.append(shape)
        text = OxmlElement("w:t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = clean(words)
        run.append(text)
        return run

    def attach(self) -> None:
        if self.n:
            self.word.file.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)


def _fonts(shape: Any, language: str) -> None:
    fonts = shape.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        shape.insert(0, fonts)
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key, name in (("ascii", "Noto Serif"), ("hAnsi", "Noto Serif"), ("cs", "Noto Naskh Arabic"),
                      ("eastAsia", "Noto Serif CJK SC")):
        fonts.set(qn(f"w:{key}"), name)
    size = shape.find(qn("w:sz"))
    if size is not None:
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), size.get(qn("w:val")))
        old = shape.find(qn("w:szCs"))
        if old is not None:
            shape.remove(old)
        size.addnext(complex_size)
    tongue = shape.find(qn("w:lang"))
    if tongue is None:
        tongue = OxmlElement("w:lang")
        shape.append(tongue)
    tongue.set(qn("w:val"), _LANG.get(language, language))
    tongue.set(qn("w:bidi"), _LANG["ar"])
    tongue.set(qn("w:eastAsia"), _LANG["zh"])
