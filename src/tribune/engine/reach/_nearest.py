"""The nearest node of each school, exactly: a tree on earth-centred coordinates, the geodesic where it is close."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pyproj import Geod
from scipy.spatial import cKDTree

from ._sites import Floats

# WGS 84 (EPSG:7030): half axis in metres and squared eccentricity.
_A, _E2 = 6_378_137.0, 6.694379990141316e-3
_GEOD = Geod(ellps="WGS84")
# So many close calls say that nodes stand on one place.
_MANY = 1000


def earth_centred(lat: Floats, lon: Floats) -> Floats:
    """Return earth-centred, earth-fixed coordinates in metres, shape (n, 3), for points on the ellipsoid in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    sin, cos = np.sin(phi), np.cos(phi)
    radius = _A / np.sqrt(1 - _E2 * sin * sin)
    return np.stack([radius * cos * np.cos(lam), radius * cos * np.sin(lam), radius * (1 - _E2) * sin], axis=1)


def metres(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats) -> Floats:
    """Return geodesic lengths in metres on WGS 84 (Karney 2013, through PROJ)."""
    return np.asarray(_GEOD.inv(lon, lat, to_lon, to_lat)[2], dtype=np.float64)


def nearest(lat: Floats, lon: Floats, node_lat: Floats, node_lon: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return (index, metres) of the nearest node of each point, by the geodesic; -1 and infinity without nodes.

    Straight lines through the earth order nodes as geodesics do, but for a margin that grows with the distance: the
    ellipsoid bends differently by direction. Nodes within that margin of the best are compared by the geodesic itself;
    equal ones give the lower index.
    """
    n = len(lat)
    if not len(node_lat) or not n:
        return np.full(n, -1, dtype=np.int64), np.full(n, np.inf)
    points, nodes = earth_centred(lat, lon), earth_centred(node_lat, node_lon)
    # Neighbours in space are neighbours in memory: a third less time at a million.
    order, place = _morton(points), _morton(nodes)
    tree = cKDTree(nodes[place], balanced_tree=False, compact_nodes=False)
    k = min(2, len(nodes))
    asked = tree.query(points[order], k=k, workers=-1)
    chord, found = np.asarray(asked[0]).reshape(n, k), np.asarray(asked[1]).reshape(n, k)
    best = place[found[:, 0]]
    close = np.flatnonzero(chord[:, -1] <= _reach(chord[:, 0])) if k == 2 else np.empty(0, dtype=np.int64)
    if len(close) > _MANY:
        # Nodes on one place are rivals at every school; the first of them stands for all.
        first = np.sort(np.unique(np.stack([node_lat, node_lon], axis=1), axis=0, return_index=True)[1])
        if len(first) < len(node_lat):
            at, far = nearest(lat, lon, node_lat[first], node_lon[first])
            return first[at].astype(np.int64), far
    result = np.empty(n, dtype=np.int64)
    result[order] = best
    for row in close:
        point = int(order[row])
        rivals = np.sort(place[tree.query_ball_point(points[point], _reach(chord[row, :1])[0])])
        far = metres(np.full(len(rivals), lat[point]), np.full(len(rivals), lon[point]), node_lat[rivals],
                     node_lon[rivals])
        result[point] = rivals[int(np.argmin(far))]
    return result, metres(lat, lon, node_lat[result], node_lon[result])


def _reach(chord: Floats) -> Floats:
    """How far the chord of a nearer node may be, where the nearest by chord is so far."""
    half = np.clip(chord / (2 * _A), 0, 1 - 1e-9)
    # Length over chord on a sphere; two directions on the ellipsoid differ in it by less than two hundredths.
    bend = np.where(half > 0, np.arcsin(half) / np.maximum(half, 1e-300), 1.0) - 1
    return np.asarray(chord * (1 + 0.02 * bend + 1e-12) + 1e-6)


def _morton(points: Floats) -> npt.NDArray[np.int64]:
    """The order of points along a curve that keeps neighbours together (21 bits a coordinate)."""
    low = points.min(axis=0)
    span = max(float((points.max(axis=0) - low).max()), 1e-9)
    cells = ((points - low) * ((2**21 - 1) / span)).astype(np.uint64)
    code = _spread(cells[:, 0]) | (_spread(cells[:, 1]) << np.uint64(1)) | (_spread(cells[:, 2]) << np.uint64(2))
    return np.argsort(code, kind="stable")


def _spread(value: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    for shift, mask in ((32, 0x1F00000000FFFF), (16, 0x1F0000FF0000FF), (8, 0x100F00F00F00F00F),
                        (4, 0x10C30C30C30C30C3), (2, 0x1249249249249249)):
        value = (value | (value << np.uint64(shift))) & np.uint64(mask)
    return value
