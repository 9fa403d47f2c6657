"""Twenty-one UN documents against facts that were read by eye from their raw text layer."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.text import FACTS, expanded

from tribune.engine.text import read
from tribune.engine.types import Document

pytestmark = pytest.mark.real

# A mark glued to a word, a job number, half a hyphenation: what page furniture leaves behind.
DEBRIS = re.compile(
    r"[a-z,;](?<!SDG)[1-9]\d?(?=\s)|\b\d\d-\d{5}\b|\w -\w(?<!and -\w)|[\ue000-\uf8ff\ufffe\u00ad]|_{4,}"
)


@pytest.fixture(scope="module", params=sorted(FACTS))
def found(request: pytest.FixtureRequest, real_data: Path) -> tuple[dict[str, object], Document]:
    path = real_data / "un" / "resolutions" / f"{request.param}.pdf"
    return FACTS[request.param], read(path.read_bytes(), name=path.name)


def test_every_numbered_paragraph_with_its_number(found: tuple[dict[str, str], Document]) -> None:
    facts, document = found
    numbered = [item for item in document.paragraphs if item.number and item.kind != "annex"]
    assert [item.id for item in numbered] == expanded(facts["ids"])
    for item in numbered:
        last = item.id.rpartition(".")[2]
        assert re.sub(r"\W", "", item.number).lower().endswith(last.removeprefix("art")), item


def test_symbol_title_pages_and_preamble(found: tuple[dict[str, object], Document]) -> None:
    facts, document = found
    assert document.symbol == facts["symbol"]
    assert document.source.pages == facts["pages"]
    assert document.language == "en"
    assert len(document.title.split()) == facts["title_words"]
    parts = Counter(
        item.id.rpartition("pre.")[0].rstrip(".")
        for item in document.paragraphs
        if item.kind == "preamble" and not item.number
    )
    assert dict(parts) == facts["preamble"]


def test_nothing_of_the_page_is_left_in_paragraphs(found: tuple[dict[str, object], Document]) -> None:
    _, document = found
    texts = [(item.id, DEBRIS.findall(item.text)) for item in document.paragraphs if item.kind != "note"]
    assert [(id_, debris) for id_, debris in texts if debris] == []
    title = document.title
    inside = [
        item.id for item in document.paragraphs if item.kind in ("operative", "sub") and item.text.endswith(title)
    ]
    assert inside == []


def test_front_matter_is_kept_apart(found: tuple[dict[str, object], Document]) -> None:
    facts, document = found
    if "/RES/" not in str(facts["symbol"]):
        return
    line = [
        item for item in document.paragraphs if item.text.startswith("[") and "ommittee" in item.text and item.page == 1
    ]
    assert [item.kind for item in line[:1]] == ["other"]
    closing = [item for item in document.paragraphs if "plenary meeting" in item.text and len(item.text) < 80]
    assert [item.kind for item in closing] == ["other"]


def test_paragraphs_end_where_they_end(found: tuple[dict[str, object], Document]) -> None:
    """A paragraph cut at a page end, or glued to a heading, does not end in a mark of punctuation."""
    _, document = found
    ends = [item.id for item in document.paragraphs if item.kind in ("operative", "sub", "preamble")
            and not re.search(r"[.;:,!?)”]$| and$| or$", item.text)]  # fmt: skip
    # One point of the convention is printed without its semicolon.
    assert [id_ for id_ in ends if not id_.startswith("u.") and id_ != "annex1.art40.3.k"] == []


def test_ids_are_unique_and_only_true_oddities_are_noticed(found: tuple[dict[str, object], Document]) -> None:
    facts, document = found
    ids = [item.id for item in document.paragraphs]
    assert len(ids) == len(set(ids))
    expected = ["start", "start"] if facts["symbol"] == "A/RES/79/243" else []  # notes on articles 17 and 35
    assert [item.code for item in document.warnings] == expected
