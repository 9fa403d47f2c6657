"""Which blocks are headings, and which headings stand above a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ._blocks import Block
from ._front import is_masthead
from ._labels import Label, Reading, parse_label
from ._words import Part, is_opener, part_of

__all__ = ["Headings", "Look", "look_of"]

_ENDS_TEXT = re.compile(r"[.;,:。；，：،؛]\W*$")
_CLOSING = re.compile(
    r"^\d+(?:st|nd|rd|th)\b.*\bmeeting$|^\d{1,2} \w+ \d{4}$|^[*\W]+$|plenary meeting$|^\d+[- ]?[eе]\s+séance|"
    r"пленарное заседание$"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What ordinary paragraphs of this file look like, so that others stand out."""

    size: float
    bold_means: bool
    styled: bool


def look_of(blocks: list[Block]) -> Look:
    """Return the usual size, whether bold sets headings apart, and whether the format shows looks at all."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for block in blocks:
        if block.note is None:
            sizes[block.size] += len(block.text)
            total += len(block.text)
            bold += len(block.text) if block.bold else 0
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    return Look(size, bold * 3 < total, bold > 0 or len(sizes) > 1)


def heading_of(block: Block, look: Look, after: Block | None) -> tuple[Part | None, Label | None] | None:
    """Return the part and mark of a heading, or None when the block is a paragraph."""
    text = block.text
    if block.kind or block.note is not None or len(text) > 400 or not re.search(r"[^\W_]", text):
        return None
    if block.level:
        return part_of(text), parse_label(text)
    if block.page == 1 and is_masthead(text):
        return None
    if is_opener(text) or _CLOSING.search(text):
        return None
    stands_out = (block.bold and look.bold_means) or (look.size > 0 and block.size >= 1.15 * look.size)
    part = part_of(text)
    if part is not None:
        alone = not part.rest or part.rest[0] in "([*" or (part.rest[0].isupper() and not _ENDS_TEXT.search(text))
        if (
            stands_out
            or (block.italic and look.styled and len(text) <= 200)
            or (alone and len(text) <= 120 and not _ENDS_TEXT.search(part.rest or ""))
        ):
            return part, None
    label = parse_label(text)
    if label is not None and label.bullet:
        return None
    if stands_out and not text.rstrip("]").endswith((";", ",")):
        if label and any(reading.style[0] == "a" or reading.style.endswith(")") for reading in label.readings):
            return (None, label) if len(text) < 150 and not _ENDS_TEXT.search(text) else None
        return None, label
    rest = label.rest if label else text
    if label and any(reading.style in ("I.", "A.") for reading in label.readings):
        if len(rest) <= 160 and not _ENDS_TEXT.search(rest) and rest[:1].isupper():
            return None, label
        return None
    if label is not None or len(text) > 110 or _ENDS_TEXT.search(text) or after is None:
        return None
    letters = [char for char in text if char.isalpha()]
    if len(letters) >= 4 and all(char.isupper() for char in letters) and any(char.islower() for char in after.text):
        return None, None
    if block.italic and look.styled and not after.italic and text[:1].isupper() and len(text) <= 90:
        return None, None
    return None


@dataclass(slots=True)
class _Open:
    rank: float | None
    look: tuple[float, bool, bool, bool]
    text: str


class Headings:
    """The stack of headings above the current paragraph, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._last: dict[str, Reading] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(item.text for item in self._open)

    def clear(self) -> None:
        self._open, self._last = [], {}

    def push(self, block: Block, part: Part | None, label: Label | None) -> None:
        """Put a heading in its place: below those that outrank it, instead of its like."""
        rank = self._rank(block, part, label)
        look = (block.size, block.bold, block.italic, block.centred)
        cut = len(self._open)
        if rank is not None:
            cut = next(
                (index for index, item in enumerate(self._open) if item.rank is not None and item.rank >= rank), cut
            )
        else:
            same = [index for index, item in enumerate(self._open) if item.rank is None and item.look == look]
            smaller = [
                index for index, item in enumerate(self._open) if item.rank is None and 0 < item.look[0] < block.size
            ]
            cut = min([*same[:1], *smaller[:1], cut])
        self._open = [*self._open[:cut], _Open(rank, look, block.text)]

    def _rank(self, block: Block, part: Part | None, label: Label | None) -> float | None:
        if part is not None and part.what == "annex":
            return 0.0
        if block.level:
            return 10.0 + block.level
        if part is not None:
            return float(part.rank)
        if label is None or not label.readings:
            return None
        reading = self._chosen(label.readings)
        self._last[reading.style] = reading
        if reading.style in _RANKS:
            return _RANKS[reading.style]
        return 6.5 + reading.style.count(".1") * 0.1 if reading.style[0] == "1" else 9.0

    def _chosen(self, readings: tuple[Reading, ...]) -> Reading:
        """ "C." is a letter after "B.", and "I." is Roman at the start."""
        for reading in readings:
            if reading.style in self._last and reading.follows(self._last[reading.style]):
                return reading
        return next((reading for reading in readings if reading.value == 1), readings[0])


_RANKS = {"I.": 5.0, "A.": 6.0}
