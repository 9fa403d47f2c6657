"""The mention strip shows every paragraph, in order, over its whole width, as well-formed XML."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.common.pictures import StripBar, strip
from tribune.common.pictures._lay import GAP, LEAST, SECTION_GAP, lay
from tribune.common.pictures._svg import WIDE

SVG = "{http://www.w3.org/2000/svg}"

bars = st.lists(
    st.builds(
        StripBar,
        id=st.uuids().map(str),
        number=st.from_regex(r"\A[1-9][0-9]{0,2}(\([a-z]\))?\Z") | st.just(""),
        length=st.integers(0, 5000),
        state=st.sampled_from(["named", "maybe", "unlit"]),
        asked=st.booleans(),
        href=st.sampled_from(["", "#p1", "?a=1&b=<2>"]),
        section=st.sampled_from(["", "Preamble", "I. <Purpose> & scope", "ثالثا: الخدمات"]),
    ),
    max_size=700,
)


def tree(svg: str) -> ElementTree.Element:
    """Parse a picture; HTML needs no namespace, XML does."""
    return ElementTree.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def drawn(svg: str) -> list[tuple[float, float, str]]:
    """Every bar as (x, width, class), from the left."""
    found = []
    for path in tree(svg).iter(f"{SVG}path"):
        if path.get("class") in ("bar", "lit", "maybe"):
            for x, width in re.findall(r"M([\d.]+) \d+h([\d.]+)v", path.get("d") or ""):
                found.append((float(x), float(width), path.get("class") or ""))
    return sorted(found)


@settings(max_examples=60, deadline=None)
@given(bars)
def test_bars_fill_the_width_and_keep_their_order(paragraphs: list[StripBar]) -> None:
    laid = lay(paragraphs)
    assert [place.bar for place in laid] == paragraphs
    if not laid:
        return
    assert laid[0].x == 0
    assert laid[-1].x + laid[-1].width == pytest.approx(WIDE)
    crowded = (
        LEAST * len(laid) + sum(0 if at == 0 else SECTION_GAP if place.opens else GAP for at, place in enumerate(laid))
        > WIDE
    )
    for before, after in pairwise(laid):
        gap = after.x - before.x - before.width
        assert gap > 0
        if not crowded:
            assert gap == pytest.approx(SECTION_GAP if after.opens else GAP)
    assert crowded or all(place.width >= LEAST - 1e-9 for place in laid)


@settings(max_examples=40, deadline=None)
@given(bars, st.sampled_from([14, 30, 58]), st.booleans())
def test_every_bar_is_drawn_in_well_formed_xml(paragraphs: list[StripBar], height: int, rtl: bool) -> None:
    picture = strip(paragraphs, height=height, rtl=rtl)
    shown = drawn(picture)
    assert len(shown) == len(paragraphs)
    looks = {"named": "lit", "maybe": "maybe", "unlit": "bar"}
    expected = [looks[bar.state] for bar in paragraphs]
    # Neighbours closer than a hundredth share a printed place; only the multiset is sure then.
    assert sorted(look for _, _, look in shown) == sorted(expected)
    assert "style=" not in picture
    assert "<script" not in picture


def test_right_to_left_is_the_mirror() -> None:
    paragraphs = [StripBar("1", "1", 300, "named"), StripBar("2", "2", 100), StripBar("3", "3", 200, "maybe")]
    left, right = drawn(strip(paragraphs)), drawn(strip(paragraphs, rtl=True))
    mirrored = sorted((WIDE - x - width, width, look) for x, width, look in right)
    for one, other in zip(left, mirrored, strict=True):
        assert one[:2] == pytest.approx(other[:2], abs=0.02)
        assert one[2] == other[2]


def test_a_bar_that_may_mean_them_is_never_lit_and_bears_no_number() -> None:
    picture = strip([StripBar("1", "1", 100, "maybe", href="#p1")])
    assert 'class="lit"' not in picture
    assert 'class="at' not in picture
    assert "may mean them" in picture


def test_only_lit_bars_are_tab_stops() -> None:
    links = tree(strip([StripBar("1", "1", 9, "named", href="#p1"), StripBar("2", "2", 9, href="#p2")])).iter(f"{SVG}a")
    stops = {link.get("href"): link.get("tabindex") for link in links}
    assert stops == {"#p1": None, "#p2": "-1"}


def test_of_labels_that_touch_the_first_stays() -> None:
    paragraphs = [StripBar(str(n), str(n), 1, "named") for n in range(100, 300)]
    numbers = [text.text for text in tree(strip(paragraphs)).iter(f"{SVG}text")]
    assert numbers[0] == "100"
    assert "101" not in numbers
    assert len(numbers) > 20


def test_words_of_others_are_escaped() -> None:
    picture = strip([StripBar("x", "<b>", 9, "named", href='"><script>', section="A<i>")], label='"<x>')
    assert "<script" not in picture
    assert "<b>" not in picture
    tree(picture)


def test_an_empty_text_is_a_picture_too() -> None:
    root = tree(strip([], label="0 paragraphs"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "0 paragraphs"
