"""The language sheet and the letter, as tagged PDF and as Word."""

from __future__ import annotations

from dataclasses import asdict

import pypdfium2

from .exports._pdf import typeset
from .exports._word import Word
from .sheet import Sheet


def sheet_pdf(found: Sheet) -> bytes:
    """Return the sheet as a tagged A4 PDF."""
    return typeset("sheet.typ", {**asdict(found), "rtl": found.rtl})


def n_pages(data: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    file = pypdfium2.PdfDocument(data)
    try:
        return len(file)
    finally:
        file.close()


def sheet_docx(found: Sheet) -> bytes:
    """Return the sheet as DOCX: a table with a repeated header, the redline as strike and underline."""
    words = found.words
    file = Word(found.language, title=found.title, author=found.organisation)
    file.paragraph(found.title, "Heading 1")
    file.paragraph(f"{words['head']}. {found.process}. {found.endorsed}. {words['key']}", "Support")
    table = file.table((26, 72, 68), (words["place"], words["wording"], words["why"]))
    for row in found.rows:
        cells = table.add_row().cells
        file.run(file.paragraph("", into=cells[0]), f"{row.number}. {row.title}", bold=True)
        file.paragraph(row.place, into=cells[0])
        line = file.paragraph("", into=cells[1])
        for mark, said in row.pieces:
            file.run(line, said, struck=mark == "-", added=mark == "+")
        if row.why:
            file.paragraph(row.why, into=cells[2])
        for proof in row.evidence:
            file.paragraph(proof, "Support", into=cells[2])
        file.paragraph(f"{words['who']}: {row.supporters}", "Support", into=cells[2])
        for cell in cells:
            # A new cell begins with an empty paragraph; Word needs one to stay, ours follow it.
            cell._tc.remove(cell.paragraphs[0]._p)
    file.footer(found.address)
    return file.save()


def letter_pdf(body: str, *, title: str, organisation: str, language: str, address: str) -> bytes:
    """Return a letter as a tagged A4 PDF."""
    return typeset("letter.typ", {"title": title, "organisation": organisation, "language": language,
                                  "rtl": language == "ar", "address": address, "paragraphs": _paragraphs(body)})


def letter_docx(body: str, *, title: str, organisation: str, language: str, address: str) -> bytes:
    """Return a letter as DOCX."""
    file = Word(language, title=title, author=organisation)
    for lines in _paragraphs(body):
        for line in lines:
            file.paragraph(line.removeprefix("- "), "List Bullet" if line.startswith("- ") else None)
    file.footer(address)
    return file.save()


def _paragraphs(body: str) -> list[list[str]]:
    blocks = [[line.strip() for line in block.splitlines() if line.strip()] for block in body.strip().split("\n\n")]
    return [block for block in blocks if block]
