"""Topics by listed words: six languages, what must not count, and offsets that hold."""

import csv
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.mentions import TOPIC_CODES, find_topics
from tribune.engine.types import LANGUAGES

SAID = [
    ("en", "Digital skills for women in smart cities", {"skills", "gender", "smart_cities"}),
    ("fr", "Les villes intelligentes, l’accès à Internet et les femmes", {"smart_cities", "connectivity", "gender"}),
    ("es", "La brecha digital y la inteligencia artificial en las escuelas", {"connectivity", "ai", "schools"}),
    ("ru", "Использование искусственного интеллекта в школах, права человека", {"ai", "schools", "rights"}),
    ("ar", "والمدن الذكية وحقوق الإنسان والمرأة", {"smart_cities", "rights", "gender"}),
    ("zh", "人工智能与智慧城市的数据治理", {"ai", "smart_cities", "data"}),
]


@pytest.mark.parametrize(("language", "text", "topics"), SAID)
def test_topics_are_found_in_each_language(language, text, topics):
    assert {hit.topic for hit in find_topics(text, language)} == topics


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_words_for_each_topic(language):
    from tribune.engine.mentions._topics import _lists

    assert set(_lists(language).words) == set(TOPIC_CODES)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "an enabling environment"), ("en", "living standards"), ("fr", "un environnement numérique"),
    ("es", "un clima de confianza"), ("zh", "营造有利环境"), ("en", "schooner"), ("en", "The database"),
])
def test_what_looks_like_it_does_not_count(language, text):
    assert not {hit.topic for hit in find_topics(text, language)} - {"connectivity"}


@given(st.text(max_size=80), st.sampled_from([*LANGUAGES, "pt", ""]))
def test_offsets_stand_in_the_text_and_nothing_breaks(text, language):
    for hit in find_topics(f"{text} smart cities 智慧城市", language):
        assert 0 <= hit.start < hit.end <= len(text) + 18
        assert hit.topic in TOPIC_CODES


@pytest.mark.real
def test_a_real_text_on_artificial_intelligence_speaks_of_it(real_data):
    from tribune.engine.text import read

    document = read((real_data / "un/resolutions/A_C.2_80_L.17.pdf").read_bytes(), name="a.pdf")
    spoken = [hit.topic for one in document.paragraphs for hit in find_topics(one.text, "en")]
    assert spoken.count("connectivity") > 3
    assert {"skills", "data", "sustainable"} <= set(spoken)


@pytest.mark.parametrize(("text", "topic"), [
    ("the Special Committee to Investigate practices", "finance"),
    ("the highest attainable standard of health", "standards"), ("international labour standards", "standards"),
])
def test_what_a_reading_of_hits_found_wrong_does_not_count(text, topic):
    assert topic not in {hit.topic for hit in find_topics(text, "en")}


@pytest.mark.real
def test_hits_that_were_read_are_right_as_often_as_the_card_says(real_data):
    """`topics_en.csv`: hits drawn with a seed from the texts, six a topic at most, judged by reading."""
    with gzip.open(real_data / "un/ga-fulltext-1202.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["symbol"]: row["text"] for row in map(json.loads, lines)}
    with Path(__file__).with_name("topics_en.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    # A little around each hit: what cancels it may begin before it.
    still = {}
    for row in labels:
        start, end = int(row["start"]), int(row["end"])
        begin = max(0, start - 60)
        hits = find_topics(texts[row["symbol"]][begin:end + 60], "en")
        still[(row["symbol"], row["start"], row["topic"])] = any(
            hit.topic == row["topic"] and begin + hit.start < end and begin + hit.end > start for hit in hits)
    right = {key for key, row in zip(still, labels, strict=True) if row["right"] == "1"}
    assert (len(labels), len(right)) == (109, 93)
    assert all(still[key] for key in right)
    assert sum(not still[key] for key in still if key not in right) == 3
