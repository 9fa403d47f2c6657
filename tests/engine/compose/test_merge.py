import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.compose import merge

WORDS = st.lists(st.sampled_from(["three", "cities", "ask", "that", "counters", "stay", "open", "市", "镇"]),
                 max_size=12).map(" ".join)


def test_changes_apart_from_each_other_are_joined():
    assert merge("Three cities ask that counters stay open.", "Four cities ask that counters stay open.",
                 "Three cities ask that counters stay open everywhere.") == (
        "Four cities ask that counters stay open everywhere.")
    joined = merge("三个城市要求保留窗口。", "四个城市要求保留窗口。", "三个城市要求保留所有窗口。")
    assert joined == "四个城市要求保留所有窗口。"


@pytest.mark.parametrize(("mine", "theirs"), [
    ("Four cities ask.", "Five cities ask."),
    # Neighbouring words are one thought.
    ("Four cities ask.", "Three towns ask."),
    ("", "Three cities ask today."),
])
def test_changes_that_touch_are_not_joined(mine, theirs):
    assert merge("Three cities ask.", mine, theirs) is None


@given(WORDS, WORDS)
def test_who_changed_nothing_loses_nothing(base, other):
    assert merge(base, base, other) == other
    assert merge(base, other, base) == other
    assert merge(base, other, other) == other


@given(WORDS, WORDS, WORDS)
def test_order_of_the_two_does_not_matter_and_no_word_is_made_up(base, mine, theirs):
    joined = merge(base, mine, theirs)
    assert joined == merge(base, theirs, mine)
    if joined is not None:
        assert set(joined.split()) <= set(" ".join((base, mine, theirs)).split())
        for word in set(mine.split()) - set(base.split()):
            assert joined.split().count(word) >= 1
