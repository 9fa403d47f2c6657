"""What holds for every input: a document or a refusal; the numbers that went in; unique ids."""

from __future__ import annotations

import contextlib
import unicodedata
from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.engine.text import samples

from tribune.engine.text import from_json, read, sentences, to_json
from tribune.engine.types import PARAGRAPH_KINDS, Document, Unreadable

STARTS = [
    b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<?xml version='1.0'?>", b"<akomaNtoso>",
    b"<html><body>", b"---\n", b"\xff\xfe",
    b"1. ",
    b"# Title\n\n", b"(a) ", b"\xef\xbb\xbf", "第一条 ".encode(), b".1 ",
]  # fmt: skip
CALM = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def sound(document: Document) -> None:
    ids = [item.id for item in document.paragraphs]
    assert len(ids) == len(set(ids))
    for item in document.paragraphs:
        assert item.id
        assert item.kind in PARAGRAPH_KINDS
        assert item.text == item.text.strip() != ""
        assert unicodedata.is_normalized("NFC", item.text)
        assert item.mentions == ()
        spans = sentences(item.text, document.language)
        assert all(0 <= a < b <= len(item.text) for a, b in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert from_json(to_json(document)) == document


@CALM
@given(st.sampled_from(STARTS), st.binary(max_size=400))
@example(b"<html><body>", b"\x00\x01\x02")
@example(b"", b"\xed\xa0\x80 lone surrogate bytes")
def test_any_bytes_give_a_document_or_a_refusal(start: bytes, rest: bytes) -> None:
    with contextlib.suppress(Unreadable):
        sound(read(start + rest))


@CALM
@given(st.text(max_size=400), st.sampled_from(["", "x.md", "x.html", "x.txt", "x.pdf"]))
def test_any_text_gives_a_document_or_a_refusal(text: str, name: str) -> None:
    with contextlib.suppress(Unreadable):
        sound(read(text.encode("utf-8", "surrogatepass"), name=name))


@CALM
@given(
    st.lists(
        st.sampled_from(
            [
                "1. ",
                "(a) ",
                "(i) ",
                "A. ",
                "2bis. ",
                "• ",
                "Article 1",
                "Annex",
                "Option 2: ",
                "[",
                "]",
                "# ",
                "\n\n",
                "\n",
                "rain ",
                ", ",
                "; ",
                ": ",
                ". ",
            ]
        ),
        max_size=60,
    )
)
def test_any_mixture_of_marks_is_sound(pieces: list[str]) -> None:
    with contextlib.suppress(Unreadable):
        sound(read("".join(pieces).encode()))


@CALM
@given(st.data())
def test_broken_files_are_refused_or_read(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([
        samples.pdf([["^1. Decides to sing.", "", "^2. Decides to hum."]]),
        samples.docx(samples.paragraph("1. Decides to sing.") + samples.paragraph("2. Decides to hum.")),
    ])))  # fmt: skip
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        sound(read(bytes(whole[: data.draw(st.integers(1, len(whole)))])))


WORDS = st.lists(
    st.sampled_from(["towns", "rivers", "bridges", "that", "which", "shall", "sing", "open", "lend", "every", "good"]),
    min_size=4,
    max_size=30,
)
OUTLINE = st.lists(st.integers(0, 12), min_size=1, max_size=15)


def written(outline: list[int], texts: list[str]) -> tuple[list[tuple[str, str, str]], list[str]]:
    """A text of numbered paragraphs, the n-th with so many letters: (id, label, text), and its lines."""
    expected = []
    pool = iter(texts)
    for number, letters in enumerate(outline, 1):
        expected.append((str(number), f"{number}.", "Decides that " + next(pool) + (":" if letters else ";")))
        expected += [
            (f"{number}.{chr(96 + n)}", f"({chr(96 + n)})", "To " + next(pool) + ";") for n in range(1, letters + 1)
        ]
    return expected, [f"{label} {text}" for _, label, text in expected]


@CALM
@given(OUTLINE, st.data())
def test_numbers_that_go_in_come_out(outline: list[int], data: st.DataObject) -> None:
    n = len(outline) + sum(outline)
    texts = [" ".join(words) for words in data.draw(st.lists(WORDS, min_size=n, max_size=n))]
    expected, lines = written(outline, texts)
    document = read("\n\n".join(lines).encode())
    assert [(item.id, item.label, item.text) for item in document.paragraphs] == expected
    body = "".join(samples.paragraph(line) for line in lines)
    assert [(item.id, item.label, item.text) for item in read(samples.docx(body)).paragraphs] == expected


@settings(max_examples=40, deadline=None)
@given(OUTLINE, st.data())
def test_numbers_come_out_of_wrapped_pages_too(outline: list[int], data: st.DataObject) -> None:
    n = len(outline) + sum(outline)
    texts = [" ".join(words) for words in data.draw(st.lists(WORDS, min_size=n, max_size=n))]
    expected, lines = written(outline, texts)
    document = read(samples.pdf(paged(lines)))
    assert [(item.id, item.text) for item in document.paragraphs] == [(id_, text) for id_, _, text in expected]


def paged(paragraphs: list[str], width: int = 70, height: int = 50) -> list[list[str]]:
    """Wrap paragraphs and break pages wherever they are full."""
    pages: list[list[str]] = [[]]
    for text in paragraphs:
        line = "^"
        for word in text.split():
            if len(line) + len(word) > width:
                add(pages, line, height)
                line = ""
            line += (" " if line not in ("", "^") else "") + word
        add(pages, line, height)
        pages[-1].append("")
    return pages


def add(pages: list[list[str]], line: str, height: int) -> None:
    if sum(bool(item) for item in pages[-1]) >= height:
        pages.append([])
    pages[-1].append(line)
