"""Keys compare across case, spelling and inflection, with exact offsets, in six languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.search import Bm25, analyse, guess_language, terms


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Cities organise programmes", "city organized program"),
        ("en", "the co-operation of sub-national labour centres", "the cooperation of subnational labor centers"),
        ("en", "We can’t agree", "we cannot agreed"),
        ("fr", "Les collectivités locales", "la collectivité locale"),
        ("es", "las ciudades inteligentes", "la ciudad inteligente"),
        ("ru", "местные органы власти", "местных органов власти"),
        ("ar", "الحُكُومَات المحلّية", "الحكومات المحلية"),
    ],
)
def test_forms_of_a_word_have_one_key(language, one, other):
    weighty = [
        [k for k, w in zip(words.keys, words.weights, strict=True) if w == 1.0]
        for words in (analyse(one, language), analyse(other, language))
    ]
    assert weighty[0] == weighty[1]


@pytest.mark.parametrize(
    "pair",
    [
        "government governance",
        "international internal",
        "informal information",
        "shall should",
        "university universal",
        "may can",
        "policy police",
        "authority author",
    ],
)
def test_words_that_differ_in_meaning_have_two(pair):
    one, other = analyse(pair, "en").keys
    assert one != other


def test_han_words_are_single_characters_and_indexed_as_pairs():
    words = analyse("地方政府 AI", "zh")
    assert words.keys[:4] == ("地", "方", "政", "府")
    assert terms(words) == ["地方", "方政", "政府", "ai"]


@given(st.text(max_size=80), st.sampled_from(["", "ar", "en", "es", "fr", "ru", "zh"]))
def test_offsets_lie_in_the_text_in_order(text, language):
    words = analyse(text, language)
    last = 0
    for start, end, key, printed in zip(words.starts, words.ends, words.keys, words.printed, strict=True):
        assert last <= start < end <= len(text)
        assert key
        assert text[start:end].casefold() == printed
        last = end


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The cities of the world", "en"),
        ("Les villes du monde", "fr"),
        ("Las ciudades del mundo", "es"),
        ("Города мира", "ru"),
        ("مدن العالم", "ar"),
        ("世界城市", "zh"),
        ("", "en"),
        ("42", "en"),
    ],
)
def test_the_language_is_guessed(text, language):
    assert guess_language(text) == language


def test_bm25_prefers_rare_words_and_short_texts():
    index = Bm25([["city", "plan", "road"], ["city"], ["road"], ["road", "river"]])
    assert [n for n, _ in index.top(["city"], 9)] == [1, 0]
    assert [n for n, _ in index.top(["road", "river"], 9)] == [3, 2, 0]
    assert index.documents_with("road") == 3
    assert index.top(["sea"], 3) == []


def test_bm25_over_nothing_finds_nothing():
    assert Bm25([]).top(["city"], 3) == []
    assert Bm25([[], []]).top(["city"], 3) == []
