"""How a text stands on a page: paragraphs with their sub-paragraphs, under headings, in sections.

One bar of a strip, and one paragraph of a count ("6 of 131"), is a paragraph with all its sub-paragraphs.
Headings, notes and front matter ("Original: English") are shown, not counted; front matter that names local
governments is counted all the same, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# An "annex" is the line that opens it; its paragraphs have kinds of their own.
HEADINGS = frozenset({"heading", "annex"})
UNCOUNTED = HEADINGS | {"note"}
_TEXT = frozenset({"preamble", "operative", "sub"})
# Unnumbered lines up to this length, before the text begins, are its front matter.
_FRONT_SIZE = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a rendition, as far as a page or a picture needs it; `size` is its length in characters."""

    path: str
    kind: str
    number: str = ""
    label: str = ""
    headings: Sequence[str] = ()
    size: int = 0
    n_explicit: int = 0
    n_level: int = 0
    uid: str = ""
    text: str = ""
    page: int | None = None
    mentions: Sequence[Mapping[str, Any]] = ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where local governments are named."""
        return [(mention["start"], mention["end"]) for mention in self.mentions if mention["tier"] == "explicit"]


@dataclass(slots=True)
class Unit:
    """A paragraph and what hangs below it."""

    head: Line
    subs: list[Line] = field(default_factory=list)
    is_front: bool = False

    @property
    def lines(self) -> list[Line]:
        return [self.head, *self.subs]

    @property
    def is_counted(self) -> bool:
        return self.head.kind not in UNCOUNTED and (not self.is_front or self.names or self.may_mean)

    @property
    def is_heading(self) -> bool:
        return self.head.kind in HEADINGS

    @property
    def names(self) -> bool:
        """Whether it names local or regional governments."""
        return any(line.n_explicit for line in self.lines)

    @property
    def may_mean(self) -> bool:
        """Whether it only may mean them."""
        return not self.names and any(line.n_level for line in self.lines)

    @property
    def size(self) -> int:
        return sum(line.size for line in self.lines)

    @property
    def section(self) -> str:
        """The outermost heading it stands under."""
        return self.head.headings[0] if self.head.headings else ""


def units(lines: Iterable[Line]) -> list[Unit]:
    """Return paragraphs in their order, sub-paragraphs gathered under the one whose path theirs continues.

    >>> [len(unit.subs) for unit in units([Line("1", "operative"), Line("1.a", "sub"), Line("2", "operative")])]
    [1, 0]
    """
    found: list[Unit] = []
    for line in lines:
        if line.kind == "sub" and found and line.path.startswith(f"{found[-1].head.path}."):
            found[-1].subs.append(line)
        else:
            found.append(Unit(line))
    begins = next((at for at, unit in enumerate(found) if unit.head.kind in _TEXT), 0)
    for unit in found[:begins]:
        unit.is_front = unit.head.kind == "other" and unit.size <= _FRONT_SIZE
    return found


def depth(path: str, of: str) -> int:
    """Return how deep a sub-paragraph hangs below its paragraph.

    >>> depth("12.c.ii", "12"), depth("annex1.4.a", "annex1.4")
    (2, 1)
    """
    return max(1, path.count(".") - of.count("."))


@dataclass(frozen=True, slots=True)
class Counts:
    """What a text says of local governments: paragraphs, those that name them, those that only may mean them."""

    paragraphs: int
    naming: int
    maybe: int


def counts(lines: Iterable[Line]) -> Counts:
    """Count the paragraphs of a text, those that name local governments and those that may mean them."""
    counted = [unit for unit in units(lines) if unit.is_counted]
    return Counts(len(counted), sum(unit.names for unit in counted), sum(unit.may_mean for unit in counted))
