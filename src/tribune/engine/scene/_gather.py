"""From batches of nested geometries to one checked mesh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ._checks import checked, same_place, told_by_slope
from ._model import CityModel, Feature, Finding, Floats, Ints, Mesh
from ._place import metres_a_unit, reference_system
from ._rings import Block, flat
from ._solids import turned_outwards
from ._triangles import say_crossing, triangulated

__all__ = ["Batch", "Book", "gather"]


@dataclass(slots=True)
class Batch:
    """Some features with their points (source coordinates) and blocks; `feature` in blocks is a row of `features`."""

    points: Floats
    blocks: list[Block]
    features: list[Feature]


@dataclass(slots=True)
class Book:
    """What readers write down as they go: findings, the palette, what the file says about itself."""

    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    palette: dict[tuple[int, int, int], int] = field(default_factory=dict)
    crs: str = ""
    title: str = ""
    version: str = ""

    def find(self, object_id: str, code: str, count: int = 1) -> None:
        """Note a finding; the same one again adds to its count."""
        self.findings[object_id, code] += count

    def colour(self, rgb: tuple[int, int, int]) -> int:
        """The number of a colour: its row in the palette + 1."""
        return self.palette.setdefault(rgb, len(self.palette) + 1)


def gather(batches: Iterable[Batch], book: Book, crs: str = "") -> CityModel:
    """Check and triangulate batch by batch; only arrays stay of each. `crs` goes before what the file says.

    Every feature of the batches is in the model; one of which nothing can be drawn has the finding "no_geometry".
    """
    features: list[Feature] = []
    meshes: list[Mesh] = []
    n_points = 0
    middle: Floats | None = None
    for batch in batches:
        if middle is None:
            middle = _middle(batch)
        mesh = _mesh(batch, middle, crs or book.crs, book)
        drawn = np.bincount(mesh.feature, minlength=len(batch.features))
        for row in np.flatnonzero(drawn == 0):
            book.find(batch.features[row].id, "no_geometry")
        meshes.append(Mesh(mesh.points, mesh.triangles + n_points, mesh.feature + len(features), mesh.surface,
                           mesh.colour))
        n_points += len(mesh.points)
        features += batch.features
    findings = tuple(sorted(Finding(of, code, count) for (of, code), count in book.findings.items()))
    return CityModel(tuple(features), _joined(meshes), findings, crs or book.crs, tuple(book.palette), book.title,
                     book.version)


def _middle(batch: Batch) -> Floats:
    finite = batch.points[np.isfinite(batch.points).all(axis=1)]
    return np.median(finite, axis=0) if len(finite) else np.zeros(3)


def _mesh(batch: Batch, middle: Floats, crs: str, book: Book) -> Mesh:
    system = reference_system(crs) if crs else None
    rings, blocks = flat(batch.points, batch.blocks, book.find)
    surfaces = checked(rings, blocks, metres_a_unit(system, float(middle[1])), middle, book.find)
    triangles, owner, crossing = triangulated(surfaces)
    say_crossing(surfaces, crossing, [block.object_id for block in blocks], book.find)
    triangles = turned_outwards(surfaces, triangles, owner, same_place(batch.points), blocks, book.find)
    kind = rings.kind[owner]
    kind = np.where(kind < 0, told_by_slope(surfaces.normal)[owner], kind)
    feature = rings.feature[owner]
    order = np.argsort(feature, kind="stable")
    used, corner = np.unique(triangles[order], return_inverse=True)
    return Mesh(batch.points[used], corner.reshape(-1, 3), feature[order], kind[order], rings.colour[owner][order])


def _joined(meshes: list[Mesh]) -> Mesh:
    if not meshes:
        none: Ints = np.zeros(0, np.int64)
        return Mesh(np.zeros((0, 3)), none.reshape(0, 3), none, none, none)
    if len(meshes) == 1:
        return meshes[0]
    return Mesh(*(np.concatenate([getattr(mesh, name) for mesh in meshes])
                  for name in ("points", "triangles", "feature", "surface", "colour")))
