"""Rings checked by arrays: what cannot be drawn goes, with a finding for its object; the rest stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._model import Floats, Ints
from ._rings import Block, Find, Rings

__all__ = ["Surfaces", "checked", "same_place", "told_by_slope"]

FAR_M = 200_000.0
BENT_M = 0.05
LEAST_AREA_M2 = 1e-6
OTHER, ROOF, WALL, GROUND = 0, 1, 2, 3


@dataclass(slots=True)
class Surfaces:
    """Surfaces that can be drawn: rings of at least three different corners, and each surface's unit normal.

    `metres` are the points in rough metres about the model's middle, for measuring only.
    """

    rings: Rings
    metres: Floats
    normal: Floats


def checked(rings: Rings, blocks: Sequence[Block], scale: tuple[float, float], middle: Floats, find: Find) -> Surfaces:
    """Leave out what has no place, fewer than three corners or no area; say so once an object and code."""
    say = _Sayer(rings, blocks, find)
    metres = (rings.points - middle) * np.array([scale[0], scale[1], 1.0])
    finite = np.isfinite(metres).all(axis=1)
    near = finite & (np.abs(np.where(finite[:, None], metres, 0.0)) <= FAR_M).all(axis=1)
    metres = np.where(near[:, None], metres, 0.0)
    ring = np.repeat(np.arange(len(rings.ring_length)), rings.ring_length)
    surface = rings.ring_surface[ring]
    good = np.ones(len(rings.block), dtype=bool)
    named = rings.index >= 0
    for code, wrong in (("bad_index", ~named), ("bad_vertex", named & ~finite[rings.index]),
                        ("far_away", named & finite[rings.index] & ~near[rings.index])):
        rows = np.unique(surface[wrong])
        say(code, rows)
        good[rows] = False

    # A corner equal to the next one of its ring says nothing; rings closed by their first corner are the usual case.
    following = _following(rings.ring_length, rings.ring_start)
    place = metres[rings.index]
    repeats = (place == place[following]).all(axis=1) & named
    say("repeated_vertex", np.unique(surface[repeats & good[surface]]))
    keep = ~repeats
    length = np.bincount(ring[keep], minlength=len(rings.ring_length))
    outer = _outer(rings)
    short = (length < 3) & good[rings.ring_surface]
    say("short_ring", rings.ring_surface[short])
    good[rings.ring_surface[short & outer]] = False
    good &= np.bincount(rings.ring_surface, minlength=len(good)) > 0
    stays = (length >= 3) & good[rings.ring_surface]
    rings = _cut(rings, keep & stays[ring], stays, length[stays])

    area = _newell(rings, metres)
    size = np.linalg.norm(area, axis=1)
    normal = np.zeros((len(good), 3))
    first = _outer(rings)
    normal[rings.ring_surface[first]] = area[first] / np.maximum(size[first], 1e-300)[:, None]
    flat = first & (size / 2 < LEAST_AREA_M2)
    say("no_area", rings.ring_surface[flat])
    good[rings.ring_surface[flat]] = False
    stays = good[rings.ring_surface] & (size / 2 >= LEAST_AREA_M2)
    ring = np.repeat(np.arange(len(rings.ring_length)), rings.ring_length)
    rings = _cut(rings, stays[ring], stays, rings.ring_length[stays])
    say("not_planar", np.flatnonzero(_bend(rings, metres, normal) > BENT_M))
    return Surfaces(rings, metres, normal)


def same_place(points: Floats) -> Ints:
    """Give each point the row of a point at the very same place, so that copies count as one.

    >>> same_place(np.array([[0.0, 0, 0], [1, 0, 0], [0, 0, 0]])).tolist()
    [0, 1, 0]
    """
    if not len(points):
        return np.zeros(0, np.int64)
    bits = (points + 0.0).view(np.uint64).reshape(-1, 3)  # + 0.0 makes -0.0 the same as 0.0
    key = bits[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    key ^= (bits[:, 1] + (key >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    key ^= (bits[:, 2] + (key >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    order = np.argsort(key, kind="stable")
    fresh = np.ones(len(points), dtype=bool)
    # Two places with one key are two places: neighbours in this order are compared in full.
    fresh[1:] = (bits[order[1:]] != bits[order[:-1]]).any(axis=1)
    result = np.empty(len(points), np.int64)
    result[order] = order[np.maximum.accumulate(np.where(fresh, np.arange(len(points)), 0))]
    return result


def told_by_slope(normal: Floats) -> Ints:
    """Tell roof, wall and ground by how a surface faces: up, sideways, down.

    >>> told_by_slope(np.array([[0, 0, 1.0], [1, 0, 0], [0, 0, -1]])).tolist()
    [1, 2, 3]
    """
    up = normal[:, 2]
    return np.where(up > 0.2, ROOF, np.where(up < -0.7, GROUND, WALL)).astype(np.int64)


class _Sayer:
    """Turn rows of surfaces into one finding an object."""

    def __init__(self, rings: Rings, blocks: Sequence[Block], find: Find) -> None:
        self.block, self.blocks, self.find = rings.block, blocks, find

    def __call__(self, code: str, surfaces: Ints) -> None:
        for block, count in zip(*np.unique(self.block[surfaces], return_counts=True), strict=True):
            self.find(self.blocks[block].object_id, code, int(count))


def _following(length: Ints, start: Ints) -> Ints:
    following = np.arange(1, int(length.sum()) + 1)
    some = length > 0
    following[(start + length - 1)[some]] = start[some]
    return following


def _outer(rings: Rings) -> NDArray[np.bool_]:
    first = np.ones(len(rings.ring_surface), dtype=bool)
    first[1:] = rings.ring_surface[1:] != rings.ring_surface[:-1]
    return first


def _cut(rings: Rings, keep: NDArray[np.bool_], stays: NDArray[np.bool_], length: Ints) -> Rings:
    return Rings(rings.points, rings.index[keep], length, rings.ring_surface[stays], rings.block, rings.feature,
                 rings.kind, rings.colour, rings.solid)


def _newell(rings: Rings, metres: Floats) -> Floats:
    """Twice the area of each ring, as a vector along its normal (M. Newell's sum of edges)."""
    if not len(rings.ring_length):
        return np.zeros((0, 3))
    here = metres[rings.index]
    # About the ring's own corner, so that far coordinates do not eat the digits.
    here = here - np.repeat(here[rings.ring_start], rings.ring_length, axis=0)
    there = here[_following(rings.ring_length, rings.ring_start)]
    result: Floats = np.add.reduceat(np.cross(here, there), rings.ring_start, axis=0)
    return result


def _bend(rings: Rings, metres: Floats, normal: Floats) -> Floats:
    """How far the corners of each surface stand apart along its normal, in metres."""
    high, low = np.full(len(normal), -np.inf), np.full(len(normal), np.inf)
    if len(rings.ring_length):
        along = np.einsum("ij,ij->i", metres[rings.index],
                          np.repeat(normal[rings.ring_surface], rings.ring_length, axis=0))
        np.maximum.at(high, rings.ring_surface, np.maximum.reduceat(along, rings.ring_start))
        np.minimum.at(low, rings.ring_surface, np.minimum.reduceat(along, rings.ring_start))
    return np.where(np.isfinite(high), high - low, 0.0)
