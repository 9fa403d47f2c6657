"""CityJSON 1.0, 1.1 and 2.0, and the features of CityJSONSeq, as batches of points and nested surfaces."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from ._family import families
from ._gather import Batch, Book
from ._model import Feature, Floats
from ._rings import Block

__all__ = ["Header", "batch_of", "header_of"]

DEPTH = {"MultiSurface": 0, "CompositeSurface": 0, "Solid": 1, "MultiSolid": 2, "CompositeSolid": 2}
OF_SEMANTICS = {"RoofSurface": 1, "WallSurface": 2, "ClosureSurface": 2, "GroundSurface": 3, "OuterFloorSurface": 3,
                "OuterCeilingSurface": 3, "Window": 4, "Door": 4, "TrafficArea": 5, "AuxiliaryTrafficArea": 5,
                "WaterSurface": 6}
OF_TYPE = {"Road": 5, "Railway": 5, "TransportSquare": 5, "Waterway": 6, "WaterBody": 6, "PlantCover": 7,
           "SolitaryVegetationObject": 7, "LandUse": 8, "TINRelief": 8, "GenericCityObject": 0, "CityFurniture": 0}


@dataclass(slots=True)
class Header:
    """What a file says once for all its objects."""

    scale: Floats = field(default_factory=lambda: np.ones(3))
    translate: Floats = field(default_factory=lambda: np.zeros(3))
    templates: Sequence[Any] = ()
    template_points: Floats = field(default_factory=lambda: np.zeros((0, 3)))


def header_of(document: Mapping[str, Any], book: Book) -> Header:
    """Read version, reference system, transform and templates."""
    book.version = str(document.get("version", ""))
    metadata = document.get("metadata")
    if isinstance(metadata, dict):
        book.crs = str(metadata.get("referenceSystem") or "")
        book.title = str(metadata.get("title") or "")
    header = Header()
    transform = document.get("transform")
    if isinstance(transform, dict):
        scale, translate = (points_of([transform.get(key)], book) for key in ("scale", "translate"))
        if np.isfinite(scale).all() and np.isfinite(translate).all():
            header.scale, header.translate = scale[0], translate[0]
    templates = document.get("geometry-templates")
    if isinstance(templates, dict):
        header.templates = templates.get("templates") or ()
        header.template_points = points_of(templates.get("vertices-templates") or [], book)
    return header


def points_of(rows: Any, book: Book) -> Floats:
    """Rows of three numbers; a wrong row becomes not-a-number, counted, so that the others keep their places."""
    if not isinstance(rows, list):
        book.find("", "bad_vertex")
        return np.zeros((0, 3))
    try:
        if set(map(len, rows)) - {3}:
            raise ValueError
        numbers = list(chain.from_iterable(rows))
        if set(map(type, numbers)) - {int, float}:
            raise TypeError
        points = np.fromiter(numbers, np.float64, len(numbers)).reshape(-1, 3)
    except (TypeError, ValueError, OverflowError):
        points = np.array([_row(row) for row in rows], dtype=np.float64).reshape(-1, 3)
    wrong = int((~np.isfinite(points)).any(axis=1).sum())
    if wrong:
        book.find("", "bad_vertex", wrong)
    return points


def _row(row: Any) -> tuple[float, float, float]:
    try:
        x, y, z = row
        if {type(x), type(y), type(z)} <= {int, float}:
            return float(x), float(y), float(z)
    except (TypeError, ValueError, OverflowError):
        pass
    return math.nan, math.nan, math.nan


def batch_of(documents: Sequence[Mapping[str, Any]], header: Header, book: Book, lod: str, buildings_only: bool,
             ) -> Batch:
    """Gather one whole model, or some features of a sequence, each with vertices of its own."""
    maker = _Maker(header, book, lod)
    for document in documents:
        maker.add(document, buildings_only)
    return Batch(np.concatenate([*maker.points, np.zeros((0, 3))]), maker.blocks, maker.features)


class _Maker:
    def __init__(self, header: Header, book: Book, lod: str) -> None:
        self.header, self.book, self.lod = header, book, lod
        self.points: list[Floats] = []
        self.n_points = 0
        self.blocks: list[Block] = []
        self.features: list[Feature] = []
        self.template_base = -1

    def add(self, document: Mapping[str, Any], buildings_only: bool) -> None:
        given = document.get("CityObjects")
        if not isinstance(given, dict):
            self.book.find(str(document.get("id", "")), "bad_object")
            return
        objects = {}
        for name, one in given.items():
            if isinstance(one, dict) and isinstance(one.get("type"), str):
                objects[name] = one
            else:
                self.book.find(name, "bad_object")
        grid = points_of(document.get("vertices"), self.book)
        base, limit = self._put(grid * self.header.scale + self.header.translate), len(grid)
        colours = _colours(document, self.book)
        for top, inside in families(objects, self.book).items():
            kind = objects[top]["type"]
            if kind == "CityObjectGroup" or (buildings_only and not kind.startswith("Building")):
                continue
            row = len(self.features)
            chosen = self._chosen(top, inside, objects)
            attributes = objects[top].get("attributes")
            self.features.append(Feature(top, kind, chosen[0][1] if chosen else "", tuple(inside),
                                         attributes if isinstance(attributes, dict) else {}))
            for name, _, geometry in chosen:
                self._geometry(name, row, objects[name]["type"], geometry, base, limit, colours)

    def _put(self, points: Floats) -> int:
        self.points.append(points)
        self.n_points += len(points)
        return self.n_points - len(points)

    def _chosen(self, top: str, inside: Sequence[str], objects: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
        """Geometries to draw, as (object, level, geometry): of each object those of its best level.

        The whole is left out where its parts are drawn in more detail, as in models with a footprint and a part.
        """
        found: dict[str, list[tuple[str, str, Any]]] = {}
        for name in (top, *inside):
            rows = [(name, self._level(one), one) for one in self._geometries(name, objects[name])]
            if rows:
                best = _best({level for _, level, _ in rows}, self.lod)
                found[name] = [row for row in rows if row[1] == best]
        if top in found and len(found) > 1:
            best = _best({rows[0][1] for rows in found.values()}, self.lod)
            if found[top][0][1] != best:
                del found[top]
        levels = {rows[0][1] for rows in found.values()}
        if self.lod and found and not any(level == self.lod or level.startswith(self.lod + ".") for level in levels):
            self.book.find(top, "no_such_lod")
        return [row for rows in found.values() for row in rows]

    def _geometries(self, name: str, one: Mapping[str, Any]) -> list[Any]:
        given = one.get("geometry") or []
        if not isinstance(given, list):
            self.book.find(name, "bad_geometry")
            return []
        result = []
        for geometry in given:
            kind = geometry.get("type") if isinstance(geometry, dict) else None
            if kind in DEPTH or kind == "GeometryInstance":
                result.append(geometry)
            else:
                self.book.find(name, "unused_geometry" if kind in ("MultiPoint", "MultiLineString") else "bad_geometry")
        return result

    def _level(self, geometry: Mapping[str, Any]) -> str:
        if geometry["type"] == "GeometryInstance":
            template = self._template(geometry)
            return str(template.get("lod", "")) if template else ""
        return str(geometry.get("lod", ""))

    def _template(self, geometry: Mapping[str, Any]) -> Mapping[str, Any] | None:
        number = geometry.get("template")
        if type(number) is not int or not 0 <= number < len(self.header.templates):
            return None
        template = self.header.templates[number]
        return template if isinstance(template, dict) and template.get("type") in DEPTH else None

    def _geometry(self, name: str, row: int, kind: str, geometry: Mapping[str, Any], base: int, limit: int,
                  colours: Mapping[str, Sequence[int]]) -> None:
        if geometry["type"] == "GeometryInstance":
            template = self._template(geometry)
            moved = self._instance(geometry, base, limit)
            if template is None or moved is None:
                self.book.find(name, "bad_template")
                return
            base, limit, geometry = self._put(moved), len(moved), template
        depth = DEPTH[geometry["type"]]
        try:
            solids = _solids(geometry["boundaries"], depth)
            sizes = [len(one) for one in solids]
        except (KeyError, TypeError):
            self.book.find(name, "bad_geometry")
            return
        fixed = OF_TYPE.get(kind, 9 if kind.startswith(("Bridge", "Tunnel")) else -1)
        kinds = self._kinds(name, geometry, depth, sum(sizes), fixed)
        painted = _painted(geometry, depth, sum(sizes), colours)
        start = 0
        for surfaces, size in zip(solids, sizes, strict=True):
            self.blocks.append(Block(name, row, surfaces, base, limit, depth > 0, fixed, kinds[start:start + size],
                                     painted[start:start + size]))
            start += size

    def _instance(self, geometry: Mapping[str, Any], base: int, limit: int) -> Floats | None:
        """Template corners by the 4 × 4 matrix, then put at the reference point (CityJSON 2.0, section 3.4)."""
        at, matrix = geometry.get("boundaries"), geometry.get("transformationMatrix")
        if not (isinstance(at, list) and len(at) == 1 and type(at[0]) is int and 0 <= at[0] < limit):
            return None
        try:
            turn = np.array(matrix, dtype=np.float64).reshape(4, 4)
        except (TypeError, ValueError):
            return None
        point = self.points[-1][0:0]
        for block in self.points:
            if base < len(block):
                point = block[base + at[0]:base + at[0] + 1]
                break
            base -= len(block)
        if len(point) != 1 or not np.isfinite(turn).all():
            return None
        result: Floats = self.header.template_points @ turn[:3, :3].T + turn[:3, 3] + point
        return result

    def _kinds(self, name: str, geometry: Mapping[str, Any], depth: int, size: int, fixed: int) -> list[int]:
        semantics = geometry.get("semantics")
        if not isinstance(semantics, dict) or semantics.get("values") is None:
            return []
        try:
            of = [OF_SEMANTICS.get(one["type"], fixed) for one in semantics["surfaces"]]
            rows = _values(semantics["values"], geometry["boundaries"], depth)
            if len(rows) != size or any(row is not None and not 0 <= row < len(of) for row in rows):
                raise ValueError
            return [fixed if row is None else of[row] for row in rows]
        except (KeyError, TypeError, ValueError):
            self.book.find(name, "bad_semantics")
            return []


def _solids(boundaries: Any, depth: int) -> list[list[Any]]:
    if depth == 0:
        return [list(boundaries)]
    if depth == 1:
        return [list(chain.from_iterable(boundaries))]
    return [list(chain.from_iterable(shells)) for shells in boundaries]


def _values(values: Any, boundaries: Any, depth: int) -> list[Any]:
    """Lay values flat beside the surfaces; null for a shell or a solid stands for each surface in it."""
    if depth == 0:
        return [None] * len(boundaries) if values is None else list(values)
    if values is None:
        return [row for one in boundaries for row in _values(None, one, depth - 1)]
    return [row for value, one in zip(values, boundaries, strict=True) for row in _values(value, one, depth - 1)]


def _best(levels: set[str], wanted: str) -> str:
    def rank(level: str) -> tuple[float, ...]:
        return tuple(float(part) for part in re.findall(r"\d+", level)) or (-1.0,)

    if wanted:
        exact = [level for level in levels if level == wanted or level.startswith(wanted + ".")]
        if exact:
            return max(exact, key=rank)
        aim = rank(wanted)[0]
        return min(sorted(levels), key=lambda level: (abs(rank(level)[0] - aim), rank(level)))
    return max(levels, key=lambda level: (rank(level), level))


def _colours(document: Mapping[str, Any], book: Book) -> dict[str, list[int]]:
    """The palette number of each material; {} where there are none. Textures are not read."""
    appearance = document.get("appearance")
    materials = appearance.get("materials") if isinstance(appearance, dict) else None
    if not isinstance(materials, list) or not isinstance(appearance, dict):
        return {}
    numbers = []
    for one in materials:
        rgb = one.get("diffuseColor") if isinstance(one, dict) else None
        good = isinstance(rgb, list) and len(rgb) == 3 and all(type(v) in (int, float) and 0 <= v <= 1 for v in rgb)
        numbers.append(book.colour((round(rgb[0] * 255), round(rgb[1] * 255), round(rgb[2] * 255)))
                       if good and isinstance(rgb, list) else 0)
    return {str(appearance.get("default-theme-material") or ""): numbers}


def _painted(geometry: Mapping[str, Any], depth: int, size: int, colours: Mapping[str, Sequence[int]]) -> list[int]:
    material = geometry.get("material")
    if not colours or not isinstance(material, dict) or not material:
        return []
    (default, numbers), = colours.items()
    theme = material.get(default) or material[min(material)]
    try:
        rows = [theme["value"]] * size if "value" in theme else _values(theme["values"], geometry["boundaries"], depth)
        if len(rows) != size:
            return []
        return [numbers[row] if type(row) is int and 0 <= row < len(numbers) else 0 for row in rows]
    except (KeyError, TypeError, ValueError):
        return []
