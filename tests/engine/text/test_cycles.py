"""Structures that lead back to themselves: styles that rest on each other, a paragraph that links to itself."""

import io
import zipfile

import pytest
from docx import Document

from tribune.engine.text import read

WORDS = "We resolve to involve local authorities."


def _changed(parts):
    """A Word file of one paragraph whose parts were changed: name → (what stood there, what stands there now)."""
    file, out = io.BytesIO(), io.BytesIO()
    document = Document()
    document.add_paragraph(f"1. {WORDS}")
    document.save(file)
    source = zipfile.ZipFile(file)
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in parts.get(name, ()):
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("parts", [
    {"word/styles.xml": [(b'<w:basedOn w:val="Normal"/>', b'<w:basedOn w:val="Heading1"/>')],
     "word/document.xml": [(b"<w:p>", b'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>')]},
    {"word/styles.xml": [(b'<w:basedOn w:val="Normal"/>', b'<w:basedOn w:val="Heading2"/><w:link w:val="Heading2"/>')],
     "word/document.xml": [(b"<w:p>", b'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>')]},
])
def test_styles_that_rest_on_each_other_are_read(parts):
    [paragraph] = read(_changed(parts), name="ring.docx").paragraphs
    assert WORDS in paragraph.text


def test_a_paragraph_that_refers_to_itself_is_read():
    akn = (f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc><mainBody><paragraph eId="p1">'
           f'<num>1.</num><content><p>{WORDS} <ref href="#p1">See 1.</ref></p></content></paragraph></mainBody></doc>'
           f'</akomaNtoso>')
    [paragraph] = read(akn.encode(), name="ring.xml").paragraphs
    assert paragraph.text.startswith(WORDS)
