"""Where two proposals on one paragraph touch the same words, and the wording that holds both.

Pure: words in, words out. A proposal is seen as edits of the paragraph that was read: (start, end, new words).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tribune.engine.align import redline


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of the paragraph become `new`; an insertion has start == end."""

    start: int
    end: int
    new: str


def edits(act: str, read: str, wording: str) -> tuple[Edit, ...]:
    """Return what a proposal does to the paragraph, from its first to its last word. KEEP edits nothing.

    >>> edits("CHANGE", "Towns may act.", "Towns shall act.")
    (Edit(start=6, end=10, new='shall '),)
    """
    if act == "DELETE" and not wording:
        return (Edit(0, len(read), ""),)
    if act not in ("ADD", "CHANGE", "DELETE"):
        return ()
    found: list[Edit] = []
    at = 0
    struck = put = ""
    for sign, words in (*redline(read, wording), ("=", "")):
        if sign == "=":
            if struck or put:
                found.append(Edit(at, at + len(struck), put))
                at += len(struck)
                struck = put = ""
            at += len(words)
        elif sign == "-":
            struck += words
        else:
            put += words
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal on a paragraph: what it does, and the paragraph as it should read."""

    key: str
    act: str
    wording: str


def collide(read: str, one: Proposal, two: Proposal) -> tuple[tuple[int, int], ...]:
    """Return the places (start, end) of the paragraph of which the two ask different things; empty where none.

    KEEP asks that all words stand, so it collides with whatever strikes or changes any; words that are only put in
    leave them standing. The same edit asked twice is no collision.

    >>> collide("Towns may act.", Proposal("a", "CHANGE", "Towns shall act."), Proposal("b", "KEEP", ""))
    ((6, 10),)
    >>> collide("Towns may act.", Proposal("a", "CHANGE", "Towns shall act."),
    ...         Proposal("b", "ADD", "Towns may act together."))
    ()
    """
    if "COMMENT" in (one.act, two.act):
        return ()
    if one.act == two.act == "KEEP":
        return ()
    if "KEEP" in (one.act, two.act):
        other = two if one.act == "KEEP" else one
        return tuple((edit.start, edit.end) for edit in edits(other.act, read, other.wording) if edit.end > edit.start)
    found = []
    for left in edits(one.act, read, one.wording):
        for right in edits(two.act, read, two.wording):
            if left != right and _touch(left, right):
                found.append((min(left.start, right.start), max(left.end, right.end)))
    return tuple(sorted(set(found)))


def collisions(read: str, proposals: Sequence[Proposal]) -> tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...]:
    """Return each pair (key, key, places) that collides, in the order given."""
    return tuple((one.key, two.key, places) for at, one in enumerate(proposals) for two in proposals[at + 1:]
                 if (places := collide(read, one, two)))


def merged(read: str, proposals: Sequence[Proposal]) -> tuple[str, bool]:
    """Return the wording that holds the edits of all, and whether none of them met another.

    Where edits meet, the struck words of both are struck and both new wordings stand, the later one in brackets: a
    person then chooses. An order of proposals is an order of preference.

    >>> merged("Towns may act.", [Proposal("a", "CHANGE", "Towns shall act."),
    ...                           Proposal("b", "ADD", "Towns may act together.")])
    ('Towns shall act together.', True)
    >>> merged("Towns may act.", [Proposal("a", "CHANGE", "Towns shall act."),
    ...                           Proposal("b", "CHANGE", "Towns must act.")])
    ('Towns shall [must] act.', False)
    """
    kept: list[Edit] = []
    clean = True
    for proposal in proposals:
        for edit in edits(proposal.act, read, proposal.wording):
            if edit in kept:
                continue
            meets = [other for other in kept if _touch(edit, other)]
            if not meets:
                kept.append(edit)
                continue
            clean = False
            joined = "".join(other.new for other in sorted(meets, key=lambda each: each.start))
            space = " " if joined.endswith(" ") or edit.new.endswith(" ") else ""
            new = edit.new.strip()
            both = f"{joined.rstrip()} [{new}]{space}".lstrip() if new and joined.strip() else (joined or edit.new)
            if joined.startswith(" ") and both and not both.startswith(" "):
                both = " " + both
            kept = [other for other in kept if other not in meets]
            kept.append(Edit(min(edit.start, *(other.start for other in meets)),
                             max(edit.end, *(other.end for other in meets)), both))
    out, at = [], 0
    for edit in sorted(kept, key=lambda each: (each.start, each.end)):
        if edit.start < at:  # swallowed by a joined edit
            continue
        out += [read[at:edit.start], edit.new]
        at = edit.end
    return "".join([*out, read[at:]]), clean


def _touch(left: Edit, right: Edit) -> bool:
    if left.start == left.end or right.start == right.end:
        # An insertion meets an edit whose words it stands in or at whose place it stands; beside it is free.
        if left.start == left.end and right.start == right.end:
            return left.start == right.start
        point, span = (left, right) if left.start == left.end else (right, left)
        return span.start < point.start < span.end
    return left.start < right.end and right.start < left.end
