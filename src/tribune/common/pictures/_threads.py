"""Two strips, one above the other, and the threads between them: what became of each paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tribune.common.pictures._lay import Laid, StripBar, lay
from tribune.common.pictures._strip import _link, _numbers, _percent, share
from tribune.common.pictures._svg import WIDE, element, number

__all__ = ["Thread", "threads"]

LABELS = 15
LIFT = 7
HEIGHT = 26
BETWEEN = 76
# Where a thread that leads nowhere ends, and where one that comes from nowhere starts.
STUB = 24


@dataclass(frozen=True, slots=True)
class Thread:
    """One link between two texts: ids of bars in the old and in the new one.

    `kind` is kept, edited, moved, split, merged, dropped or added; `voiced` says that a mention of local
    governments hangs on it.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: str
    voiced: bool = False


def threads(
    old_bars: Sequence[StripBar],
    new_bars: Sequence[StripBar],
    links: Sequence[Thread],
    *,
    label: str = "",
    rtl: bool = False,
) -> SafeString:
    """Return the two strips with the threads between them as SVG.

    Threads are drawn where a paragraph moved, was split or merged, and where it names local governments (`voiced`);
    a voiced paragraph that was dropped ends in a cross, one that was added starts at a plus. Unchanged places have
    no thread. A link to an id that is in neither strip raises KeyError.
    """
    old = {place.bar.id: place for place in lay(old_bars)}
    new = {place.bar.id: place for place in lay(new_bars)}
    top = LABELS
    first = top + LIFT + HEIGHT
    second = first + BETWEEN
    total = second + HEIGHT + LIFT + LABELS
    curves: list[str] = []
    ends: list[str] = []
    for link in links:
        drawn, marks = _draw(link, old, new, rtl, first)
        (curves.append if not link.voiced else ends.append)(drawn) if drawn else None
        ends += marks
    body = [
        _strip(list(old.values()), top, rtl, hangs=False),
        element(
            "svg",
            {
                "y": first,
                "width": "100%",
                "height": BETWEEN,
                "viewBox": f"0 0 {number(WIDE)} {BETWEEN}",
                "preserveAspectRatio": "none",
                "aria-hidden": "true",
            },
            *curves,
            *(part for part in ends if part.startswith("<path")),
        )
        if curves or ends
        else "",
        *(part for part in ends if not part.startswith("<path")),
        _strip(list(new.values()), second, rtl, hangs=True),
        *_numbers(list(old.values()), LABELS - 3, rtl),
        *_numbers(list(new.values()), total - 2, rtl),
    ]
    return mark_safe(
        element(
            "svg",
            {
                "class": "picture threads",
                "role": "group",
                "width": "100%",
                "height": total,
                "aria-label": label or _("Both texts, one bar a paragraph, and what became of each"),
            },
            *body,
        )
    )


def _strip(laid: Sequence[Laid], top: int, rtl: bool, *, hangs: bool) -> str:
    """One strip: lit bars rise above the upper one and hang below the lower one, away from the threads."""
    unlit: list[str] = []
    lit: list[str] = []
    for place in laid:
        x = WIDE - place.x - place.width if rtl else place.x
        named = place.bar.state == "named"
        above = 0 if hangs or named else LIFT
        path = f"M{number(x)} {above}h{number(place.width)}v{HEIGHT + (LIFT if named else 0)}h-{number(place.width)}z"
        if not named:
            unlit.append(path)
            continue
        shape = element("path", {"class": "lit", "d": path})
        lit.append(_link(place.bar, shape, tab=True) if place.bar.href else shape)
    return element(
        "svg",
        {
            "y": top,
            "width": "100%",
            "height": HEIGHT + LIFT,
            "viewBox": f"0 0 {number(WIDE)} {HEIGHT + LIFT}",
            "preserveAspectRatio": "none",
        },
        element("path", {"class": "bar", "d": "".join(unlit)}) if unlit else "",
        *lit,
    )


def _draw(link: Thread, old: dict[str, Laid], new: dict[str, Laid], rtl: bool, first: int) -> tuple[str, list[str]]:
    """The curve of one link, and the marks at a loose end."""
    look = "thread voiced" if link.voiced else "thread"
    starts = [share(old[ident].middle, rtl) * WIDE for ident in link.old]
    stops = [share(new[ident].middle, rtl) * WIDE for ident in link.new]
    if starts and stops:
        if not link.voiced and link.kind in ("kept", "edited"):
            return "", []
        middle = BETWEEN / 2
        path = "".join(
            f"M{number(a)} 3C{number(a)} {number(middle)} {number(b)} {number(middle)} {number(b)} {BETWEEN - 3}"
            for a in starts
            for b in stops
        )
        return element("path", {"class": look, "d": path}), []
    if not link.voiced:
        return "", []
    marks = []
    path = ""
    for a in starts:
        path += f"M{number(a)} 3V{STUB - 2}"
        marks.append(_mark(a, first + STUB + 4, "M-4 -4l8 8M4 -4l-8 8", "thread stopped"))
    for b in stops:
        path += f"M{number(b)} {BETWEEN - STUB + 2}V{BETWEEN - 3}"
        marks.append(_mark(b, first + BETWEEN - STUB - 5, "M0 -5v10M-5 0h10", "thread voiced"))
    return element("path", {"class": look, "d": path}), marks


def _mark(x: float, y: int, path: str, look: str) -> str:
    return element(
        "svg",
        {"x": _percent(x / WIDE), "y": y, "width": 1, "height": 1, "overflow": "visible", "aria-hidden": "true"},
        element("path", {"class": look, "d": path}),
    )
