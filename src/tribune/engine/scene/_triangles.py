"""Surfaces into triangles: convex ones by fans, all at once; the rest by constrained Delaunay with holes."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ._checks import Surfaces
from ._model import Floats, Ints
from ._rings import Find

__all__ = ["say_crossing", "triangulated"]


def triangulated(surfaces: Surfaces) -> tuple[Ints, Ints, Ints]:
    """Return triangles (m, 3) as rows of points, the surface of each, and the surfaces that cross themselves.

    Every triangle turns as its surface does. No corner is added, so walls and roofs still meet.
    """
    rings = surfaces.rings
    n_rings = np.bincount(rings.ring_surface, minlength=len(rings.block))
    single = n_rings[rings.ring_surface] == 1
    parts: list[tuple[Ints, Ints]] = []
    rest = np.unique(rings.ring_surface[~single])
    hard = [rest]
    start = rings.ring_start
    for size in np.unique(rings.ring_length[single]):
        rows = np.flatnonzero(single & (rings.ring_length == size))
        corners = rings.index[start[rows][:, None] + np.arange(size)]
        owner = rings.ring_surface[rows]
        if size > 3:
            convex = _convex(surfaces.metres[corners], surfaces.normal[owner])
            hard.append(owner[~convex])
            corners, owner = corners[convex], owner[convex]
        fan = np.stack([np.broadcast_to(corners[:, :1], (len(corners), size - 2)), corners[:, 1:-1], corners[:, 2:]], 2)
        parts.append((fan.reshape(-1, 3), np.repeat(owner, size - 2)))
    difficult = np.sort(np.concatenate(hard))
    triangles, owner, crossing = _delaunay(surfaces, difficult)
    parts.append((triangles, owner))
    triangles = np.concatenate([part[0] for part in parts])
    owner = np.concatenate([part[1] for part in parts])
    order = np.argsort(owner, kind="stable")
    return triangles[order], owner[order], crossing


def say_crossing(surfaces: Surfaces, crossing: Ints, names: list[str], find: Find) -> None:
    """One finding an object for surfaces that cross themselves."""
    for block, count in zip(*np.unique(surfaces.rings.block[crossing], return_counts=True), strict=True):
        find(names[block], "self_crossing", int(count))


def _convex(corners: Floats, normal: Floats) -> NDArray[np.bool_]:
    """Whether each polygon (p, n, 3) turns one way only, and once around."""
    edge = np.roll(corners, -1, axis=1) - corners
    turn = np.einsum("pnc,pc->pn", np.cross(edge, np.roll(edge, -1, axis=1)), normal)
    one_way = (turn >= -1e-9).all(axis=1)
    if corners.shape[1] < 5:
        return np.asarray(one_way, dtype=bool)
    # A star of five points turns one way as well, but twice around: its fan would have triangles that turn back.
    spoke = corners[:, 1:] - corners[:, :1]
    sweep = np.einsum("pnc,pc->pn", np.cross(spoke[:, :-1], spoke[:, 1:]), normal)
    ahead = np.einsum("pnc,pnc->pn", spoke[:, :-1], spoke[:, 1:])
    whole = np.arctan2(sweep, ahead).sum(axis=1)
    result: NDArray[np.bool_] = one_way & (sweep >= -1e-9).all(axis=1) & (whole < np.pi + 1e-6)
    return result


def _delaunay(surfaces: Surfaces, rows: Ints) -> tuple[Ints, Ints, Ints]:
    rings, normal = surfaces.rings, surfaces.normal
    none = np.zeros((0, 3), np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    if not len(rows):
        return none
    place = np.full(len(rings.block), -1)
    place[rows] = np.arange(len(rows))
    mine = place[rings.ring_surface] >= 0
    owner = place[rings.ring_surface[mine]]
    length = rings.ring_length[mine]
    index = rings.index[np.repeat(mine, rings.ring_length)]
    of_corner = np.repeat(owner, length)
    flat = _projected(surfaces.metres[index], normal[rows][of_corner])
    made = np.asarray(shapely.linearrings(flat, indices=np.repeat(np.arange(len(length)), length)))
    first = np.ones(len(owner), dtype=bool)
    first[1:] = owner[1:] != owner[:-1]
    polygons = _polygons(made, owner, first, len(rows))
    valid = shapely.is_valid(polygons)
    pieces = shapely.constrained_delaunay_triangles(polygons[valid])
    triangle, of_piece = shapely.get_parts(pieces, return_index=True)
    corner_of = np.flatnonzero(valid)[of_piece]
    corners = shapely.get_coordinates(triangle).reshape(-1, 4, 2)[:, :3]
    got = _found(flat, of_corner, index, corners.reshape(-1, 2), np.repeat(corner_of, 3)).reshape(-1, 3)
    whole = np.bincount(corner_of, weights=shapely.area(triangle), minlength=len(rows))
    fits = valid & (np.abs(whole - shapely.area(polygons)) <= 1e-6 + 1e-6 * shapely.area(polygons))
    keep = fits[corner_of] & (got >= 0).all(axis=1)
    triangles, of_row = got[keep], corner_of[keep]
    others = np.flatnonzero(~fits)
    if len(others):
        # A ring that crosses itself has no inside to agree on: fans from its corners cover what it covers.
        fans = [_fan(index[of_corner == row]) for row in others]
        triangles = np.concatenate([triangles, *fans])
        of_row = np.concatenate([of_row, *(np.full(len(fan), row) for fan, row in zip(fans, others, strict=True))])
    return _turned(triangles, rows[of_row], surfaces), rows[of_row], rows[others]


def _polygons(made: NDArray[np.object_], owner: Ints, first: NDArray[np.bool_], n: int) -> NDArray[np.object_]:
    if first.all():
        return np.asarray(shapely.polygons(made))
    result = np.asarray(shapely.polygons(made[first]))
    for row in np.unique(owner[~first]):
        result[row] = shapely.polygons(made[first & (owner == row)][0], holes=made[~first & (owner == row)])
    return result


def _projected(points: Floats, normal: Floats) -> Floats:
    """Drop the axis that the normal is nearest to: corners keep their digits, so they are found again."""
    axis = np.abs(normal).argmax(axis=1)
    first, second = np.where(axis == 0, 1, 0), np.where(axis == 2, 1, 2)
    rows = np.arange(len(points))
    return np.ascontiguousarray(np.stack([points[rows, first], points[rows, second]], axis=1))


def _found(flat: Floats, owner: Ints, index: Ints, asked: Floats, asked_owner: Ints) -> Ints:
    """Find the corner of each asked place in its own polygon: both lists sorted together, equals side by side."""
    every = np.concatenate([flat, asked]) + 0.0
    owners = np.concatenate([owner, asked_owner])
    is_asked = np.arange(len(every)) >= len(flat)
    order = np.lexsort((is_asked, every[:, 1], every[:, 0], owners))
    new = np.ones(len(order), dtype=bool)
    new[1:] = ((every[order[1:]] != every[order[:-1]]).any(axis=1)) | (owners[order[1:]] != owners[order[:-1]])
    head = order[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    answer = np.full(len(every), -1)
    answer[order] = np.where(head < len(flat), index[np.minimum(head, len(flat) - 1)], -1)
    return answer[len(flat):]


def _fan(corners: Ints) -> Ints:
    rest = len(corners) - 2
    return np.stack([np.repeat(corners[0], rest), corners[1:-1], corners[2:]], axis=1)


def _turned(triangles: Ints, owner: Ints, surfaces: Surfaces) -> Ints:
    a, b, c = (surfaces.metres[triangles[:, k]] for k in range(3))
    back = np.einsum("ij,ij->i", np.cross(b - a, c - a), surfaces.normal[owner]) < 0
    return np.where(back[:, None], triangles[:, ::-1], triangles)
