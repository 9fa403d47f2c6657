"""Where each bar of a mention strip stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tribune.common.pictures._svg import WIDE

__all__ = ["Laid", "StripBar", "lay"]

LEAST = 2.0
GAP = 1.0
SECTION_GAP = 7.0


@dataclass(frozen=True, slots=True)
class StripBar:
    """One paragraph of a strip.

    `number` as printed ("34", "12(c)", empty for an unnumbered one), `length` of its text in characters, `state`
    "named", "maybe" or "unlit", `asked` whether somebody asked for something here, `href` where the bar leads,
    `section` the heading it stands under.
    """

    id: str
    number: str = ""
    length: int = 1
    state: str = "unlit"
    asked: bool = False
    href: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A bar with its place: `x` and `width` on a page of 1152 units, from the side where reading starts."""

    bar: StripBar
    x: float
    width: float
    opens: bool

    @property
    def middle(self) -> float:
        """The centre of the bar."""
        return self.x + self.width / 2


def lay(bars: Sequence[StripBar], width: float = WIDE) -> list[Laid]:
    """Place every bar: width by length, at least 2, gaps of 1, of 7 between sections; together exactly `width`.

    A text of so many paragraphs that the least widths do not fit is drawn finer, gaps and all: every paragraph
    stays.
    """
    if not bars:
        return []
    opens = [at == 0 or bar.section != bars[at - 1].section for at, bar in enumerate(bars)]
    gaps = [0.0 if at == 0 else SECTION_GAP if first else GAP for at, first in enumerate(opens)]
    free = width - sum(gaps) - LEAST * len(bars)
    scale = 1.0
    if free < 0:
        scale = width / (width - free)
        free = 0.0
    total = sum(max(bar.length, 1) for bar in bars)
    laid: list[Laid] = []
    x = 0.0
    for bar, gap, first in zip(bars, gaps, opens, strict=True):
        x += gap * scale
        wide = LEAST * scale + free * max(bar.length, 1) / total
        laid.append(Laid(bar, x, wide, first))
        x += wide
    return laid
