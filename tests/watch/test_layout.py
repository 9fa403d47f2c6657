"""Paragraphs, their sub-paragraphs, and what is counted."""

from tribune.watch.layout import Line, counts, units

LINES = [
    Line("h.1", "heading"),
    Line("pre.1", "preamble", size=10),
    Line("12", "operative", size=10),
    Line("12.a", "sub", size=5, n_explicit=1),
    Line("12.a.i", "sub", size=5),
    Line("13", "operative", size=10, n_level=1),
    # A sub-paragraph whose paragraph was not read stands for itself: nothing is lost.
    Line("15.a", "sub", size=5, n_level=1, n_explicit=1),
    Line("note.1", "note", n_explicit=1),
]


def test_subs_hang_below_their_paragraph():
    assert [[line.path for line in unit.lines] for unit in units(LINES)] == [
        ["h.1"], ["pre.1"], ["12", "12.a", "12.a.i"], ["13"], ["15.a"], ["note.1"]]


def test_a_paragraph_names_what_its_subs_name_and_headings_and_notes_do_not_count():
    found = counts(LINES)
    assert (found.paragraphs, found.naming, found.maybe) == (4, 2, 1)


def test_prefix_of_a_number_is_no_parent():
    assert len(units([Line("1", "operative"), Line("12.a", "sub")])) == 2


def test_nothing_counts_nothing():
    assert counts([]).paragraphs == 0


FRONT = [
    Line("u.1", "other", size=20),
    Line("u.2", "other", size=20, n_explicit=1),
    Line("u.3", "other", size=900),
    Line("1", "operative", size=100),
    Line("u.4", "other", size=20),
]


def test_front_matter_is_not_counted_unless_it_says_something():
    assert [unit.head.path for unit in units(FRONT) if unit.is_counted] == ["u.2", "u.3", "1", "u.4"]


def test_a_text_without_numbers_has_no_front_matter():
    lines = [Line(f"u.{n}", "other", size=20) for n in range(3)]
    assert counts(lines).paragraphs == 3


def test_the_line_that_opens_an_annex_is_a_heading():
    assert counts([Line("annex1", "annex", size=30), Line("annex1.1", "operative", size=30)]).paragraphs == 1
