"""Asks against a table: each row with an older wording is a change of its own."""

from tribune.engine.types import Ask
from tribune.engine.uptake import Row, judge_rows

OLD = "The controller may process data where the person agrees."
ROWS = [
    Row("swap", OLD.replace("may", "shall"), OLD),
    Row("same", OLD, OLD),
    Row("other", OLD.replace("agrees", "agrees in writing"), OLD),
    Row("cut", OLD.replace(" where the person agrees", ""), OLD),
    Row("gone", "", OLD),
]


def judged(**words):
    (found,) = judge_rows([Ask("a", "CHANGE", **words)], ROWS)
    return found


def test_a_one_word_swap_finds_the_row_that_makes_it():
    found = judged(old=OLD, new=ROWS[0].text)
    assert (found.verdict, found.direction) == ("verbatim", "strengthened")
    assert found.evidence[0].paragraph == "swap"
    assert [ROWS[0].text[a:b] for a, b in found.evidence[0].spans] == ["shall"]


def test_a_pure_deletion_finds_the_row_that_makes_it_and_shows_the_older_words():
    found = judged(old=OLD, new=ROWS[3].text)
    assert (found.verdict, found.evidence[0].paragraph, found.evidence[0].where) == ("verbatim", "cut", "old")
    assert [OLD[a:b] for a, b in found.evidence[0].spans] == ["where the person agrees"]


def test_striking_everything_finds_the_row_that_is_empty():
    assert judged(old=OLD, new="").evidence[0].paragraph == "gone"


def test_among_equal_changes_the_one_in_the_same_wording_comes_first():
    far = "Each court may publish its rules in the gazette."
    rows = [Row("far", far.replace("may", "shall"), far), ROWS[0]]
    (found,) = judge_rows([Ask("a", "CHANGE", old=OLD, new=ROWS[0].text)], rows)
    assert [e.paragraph for e in found.evidence] == ["swap", "far"]


def test_rows_without_older_wording_are_judged_as_paragraphs():
    rows = [Row("1", "States shall consult cities."), Row("2", "Ports are open.")]
    (found,) = judge_rows([Ask("a", "ADD", new="consult cities")], rows)
    assert (found.verdict, found.evidence[0].paragraph) == ("verbatim", "1")
