"""GeoJSON footprints with heights: each polygon becomes a prism with roof, walls and ground."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ._gather import Batch, Book
from ._model import Feature
from ._rings import Block

__all__ = ["HEIGHTS", "footprints"]

# Names under which open data sets give the height of a building in metres, in the order we look.
HEIGHTS = ("height", "measuredHeight", "measured_height", "building:height", "b3_h_dak_max", "h_max", "hoogte",
           "HEIGHT", "Height", "hauteur", "altura", "roofheight")
LEVELS = ("building:levels", "levels", "num_floors", "storeysAboveGround", "floors")
BASES = ("min_height", "base_height", "baseheight", "ground_height")
LEVEL_M, NO_HEIGHT_M = 3.0, 3.0
ROOF, WALL, GROUND = 1, 2, 3


def footprints(document: Mapping[str, Any], book: Book, height: str = "") -> Iterator[Batch]:
    """Give the polygons of a FeatureCollection, a Feature or a bare geometry, raised to their heights.

    `height` names the property with metres above the base; else the usual names are tried, then storeys of 3 m.
    """
    book.crs = book.crs or _crs(document)
    rows = document.get("features") if document.get("type") == "FeatureCollection" else [document]
    if not isinstance(rows, list):
        book.find("", "bad_object")
        return
    points: list[list[float]] = []
    blocks: list[Block] = []
    features: list[Feature] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            book.find(f"feature {number}", "bad_object")
            continue
        given = row.get("properties")
        attributes: dict[str, Any] = given if isinstance(given, dict) else {}
        name = _name(row, attributes, number)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            book.find(name, "same_id")
            name = f"{name}~{seen[name]}"
        kind = str(attributes.get("type") or "Building")
        features.append(Feature(name, kind if kind.startswith("Building") else "Building", "1", (), attributes))
        geometry = row.get("geometry") if row.get("type") == "Feature" else row
        polygons = list(_polygons(geometry))
        if not polygons:
            book.find(name, "not_a_polygon")
        base, top = _span(attributes, height)
        if top is None:
            book.find(name, "no_height")
            top = base + NO_HEIGHT_M
        for polygon in polygons:
            try:
                start = len(points)
                prism, surfaces, kinds = _prism(polygon, base, top)
            except (TypeError, ValueError, IndexError):
                book.find(name, "bad_geometry")
                continue
            points += prism
            blocks.append(Block(name, len(features) - 1, surfaces, start, len(prism), True, kinds=kinds))
    yield Batch(np.array(points, dtype=np.float64).reshape(-1, 3), blocks, features)


def _crs(document: Mapping[str, Any]) -> str:
    """The older "crs" member, else what RFC 7946 says: longitude and latitude."""
    member = document.get("crs")
    properties = member.get("properties") if isinstance(member, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    return named if isinstance(named, str) and named else "OGC:CRS84"


def _name(row: Mapping[str, Any], attributes: Mapping[str, Any], number: int) -> str:
    for given in (row.get("id"), attributes.get("id"), attributes.get("@id"), attributes.get("identificatie")):
        if isinstance(given, (str, int)) and str(given):
            return str(given)
    return f"feature {number}"


def _polygons(geometry: Any) -> Iterator[Any]:
    if not isinstance(geometry, dict):
        return
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        yield coordinates
    elif kind == "MultiPolygon" and isinstance(coordinates, list):
        yield from coordinates
    elif kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        for one in geometry["geometries"]:
            yield from _polygons(one)


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        said = re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:m|metres?|meters?)?\s*", value)
        return float(said[1].replace(",", ".")) if said else None
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _first(attributes: Mapping[str, Any], names: Sequence[str]) -> float | None:
    return next((number for name in names if (number := _number(attributes.get(name))) is not None), None)


def _span(attributes: Mapping[str, Any], height: str) -> tuple[float, float | None]:
    """Base and top in metres. Heights are read as above the base, as OpenStreetMap's are above the ground."""
    base = _first(attributes, BASES) or 0.0
    tall = _first(attributes, (height,) if height else HEIGHTS)
    if tall is None and not height and (levels := _first(attributes, LEVELS)) is not None:
        tall = levels * LEVEL_M
    if tall is None or not 0 < tall < 2000:
        return base, None
    # min_height is measured from the ground as height is: a bridge between towers begins high up.
    hangs = _first(attributes, ("min_height",))
    return base, tall if hangs is not None and tall > base else base + tall


def _prism(polygon: Any, base: float, top: float) -> tuple[list[list[float]], list[Any], list[int]]:
    """Corners (below, above), surfaces as rings of local rows, and their kinds; the outer ring turned left."""
    below: list[list[float]] = []
    rings: list[list[int]] = []
    for number, ring in enumerate(polygon):
        flat = [(float(corner[0]), float(corner[1])) for corner in ring]
        if len(flat) > 1 and flat[0] == flat[-1]:
            flat.pop()
        if (_turn(flat) < 0) == (number == 0):
            flat.reverse()
        rings.append(list(range(len(below), len(below) + len(flat))))
        below += [[x, y, base] for x, y in flat]
    n = len(below)
    roof = [[k + n for k in ring] for ring in rings]
    ground = [ring[::-1] for ring in rings]
    walls = [[[a, b, b + n, a + n]] for ring in rings for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    surfaces = [roof, ground, *walls]
    return below + [[x, y, top] for x, y, _ in below], surfaces, [ROOF, GROUND] + [WALL] * len(walls)


def _turn(ring: Sequence[tuple[float, float]]) -> float:
    if not ring:
        raise ValueError("a ring without corners")
    x0, y0 = ring[0]
    return sum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)
               for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
