"""A model cut into tiles of about a kilometre, on a grid of 16 bits, and the bytes of a tile."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import struct
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tribune.engine.types import Unreadable

from ._model import CityModel, Feature, Finding, Floats, Ints, Mesh, Scene, Tile
from ._place import metres_a_unit, placed, reference_system

__all__ = ["build_scene", "decode_tile", "encode_tile", "features_json", "tile_name"]

MAGIC = b"TRS1"
HEAD = struct.Struct("<4sHHIIIii6d")
MOST_FEATURES = 65_535


def build_scene(city: CityModel, *, tile_m: float = 1000.0) -> Scene:
    """Put a model on local metres and cut it into tiles by the middle of each feature; none is cut in two.

    The origin is the middle of the features' boxes (the median), so that one stray building does not move it.
    Features that cannot be placed are left out, with the finding "outside_crs". Same model, whatever the order of
    its objects, same tiles.
    """
    mesh = city.mesh
    findings = Counter({(one.object_id, one.code): one.count for one in city.findings})
    drawn = np.unique(mesh.feature)
    if not len(drawn):
        return Scene((None, None, 0.0), (0.0,) * 6, (), city.findings, city.palette, city.title)
    low, high = _boxes(mesh.points, mesh)
    middle = np.median((low + high)[drawn] / 2, axis=0)
    system = reference_system(city.crs) if city.crs else None
    if system is None:
        findings["", "bad_crs" if city.crs else "no_crs"] += 1
    place = placed(system, float(middle[0]), float(middle[1])) if system else None
    if system and place is None:
        findings["", "outside_crs"] += 1
    height = math.floor(float(np.median(low[drawn, 2])))
    if place:
        origin: tuple[float | None, float | None, float] = (place.lon, place.lat, float(height))
        flat = place.metres(mesh.points[:, :2])
    else:
        origin = (None, None, float(height))
        flat = (mesh.points[:, :2] - middle[:2]) * np.array(metres_a_unit(system, float(middle[1])))
    points = np.column_stack([flat, mesh.points[:, 2] - height])
    lost = np.zeros(len(city.features), dtype=bool)
    lost[mesh.feature[~np.isfinite(points[mesh.triangles]).all(axis=(1, 2))]] = True
    for row in np.flatnonzero(lost):
        findings[city.features[row].id, "outside_crs"] += 1
    tiles = tuple(_tiles(city, points, drawn[~lost[drawn]], tile_m))
    ends = [(tile.points.min(axis=0), tile.points.max(axis=0)) for tile in tiles]
    least = np.min([end[0] for end in ends], axis=0) if ends else np.zeros(3)
    most = np.max([end[1] for end in ends], axis=0) if ends else np.zeros(3)
    bounds = (float(least[0]), float(least[1]), float(least[2]), float(most[0]), float(most[1]), float(most[2]))
    rows = tuple(sorted(Finding(of, code, count) for (of, code), count in findings.items()))
    return Scene(origin, bounds, tiles, rows, city.palette, city.title)


def _boxes(points: Floats, mesh: Mesh) -> tuple[Floats, Floats]:
    feature, triangles = mesh.feature, mesh.triangles
    n = int(feature.max()) + 1
    low, high = np.full((n, 3), np.inf), np.full((n, 3), -np.inf)
    start = np.flatnonzero(np.r_[True, feature[1:] != feature[:-1]])
    corners = points[triangles]
    low[feature[start]] = np.minimum.reduceat(corners.min(axis=1), start)
    high[feature[start]] = np.maximum.reduceat(corners.max(axis=1), start)
    return low, high


def _tiles(city: CityModel, points: Floats, rows: Ints, tile_m: float) -> Iterator[Tile]:
    mesh = city.mesh
    low, high = _boxes(points, mesh)
    middle = (low + high) / 2
    cells = np.floor(middle[rows, :2] / tile_m + 0.5).astype(np.int64)
    order = sorted(range(len(rows)), key=lambda k: (*cells[k].tolist(), *np.round(middle[rows[k], :2] // 32).tolist(),
                                                    city.features[rows[k]].id))
    start, stop = np.searchsorted(mesh.feature, rows), np.searchsorted(mesh.feature, rows, side="right")
    first = 0
    for k in range(1, len(order) + 1):
        cell = cells[order[first]]
        if k < len(order) and (cells[order[k]] == cell).all() and k - first < MOST_FEATURES:
            continue
        mine = order[first:k]
        triangles = np.concatenate([np.arange(start[j], stop[j]) for j in mine])
        sizes = np.array([stop[j] - start[j] for j in mine])
        owner = np.repeat(np.arange(len(mine)), sizes)
        yield _tile(city, points, (int(cell[0]), int(cell[1])), rows[mine], triangles, owner)
        first = k


def _tile(city: CityModel, points: Floats, cell: tuple[int, int], rows: Ints, mine: Ints, feature: Ints) -> Tile:
    mesh = city.mesh
    corners = points[mesh.triangles[mine]].reshape(-1, 3)
    low = np.floor(corners.min(axis=0) * 100) / 100
    # Steps of whole tenths of a millimetre: the numbers in the file are the numbers everywhere.
    step = np.maximum(np.ceil((corners.max(axis=0) - low) / 65_535 * 1e4), 1) / 1e4
    grid = np.minimum(np.rint((corners - low) / step), 65_535).astype(np.int64)
    owner = np.repeat(feature, 3)
    key = ((owner.astype(np.uint64) << np.uint64(48)) | (grid[:, 0].astype(np.uint64) << np.uint64(32))
           | (grid[:, 1].astype(np.uint64) << np.uint64(16)) | grid[:, 2].astype(np.uint64))
    _, seen, back = np.unique(key, return_index=True, return_inverse=True)
    # Numbered by first use: then an index is mostly "a new one" or "one of the last few", which packs small.
    rank = np.empty(len(seen), np.int64)
    rank[np.argsort(seen, kind="stable")] = np.arange(len(seen))
    triangles = rank[back].reshape(-1, 3)
    return Tile(cell, (float(low[0]), float(low[1]), float(low[2])), (float(step[0]), float(step[1]), float(step[2])),
                tuple(city.features[row] for row in rows), grid[np.sort(seen)].astype(np.uint16),
                triangles.astype(np.uint32), feature.astype(np.uint16), mesh.surface[mine].astype(np.uint8),
                mesh.colour[mine].astype(np.uint16))


def encode_tile(tile: Tile) -> bytes:
    """The bytes of a tile, gzip-compressed; layout in docs/engine/scene.md. Same tile, same bytes."""
    index = tile.triangles.astype(np.int64).reshape(-1)
    newest = np.maximum.accumulate(np.r_[-1, index])[:-1] + 1
    counts = np.bincount(tile.feature, minlength=len(tile.features)).astype(np.uint32)
    delta = np.diff(tile.grid.astype(np.int64), axis=0, prepend=0).astype(np.uint16)
    has_colour = bool(tile.colour.any())
    head = HEAD.pack(MAGIC, int(has_colour), 0, len(tile.features), len(tile.grid), len(tile.triangles), *tile.cell,
                     *tile.low, *tile.step)
    parts = [head, _planes(counts, 4), *(_planes(delta[:, axis], 2) for axis in range(3)),
             _planes((newest - index).astype(np.uint32), 4), tile.surface.astype(np.uint8).tobytes()]
    if has_colour:
        parts.append(_planes(tile.colour, 2))
    return gzip.compress(b"".join(parts), 9, mtime=0)


def _planes(values: NDArray[np.unsignedinteger], width: int) -> bytes:
    """All lowest bytes, then all next ones: most of the higher planes are zeros."""
    plain = np.ascontiguousarray(values.astype(f"<u{width}")).view(np.uint8).reshape(-1, width)
    return plain.T.tobytes()


def tile_name(packed: bytes) -> str:
    """The name of a tile by its contents: it may be kept for ever by whoever fetched it."""
    return hashlib.sha256(packed).hexdigest()[:20]


def decode_tile(packed: bytes, features: tuple[Feature, ...] = ()) -> Tile:
    """The tile that `encode_tile` packed; its features come from beside it, or are numbered. Raises Unreadable."""
    try:
        raw = gzip.decompress(packed)
        magic, coloured, _, n, n_points, n_triangles, cx, cy, *box = HEAD.unpack_from(raw)
        sizes = [4 * n, *[2 * n_points] * 3, 12 * n_triangles, n_triangles, 2 * n_triangles * coloured]
        if magic != MAGIC or len(raw) != HEAD.size + sum(sizes):
            raise ValueError
    except (OSError, EOFError, ValueError, struct.error):
        raise Unreadable("bad_tile", "The bytes are no tile of a scene.", "Build the scene again.") from None
    ends = np.cumsum([HEAD.size, *sizes])
    part = [np.frombuffer(raw[a:b], np.uint8) for a, b in pairwise(ends.tolist())]
    counts, x, y, z, code, colour = (_joined(part[k], w) for k, w in ((0, 4), (1, 2), (2, 2), (3, 2), (4, 4), (6, 2)))
    grid = np.cumsum(np.stack([x, y, z], axis=1), axis=0).astype(np.uint16)
    # A code of 0 brings in the next new corner; any other looks back from there.
    newest = np.cumsum(code == 0) - (code == 0)
    index = (newest - code).astype(np.uint32)
    feature = np.repeat(np.arange(n), counts).astype(np.uint16)
    return Tile((cx, cy), (box[0], box[1], box[2]), (box[3], box[4], box[5]),
                features or tuple(Feature(str(k), "Building") for k in range(n)), grid, index.reshape(-1, 3), feature,
                part[5].copy(), colour.astype(np.uint16) if coloured else np.zeros(n_triangles, np.uint16))


def _joined(planes: NDArray[np.uint8], width: int) -> Ints:
    return np.ascontiguousarray(planes.reshape(width, -1).T).view(f"<u{width}").reshape(-1).astype(np.int64)


def features_json(tile: Tile) -> bytes:
    """Who is in a tile, in the tile's order, gzip-compressed JSON: id, kind, level, parts, attributes."""
    rows = [{"id": one.id, "kind": one.kind, "lod": one.lod, "parts": list(one.parts),
             "attributes": dict(one.attributes)} for one in tile.features]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # Half of a surrogate pair is legal in JSON escapes and in no UTF-8.
    return gzip.compress(text.encode("utf-8", "replace"), 9, mtime=0)
