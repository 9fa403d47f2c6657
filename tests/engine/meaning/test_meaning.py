"""Vectors of meaning: the same for the same text, comparable across languages, honest about what it cannot read."""

import json
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.meaning import (
    LANGUAGES,
    SIZE,
    MemoryCache,
    centred,
    cosines,
    counterparts,
    doubts,
    encode,
    figures,
    key_of,
    margins,
    speaks,
)

SAME = [
    "Cities need money to adapt to the changing climate.",
    "Les villes ont besoin d'argent pour s'adapter au changement climatique.",
    "Las ciudades necesitan dinero para adaptarse al cambio climático.",
    "Городам нужны деньги, чтобы приспособиться к изменению климата.",
    "تحتاج المدن إلى المال للتكيف مع تغير المناخ.",
    "城市需要资金来适应气候变化。",
]
OTHER = "The minutes of the meeting are kept in the archive."


class Counting(MemoryCache):
    """A cache that remembers how it was asked."""

    def __init__(self):
        super().__init__()
        self.asked, self.kept = 0, 0

    def get_many(self, keys):
        self.asked += 1
        return super().get_many(keys)

    def put_many(self, values):
        self.kept += len(values)
        super().put_many(values)


def test_rows_are_of_length_one_and_blank_texts_are_zero():
    rows = encode([*SAME, "", " \n"])
    assert rows.shape == (8, SIZE)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows[:6], axis=1), 1, atol=1e-6)
    assert not rows[6:].any()


def test_nothing_gives_no_rows():
    assert encode([]).shape == (0, SIZE)
    assert cosines("a", []) == []
    assert counterparts([], ["a"]) == []
    assert counterparts(["a"], []) == [(-1, 0.0)]


def test_six_languages_say_the_same():
    rows = encode([*SAME, OTHER])
    likeness = rows @ rows.T
    assert likeness[:6, :6].min() > 0.55
    assert likeness[6, :6].max() < 0.35


def test_a_vector_does_not_depend_on_what_stands_beside_it():
    texts = [*SAME, OTHER, "Yes.", " ".join(SAME * 9), "Second"]
    together = encode(texts)
    for n, text in enumerate(texts):
        assert np.abs(encode([text])[0] - together[n]).max() < 2e-3
    backwards = encode(texts[::-1])[::-1]
    assert (backwards == together).all()


def test_equal_texts_share_a_row_also_in_another_form():
    text = "Le défi de la région"
    one, other, wide = encode([text, unicodedata.normalize("NFD", text), text.replace(" ", "  ")])
    assert (one == other).all()
    assert (one == wide).all()
    assert key_of(text) == key_of(unicodedata.normalize("NFD", text))


def test_a_cache_is_asked_once_and_changes_nothing():
    cache = Counting()
    first = encode([*SAME, SAME[0]], cache=cache)
    assert (cache.asked, cache.kept) == (1, 6)
    second = encode([*SAME, SAME[0]], cache=cache)
    assert (cache.asked, cache.kept) == (2, 6)
    assert (first == second).all()
    assert (first == encode([*SAME, SAME[0]])).all()


def test_a_spoilt_value_in_a_cache_is_made_again():
    cache = MemoryCache()
    cache.put_many({key_of(OTHER): b"spoilt"})
    assert (encode([OTHER], cache=cache) == encode([OTHER])).all()


def test_progress_ends_at_the_number_of_distinct_texts():
    heard = []
    encode([f"Paragraph {n % 300}" for n in range(400)], progress=lambda done, of: heard.append((done, of)))
    assert heard[0] == (0, 300)
    assert heard[-1] == (300, 300)
    assert heard == sorted(heard)


def test_a_very_long_text_keeps_its_subject():
    long = " ".join([*SAME] * 200)
    assert cosines(SAME[0], [long, OTHER])[0] > 0.5


def test_languages_and_scripts_it_does_not_know_are_named():
    assert all(speaks(code) for code in LANGUAGES)
    assert not speaks("sw")
    assert [d.code for d in doubts(["Οι πόλεις", "Miji yetu", "123", "Cities"], ["", "sw", "en", "en"])] == [
        "foreign_script", "foreign_language", "no_words"]
    assert doubts(SAME) == ()
    with pytest.raises(ValueError, match="2 languages for 1 texts"):
        doubts(["a"], ["en", "fr"])


def test_counterparts_go_by_number_where_words_are_alike():
    english = [f"The budget of {year} was adopted by the council." for year in range(2011, 2021)]
    french = [f"Le conseil a adopté le budget de {year}." for year in range(2011, 2021)]
    assert [n for n, _ in counterparts(english, french[::-1])] == list(range(9, -1, -1))


def test_numbers_of_every_script_are_the_same_numbers():
    assert figures("2015, ٢٠١٥ и ２０１５") == {"2015"}


def test_margins_take_away_what_is_near_to_all():
    scores = np.array([[0.9, 0.8], [0.9, 0.3], [0.9, 0.2]], dtype=np.float32)
    assert margins(scores, 3).argmax(axis=1).tolist() == [1, 0, 0]


def test_centring_leaves_small_groups_and_zeros_alone():
    rows = encode([*SAME, ""])
    assert np.allclose(centred(rows, ["x"] * 7), rows, atol=1e-6)
    many = encode([f"Rue {n}" for n in range(60)])
    assert np.abs(centred(many, ["fr"] * 60).mean(axis=0)).max() < np.abs(many.mean(axis=0)).max()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_vector_of_length_one_or_zero(text):
    row = encode([text])[0]
    assert np.isfinite(row).all()
    assert json.dumps(row.tolist())
    assert not row.any() if not text.strip() else abs(float(np.linalg.norm(row)) - 1) < 1e-5


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u200b\u200b", "\u202e", "x" * 20_000, "🏙️" * 50])
def test_hostile_texts_are_texts(text):
    assert np.isfinite(encode([text, "Cities"])).all()
    doubts([text])
    key_of(text)
    figures(text)
