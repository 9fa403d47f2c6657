"""Small made city models for the tests."""

from __future__ import annotations

import json
from typing import Any

CUBE = [[[0, 3, 2, 1]], [[4, 5, 6, 7]], [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]]]


def corners(x: float, y: float, size: float = 10.0, height: float = 5.0) -> list[list[int]]:
    """Eight corners in millimetres."""
    low, high = (0, round(height * 1000))
    flat = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]
    return [[round(a * 1000), round(b * 1000), z] for z in (low, high) for a, b in flat]


def cube(base: int = 0, **more: Any) -> dict[str, Any]:
    """A building with one Solid of six squares, its corners from `base`."""
    shell = [[[index + base for index in ring] for ring in surface] for surface in CUBE]
    return {"type": "Building", "geometry": [{"type": "Solid", "lod": "1", "boundaries": [shell]}], **more}


def city(objects: dict[str, Any], vertices: list[Any], **more: Any) -> bytes:
    """A CityJSON 2.0 file near Delft."""
    return json.dumps({
        "type": "CityJSON", "version": "2.0", "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"},
        "transform": {"scale": [0.001] * 3, "translate": [85000, 447000, 0]}, "CityObjects": objects,
        "vertices": vertices, **more}).encode()


def cubes(n: int, **more: Any) -> bytes:
    """A row of n cubes, 20 metres apart."""
    vertices = [corner for k in range(n) for corner in corners(20.0 * k, 0.0)]
    return city({f"b{k}": cube(8 * k) for k in range(n)}, vertices, **more)
