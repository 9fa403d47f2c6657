"""Small pieces that every picture is put together from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

__all__ = ["attributes", "element", "number", "wide_and_narrow"]

WIDE = 1152.0
# The text column of a 390 px phone. Labels that would touch there stay for the wide page only.
NARROW = 350.0


def number(value: float) -> str:
    """Return a coordinate with at most two decimals and no idle zeros.

    >>> number(12.0), number(0.125), number(-0.0)
    ('12', '0.12', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def attributes(values: dict[str, object]) -> str:
    """Return ` name="value"` for each value that is not None or empty, escaped.

    >>> attributes({"class": "lit", "href": "?a=1&b=2", "id": None})
    ' class="lit" href="?a=1&amp;b=2"'
    """
    return "".join(
        f' {name}="{escape(number(value) if isinstance(value, float) else str(value))}"'
        for name, value in values.items()
        if value is not None and value != ""
    )


def element(name: str, values: dict[str, object], *children: str) -> str:
    """Return one element; children are markup already.

    >>> element("rect", {"x": 1.5, "width": 2})
    '<rect x="1.5" width="2"/>'
    """
    inside = "".join(children)
    return f"<{name}{attributes(values)}>{inside}</{name}>" if inside else f"<{name}{attributes(values)}/>"


def wide_and_narrow(
    places: Iterable[tuple[float, float]], *, anchor: float = 0.5, gap: float = 6.0
) -> list[str | None]:
    """Say for each label where it has room: "" everywhere, "wide-only", or None for nowhere.

    `places` are (share of the width, label width in px), in reading order; the label is centred at its place
    (`anchor` 0.5) or starts there (0) and must then end before the picture does. Of two labels that would touch,
    the first stays.

    >>> wide_and_narrow([(0.10, 40), (0.15, 40), (0.16, 40)])
    ['', 'wide-only', None]
    """
    taken = {WIDE: float("-inf"), NARROW: float("-inf")}
    answers: list[str | None] = []
    for share, width in places:
        fits = {}
        for page in taken:
            start = share * page - width * anchor
            fits[page] = start >= taken[page] + gap and (anchor > 0 or start + width <= page)
            if fits[page]:
                taken[page] = start + width
        answers.append(("" if fits[NARROW] else "wide-only") if fits[WIDE] else None)
    return answers
