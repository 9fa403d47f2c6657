"""The ruler of the front page: days from today, a flag where a call closes, a dotted line where one has moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tribune.common.pictures._strip import _percent, attributes_text
from tribune.common.pictures._svg import WIDE, attributes, element, number, wide_and_narrow

__all__ = ["RulerCall", "RulerDay", "timeline"]

TOP = 34
BASE = 62
TOTAL = 92


@dataclass(frozen=True, slots=True)
class RulerDay:
    """One day of the ruler: what stands below it ("Today", "Tue 18")."""

    label: str


@dataclass(frozen=True, slots=True)
class RulerCall:
    """A call that closes: `day` counts from the first day of the ruler, `number` is what its flag bears.

    `title` is the whole sentence ("1: Written comments close on Wednesday 19 May"), `href` leads to its row.
    `moved_from` is the day it stood on before, if that is on the ruler, `moved_label` says when it was moved.
    """

    day: int
    number: int
    title: str
    href: str = ""
    moved_from: int | None = None
    moved_label: str = ""


def timeline(calls: Sequence[RulerCall], days: Sequence[RulerDay], *, label: str = "", rtl: bool = False) -> SafeString:
    """Return the ruler as SVG: one tick a day, a flag for each day on which calls close.

    Calls of the same day share a flag ("1, 2"), which leads to the first. Calls outside the ruler raise ValueError.
    """
    last = len(days) - 1
    for call in calls:
        if not 0 <= call.day <= last:
            raise ValueError(f"call {call.number} closes on day {call.day}; the ruler has {len(days)} days")
    due = {call.day for call in calls}
    step = 1.0 / max(last, 1)

    def place(day: int) -> float:
        return 1 - day * step if rtl else day * step

    parts = [element("line", {"class": "rule", "x1": "0", "x2": "100%", "y1": BASE, "y2": BASE})]
    for day in range(len(days)):
        x = _percent(place(day))
        parts.append(element("line", {"class": "tick", "x1": x, "x2": x, "y1": BASE, "y2": BASE + 6}))
    parts += _labels(days, due, place)
    parts += _moves(calls, step, rtl, last)
    parts += _flags(calls, place, rtl, last)
    return mark_safe(
        element(
            "svg",
            {
                "class": "picture ruler",
                "role": "group" if any(call.href for call in calls) else "img",
                "width": "100%",
                "height": TOTAL,
                "aria-label": label or _("The next days, with a flag where a call closes"),
            },
            *parts,
        )
    )


def _labels(days: Sequence[RulerDay], due: set[int], place: object) -> list[str]:
    """Days below the line; on a phone today and the days that count come first, the others have no room."""
    assert callable(place)
    step = 1.0 / max(len(days) - 1, 1)
    counted = [day for day in range(len(days)) if day in due or day == 0]
    room = dict(
        zip(
            counted,
            wide_and_narrow((min(max(day * step, 0.03), 0.97), 7.5 * len(days[day].label)) for day in counted),
            strict=True,
        )
    )
    out = []
    for day, about in enumerate(days):
        # The first label starts at the edge, the last one ends there; those between stand under their tick.
        anchor = "start" if day == 0 else "end" if day == len(days) - 1 else "middle"
        where = room.get(day, "wide-only")
        look = "due" if day in due or day == 0 else "day"
        out.append(
            element(
                "text",
                {
                    "class": f"{look} {'' if where == '' else 'wide-only'}".strip(),
                    "x": _percent(place(day)),
                    "y": BASE + 22,
                    "text-anchor": anchor,
                    "aria-hidden": "true",
                },
                attributes_text(about.label),
            )
        )
    return out


def _moves(calls: Sequence[RulerCall], step: float, rtl: bool, last: int) -> list[str]:
    out = []
    for call in calls:
        if call.moved_from is None or not 0 <= call.moved_from <= last or call.moved_from == call.day:
            continue
        a, b = (day * step for day in (call.moved_from, call.day))
        start, stop = (WIDE - WIDE * a, WIDE - WIDE * b) if rtl else (WIDE * a, WIDE * b)
        towards = 1 if stop > start else -1
        tip = stop - 6 * towards
        y = TOP + 9
        out.append(
            element(
                "svg",
                {
                    "width": "100%",
                    "height": TOTAL,
                    "viewBox": f"0 0 {number(WIDE)} {TOTAL}",
                    "preserveAspectRatio": "none",
                    "aria-hidden": "true",
                },
                element(
                    "path",
                    {
                        "class": "moved",
                        "d": f"M{number(start)} {BASE}V{y}H{number(tip)}",
                        "vector-effect": "non-scaling-stroke",
                    },
                ),
            )
        )
        out.append(
            element(
                "svg",
                {
                    "x": _percent(tip / WIDE),
                    "y": y,
                    "width": 1,
                    "height": 1,
                    "overflow": "visible",
                    "aria-hidden": "true",
                },
                element("path", {"class": "moved-tip", "d": f"M{-4 * towards} -4L0 0L{-4 * towards} 4"}),
            )
        )
        if call.moved_label:
            out.append(
                element(
                    "text",
                    {
                        "class": "day wide-only",
                        "x": _percent(min(start, tip) / WIDE if not rtl else max(start, tip) / WIDE),
                        "dx": "-6" if rtl else "6",
                        "y": y - 6,
                        "aria-hidden": "true",
                    },
                    attributes_text(call.moved_label),
                )
            )
    return out


def _flags(calls: Sequence[RulerCall], place: object, rtl: bool, last: int) -> list[str]:
    assert callable(place)
    by_day: dict[int, list[RulerCall]] = {}
    for call in sorted(calls, key=lambda call: (call.day, call.number)):
        by_day.setdefault(call.day, []).append(call)
    out = []
    for day, group in by_day.items():
        words = ", ".join(str(call.number) for call in group)
        width = max(15, 7 * len(words) + 8)
        # A flag blows towards the end of the line, save on the last day, where it would leave the page.
        back = (day == last) != rtl
        start = -width if back else 0
        inside = (
            f'<path class="pole" d="M0 0V{BASE - TOP}"/>'
            f'<path class="flag" d="M{start} 0h{width}v14h{-width}z"/>'
            f'<text class="flagged" x="{number(start + width / 2)}" y="11.5" text-anchor="middle">{words}</text>'
        )
        title = "; ".join(call.title for call in group)
        if group[0].href:
            inside = (
                f"<a{attributes({'href': group[0].href, 'aria-label': title})}>"
                f"<title>{attributes_text(title)}</title>{inside}</a>"
            )
        else:
            inside = f"<title>{attributes_text(title)}</title>{inside}"
        out.append(
            element(
                "svg", {"x": _percent(place(day)), "y": TOP, "width": 1, "height": 1, "overflow": "visible"}, inside
            )
        )
    return out
