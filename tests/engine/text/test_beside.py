"""Two languages of one text: by number first, then by place, kind and length."""

import pytest

from tribune.engine.text import beside, read
from tribune.engine.types import Paragraph


def units(*rows):
    return [Paragraph(id_, id_, "", kind, text) for id_, kind, text in rows]


def test_equal_numbers_need_no_pairing():
    one = units(("1", "operative", "Cities act."), ("2", "operative", "We pay."))
    assert beside(one, one) == {}


def test_a_number_that_differs_is_found_between_its_neighbours():
    english = units(("1", "operative", "a" * 80), ("2", "operative", "b" * 90), ("3", "operative", "c" * 60))
    french = units(("1", "operative", "a" * 96), ("2bis", "operative", "b" * 108), ("3", "operative", "c" * 72))
    assert beside(english, french) == {"2bis": "2"}


def test_length_tells_which_of_two_is_missing():
    english = units(("1", "operative", "a" * 50), ("u.1", "other", "b" * 300), ("u.2", "other", "c" * 40))
    french = units(("1", "operative", "a" * 50), ("u.9", "other", "c" * 44))
    assert beside(english, french) == {"u.9": "u.2"}


def test_kinds_are_not_mixed():
    english, french = units(("h.1", "heading", "Services")), units(("u.1", "other", "Services"))
    assert beside(english, french) == {}


def test_meaning_outweighs_length_where_it_is_given():
    english = units(("u.1", "other", "schools" * 6), ("u.2", "other", "bridges" * 6))
    french = units(("u.8", "other", "ponts" * 8))
    alike = {("schools" * 6, "ponts" * 8): 0.1, ("bridges" * 6, "ponts" * 8): 0.9}
    assert beside(english, french, lambda one, other: alike[one, other]) == {"u.8": "u.2"}


@pytest.mark.real
@pytest.mark.parametrize("language", ["es"])  # the others number their running paragraphs in ways of their own
def test_one_number_lost_is_found_again(real_data, language):
    """The Universal Declaration: an article that lost its number in one language still stands beside its like."""
    folder = real_data / "multilingual" / "udhr"
    found = {code: read((folder / f"UDHR_{code}_generated.docx").read_bytes()).paragraphs for code in ("en", language)}
    lost = [item for item in found[language] if item.id in {one.id for one in found["en"]} and len(item.text) > 60]
    assert lost
    right = 0
    for item in lost[:20]:
        changed = [one if one.id != item.id else Paragraph("x.99", "", "", one.kind, one.text) for one in found[language]]  # noqa: E501
        right += beside(found["en"], changed).get("x.99") == item.id
    assert right >= 0.9 * len(lost[:20])
