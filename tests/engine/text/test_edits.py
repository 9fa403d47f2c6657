"""A reading put right by hand: each act, undoing, numbers that move, notices that go away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.text import ACTS, Edit, EditRefused, oddities, read, replay

TEXT = """The Council,

Recalling its mandate,

I. Services

1. We resolve to involve local authorities, by:

(a) publishing what each service decides;

(b) keeping a counter open;

2. We commit to schools.

4. We promise roads, built in

2015. They shall last. 5. We close.

LC/1 page 2

Annex I

1. The fund is set up.

2. It pays.
"""


def document():
    return read(TEXT.encode(), name="t.txt").paragraphs


def ids(rows):
    return [row.paragraph.id for row in rows if not row.dropped]


def row(rows, id_):
    return next(row.paragraph for row in rows if row.paragraph.id == id_)


def test_without_acts_the_reading_comes_back():
    assert tuple(row.paragraph for row in replay(document(), [])) == document()


def test_merge_takes_a_mistaken_number_back_into_the_text():
    rows = replay(document(), [])
    stray = next(row for row in rows if "They shall last" in row.paragraph.text)
    merged = replay(document(), [Edit(1, "merge", stray.key)])
    text = row(merged, "4").text
    assert text.startswith("We promise roads, built in 2015. They shall last.")
    assert len(merged) == len(rows) - 1


def test_split_reads_the_mark_of_the_second_part():
    rows = replay(document(), [])
    stray = next(one for one in rows if "They shall last" in one.paragraph.text)
    place = stray.paragraph.text.index("5. We close")
    after = replay(document(), [Edit(1, "split", stray.key, {"at": [place]})])
    assert row(after, "5").text == "We close."
    assert row(after, "5").number == "5"
    assert next(one for one in after if one.key == f"{stray.key}+1.1").paragraph.id == "5"


def test_renumber_takes_the_points_along():
    rows = replay(document(), [Edit(1, "number", "1", {"number": "7"})])
    assert row(rows, "7.b").number == "7(b)"
    assert row(rows, "7").label == "7."


def test_renumber_moves_what_follows():
    rows = replay(document(), [Edit(1, "number", "4", {"number": "3", "following": True}),
                               Edit(2, "number", "1.a", {"number": "1(b)", "following": True})])
    assert {"3", "1.b", "1.c"} <= set(ids(rows))
    assert row(rows, "annex1.2").number.endswith(", 2"), "an annex has numbers of its own"


def test_letter_alone_hangs_below_the_number_before():
    rows = replay(document(), [Edit(1, "number", "2", {"number": "(c)"})])
    assert row(rows, "1.c").number == "1(c)"
    assert row(rows, "1.c").kind == "sub"


def test_numbers_in_an_annex_keep_their_words():
    rows = replay(document(), [Edit(1, "number", "annex1.2", {"number": "3"})])
    assert row(rows, "annex1.3").number == "Annex I, 3"


def test_an_annex_that_was_not_seen():
    text = read(b"1. One.\n\n2. Two.\n\nThe list of funds that follow\n\n1. The fund.\n\n2. Pays.\n", name="t.txt")
    missed = next(item for item in text.paragraphs if "list" in item.text)
    assert [notice.code for notice in oddities(text.paragraphs)] == ["restart"]
    rows = replay(text.paragraphs, [Edit(1, "kind", missed.id, {"kind": "annex"})])
    assert {"1", "2", "annex1", "annex1.1", "annex1.2"} <= set(ids(rows))
    assert not oddities([row.paragraph for row in rows])
    back = replay(text.paragraphs, [Edit(1, "kind", missed.id, {"kind": "annex"}),
                                    Edit(2, "kind", missed.id, {"kind": "other"})])
    assert {"1", "2", "1~2", "2~2"} <= set(ids(back))


def test_a_line_becomes_a_heading_above_what_follows():
    rows = replay(document(), [Edit(1, "kind", "2", {"kind": "heading", "level": 2})])
    heading = next(one for one in rows if one.key == "2")
    assert heading.paragraph.id.startswith("h.")
    assert heading.paragraph.number == ""
    assert row(rows, "4").headings[-1] == "2. We commit to schools."
    up = replay(document(), [Edit(1, "kind", "2", {"kind": "heading", "level": 2}),
                             Edit(2, "level", "2", {"level": 1})])
    assert row(up, "4").headings == ("2. We commit to schools.",)


def test_dropped_lines_stay_and_come_back():
    rows = replay(document(), [Edit(1, "drop", "2")])
    assert "2" not in ids(rows)
    assert next(one for one in rows if one.key == "2").dropped
    assert replay(document(), [Edit(1, "drop", "2"), Edit(2, "restore", "2")])[6].paragraph.text


def test_a_gap_is_a_notice_until_it_is_mended():
    before = oddities(document())
    assert ("gap", ("4", "2")) in [(notice.code, notice.values) for notice in before]
    assert before[0].paragraph in [item.id for item in document()]
    after = replay(document(), [Edit(1, "number", "4", {"number": "3"})])
    assert ("4", "2") not in [notice.values for notice in oddities([one.paragraph for one in after])]


@pytest.mark.parametrize(("edit", "code"), [
    (Edit(1, "merge", "nowhere"), "gone"), (Edit(1, "merge", "u.1"), "first"),
    (Edit(1, "split", "2", {"at": [0]}), "place"), (Edit(1, "split", "2", {"at": [9999]}), "place"),
    (Edit(1, "number", "2", {"number": "thirty"}), "number"), (Edit(1, "level", "2", {"level": 1}), "level"),
    (Edit(1, "kind", "2", {"kind": "poem"}), "kind"), (Edit(1, "sing", "2"), "act"),
    (Edit(1, "join", "2", {"path": "4"}), "taken"),
])
def test_what_cannot_be_done_is_refused_with_a_code(edit, code):
    with pytest.raises(EditRefused) as refused:
        replay(document(), [edit])
    assert refused.value.code == code


_DATA = st.fixed_dictionaries({}, optional={
    "at": st.lists(st.integers(0, 60), max_size=3), "number": st.sampled_from(["3", "12(c)", "(d)", "", "x", "9bis"]),
    "following": st.booleans(), "kind": st.sampled_from(["heading", "annex", "other", "operative", "sub", "note",
                                                          "preamble"]),
    "level": st.integers(1, 4), "path": st.just("99")})


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 30), _DATA), max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_acts_leave_unique_ids_and_lose_no_letter(acts):
    """Whatever is done, ids stay unique and every letter of the file is still there, in its order."""
    reading, done = document(), []
    for serial, (act, place, data) in enumerate(acts, start=1):
        keys = [one.key for one in replay(reading, done)]
        try:
            replay(reading, [*done, Edit(serial, act, keys[place % len(keys)], data)])
        except EditRefused:
            continue
        done.append(Edit(serial, act, keys[place % len(keys)], data))
    rows = replay(reading, done)
    kept = ids(rows)
    assert len(kept) == len(set(kept))
    letters = "".join(item.text for item in reading)
    assert sum(map(str.isalpha, letters)) <= sum(map(str.isalpha, "".join(one.text for one in rows)))
    assert replay(reading, done) == rows
