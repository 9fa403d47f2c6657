"""The part of a paragraph where the matching words stand."""

from __future__ import annotations

from collections.abc import Sequence

Spans = list[tuple[int, int, str]]


def excerpt(text: str, spans: Sequence[tuple[int, int, str]], around: int = 130) -> tuple[str, Spans]:
    """Return the words around the first and last span, cut between words, and the spans counted in it.

    A paragraph that is short, or that has no span, is returned from its beginning.

    >>> excerpt("one two three four five", [(8, 13, "match")], around=4)
    ('…two three four…', [(5, 10, 'match')])
    """
    first = min((span[0] for span in spans), default=0)
    last = max((span[1] for span in spans), default=0)
    # A span far away is cut off rather than a page quoted.
    last = min(last, first + 4 * around)
    start, end = max(0, first - around), min(len(text), max(last, first) + around)
    if start and text[start - 1] != " ":
        start = text.rfind(" ", 0, start) + 1 if " " not in text[start:first] else text.index(" ", start, first) + 1
    if end < len(text) and text[end] != " ":
        cut = text.rfind(" ", last, end)
        end = cut if cut > last else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    kept = [(max(begin, start) + shift, min(stop, end) + shift, kind) for begin, stop, kind in spans
            if begin < end and stop > start]
    return before + text[start:end].rstrip() + after, kept
