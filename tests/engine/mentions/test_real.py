"""On real UN texts: the labels made by reading, and three resolutions whose answer is known."""

from pathlib import Path

import pytest
from benchmarks.mentions import english_cases, other_cases, plain_list, score

from tribune.engine.mentions import annotate, count, find_mentions
from tribune.engine.text import read

pytestmark = pytest.mark.real


def spans(text: str, language: str) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.tier) for m in find_mentions(text, language)]


def test_english_on_all_labelled_sentences(real_data: Path) -> None:
    cases = english_cases(real_data)
    assert sum(len(gold) for _, gold in cases) == 496
    found = score(cases, spans, "en")
    assert found["explicit"]["precision"]["value"] >= 0.97
    assert found["explicit"]["recall"]["value"] >= 0.97
    assert found["counted"]["precision"]["value"] >= 0.97
    assert found["counted"]["recall"]["value"] >= 0.97


def test_english_on_sentences_that_changed_no_list(real_data: Path) -> None:
    found = score(english_cases(real_data, "fresh"), spans, "en")
    assert found["counted"]["precision"]["value"] >= 0.92
    assert found["counted"]["recall"]["value"] >= 0.92


def test_a_plain_word_list_does_worse(real_data: Path) -> None:
    cases = english_cases(real_data)
    ours, plain = score(cases, spans, "en"), score(cases, plain_list(real_data), "en")
    for tier in ("explicit", "counted"):
        assert ours[tier]["precision"]["low"] > plain[tier]["precision"]["high"]


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_aligned_sentences_in_each_language(real_data: Path, language: str) -> None:
    found = score(other_cases(real_data, language), spans, language)["explicit"]
    assert found["precision"]["value"] >= 0.95
    assert found["recall"]["value"] >= 0.90


@pytest.mark.parametrize("symbol", ["A_RES_80_173", "A_80_L.41"])
def test_wsis20_names_no_local_government(real_data: Path, symbol: str) -> None:
    document = read((real_data / "un" / "resolutions" / f"{symbol}.pdf").read_bytes(), name=f"{symbol}.pdf")
    assert count(annotate(document))["explicit"] == 0


def test_the_pact_names_them_twice_and_its_digital_compact_never(real_data: Path) -> None:
    document = annotate(read((real_data / "un" / "resolutions" / "A_RES_79_1.pdf").read_bytes(), name="a.pdf"))
    named = [p for p in document.paragraphs if any(m.tier == "explicit" for m in p.mentions)]
    assert [p.number for p in named] == ["83", "83(e)"]
    assert not any(p.id.startswith("annex") for p in named)


def test_the_human_settlements_resolution_names_them_in_six_paragraphs(real_data: Path) -> None:
    document = read((real_data / "un" / "resolutions" / "A_RES_79_214.pdf").read_bytes(), name="a.pdf")
    counted = count(annotate(document))
    # Six by reading; forty more hits of a plain word list are places, levels and names.
    assert counted["explicit"] == 6
    assert counted["level"] >= 25
