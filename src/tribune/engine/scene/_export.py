"""A scene in open formats: GLB, 3D Tiles 1.1, NGSI-LD; and how far it is from a place."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from ._model import SURFACES, Scene, Tile
from ._place import GEOD

__all__ = ["distance_m", "to_3d_tiles", "to_glb", "to_ngsi_ld"]

# Linear colours of the classes in SURFACES, for viewers without a style of their own.
COLOURS = ((.6, .6, .6), (.62, .3, .24), (.78, .74, .68), (.4, .4, .4), (.3, .4, .5), (.35, .35, .37), (.3, .5, .7),
           (.35, .55, .3), (.7, .68, .55), (.5, .5, .55))
GLTF_JSON, GLTF_BIN = 0x4E4F534A, 0x004E4942


_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


def _quoted(text: str) -> str:
    """Text as it may stand in a URN (RFC 3986): everything but the unreserved characters as percent and bytes."""
    return "".join(one if one in _PLAIN else "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "replace"))
                   for one in text)


def to_glb(tiles: Sequence[Tile], palette: Sequence[tuple[int, int, int]] = ()) -> bytes:
    """One binary glTF 2.0 of some tiles: a primitive a tile, y up, metres from the scene's origin.

    Feature ids by EXT_mesh_features, ids, kinds and levels by EXT_structural_metadata, a property table a tile.
    Raises ValueError without tiles.
    """
    if not tiles:
        raise ValueError("a GLB needs at least one tile")
    binary = _Binary()
    primitives, tables = [], []
    for number, tile in enumerate(tiles):
        points, owner, colour, faces = _unfolded(tile, palette)
        # East, north, up of the scene are x, -z, y of glTF.
        placed = np.stack([points[:, 0], points[:, 2], -points[:, 1]], axis=1).astype(np.float32)
        attributes = {"POSITION": binary.accessor(placed, 5126, "VEC3", bounds=True),
                      "_FEATURE_ID_0": binary.accessor(owner.astype(np.float32), 5126, "SCALAR"),
                      "COLOR_0": binary.accessor(colour, 5121, "VEC4", normalized=True)}
        primitives.append({
            "attributes": attributes, "indices": binary.accessor(faces.astype(np.uint32).reshape(-1), 5125, "SCALAR"),
            "material": 0, "mode": 4, "extensions": {"EXT_mesh_features": {"featureIds": [
                {"featureCount": len(tile.features), "attribute": 0, "propertyTable": number}]}}})
        tables.append({"class": "feature", "count": len(tile.features), "properties": {
            name: binary.strings([getattr(one, name) for one in tile.features]) for name in ("id", "kind", "lod")}})
    text = {"type": "STRING", "required": True}
    document = {
        "asset": {"version": "2.0", "generator": "Tribune"}, "scene": 0, "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}], "meshes": [{"primitives": primitives}],
        "materials": [{"pbrMetallicRoughness": {"metallicFactor": 0, "roughnessFactor": 1}, "doubleSided": True}],
        "extensionsUsed": ["EXT_mesh_features", "EXT_structural_metadata"],
        "extensions": {"EXT_structural_metadata": {
            "schema": {"id": "city", "classes": {"feature": {"properties": {"id": text, "kind": text, "lod": text}}}},
            "propertyTables": tables}},
        "accessors": binary.accessors, "bufferViews": binary.views, "buffers": [{"byteLength": len(binary.data)}]}
    head = json.dumps(document, separators=(",", ":"), ensure_ascii=True).encode()
    head += b" " * (-len(head) % 4)
    body = bytes(binary.data) + b"\0" * (-len(binary.data) % 4)
    size = 12 + 8 + len(head) + 8 + len(body)
    return (struct.pack("<III", 0x46546C67, 2, size) + struct.pack("<II", len(head), GLTF_JSON) + head
            + struct.pack("<II", len(body), GLTF_BIN) + body)


class _Binary:
    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, int]] = []
        self.accessors: list[dict[str, Any]] = []

    def view(self, raw: bytes) -> int:
        self.data += b"\0" * (-len(self.data) % 8)
        self.views.append({"buffer": 0, "byteOffset": len(self.data), "byteLength": len(raw)})
        self.data += raw
        return len(self.views) - 1

    def accessor(self, values: NDArray[Any], component: int, kind: str, *, bounds: bool = False,
                 normalized: bool = False) -> int:
        row: dict[str, Any] = {"bufferView": self.view(values.tobytes()), "componentType": component,
                               "count": len(values), "type": kind}
        if bounds:
            row |= {"min": values.min(axis=0).tolist(), "max": values.max(axis=0).tolist()}
        if normalized:
            row["normalized"] = True
        self.accessors.append(row)
        return len(self.accessors) - 1

    def strings(self, texts: Sequence[str]) -> dict[str, Any]:
        raw = [text.encode("utf-8", "replace") for text in texts]
        offsets = np.cumsum([0, *map(len, raw)]).astype("<u4")
        # A view of no bytes is not allowed.
        return {"values": self.view(b"".join(raw) or b"\0"), "stringOffsets": self.view(offsets.tobytes()),
                "stringOffsetType": "UINT32"}


def _unfolded(tile: Tile, palette: Sequence[tuple[int, int, int]],
              ) -> tuple[NDArray[np.float64], NDArray[Any], NDArray[np.uint8], NDArray[Any]]:
    """Corners parted where the colour changes, with feature and colour for each."""
    shades = np.array([[round(255 * part) for part in shade] for shade in COLOURS] + [list(one) for one in palette])
    shade = np.where(tile.colour > 0, len(SURFACES) - 1 + tile.colour.astype(np.int64), tile.surface)
    key = tile.triangles.astype(np.int64) * len(shades) + shade[:, None]
    corners, faces = np.unique(key, return_inverse=True)
    index, of = corners // len(shades), corners % len(shades)
    owner = np.zeros(len(tile.grid), np.int64)
    owner[tile.triangles.reshape(-1)] = np.repeat(tile.feature, 3)
    colour = np.column_stack([shades[of], np.full(len(of), 255)]).astype(np.uint8)
    return tile.points[index], owner[index], colour, faces.reshape(-1, 3)


def to_3d_tiles(scene: Scene) -> dict[str, bytes]:
    """A 3D Tiles 1.1 tileset: "tileset.json" and a GLB for each tile, by file name.

    The root's transform puts it on the globe (heights taken as above the ellipsoid); without a known place it is
    left out. Raises ValueError for a scene without tiles.
    """
    if not scene.tiles:
        raise ValueError("a tileset needs at least one tile")
    files, children = {}, []
    for number, tile in enumerate(scene.tiles):
        name = f"tile-{number}.glb"
        files[name] = to_glb([tile], scene.palette)
        points = tile.points
        children.append({"boundingVolume": {"box": _box(points.min(axis=0), points.max(axis=0))}, "geometricError": 0,
                         "refine": "REPLACE", "content": {"uri": name}})
    low, high = np.array(scene.bounds[:3]), np.array(scene.bounds[3:])
    size = round(float(np.linalg.norm(high - low)), 3)
    root: dict[str, Any] = {"boundingVolume": {"box": _box(low, high)}, "geometricError": size, "refine": "ADD",
                            "children": children}
    lon, lat, height = scene.origin
    if lon is not None and lat is not None:
        root["transform"] = _on_globe(lon, lat, height)
    tileset = {"asset": {"version": "1.1"}, "geometricError": size, "root": root}
    return {"tileset.json": json.dumps(tileset, indent=1).encode(), **files}


def _box(low: NDArray[Any], high: NDArray[Any]) -> list[float]:
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, 0.01)
    return [*np.round(middle, 4).tolist(), *np.round(np.diag(half), 4).reshape(-1).tolist()]


def _on_globe(lon: float, lat: float, height: float) -> list[float]:
    """East, north, up and the origin in Earth-centred metres, by columns (WGS 84)."""
    to_earth = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    a, b = math.radians(lon), math.radians(lat)
    return [-math.sin(a), math.cos(a), 0.0, 0.0,
            -math.sin(b) * math.cos(a), -math.sin(b) * math.sin(a), math.cos(b), 0.0,
            math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b), 0.0,
            *to_earth.transform(lon, lat, height), 1.0]


def to_ngsi_ld(scene: Scene) -> list[dict[str, Any]]:
    """Each building as an NGSI-LD entity of the Smart Data Models' type Building: footprint and height.

    Longitude and latitude in 7 decimals. Empty where the scene stands at no known place.
    """
    lon, lat, base = scene.origin
    if lon is None or lat is None:
        return []
    plane = pyproj.CRS.from_proj4(f"+proj=tmerc +lat_0={lat!r} +lon_0={lon!r} +k=1 +ellps=WGS84 +units=m +type=crs")
    back = pyproj.Transformer.from_crs(plane, "EPSG:4326", always_xy=True)
    entities = []
    for tile in scene.tiles:
        points = tile.points
        ends = np.searchsorted(tile.feature, np.arange(len(tile.features) + 1))
        for row, one in enumerate(tile.features):
            if not one.kind.startswith("Building"):
                continue
            corners = points[tile.triangles[ends[row]:ends[row + 1]]]
            shadow = np.asarray(shapely.polygons(corners[:, :, :2]))
            shape = shapely.union_all(shadow[shapely.area(shadow) > 1e-4], grid_size=0.01)
            if shape.is_empty:
                shape = shapely.Point(corners.reshape(-1, 3)[:, :2].mean(axis=0))
            place = shapely.transform(shape, lambda xy: np.round(np.stack(back.transform(xy[:, 0], xy[:, 1]), 1), 7))
            least, most = float(corners[:, :, 2].min()), float(corners[:, :, 2].max())
            entities.append({
                "id": f"urn:ngsi-ld:Building:{_quoted(one.id)}",
                "type": "Building",
                "location": {"type": "GeoProperty", "value": json.loads(shapely.to_geojson(place))},
                "height": {"type": "Property", "value": round(most - least, 2), "unitCode": "MTR"},
                "groundLevel": {"type": "Property", "value": round(least + base, 2), "unitCode": "MTR"},
                "@context": ["https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld",
                             "https://raw.githubusercontent.com/smart-data-models/dataModel.Building/master/context.jsonld"],
            })
    return entities


def distance_m(scene: Scene, lon: float, lat: float) -> float | None:
    """How many metres a place is from the scene's box, 0 inside it; None where the scene stands at no known place."""
    if scene.origin[0] is None or scene.origin[1] is None:
        return None
    azimuth, _, far = GEOD.inv(scene.origin[0], scene.origin[1], lon, lat)
    x, y = far * math.sin(math.radians(azimuth)), far * math.cos(math.radians(azimuth))
    dx = max(scene.bounds[0] - x, 0.0, x - scene.bounds[3])
    dy = max(scene.bounds[1] - y, 0.0, y - scene.bounds[4])
    return math.hypot(dx, dy)
