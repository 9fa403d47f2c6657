"""The opinion map as SVG, drawn on the server: a mark for about one voice, a shape for each group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

__all__ = ["HEIGHT", "LETTERS", "bar", "draw", "shape", "timeline"]

LETTERS = "ABCDE"
HEIGHT = 440
# Centred at nought, about nine pixels wide.
_SHAPES = (
    '<circle r="4" class="m0"/>',
    '<rect x="-4" y="-4" width="8" height="8" class="m1"/>',
    '<path d="M0-5 5 4H-5Z" class="m2"/>',
    '<path d="M0-5.5 5.5 0 0 5.5-5.5 0Z" class="m3"/>',
    '<path d="M-4-4 4 4M-4 4 4-4" class="m4"/>',
)


def shape(group: int) -> SafeString:
    """Return the mark of a group as a small picture beside its name."""
    return mark_safe(f'<svg class="group-mark" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">'
                     f'{_SHAPES[group % len(_SHAPES)]}</svg>')


def draw(shown: Mapping[str, Any], label: str) -> SafeString:
    """Return the map: ellipses round the groups, a mark for each voice that may be drawn, letters above.

    Places are shares of the width, so that letters keep their size on a phone; a crossed ring is an account that
    was set aside. Empty where there is no map.
    """
    groups, marks = shown["groups"], shown["marks"]
    if not groups:
        return mark_safe("")
    xs = [mark[0] for mark in marks] + [g["cx"] + s * g["rx"] for g in groups for s in (-1, 1)]
    ys = [mark[1] for mark in marks] + [g["cy"] + s * g["ry"] for g in groups for s in (-1, 1)]
    left, wide = min(xs), max(max(xs) - min(xs), 1e-9)
    low, tall = min(ys), max(max(ys) - min(ys), 1e-9)

    def across(x: float) -> float:
        return 5 + 90 * (x - left) / wide

    def down(y: float) -> float:
        return 14 + 80 * (1 - (y - low) / tall)

    parts = [f'<line class="map-axis" x1="{across(0):.1f}%" x2="{across(0):.1f}%" y1="0" y2="100%"/>',
             f'<line class="map-axis" y1="{down(0):.1f}%" y2="{down(0):.1f}%" x1="0" x2="100%"/>']
    for group in groups:
        parts.append(f'<ellipse class="map-group" cx="{across(group["cx"]):.1f}%" cy="{down(group["cy"]):.1f}%" '
                     f'rx="{max(90 * group["rx"] / wide, 2):.1f}%" ry="{max(80 * group["ry"] / tall, 2):.1f}%"/>')
    for x, y, group, flagged in marks:
        what = '<circle r="4.5" class="mf"/><path d="M-3-3 3 3" class="m4"/>' if flagged else _SHAPES[group % 5]
        parts.append(f'<svg x="{across(x):.1f}%" y="{down(y):.1f}%" overflow="visible">{what}</svg>')
    for place, group in enumerate(groups):
        top = max(down(group["cy"] + group["ry"]) - 2, 4)
        name = escape(_("Group %(letter)s") % {"letter": LETTERS[place]})
        at = min(max(across(group["cx"]), 12), 88)
        parts.append(f'<text class="map-name" x="{at:.1f}%" y="{top:.1f}%" text-anchor="middle">{name}</text>')
    return mark_safe(f'<svg class="opinion-map" width="100%" height="{HEIGHT}" role="img" '
                     f'aria-label="{escape(label)}">{"".join(parts)}</svg>')


def bar(agree: float, passed: float, disagree: float) -> SafeString:
    """Return a bar of three shares (0 to 1): agree full, pass grey, disagree outlined. The words stand beside it."""
    total = agree + passed + disagree
    if not total:
        return mark_safe('<svg class="vote-bar" width="100%" height="12" aria-hidden="true">'
                         '<rect class="vote-none" width="100%" height="12"/></svg>')
    a, p, d = (100 * each / total for each in (agree, passed, disagree))
    return mark_safe(
        '<svg class="vote-bar" width="100%" height="12" aria-hidden="true">'
        f'<rect class="vote-agree" width="{a:.1f}%" height="12"/>'
        f'<rect class="vote-pass" x="{a:.1f}%" width="{p:.1f}%" height="12"/>'
        f'<rect class="vote-disagree" x="{a + p:.1f}%" y=".5" width="{d:.1f}%" height="11"/></svg>')


def timeline(points: list[Mapping[str, Any]], label: str) -> SafeString:
    """Return how many statements unite all (full) and divide (outlined), snapshot by snapshot."""
    most = max((max(each["n_unites"], each["n_divides"]) for each in points), default=0)
    if len(points) < 2 or not most:
        return mark_safe("")
    step, parts = 100 / len(points), []
    for place, each in enumerate(points):
        for key, css, shift in (("n_unites", "vote-agree", 0.0), ("n_divides", "vote-disagree", 0.4)):
            high = 70 * each[key] / most
            parts.append(f'<rect class="{css}" x="{(place + shift) * step:.2f}%" y="{80 - high:.1f}" '
                         f'width="{step * 0.34:.2f}%" height="{high:.1f}"/>')
    parts.append('<line class="map-axis" x1="0" x2="100%" y1="80" y2="80"/>')
    return mark_safe(f'<svg class="map-timeline" width="100%" height="84" role="img" aria-label="{escape(label)}">'
                     f'{"".join(parts)}</svg>')
