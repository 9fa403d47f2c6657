"""The nouns of a scene: findings, features, a city model as arrays, tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["FINDINGS", "SURFACES", "CityModel", "Feature", "Finding", "Floats", "Ints", "Mesh", "Scene", "Tile"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Class of a triangle, as the tile's byte says it. "other" is whatever is neither building nor known ground.
SURFACES = ("other", "roof", "wall", "ground", "opening", "road", "water", "green", "land", "bridge")

# What a check can say: code → the sentence for people, in English; the count of cases follows it.
FINDINGS: dict[str, str] = {
    "bad_json": "The line is not complete JSON; it was left out.",
    "bad_object": "The object has not the shape that its format asks for; it was left out.",
    "bad_geometry": "A geometry has not the nesting of its type; it was left out.",
    "bad_index": "A ring names a vertex that is not in the file; the surface was left out.",
    "bad_vertex": "A vertex is not three finite numbers; surfaces that use it were left out.",
    "bad_template": "A template, its place or its matrix is missing or wrong; the instance was left out.",
    "far_away": "Vertices lie more than 200 km from the rest of the model; surfaces that use them were left out.",
    "outside_crs": "The coordinates cannot be placed on Earth by the reference system; the object was left out.",
    "no_crs": "The model names no reference system; it stands in its own metres, at no known place.",
    "bad_crs": "The reference system is not known; the model stands in its own metres, at no known place.",
    "no_height": "No height is given; 3 metres were taken.",
    "not_a_polygon": "The geometry is no polygon; there is nothing to build on.",
    "no_geometry": "The object has no geometry that can be drawn.",
    "no_such_lod": "The chosen level of detail is missing; the nearest one was taken.",
    "no_parent": "The parent that is named does not exist; the object stands alone.",
    "parent_unaware": "The parent does not name this object as its child.",
    "parent_circle": "Objects are each other's parents; the object stands alone.",
    "missing_child": "A child that is named does not exist.",
    "same_id": "The same identifier stands for more than one object; the later one got a number.",
    "repeated_vertex": "A ring repeats a vertex at once; the repetition was left out.",
    "short_ring": "A ring has fewer than three different vertices; it was left out.",
    "no_area": "A surface has no area; it was left out.",
    "not_planar": "A surface bends by more than 5 cm.",
    "self_crossing": "A surface crosses itself; it was drawn as well as can be.",
    "not_closed": "A solid has open edges.",
    "wrong_turn": "Neighbouring surfaces of a solid turn opposite ways.",
    "inside_out": "A solid faced inwards; it was turned.",
    "bad_semantics": "The list of surface kinds does not fit the geometry; kinds were told by slope.",
    "unused_geometry": "A geometry of lines or points is not drawn.",
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What a check found on one object: its id ("" for the whole model), a stable code, how many cases."""

    object_id: str
    code: str
    count: int = 1

    @property
    def message(self) -> str:
        """The sentence for people, in English."""
        return FINDINGS[self.code]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that can be picked: a top-level city object with all its parts.

    `kind` is the type in the words of CityJSON; `lod` the level drawn ("" where there is none); `parts` the
    identifiers of the objects inside it; `attributes` are the source's, untouched: escape them wherever shown.
    """

    id: str
    kind: str
    lod: str = ""
    parts: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mesh:
    """Triangles as arrays: `points` (n, 3) metres or source units; `triangles` (m, 3) rows of `points`;

    per triangle the row of its feature, its class (place in SURFACES) and its colour (0 none, else palette row + 1).
    """

    points: Floats
    triangles: Ints
    feature: Ints
    surface: Ints
    colour: Ints


@dataclass(frozen=True, slots=True)
class CityModel:
    """A checked model in the coordinates of its source. `crs` is what the file says of them, or ""."""

    features: tuple[Feature, ...]
    mesh: Mesh
    findings: tuple[Finding, ...]
    crs: str = ""
    palette: tuple[tuple[int, int, int], ...] = ()
    title: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of the city: features in order, triangles by feature, corners on the grid of its box.

    `low` and `step`: metres east, north and up of the scene's origin = low + step * grid, grid 0 … 65535.
    Each triangle has its feature (row of `features`), class (place in SURFACES) and colour (0, or palette row + 1).
    """

    cell: tuple[int, int]
    low: tuple[float, float, float]
    step: tuple[float, float, float]
    features: tuple[Feature, ...]
    grid: NDArray[np.uint16]
    triangles: NDArray[np.uint32]
    feature: NDArray[np.uint16]
    surface: NDArray[np.uint8]
    colour: NDArray[np.uint16]

    @property
    def points(self) -> Floats:
        """The corners in metres from the scene's origin."""
        result: Floats = np.asarray(self.low) + self.grid * np.asarray(self.step)
        return result


@dataclass(frozen=True, slots=True)
class Scene:
    """A city as tiles in local metres: x east, y north, z up from `origin` (longitude, latitude, height).

    `origin` longitude and latitude are None where the model names no known reference system. `bounds` are
    metres: least x, y, z, greatest x, y, z. `findings` are those of the model and of placing it.
    """

    origin: tuple[float | None, float | None, float]
    bounds: tuple[float, float, float, float, float, float]
    tiles: tuple[Tile, ...]
    findings: tuple[Finding, ...]
    palette: tuple[tuple[int, int, int], ...] = ()
    title: str = ""

    @property
    def n_features(self) -> int:
        """How many features are drawn."""
        return sum(len(tile.features) for tile in self.tiles)
