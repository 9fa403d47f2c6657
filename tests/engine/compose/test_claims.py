import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.compose import Counts, claims, excesses, phrase
from tribune.engine.types import LANGUAGES

SOME = Counts(said=4, otherwise=1, took_part=10)


@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "All cities must be consulted before every programme.", ["all"]),
    ("en", "Most of the local and regional governments keep a counter open.", ["most"]),
    ("en", "Twelve cities and 3 regions ask for a line.", ["number", "number"]),
    ("en", "By 2032, 40 per cent of schools are connected.", []),
    ("en", "The capacities of allies grow.", []),
    ("en", "We unanimously ask for it.", ["absolute"]),
    ("en", "We ask to add that a school nobody has counted is counted first.", []),
    ("en", "We ask to add to paragraph 27 terms that local governments can meet.", []),
    ("en", "Seven small cities ask for it.", ["number"]),
    ("fr", "Toutes les villes demandent une ligne.", ["all"]),
    ("fr", "La plupart des collectivités territoriales demandent cela.", ["most"]),
    ("es", "Todas las ciudades piden una línea.", ["all"]),
    ("es", "Cinco ciudades lo piden.", ["number"]),
    ("ru", "Все города просят об этом.", ["all"]),
    ("ru", "Большинство городов просит об этом.", ["most"]),
    ("ar", "تطلب جميع المدن خطا هاتفيا.", ["all"]),
    ("ar", "تطلب معظم المدن ذلك.", ["most"]),
    ("zh", "所有城市都要求保留窗口。", ["all"]),
    ("zh", "大多数城市要求保留窗口。", ["most"]),
])
def test_claims_are_found(language, text, kinds):
    found = claims(text, language)
    assert [claim.kind for claim in found] == kinds
    for claim in found:
        assert text[claim.start:claim.end].strip()


@pytest.mark.parametrize(("text", "codes"), [
    ("All cities ask for it.", ["all"]),
    ("Most cities ask for it.", ["most"]),
    ("Several cities ask for it.", []),
    ("Four cities ask for it.", []),
    ("Five cities ask for it.", ["number"]),
    ("Cities ask for it.", []),
    ("Everyone asks for it.", ["absolute"]),
])
def test_a_sentence_may_not_say_more_than_its_sources(text, codes):
    assert [excess.code for excess in excesses(text, "en", SOME)] == codes


def test_all_is_true_only_of_everybody_without_a_contrary_voice():
    assert not excesses("All cities ask for it.", "en", Counts(10, 0, 10))
    assert excesses("All cities ask for it.", "en", Counts(10, 1, 10))
    assert excesses("All cities ask for it.", "en", Counts(9, 0, 10))


def test_sentence_without_a_source_is_amber_as_a_whole():
    [excess] = excesses("Nobody said this.", "en", Counts(0, 0, 10))
    assert (excess.code, excess.start, excess.end) == ("unsupported", 0, 17)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_the_strongest_phrase_never_exceeds(said, otherwise, silent):
    counts = Counts(said, otherwise, said + otherwise + silent)
    word = phrase(counts)
    if word in ("all", "most", "many", "several"):
        assert not excesses(f"{word} cities ask for it.", "en", counts)
    if word == "number" and said > 12:
        assert not excesses(f"{said} cities ask for it.", "en", counts)


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_read(text, language):
    for claim in claims(text, language):
        assert 0 <= claim.start < claim.end <= len(text)
