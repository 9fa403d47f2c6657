"""A library that grows judges as one reading of all its rows does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.types import ASK_KINDS, Ask
from tribune.engine.uptake import Library, Row, judge_rows

WORDS = ["cities", "shall", "may", "consult", "local", "governments", "as", "appropriate", "the", "of", "and", "States",
         "schools", "connect"]
SAID = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
ROWS = st.lists(st.tuples(SAID, st.one_of(st.none(), SAID)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 8), st.lists(st.builds(
    Ask, st.just("a"), st.sampled_from(ASK_KINDS), st.just(""), SAID, SAID, st.just("")), min_size=1, max_size=3))
def test_added_in_parts_or_at_once_gives_the_same(texts, cut, asks):
    rows = [Row(f"r{n}", new, old) for n, (new, old) in enumerate(texts)]
    shelf = Library("en")
    shelf.add(rows[:cut])
    shelf.judge(asks)
    shelf.add(rows[cut:])
    assert shelf.judge(asks) == judge_rows(asks, rows, language="en")


def test_an_id_stands_once():
    shelf = Library("en")
    shelf.add([Row("a", "Cities act.")])
    with pytest.raises(ValueError, match="'a'"):
        shelf.add([Row("a", "States act.")])


def test_an_empty_library_has_nothing():
    found, = Library("en").judge([Ask("a", "ADD", new="local governments")])
    assert found.verdict == "none"
