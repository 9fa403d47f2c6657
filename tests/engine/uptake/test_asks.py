"""Asks and tables of texts are read row by row; bad rows are named, never fatal."""

import pytest

from tribune.engine.types import Ask, Unreadable
from tribune.engine.uptake import Row, read_asks, read_rows

HEAD = "id,kind,target,old,new,text"


def test_asks_are_read_in_order_with_cells_trimmed():
    asks, bad = read_asks([HEAD + "\n", "b, change ,4, may ,shall,\n", "a,KEEP,,cities,,\n"])
    assert asks == (Ask("b", "CHANGE", "4", "may", "shall", ""), Ask("a", "KEEP", "", "cities", "", ""))
    assert bad == ()


def test_a_byte_order_mark_and_further_columns_do_no_harm():
    asks, _ = read_asks(["\ufeffKind,id,note,target,old,new,text\n", "ADD,x,ours,,,cities,\n"])
    assert asks == (Ask("x", "ADD", new="cities"),)


def test_quoted_cells_keep_their_commas_and_lines():
    asks, bad = read_asks([HEAD + "\n", 'x,ADD,,,"cities,\n', 'and regions",\n', "y,WISH,,,,z\n"])
    assert asks[0].new == "cities,\nand regions"
    assert [(b.line, b.code) for b in bad] == [(4, "unknown_kind")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",ADD,,,x,", "no_id"),
        ("a,WISH,,,x,", "unknown_kind"),
        ("a,ADD,,,,", "empty_ask"),
        ("a,CHANGE,,,,", "empty_ask"),
        ("a,DELETE,,,,", "empty_ask"),
        ("a,KEEP,,,,", "empty_ask"),
        ("first,ADD,,,x,", "repeated_id"),
        ("a,ADD", "bad_row"),
        ("a,ADD,,,x,,,surplus", "bad_row"),
    ],
)
def test_a_bad_row_is_named_and_the_others_stay(row, code):
    asks, bad = read_asks([HEAD, "first,ADD,,,cities,", row, "last,ADD,,,towns,"])
    assert [a.id for a in asks] == ["first", "last"]
    assert [(b.line, b.code) for b in bad] == [(3, code)]
    assert bad[0].message


def test_missing_columns_are_refused_by_name():
    with pytest.raises(Unreadable) as refusal:
        read_asks(["id,kind,old", "a,ADD,x"])
    assert refusal.value.code == "missing_columns"
    assert "target, new, text" in refusal.value.what


def test_an_empty_table_is_refused():
    with pytest.raises(Unreadable) as refusal:
        read_asks([])
    assert refusal.value.code == "empty_table"


def test_blank_lines_are_no_rows():
    assert read_asks([HEAD, "", ",,,,,", "a,ADD,,,x,"]) == ((Ask("a", "ADD", new="x"),), ())


def test_rows_of_a_text_keep_their_spaces_because_offsets_count_in_them():
    rows, bad = read_rows(["id,text,old", "1,  spaced ,", "1,twice,", "2,only two"])
    assert rows == (Row("1", "  spaced ", ""),)
    assert [b.code for b in bad] == ["repeated_id", "bad_row"]


def test_without_a_column_old_rows_replace_nothing():
    assert read_rows(["id,text", "1,cities"])[0] == (Row("1", "cities", None),)
