"""Slots: a page upstream shows what rooms downstream have to say, without knowing them.

A downstream room fills a slot from its `slots.py`; the page asks once for all its things, so that each
filler answers in one bounded query a page. Upstream tests run with every slot empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

NAMES = ("paragraph.actions", "paragraph.margin", "version.sections", "process.sections", "city.sections",
         "front.sections", "strip.asked",
         "contribution.became",
         # Filled with common.agenda.Entry; its fillers take since= and until= besides.
         "calendar.entries",
         # Under an ask: indicators, school gaps and pledges as rooms beside us know them.
         "ask.evidence",
         "me.sections")

# (ids, viewer) → for each id, a list of (template name, context)
Fill = Callable[..., dict[str, list[tuple[str, dict[str, Any]]]]]
_fillers: dict[str, list[Fill]] = defaultdict(list)


def fills(slot: str) -> Callable[[Fill], Fill]:
    """Register a function that fills `slot`."""
    if slot not in NAMES:
        raise ValueError(f"there is no slot {slot!r}; common.slots.NAMES lists them")

    def register(fill: Fill) -> Fill:
        _fillers[slot].append(fill)
        return fill

    return register


def ask(slot: str, ids: Sequence[str], viewer: Any, **more: Any) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return what all fillers have to say about `ids`, in the order of registration; `more` is what a slot defines."""
    said: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for fill in _fillers[slot]:
        for thing, pieces in fill(ids, viewer, **more).items():
            said[thing].extend(pieces)
    return said
