"""What a statement may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.listen.refusals import Incomplete
from tribune.listen.statement_text import clean, length


@pytest.mark.parametrize("text", [
    "", "   ", "\u200b\u200b", "a" * 201, "a" * 10_000, "<b>bold</b> words", "words <script>",
    "see [this](javascript:x)",
    "left \u202eright", "an \u2066isolate\u2069", "z" + "\u0301" * 9 + "algo", "!!!", "👍👍"])
def test_what_cannot_be_read_as_written_is_refused_with_a_line(text):
    with pytest.raises(Incomplete) as refused:
        clean(text)
    assert refused.value.field == "text"
    assert refused.value.words


@pytest.mark.parametrize(("text", "kept"), [
    ("  two   spaces ", "two spaces"), ("soft\u00adhyphen", "softhyphen"), ("5 < 6 and 7 > 6, they say", None),
    ("\u200fنريد حافلة رقم 12\u200f الآن", None), ("我们要更多的树", None), ("Trees 🌳 and people 👩‍🚀", None)])
def test_plain_words_of_any_script_stay(text, kept):
    assert clean(text) == (kept or text)


def test_two_hundred_are_counted_as_people_count():
    assert length("👩‍👩‍👧‍👦") == 1
    assert length("🇰🇪🇫🇷") == 2
    assert clean("a" + "e\u0331" * 199) is not None
    with pytest.raises(Incomplete):
        clean("a" + "e\u0331" * 200)


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(text):
    try:
        once = clean(text)
    except Incomplete:
        return
    assert clean(once) == once
    assert length(once) <= 200
