"""The mention strip: a whole text at a glance, lit where it names local or regional governments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tribune.common.pictures._lay import Laid, StripBar, lay
from tribune.common.pictures._svg import WIDE, attributes, element, number, wide_and_narrow

__all__ = ["StripBar", "strip"]

LIFT = 7
LABELS = 15
ASKS = 14
SECTIONS = 20


def strip(
    paragraphs: Sequence[StripBar],
    *,
    height: int = 58,
    label: str = "",
    rtl: bool = False,
    numbers: bool | None = None,
    sections: bool | None = None,
    asked: bool | None = None,
    linked: str = "",
) -> SafeString:
    """Return a strip as SVG: one bar a paragraph, in order, lit where it names local governments.

    `height` is 58 on the page of a draft, 30 in a list, 14 in a history. `label` is what the picture says in words
    (for example "6 of 131 paragraphs name local or regional governments"). `numbers` stand above lit bars,
    triangles for what was `asked` and `sections` below (words only where there is room; by default numbers from
    height 30 on, the others from 58 on).
    `linked` is "all" (a link on each bar; only lit ones are tab stops), "lit" or "none"; by default all at 58,
    lit at 30, none at 14. `rtl` starts at the right. An empty text gives an empty picture with its label.
    """
    numbers = height >= 30 if numbers is None else numbers
    sections = height >= 58 if sections is None else sections
    asked = height >= 58 if asked is None else asked
    linked = linked or ("all" if height >= 58 else "lit" if height >= 30 else "none")
    laid = lay(paragraphs)
    lift = LIFT if height >= 30 else 0
    top = (LABELS if numbers else 0) + lift
    asks = ASKS if asked and any(bar.asked for bar in paragraphs) else 0
    below = asks + (SECTIONS if sections and any(bar.section for bar in paragraphs) else 0)
    total = top + height + below
    parts = [_bars(laid, height=height, lift=lift, top=top, rtl=rtl, linked=linked)]
    if numbers:
        parts += _numbers(laid, LABELS - 3, rtl)
    if asks:
        parts += _asks(laid, top + height + 5, rtl)
    if below > asks:
        parts += _sections(laid, top + height + asks + 15, rtl)
    return mark_safe(_frame(total, label, linked != "none" and bool(laid), parts))


def _frame(height: int, label: str, interactive: bool, parts: Iterable[str]) -> str:
    # A picture that holds links is a group: inside role="img" a screen reader would not find them.
    role = "group" if interactive else "img"
    name = label or _("The whole text, one bar a paragraph")
    return element(
        "svg",
        {"class": "picture strip", "role": role, "aria-label": name, "width": "100%", "height": height},
        *parts,
    )


def _bars(laid: Sequence[Laid], *, height: int, lift: int, top: int, rtl: bool, linked: str) -> str:
    unlit: list[str] = []
    out: list[str] = []
    for place in laid:
        path = _path(place, rtl, height + (lift if place.bar.state == "named" else 0), lift)
        bar = place.bar
        if bar.state == "named":
            shape = element("path", {"class": "lit", "d": path})
        elif bar.state == "maybe":
            shape = _hatched(place, rtl, height, lift)
        elif linked == "all" and bar.href:
            shape = element("path", {"class": "bar", "d": path})
        else:
            unlit.append(path)
            continue
        lit = bar.state != "unlit"
        if bar.href and (linked == "all" or (linked == "lit" and lit)):
            out.append(_link(bar, shape, tab=lit))
        else:
            out.append(shape)
    plain = [element("path", {"class": "bar", "d": "".join(unlit)})] if unlit else []
    return element(
        "svg",
        {
            "y": top - lift,
            "width": "100%",
            "height": height + lift,
            "viewBox": f"0 0 {number(WIDE)} {height + lift}",
            "preserveAspectRatio": "none",
        },
        *plain,
        *out,
    )


def _path(place: Laid, rtl: bool, height: int, lift: int) -> str:
    x = WIDE - place.x - place.width if rtl else place.x
    top = 0 if place.bar.state == "named" else lift
    return f"M{number(x)} {top}h{number(place.width)}v{height}h-{number(place.width)}z"


def _hatched(place: Laid, rtl: bool, height: int, lift: int) -> str:
    """Outline and oblique lines, drawn line by line: a pattern would need an id, unique on the page."""
    x = WIDE - place.x - place.width if rtl else place.x
    step = 5.0
    lines = []
    at = step
    while at < height + place.width:
        # From the left edge up to the top edge or the right one.
        rise = min(at, place.width)
        start = min(at, float(height))
        left = x + max(0.0, at - height)
        if left < x + rise:
            lines.append(f"M{number(left)} {number(lift + start)}L{number(x + rise)} {number(lift + at - rise)}")
        at += step
    outline = f"M{number(x)} {lift}h{number(place.width)}v{height}h-{number(place.width)}z"
    return element("path", {"class": "hatch", "d": "".join(lines)}) + element(
        "path", {"class": "maybe", "fill": "transparent", "d": outline}
    )


def _link(bar: StripBar, shape: str, *, tab: bool) -> str:
    if not tab:
        name = element("title", {}, attributes_text(bar.number)) if bar.number else ""
        # The list of paragraphs stands below the picture; a hundred tab stops would stand in its way.
        return f"<a{attributes({'href': bar.href, 'tabindex': '-1', 'aria-hidden': 'true'})}>{name}{shape}</a>"
    words = said(bar)
    title = element("title", {}, attributes_text(words))
    return f"<a{attributes({'href': bar.href, 'aria-label': words})}>{title}{shape}</a>"


def said(bar: StripBar) -> str:
    """Return what a bar says in words."""
    if bar.state == "named":
        return _("Paragraph %(number)s names local or regional governments") % {"number": bar.number or bar.id}
    if bar.state == "maybe":
        return _("Paragraph %(number)s may mean them") % {"number": bar.number or bar.id}
    return _("Paragraph %(number)s") % {"number": bar.number or bar.id}


def attributes_text(text: str) -> str:
    """Return text that may stand between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def share(x: float, rtl: bool) -> float:
    """Return the place as a share of the width, counted from the left."""
    return (WIDE - x if rtl else x) / WIDE


def _percent(value: float) -> str:
    return f"{number(value * 100)}%"


def _numbers(laid: Sequence[Laid], y: int, rtl: bool) -> list[str]:
    lit = [place for place in laid if place.bar.state == "named" and place.bar.number]
    room = wide_and_narrow((place.middle / WIDE, 8.0 * len(place.bar.number)) for place in lit)
    return [
        element(
            "text",
            {
                "class": f"at {where}".strip(),
                "x": _percent(share(place.middle, rtl)),
                "y": y,
                "text-anchor": "middle",
                "aria-hidden": "true",
            },
            attributes_text(place.bar.number),
        )
        for place, where in zip(lit, room, strict=True)
        if where is not None
    ]


def _asks(laid: Sequence[Laid], y: int, rtl: bool) -> list[str]:
    return [
        element(
            "svg",
            {
                "x": _percent(share(place.middle, rtl)),
                "y": y,
                "width": 1,
                "height": 8,
                "overflow": "visible",
                "aria-hidden": "true",
            },
            '<path class="asked" d="M-5 8L0 0L5 8z"/>',
        )
        for place in laid
        if place.bar.asked
    ]


def _sections(laid: Sequence[Laid], y: int, rtl: bool) -> list[str]:
    opens = [place for place in laid if place.opens and place.bar.section]
    # Wider than most letters, so that a label which is drawn has room for certain.
    widths = [7.0 * len(place.bar.section) for place in opens]
    room = wide_and_narrow(((place.x / WIDE, width) for place, width in zip(opens, widths, strict=True)), anchor=0.0)
    return [
        element(
            "text",
            {"class": where, "x": _percent(share(place.x, rtl)), "y": y, "text-anchor": "start", "aria-hidden": "true"},
            attributes_text(place.bar.section),
        )
        for place, where in zip(opens, room, strict=True)
        if where is not None
    ]
