"""A plan as GeoJSON: schools as points, new fibre as lines."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ._plan import FIBRE, NO_WAY, Plan
from ._prices import LEVELS, TECHNOLOGIES


def plan_to_geojson(plan: Plan) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection (RFC 7946): a point for each school, a line for each new stretch of fibre."""
    schools, nodes = plan.schools, plan.nodes
    features: list[dict[str, Any]] = []
    for i, standing in enumerate(plan.standing):
        place = int(plan.technology[i])
        features.append({
            "type": "Feature", "id": schools.ids[i],
            "geometry": {"type": "Point", "coordinates": [_seven(schools.lon[i]), _seven(schools.lat[i])]},
            "properties": {
                "name": schools.names[i], "status": standing.status, "why": list(standing.why),
                "technology": TECHNOLOGIES[place] if place != NO_WAY else None,
                **{f"cost_{level}": _plain(plan.cost[i, n]) for n, level in enumerate(LEVELS)},
                "pupils": _plain(schools.pupils[i]), "girls": _plain(schools.girls[i])}})
    for i in np.flatnonzero(plan.technology == FIBRE).tolist():
        above = int(plan.parent[i])
        begin = (schools.lon[above], schools.lat[above]) if above >= 0 else (
            nodes.lon[plan.node[i]], nodes.lat[plan.node[i]])
        features.append({
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [
                [_seven(begin[0]), _seven(begin[1])], [_seven(schools.lon[i]), _seven(schools.lat[i])]]},
            "properties": {"to": schools.ids[i], "m": _plain(plan.line_m[i]),
                           "from": schools.ids[above] if above >= 0 else nodes.ids[plan.node[i]]}})
    return {"type": "FeatureCollection", "features": features}


def _seven(value: float) -> float:
    return round(float(value), 7)


def _plain(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None
