"""The indicators of a city as a wheel: one wedge each, by dimension, filled by its band; the table says the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tribune.engine.indicators import Report

SIZE, HOLE, RIM, EDGE = 520.0, 86.0, 118.0, 250.0
# How far out a wedge reaches: shape tells the band beside colour.
_REACH = {"95+": 1.0, "66-95": .78, "33-66": .52, "<33": .28, "no_benchmark": .14, "not_reported": .0}


@dataclass(frozen=True, slots=True)
class Wedge:
    """One path of the wheel, the band it bears, and the code of its indicator."""

    path: str
    band: str
    code: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """Wedges by indicator, arcs of the dimensions with where their names stand, and the rings behind."""

    wedges: tuple[Wedge, ...]
    arcs: tuple[tuple[str, str], ...]
    rings: tuple[float, ...]


def wheel(report: Report) -> Wheel:
    """Return the wheel of a report in a square of SIZE, clockwise from the top."""
    n = len(report.results)
    step = 2 * math.pi / n
    wedges, arcs, begin = [], [], 0
    for i, one in enumerate(report.results):
        far = RIM + (EDGE - RIM) * _REACH[one.band]
        if far > RIM:
            wedges.append(Wedge(_ring(RIM, far, i * step + .004, (i + 1) * step - .004), one.band, one.indicator.code))
        last = i + 1 == n or report.results[i + 1].indicator.dimension != one.indicator.dimension
        if last:
            arcs.append((_ring(HOLE, RIM - 4, begin * step + .01, (i + 1) * step - .01), one.indicator.dimension))
            begin = i + 1
    return Wheel(tuple(wedges), tuple(arcs), tuple(RIM + (EDGE - RIM) * share for share in (.33, .66, .95)))


def _ring(near: float, far: float, begin: float, end: float) -> str:
    """A piece of a ring between two radii and two angles."""
    large = int(end - begin > math.pi)

    def at(radius: float, angle: float) -> str:
        return f"{SIZE / 2 + radius * math.sin(angle):.1f},{SIZE / 2 - radius * math.cos(angle):.1f}"
    return (f"M{at(near, begin)}L{at(far, begin)}A{far:.1f},{far:.1f} 0 {large} 1 {at(far, end)}L{at(near, end)}"
            f"A{near:.1f},{near:.1f} 0 {large} 0 {at(near, begin)}z")
