"""Solids: are they closed, do neighbours turn the same way, do they face outwards?"""

from __future__ import annotations

import numpy as np

from ._checks import Surfaces
from ._model import Ints
from ._rings import Block, Find

__all__ = ["turned_outwards"]


def turned_outwards(surfaces: Surfaces, triangles: Ints, owner: Ints, same: Ints, blocks: list[Block], find: Find,
                    ) -> Ints:
    """Return the triangles with closed solids facing outwards; say which were open, mixed or inside out.

    An edge of a closed, well turned solid is walked once in each direction. `same` joins corners at one place.
    """
    rings = surfaces.rings
    solid_of_ring = rings.solid[rings.ring_surface]
    solid = np.repeat(solid_of_ring, rings.ring_length)
    inside = solid >= 0
    if not inside.any():
        return triangles
    following = np.arange(1, len(rings.index) + 1)
    following[rings.ring_start + rings.ring_length - 1] = rings.ring_start
    a, b = same[rings.index][inside], same[rings.index[following]][inside]
    solid = solid[inside]
    forth = a < b
    low, high = np.minimum(a, b), np.maximum(a, b)
    # An edge of a solid by one number, so that sorting is fast; places are renumbered to keep it small.
    places, short = np.unique(np.concatenate([low, high]), return_inverse=True)
    n = len(places)
    low, high = short[:len(low)], short[len(low):]
    key = (solid * n + low) * n + high if len(blocks) * n * n < 2**62 else _ranked(solid, low, high)
    order = np.argsort(key, kind="stable")
    edge_start = np.flatnonzero(np.r_[True, key[order][1:] != key[order][:-1]])
    total = np.diff(np.r_[edge_start, len(order)])
    ahead = np.add.reduceat(forth[order].astype(np.int64), edge_start)
    of_edge = solid[order][edge_start]
    n_solids = len(blocks)
    uneven = np.bincount(of_edge[ahead * 2 != total], minlength=n_solids)
    odd = np.bincount(of_edge[total % 2 == 1], minlength=n_solids)
    for row in np.flatnonzero(odd):
        find(blocks[row].object_id, "not_closed", int(odd[row]))
    for row in np.flatnonzero((uneven - odd) > 0):
        find(blocks[row].object_id, "wrong_turn", int(uneven[row] - odd[row]))

    of_triangle = rings.solid[owner]
    points = surfaces.metres[triangles]
    # Measured from a corner of its own solid: a volume is a small difference of large numbers otherwise.
    anchor = np.zeros((n_solids, 3))
    anchor[of_triangle[::-1]] = points[::-1, 0]
    points = points - anchor[of_triangle][:, None]
    part = np.einsum("ij,ij->i", points[:, 0], np.cross(points[:, 1], points[:, 2]))
    volume = np.bincount(np.maximum(of_triangle, 0), weights=np.where(of_triangle >= 0, part, 0), minlength=n_solids)
    inwards = (uneven == 0) & (volume < 0)
    for row in np.flatnonzero(inwards):
        find(blocks[row].object_id, "inside_out", 1)
    if not inwards.any():
        return triangles
    flip = (of_triangle >= 0) & inwards[of_triangle]
    surfaces.normal[inwards[rings.solid] & (rings.solid >= 0)] *= -1
    return np.where(flip[:, None], triangles[:, ::-1], triangles)


def _ranked(solid: Ints, low: Ints, high: Ints) -> Ints:
    return np.unique(np.stack([solid, low, high]), axis=1, return_inverse=True)[1].reshape(-1)
