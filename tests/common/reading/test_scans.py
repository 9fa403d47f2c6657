"""Scans: said so, read by OCR where it is installed, pages drawn; progress told and reading stopped."""

import io
import zlib

import pypdfium2
import pytest
from tests.engine.text import samples

from tribune.common.reading import Limits, can_recognise, draw_page, read_document, recognise_document
from tribune.engine.types import Unreadable

WORDS = ["1. We resolve to involve local authorities.", "2. We commit to connecting every school."]


def printed() -> bytes:
    return samples.pdf([WORDS, ["3. We close in all cities."]])


def scanned() -> bytes:
    """The same pages as pictures only."""
    source, out = pypdfium2.PdfDocument(printed()), pypdfium2.PdfDocument.new()
    for page in source:
        width, height = page.get_size()
        bitmap = page.render(scale=200 / 72)
        image = pypdfium2.PdfImage.new(out)
        image.set_bitmap(bitmap)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        made = out.new_page(width, height)
        made.insert_obj(image)
        made.gen_content()
    stream = io.BytesIO()
    out.save(stream)
    return stream.getvalue()


def test_a_scan_says_that_it_is_one():
    with pytest.raises(Unreadable) as refused:
        read_document(scanned(), name="scan.pdf")
    assert refused.value.code == "scan"


@pytest.mark.skipif(not can_recognise("en"), reason="Tesseract is not installed")
def test_letters_of_a_scan_are_recognised():
    told = []
    found = recognise_document(scanned(), language="en", watch=lambda done, total: told.append((done, total)) or True)
    assert [one.number for one in found.paragraphs if one.number] == ["1", "2", "3"]
    assert [one.page for one in found.paragraphs if one.number] == [1, 1, 2]
    assert found.paragraphs[0].mentions[0].term == "local authorities"
    assert (found.warnings[0].code, found.source.pages) == ("ocr", 2)
    assert told[-1][1] == 2


def test_a_language_without_ocr_is_said():
    if can_recognise("ar"):
        pytest.skip("Tesseract knows Arabic here")
    with pytest.raises(Unreadable) as refused:
        recognise_document(scanned(), language="ar")
    assert refused.value.code == "no_ocr"


def test_a_page_is_drawn():
    png, pages = draw_page(printed(), page=2, width=300)
    assert pages == 2
    width, height = (int.from_bytes(png[at:at + 4]) for at in (16, 20))
    assert width == 300
    assert height > 300
    body = zlib.decompress(png[png.index(b"IDAT") + 4:-16])
    assert len(body) == height * (width + 1)
    assert min(body[1:]) < 128, "there is ink on it"
    with pytest.raises(Unreadable) as refused:
        draw_page(printed(), page=3)
    assert refused.value.code == "no_page"


def test_reading_can_be_watched_and_stopped():
    data = samples.pdf([[f"{30 * page + n}. We resolve to do thing {n} of page {page}." for n in range(1, 31)]
                        for page in range(200)])
    told = []

    def watch(done, total):
        told.append((done, total))
        return True

    found = read_document(data, name="long.pdf", watch=watch)
    assert found.source.pages == 200
    assert told[-1][1] == 200
    assert all(done <= total for done, total in told)
    with pytest.raises(Unreadable) as refused:
        read_document(data, name="long.pdf", watch=lambda done, total: False, limits=Limits(wall_seconds=30))
    assert refused.value.code == "cancelled"
