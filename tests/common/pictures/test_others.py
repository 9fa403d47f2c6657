"""Threads between two texts, the ruler of deadlines, marks and row threads."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.common.pictures import (
    MARKS,
    THREADS,
    RulerCall,
    RulerDay,
    StripBar,
    Thread,
    mark,
    thread_icon,
    threads,
    timeline,
)

SVG = "{http://www.w3.org/2000/svg}"


def tree(svg: str) -> ElementTree.Element:
    """Parse a picture; HTML needs no namespace, XML does."""
    return ElementTree.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def bars(n: int, named: set[int]) -> list[StripBar]:
    """A text of n paragraphs of equal length."""
    return [StripBar(str(i), str(i), 100, "named" if i in named else "unlit", href=f"#p{i}") for i in range(1, n + 1)]


def curves(svg: str, look: str) -> list[str]:
    """The paths of one look."""
    return [path.get("d") or "" for path in tree(svg).iter(f"{SVG}path") if path.get("class") == look]


def test_each_fate_has_its_thread() -> None:
    old, new = bars(20, {3, 9}), bars(20, {3, 12})
    picture = threads(
        old,
        new,
        [
            Thread(("1",), ("1",), "kept"),
            Thread(("3",), ("3",), "edited", voiced=True),
            Thread(("5",), ("15",), "moved"),
            Thread(("7",), ("7", "8"), "split"),
            Thread(("16", "17"), ("16",), "merged"),
            Thread(("9",), (), "dropped", voiced=True),
            Thread((), ("12",), "added", voiced=True),
            Thread((), ("13",), "added"),
        ],
    )
    grey = curves(picture, "thread")
    # Moved one curve, split and merged two each; kept and silent additions have no thread.
    assert sorted(path.count("C") for path in grey) == [1, 2, 2]
    assert len(curves(picture, "thread stopped")) == 1
    assert any("v10M-5 0h10" in path for path in curves(picture, "thread voiced"))


def test_a_link_to_no_paragraph_is_an_error() -> None:
    with pytest.raises(KeyError):
        threads(bars(2, set()), bars(2, set()), [Thread(("1",), ("9",), "moved")])


def test_threads_mirror_from_right_to_left() -> None:
    old, new = bars(10, set()), bars(10, set())
    link = [Thread(("2",), ("7",), "moved")]
    (left,), (right,) = curves(threads(old, new, link), "thread"), curves(threads(old, new, link, rtl=True), "thread")
    start = [float(re.findall(r"M([\d.]+)", path)[0]) for path in (left, right)]
    assert sum(start) == pytest.approx(1152, abs=0.02)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 31), st.data(), st.booleans())
def test_every_call_is_on_the_ruler(n: int, data: st.DataObject, rtl: bool) -> None:
    days = [RulerDay(f"Day {i}") for i in range(n)]
    due = data.draw(st.lists(st.integers(0, n - 1), max_size=8))
    calls = [
        RulerCall(
            day,
            i + 1,
            f"Call <{i + 1}>",
            f"#call-{i + 1}",
            moved_from=data.draw(st.none() | st.integers(-5, n + 5)),
            moved_label="moved",
        )
        for i, day in enumerate(due)
    ]
    picture = timeline(calls, days, rtl=rtl)
    root = tree(picture)
    flags = [text.text or "" for text in root.iter(f"{SVG}text") if text.get("class") == "flagged"]
    assert sorted(int(part) for flag in flags for part in flag.split(", ")) == [call.number for call in calls]
    labels = [
        text.text for text in root.iter(f"{SVG}text") if (text.get("class") or "").split(" ")[0] in ("day", "due")
    ]
    assert [label for label in labels if label != "moved"] == [day.label for day in days]
    assert picture == timeline(calls, days, rtl=rtl)


def test_a_call_outside_the_ruler_is_an_error() -> None:
    with pytest.raises(ValueError, match="call 1 closes on day 3"):
        timeline([RulerCall(3, 1, "x")], [RulerDay("a"), RulerDay("b")])


@pytest.mark.parametrize("kind", MARKS)
def test_marks_are_well_formed_and_silent(kind: str) -> None:
    root = tree(mark(kind, 20))
    assert root.get("aria-hidden") == "true"
    assert root.get("width") == "20"


def test_verdicts_differ_by_shape_alone() -> None:
    kinds = ["verbatim", "substance", "partly", "none", "kept", "removed", "waiting", "added", "weakened"]
    assert len({MARKS[kind] for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("kind", THREADS)
def test_row_threads_are_well_formed(kind: str) -> None:
    assert tree(thread_icon(kind)).get("aria-hidden") == "true"
