"""A city's schools as a picture: connected, not connected, not known, and the fibre that would join them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tribune.engine.reach import FIBRE, Plan

# Size of the picture, and the least margin around its points.
WIDTH, HEIGHT, MARGIN = 720.0, 480.0, 14.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Paths of an SVG of WIDTH × HEIGHT: dots by status, nodes as diamonds, lines worth building and others."""

    yes: str
    no: str
    unknown: str
    nodes: str
    built: str
    lines: str
    # Kilometres that a bar of `bar` units stands for.
    bar: float
    bar_km: float
    at: tuple[float, float] | None = None


def draw(plan: Plan, *, at: int | None = None) -> Picture | None:
    """Return the picture of a plan, None without schools; `at` marks one school (its place)."""
    schools, nodes = plan.schools, plan.nodes
    if not len(schools):
        return None
    lat, lon = [*schools.lat.tolist()], [*schools.lon.tolist()]
    south, north, west, east = min(lat), max(lat), min(lon), max(lon)
    # Nodes far outside the city would make it small; they are drawn where they lie within twice its size.
    room_lat, room_lon = max(north - south, .02), max(east - west, .02)
    near = [i for i in range(len(nodes)) if south - room_lat < nodes.lat[i] < north + room_lat
            and west - room_lon < nodes.lon[i] < east + room_lon]
    for i in near:
        south, north = min(south, nodes.lat[i]), max(north, nodes.lat[i])
        west, east = min(west, nodes.lon[i]), max(east, nodes.lon[i])
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min((WIDTH - 2 * MARGIN) / max((east - west) * squeeze, 1e-4),
                (HEIGHT - 2 * MARGIN) / max(north - south, 1e-4))
    off_x = (WIDTH - (east - west) * squeeze * scale) / 2
    off_y = (HEIGHT - (north - south) * scale) / 2

    def place(one_lat: float, one_lon: float) -> tuple[float, float]:
        return off_x + (one_lon - west) * squeeze * scale, off_y + (north - one_lat) * scale

    spots = [place(a, b) for a, b in zip(lat, lon, strict=True)]
    joins = [place(float(nodes.lat[i]), float(nodes.lon[i])) for i in range(len(nodes))]

    def dots(status: str) -> str:
        return "".join(f"M{x:.1f},{y:.1f}h0" for (x, y), one in zip(spots, plan.standing, strict=True)
                       if one.status == status)

    def lines(built: bool) -> str:
        parts = []
        for i, above in enumerate(plan.parent.tolist()):
            if above == -2 or (plan.technology[i] == FIBRE) != built:
                continue
            x, y = spots[above] if above >= 0 else joins[int(plan.node[i])]
            parts.append(f"M{x:.1f},{y:.1f}L{spots[i][0]:.1f},{spots[i][1]:.1f}")
        return "".join(parts)

    # One degree of latitude is 111.2 km; the bar is the round number next below a quarter of the picture.
    km = (WIDTH / 4) / scale * 111.2
    round_km = next(step * 10 ** math.floor(math.log10(km)) for step in (5, 2, 1)
                    if step * 10 ** math.floor(math.log10(km)) <= km)
    return Picture(dots("yes"), dots("no"), dots("unknown"),
                   "".join(f"M{joins[i][0] - 6:.1f},{joins[i][1]:.1f}l6,-6 6,6 -6,6z" for i in near), lines(True),
                   lines(False), round_km / 111.2 * scale, round_km, spots[at] if at is not None else None)
