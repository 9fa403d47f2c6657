"""The redline gives both texts back exactly, and reads well."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.align import redline, words

ALPHABET = "ab cdé.,;()\n\t “”'’-–‑0 1地方政府。，سلطة وَلم؛город\u200f\u0301"
TEXTS = st.text(ALPHABET, max_size=80) | st.text(max_size=30)
PHRASES = st.lists(
    st.sampled_from(["shall ", "may ", "cities", ", ", "and ", "local ", "authorities ", ". ", "地", "方"]),
    max_size=60).map("".join)


def drawn(old: str, new: str) -> str:
    return "".join(text if sign == "=" else f"[{sign}{text}]" for sign, text in redline(old, new))


@given(TEXTS)
def test_words_join_back(text: str) -> None:
    assert "".join(words(text)) == text


@given(TEXTS | PHRASES, TEXTS | PHRASES)
def test_pieces_give_both_texts_back(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert "".join(text for sign, text in pieces if sign in "=-") == old
    assert "".join(text for sign, text in pieces if sign in "=+") == new
    assert all(text for _, text in pieces)
    assert all(one[0] != two[0] for one, two in pairwise(pieces))
    assert redline(old, new) == pieces


@given(TEXTS)
def test_a_text_against_itself_is_one_equal_piece(text: str) -> None:
    assert redline(text, text) == ((("=", text),) if text else ())


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("Plans shall be prepared with municipal authorities.",
     "Plans may be prepared with municipal authorities, as appropriate.",
     "Plans [-shall ][+may ]be prepared with municipal authorities[+, as appropriate]."),
    ("authorities, and cities", "authorities, as appropriate, and cities",
     "authorities[+, as appropriate], and cities"),
    ("One is. Two was. Three.",
     "One is. New here was. Two was. Three.",
     "One is. [+New here was. ]Two was. Three."),
    ("persons in need", "persons", "persons[- in need]"),
    ("roads and bridges", "roads and harbours and bridges", "roads [+and harbours ]and bridges"),
    ("three cities", "three\ncities", "three[- ][+\n]cities"),
    ("各国政府应当与地方政府协商。",
     "各国政府可酌情与地方政府协商。",
     "各国政府[-应当][+可酌情]与地方政府协商。"),
    ("Les villes doivent être consultées.", "Les villes peuvent être consultées.",
     "Les villes [-doivent ][+peuvent ]être consultées."),
    ("Las ciudades deberán participar.", "Las ciudades podrán participar.",
     "Las ciudades [-deberán ][+podrán ]participar."),
    ("Государства должны помогать городам.", "Государства могут помогать городам.",
     "Государства [-должны ][+могут ]помогать городам."),
    ("السلطات المحلية تشارك في التنفيذ", "السلطات المحلية قد تشارك في التنفيذ",
     "السلطات المحلية [+قد ]تشارك في التنفيذ"),
])
def test_a_person_would_have_marked_it_so(old: str, new: str, expected: str) -> None:
    assert drawn(old, new) == expected


def test_words_that_survive_by_chance_are_no_confetti() -> None:
    old = "Encourages ministries of finance to publish the annual accounts of every public enterprise."
    new = "Requests all schools to teach the safe use of networks from the first year onwards."
    assert len(redline(old, new)) <= 5


def test_kinds_of_quotes_do_not_hide_that_the_words_stayed() -> None:
    assert drawn("a “smart” city is", 'a "smart" city was').count("smart") == 1


def test_arabic_vowel_signs_stay_within_their_word() -> None:
    assert words("وَلَمْ يكن") == ("وَلَمْ ", "يكن")


def test_a_document_without_unique_words_is_still_given_back() -> None:
    old, new = "a b c " * 3000, "b c a c " * 2500
    pieces = redline(old, new)
    assert "".join(text for sign, text in pieces if sign != "+") == old
    assert "".join(text for sign, text in pieces if sign != "-") == new
