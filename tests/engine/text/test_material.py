"""Other real files: six languages, Akoma Ntoso, brackets and options, old scans, amendment tables."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tribune.engine.text import read
from tribune.engine.types import Document, Unreadable

pytestmark = pytest.mark.real

LANGUAGES = {"ar": "arb", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "cmn_hans"}
# Last number of the made-up running numbers in the PDF and DOCX of the Universal Declaration.
UDHR_LAST = {"ar": "59", "en": "60", "es": "60", "fr": "59", "ru": "59", "zh": "58"}


def load(path: Path) -> Document:
    return read(path.read_bytes(), name=path.name)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_universal_declaration_has_thirty_articles_in_six_languages(real_data: Path, language: str) -> None:
    document = load(real_data / "multilingual" / "udhr" / f"{LANGUAGES[language]}.html")
    assert document.language == language
    articles = [item.id for item in document.paragraphs if item.kind == "operative" and item.id.startswith("art")]
    assert [f"art{n}" for n in range(1, 31)] == list(dict.fromkeys(id_.split(".")[0] for id_ in articles))


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_universal_declaration_as_pdf_and_docx(real_data: Path, language: str, form: str) -> None:
    document = load(real_data / "multilingual" / "udhr" / f"UDHR_{language}_generated.{form}")
    numbers = [item.number for item in document.paragraphs if item.kind in ("operative", "preamble") and item.number]
    assert document.language == language
    assert numbers == [str(n) for n in range(1, int(UDHR_LAST[language]) + 1)]
    assert sum(item.kind == "heading" for item in document.paragraphs) == 32


def test_arabic_pdf_says_the_same_as_the_arabic_docx(real_data: Path) -> None:
    """Ligatures come out of the PDF in the wrong order; the words must not."""
    folder = real_data / "multilingual" / "udhr"
    marks = dict.fromkeys(range(0x64B, 0x653))
    words = [
        Counter(
            " ".join(item.text for item in load(folder / f"UDHR_ar_generated.{form}").paragraphs)
            .translate(marks)
            .split()
        )
        for form in ("pdf", "docx")
    ]
    common = sum((words[0] & words[1]).values())
    assert common >= 0.97 * sum(words[1].values())


@pytest.mark.parametrize(("letter", "language"), [("A", "ar"), ("E", "en"), ("F", "fr"), ("R", "ru")])
def test_itu_recommendation(real_data: Path, letter: str, language: str) -> None:
    document = load(real_data / "multilingual" / "itu-e119" / f"T-REC-E.119-201704-{letter}.docx")
    assert document.language == language
    headings = [item for item in document.paragraphs if item.kind == "heading"]
    assert len(headings) >= 60
    assert document.title


def test_akoma_ntoso_collection(real_data: Path) -> None:
    document = load(real_data / "un" / "akn" / "pp18_final_acts_akn.xml")
    ids = [item.id for item in document.paragraphs]
    assert len(ids) == len(set(ids))
    assert {"dec-5.1", "dec-5.6.f", "dec-11.1"} <= set(ids)
    assert len({id_.split(".")[0] for id_ in ids if id_.startswith(("res-", "dec-"))}) >= 60


def test_paris_agreement(real_data: Path) -> None:
    document = load(real_data / "un" / "cop21" / "agreement" / "index.md")
    ids = [item.id for item in document.paragraphs]
    assert document.title == "Paris Agreement"
    assert sum(item.kind == "preamble" for item in document.paragraphs) == 16
    assert {"art2.1", "art4.19", "art6.9", "art9.9", "art14.3", "art29"} <= set(ids)


def test_draft_with_brackets_and_options(real_data: Path) -> None:
    document = load(real_data / "un" / "cop21" / "agreement" / "4-dec-2015" / "index.md")
    ids = [item.id for item in document.paragraphs]
    assert {"art1.14", "art2.opt1.1", "art3.1bis", "art3.7.opt5", "art3.3bis.optb"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_scans_are_refused_or_read_as_far_as_their_text_goes(real_data: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        load(real_data / "parser" / "A_RES_2758_1971_RU.pdf")
    assert refusal.value.code == "scan"
    document = load(real_data / "parser" / "A_L.632_1971_EN.pdf")
    assert document.symbol == "A/L.632"
    assert [item.kind for item in document.paragraphs][-2:] == ["preamble", "operative"]


@pytest.mark.parametrize(("name", "last"), [("S_2018_693-EN.pdf", "57"), ("S_2022_158-EN.pdf", "24")])
def test_security_council_drafts(real_data: Path, name: str, last: str) -> None:
    document = load(real_data / "parser" / name)
    numbers = [
        item.number
        for item in document.paragraphs
        if item.kind == "operative" and item.number and "annex" not in item.id
    ]
    assert numbers == [str(n) for n in range(1, int(last) + 1)]


def test_amendment_tables_lose_no_words(real_data: Path) -> None:
    import docx

    for name in ("BITKOM-amendments.docx", "Microsoft.docx"):
        path = real_data / "parser" / name
        read_words = Counter(" ".join(f"{item.label} {item.text}" for item in load(path).paragraphs).split())
        cells = {
            cell._tc: cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells
        }
        missing = Counter(" ".join(cells.values()).split()) - read_words
        assert sum(missing.values()) <= 2, (name, missing)


def test_legacy_encodings_of_contributions(real_data: Path) -> None:
    guessed: Counter[str] = Counter()
    for path in sorted((real_data / "contributions" / "netmundial").glob("*.txt")):
        document = load(path)
        assert "\ufffd" not in "".join(item.text for item in document.paragraphs), path.name
        guessed.update(
            item.message.split(" as ")[1].split(".")[0] for item in document.warnings if item.code == "encoding"
        )
    assert guessed["Windows-1252"] == 101
