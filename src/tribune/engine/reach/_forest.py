"""The shortest fibre that joins schools to nodes and to each other: a minimum spanning forest rooted in the nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree
from scipy.spatial import ConvexHull, Delaunay, QhullError

from ._nearest import metres
from ._sites import Floats

Ints = npt.NDArray[np.int64]
# Parent of a school that no line reaches, and of one that is joined to a node.
UNREACHED, ROOT = -2, -1


@dataclass(frozen=True, slots=True)
class Forest:
    """For each school: `parent` (another school, ROOT or UNREACHED), `node` it hangs from, and `length` of its line.

    `order` lists reached schools, parents before children. Lengths in metres, straight lines on WGS 84.
    """

    parent: Ints
    node: Ints
    length: Floats
    order: Ints

    @property
    def km(self) -> float:
        """Kilometres of all lines."""
        return float(self.length[self.order].sum() / 1000)


def build_out(lat: Floats, lon: Floats, node_lat: Floats, node_lon: Floats, *, longest_m: float = np.inf) -> Forest:
    """Return the forest in which every school is joined with the least metres in all, nodes being one for free.

    No single line is longer than `longest_m`; schools beyond stay unreached. The tree is a minimum one on the
    triangulation (Delaunay on the sphere), in which the shortest tree of a sphere lies (Shamos and Hoey 1975).
    """
    n = len(lat)
    parent, length = np.full(n, UNREACHED, dtype=np.int64), np.full(n, np.nan)
    empty = Forest(parent, np.full(n, -1, dtype=np.int64), length, np.empty(0, dtype=np.int64))
    if not n or not len(node_lat):
        return empty
    # Schools at one place are one site for the triangulation; a line of no length joins them.
    all_lat, all_lon = np.concatenate([lat, node_lat]), np.concatenate([lon, node_lon])
    sites, of = np.unique(np.stack([all_lat, all_lon], axis=1), axis=0, return_inverse=True)
    of = of.reshape(-1)
    is_node = np.zeros(len(sites), dtype=bool)
    is_node[of[n:]] = True
    a, b = _neighbours(sites[:, 0], sites[:, 1])
    between = ~(is_node[a] & is_node[b])
    a, b = a[between], b[between]
    far = metres(sites[a, 0], sites[a, 1], sites[b, 0], sites[b, 1])
    near = far <= longest_m
    a, b, far = a[near], b[near], far[near]
    first = np.full(len(sites), -1, dtype=np.int64)
    # The first school of a site stands for it.
    first[of[:n][::-1]] = np.arange(n)[::-1]
    node_at = np.full(len(sites), -1, dtype=np.int64)
    node_at[of[n:][::-1]] = np.arange(len(node_lat))[::-1]
    up, how_far, from_node, order = _rooted(len(sites), is_node, a, b, far)
    stands = first >= 0
    for_site = np.flatnonzero(stands & ~is_node)
    above = up[for_site]
    parent[first[for_site]] = np.where(above == UNREACHED, UNREACHED,
                                       np.where(above == ROOT, ROOT, first[np.maximum(above, 0)]))
    length[first[for_site]] = how_far[for_site]
    node = np.full(n, -1, dtype=np.int64)
    node[first[for_site]] = np.where(from_node[for_site] >= 0, node_at[np.maximum(from_node[for_site], 0)], -1)
    on_node = np.flatnonzero(stands & is_node)
    parent[first[on_node]], length[first[on_node]], node[first[on_node]] = ROOT, 0.0, node_at[on_node]
    same = np.flatnonzero(first[of[:n]] != np.arange(n))
    leader = first[of[:n][same]]
    reached = parent[leader] != UNREACHED
    parent[same], length[same] = np.where(reached, leader, UNREACHED), np.where(reached, 0.0, np.nan)
    node[same] = node[leader]
    places = [first[on_node], first[order[first[order] >= 0]], same[reached]]
    return Forest(parent, node, length, np.concatenate(places).astype(np.int64))


def _rooted(n: int, is_node: npt.NDArray[np.bool_], a: Ints, b: Ints, far: Floats) -> tuple[Ints, Floats, Ints, Ints]:
    """Minimum spanning forest with all nodes drawn together: parent, length, node site above, and an order."""
    root = n
    at_a, at_b = np.where(is_node[a], root, a), np.where(is_node[b], root, b)
    # Of several lines from a site to nodes only the shortest may be in the tree.
    low, high = np.minimum(at_a, at_b), np.maximum(at_a, at_b)
    ranked = np.lexsort((np.arange(len(far)), far, high, low))
    low, high, far, a, b = low[ranked], high[ranked], far[ranked], a[ranked], b[ranked]
    new = np.ones(len(low), dtype=bool)
    new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, far, a, b = low[new], high[new], far[new], a[new], b[new]
    up, how_far = np.full(n, UNREACHED, dtype=np.int64), np.full(n, np.nan)
    from_node = np.full(n, -1, dtype=np.int64)
    if not len(low):
        return up, how_far, from_node, np.empty(0, dtype=np.int64)
    # A length of nought is no edge in a sparse matrix; ranks keep the order and are never nought, and make the tree
    # the same whatever the order of equal lengths.
    rank = np.empty(len(far))
    rank[np.lexsort((high, low, far))] = np.arange(1, len(far) + 1)
    graph = coo_array((rank, (low, high)), shape=(n + 1, n + 1)).tocsr()
    tree = minimum_spanning_tree(graph)
    order, before = breadth_first_order(tree, root, directed=False, return_predecessors=True)
    order, before = order[1:].astype(np.int64), before.astype(np.int64)
    by_rank = np.empty(len(far) + 1, dtype=np.int64)
    by_rank[rank.astype(np.int64)] = np.arange(len(far))
    lines = tree.tocoo()
    edge_of = by_rank[lines.data.astype(np.int64)]
    child = np.where(before[np.minimum(lines.row, n)] == lines.col, lines.row, lines.col)
    child = np.where(lines.row == root, lines.col, np.where(lines.col == root, lines.row, child))
    how_far[child[child < n]] = far[edge_of[child < n]]
    up[order] = np.where(before[order] == root, ROOT, before[order])
    joined = edge_of[(lines.row == root) | (lines.col == root)]
    hung = np.where(is_node[a[joined]], b[joined], a[joined])
    from_node[hung] = np.where(is_node[a[joined]], a[joined], b[joined])
    # Whoever hangs from a school hangs from that school's node.
    step = np.where(up >= 0, up, np.arange(n))
    while True:
        further = step[step]
        if np.array_equal(further, step):
            break
        step = further
    return up, how_far, from_node[step], order.astype(np.int64)


def _neighbours(lat: Floats, lon: Floats) -> tuple[Ints, Ints]:
    """Pairs of sites that are neighbours in the triangulation of the sphere, each once."""
    n = len(lat)
    if n <= 4:
        i, j = np.triu_indices(n, 1)
        return i.astype(np.int64), j.astype(np.int64)
    phi, lam = np.radians(lat), np.radians(lon)
    unit = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
    middle = unit.mean(axis=0)
    size = float(np.linalg.norm(middle))
    triangles: npt.NDArray[np.int64] | None = None
    try:
        if size > 1e-6 and (unit @ (middle / size)).min() > 0.2:
            plane = _stereographic(unit, middle / size)
            found = Delaunay(plane)
            if len(found.coplanar) == 0:
                triangles = found.simplices.astype(np.int64)
        else:
            triangles = ConvexHull(unit).simplices.astype(np.int64)
            if len(np.unique(triangles)) < n:
                triangles = None
    except QhullError:
        # All on one line or circle.
        triangles = None
    if triangles is None:
        return _of_nearest(unit)
    pairs = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    code = np.unique(np.minimum(pairs[:, 0], pairs[:, 1]) * n + np.maximum(pairs[:, 0], pairs[:, 1]))
    return code // n, code % n


def _stereographic(unit: Floats, middle: Floats) -> Floats:
    """Points on a plane on which circles of the sphere stay circles: a triangulation there is one of the sphere."""
    helper = np.eye(3)[int(np.argmin(np.abs(middle)))]
    x = np.cross(middle, helper)
    x /= np.linalg.norm(x)
    y = np.cross(middle, x)
    depth = 1 + unit @ middle
    return np.stack([unit @ x / depth, unit @ y / depth], axis=1)


def _of_nearest(unit: Floats) -> tuple[Ints, Ints]:
    """Pairs for sites that cannot be triangulated: all of few; of many the twelve nearest, and a chain along them."""
    from scipy.spatial import cKDTree

    n = len(unit)
    if n <= 2000:
        i, j = np.triu_indices(n, 1)
        return i.astype(np.int64), j.astype(np.int64)
    found = np.asarray(cKDTree(unit).query(unit, k=13)[1])[:, 1:]
    chain = np.argsort(unit @ np.linalg.svd(unit - unit.mean(axis=0), full_matrices=False)[2][0], kind="stable")
    a = np.concatenate([np.repeat(np.arange(n), 12), chain[:-1]])
    b = np.concatenate([found.reshape(-1), chain[1:]])
    code = np.unique(np.minimum(a, b) * n + np.maximum(a, b))
    return (code // n).astype(np.int64), (code % n).astype(np.int64)
