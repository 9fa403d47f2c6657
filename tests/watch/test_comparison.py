"""From stored pairs to the rows of a page."""

from tribune.watch.comparison import cut, rows, threads_of, tidy
from tribune.watch.layout import Line
from tribune.watch.models import AlignedPair


def _mention(start, end):
    return {"term": "x", "kind": "local_government", "tier": "explicit", "start": start, "end": end, "reason": ""}


def _line(path, text, *spans, kind="operative"):
    return Line(path, kind, path, size=len(text), text=text, mentions=[_mention(*span) for span in spans])


def test_redline_of_a_split_is_cut_at_its_paragraphs():
    pieces = [("=", "Every person may learn"), ("-", ", and be"), ("+", ".\nEvery person is"), ("=", " helped.")]
    first, second = cut(pieces, [23, 23])
    assert first == ([("=", "Every person may learn"), ("-", ", and be"), ("+", ".")], 0)
    assert second == ([("+", "Every person is"), ("=", " helped.")], 30)
    new = "\n".join("".join(text for sign, text in part if sign in "=+") for part, _ in (first, second))
    assert new == "Every person may learn.\nEvery person is helped."


def test_cut_copes_with_a_redline_that_ends_early():
    assert cut([("=", "One")], [3, 4]) == [([("=", "One")], 0), ([], 3)]


def test_struck_white_space_is_left_out_and_spans_follow():
    pieces, spans = tidy([("=", "cities"), ("-", " "), ("+", ", "), ("-", "towns")], [(0, 6), (7, 12)])
    assert pieces == [("=", "cities"), ("+", ", "), ("-", "towns")]
    assert spans == [(0, 6), (6, 11)]


def test_rows_of_every_kind():
    old = {"1": _line("1", "Towns shall act.", (0, 5)), "2": _line("2", "Gone are cities.", (9, 15))}
    new = {"1": _line("1", "We begin."), "2": _line("2", "Towns may act.", (0, 5))}
    pairs = [
        AlignedPair(order=1, verdict="added", score=0, old_paths=[], new_paths=["1"], redline=[["+", "We begin."]]),
        AlignedPair(order=2, verdict="edited", score=0.8, old_paths=["1"], new_paths=["2"],
                    redline=[["=", "Towns "], ["-", "shall "], ["+", "may "], ["=", "act."]], mentions=["weakened"]),
        AlignedPair(order=3, verdict="dropped", score=0, old_paths=["2"], new_paths=[],
                    redline=[["-", "Gone are cities."]], mentions=["deleted"]),
    ]
    added, edited, dropped = rows(pairs, old, new)
    assert (added.old, added.anchor) == ([], "p1")
    assert edited.is_renumbered
    assert edited.old[0].pieces == [("=", "Towns shall act.")]
    assert edited.new[0].named == [(0, 5)]
    assert dropped.old[0].pieces == [("-", "Gone are cities.")]
    assert dropped.old[0].struck_named == [(9, 15)]
    assert (dropped.new, dropped.anchor) == ([], "was-2")


def test_threads_hang_on_paragraphs_not_on_their_subs_or_headings():
    old = [_line("h.1", "I. Means", kind="heading"), _line("1", "By:"), _line("1.a", "listening;", kind="sub")]
    new = [_line("h.1", "I. Means", kind="heading"), _line("1", "We."), _line("2", "By:"),
           _line("2.a", "listening to towns;", (13, 18), kind="sub")]
    pairs = [
        AlignedPair(order=1, verdict="kept", score=1, old_paths=["h.1"], new_paths=["h.1"]),
        AlignedPair(order=2, verdict="added", score=0, old_paths=[], new_paths=["1"]),
        AlignedPair(order=3, verdict="kept", score=1, old_paths=["1"], new_paths=["2"]),
        AlignedPair(order=4, verdict="edited", score=0.9, old_paths=["1.a"], new_paths=["2.a"], mentions=["added"]),
    ]
    found = {(thread.old, thread.new): thread for thread in threads_of(pairs, old, new)}
    assert set(found) == {((), ("1",)), (("1",), ("2",))}
    assert found[(("1",), ("2",))].voiced
