"""Measure reach: nearest nodes, the shortest forest, pruning, the budget frontier; peers from the same run.

Run `tribune bench reach`, or `python -m benchmarks.reach DATA OUT`. Points are spread over the earth in towns (seeded);
Kenya is the real list of its schools with 160 fibre nodes. Peers: a tree on degrees of latitude and longitude (what
geopandas and others do), and the greedy connector of Giga's cost model as described there (Prim's algorithm with all
distances in one queue), written anew in its own data structures' order of work but without its object a pair, so
that the ratio flatters it.
"""

from __future__ import annotations

import heapq
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from tribune.engine.reach import (
    best_order,
    bought,
    build_out,
    default_prices,
    metres,
    nearest,
    plan,
    read_nodes,
    read_schools,
    worth_building,
)

_RUNS = 3


def towns(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Points in towns all over the earth."""
    random = np.random.default_rng(seed)
    k = max(20, n // 200)
    lat = np.clip(np.degrees(np.arcsin(random.uniform(-.9, .9, k))), -75, 75)
    lon = random.uniform(-180, 180, k)
    at = random.integers(0, k, n)
    return (np.clip(lat[at] + random.normal(0, .3, n), -89, 89), (lon[at] + random.normal(0, .3, n) + 180) % 360 - 180)


def country(n: int, nodes: int, seed: int) -> tuple[np.ndarray, ...]:
    """Schools and nodes of one country of ten degrees."""
    random = np.random.default_rng(seed)
    return (random.uniform(-5, 5, n), random.uniform(34, 42, n), random.uniform(-5, 5, nodes),
            random.uniform(34, 42, nodes))


def timed(work: Callable[[], Any], runs: int = _RUNS) -> tuple[Any, list[float]]:
    """(what it gave, seconds of each run)."""
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - begin)
    return result, sorted(seconds)


def wrong(lat: np.ndarray, lon: np.ndarray, node_lat: np.ndarray, node_lon: np.ndarray, found: np.ndarray,
          rows: np.ndarray) -> int:
    """How many of some points have a nearer node than was found, by the geodesic to every node."""
    n = 0
    for row in rows.tolist():
        every = metres(np.full(len(node_lat), lat[row]), np.full(len(node_lat), lon[row]), node_lat, node_lon)
        n += bool(every[found[row]] > every.min() + 1e-6)
    return n


def greedy(lat: np.ndarray, lon: np.ndarray, node_lat: np.ndarray, node_lon: np.ndarray) -> float:
    """Kilometres by the greedy connector: each newly joined school puts its distance to all others into one queue."""
    n = len(lat)
    queue: list[tuple[float, int]] = []
    for i in range(len(node_lat)):
        far = metres(np.full(n, node_lat[i]), np.full(n, node_lon[i]), lat, lon)
        for j in range(n):
            heapq.heappush(queue, (float(far[j]), j))
    joined, total = np.zeros(n, dtype=bool), 0.0
    while queue and not joined.all():
        length, j = heapq.heappop(queue)
        if joined[j]:
            continue
        joined[j] = True
        total += length
        open_ = np.flatnonzero(~joined)
        far = metres(np.full(len(open_), lat[j]), np.full(len(open_), lon[j]), lat[open_], lon[open_])
        for k, m in zip(open_.tolist(), far.tolist(), strict=True):
            heapq.heappush(queue, (m, k))
    return total / 1000


def run(data: Path, out: Path) -> dict[str, Any]:
    """Print and return all figures."""
    result: dict[str, Any] = {"nearest": [], "build_out": [], "greedy": []}
    print(f"{'nearest':<12}{'n × n':>12}{'s':>9}{'wrong of':>14}{'degrees s':>11}{'wrong %':>9}")
    for n in (10_000, 100_000, 1_000_000):
        lat, lon = towns(n, 1)
        node_lat, node_lon = towns(n, 2)
        (found, _), seconds = timed(lambda: nearest(lat, lon, node_lat, node_lon), 3 if n < 1_000_000 else 2)  # noqa: B023
        rows = np.random.default_rng(3).integers(0, n, 200 if n < 1_000_000 else 40)
        bad = wrong(lat, lon, node_lat, node_lon, found, rows)
        (_, by_degrees), peer = timed(
            lambda: cKDTree(np.stack([node_lat, node_lon], 1)).query(np.stack([lat, lon], 1)), 1)  # noqa: B023
        share = 100 * float((metres(lat, lon, node_lat[by_degrees], node_lon[by_degrees])
                             > metres(lat, lon, node_lat[found], node_lon[found]) + 1e-6).mean())
        row = {"n": n, "seconds": seconds, "wrong": bad, "checked": len(rows), "degrees_seconds": peer,
               "degrees_wrong_percent": share}
        result["nearest"].append(row)
        print(f"{'':<12}{n:>12,}{seconds[0]:>9.3f}{bad:>7} of {len(rows):<4}{peer[0]:>11.3f}{share:>9.2f}", flush=True)
    print(f"{'build-out':<12}{'schools':>12}{'s':>9}{'prune s':>9}{'km':>12}{'peak MB':>9}")
    random = np.random.default_rng(5)
    for n in (10_000, 100_000, 1_000_000):
        lat, lon, node_lat, node_lon = country(n, 500, 4)
        forest, seconds = timed(lambda: build_out(lat, lon, node_lat, node_lon), 3 if n < 1_000_000 else 1)  # noqa: B023
        saving = random.uniform(0, 20_000, n)
        cost = forest.length / 1000 * 6500
        _, prune = timed(lambda: worth_building(forest, saving, cost))  # noqa: B023
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        result["build_out"].append({"n": n, "seconds": seconds, "prune_seconds": prune, "km": forest.km,
                                    "peak_mb": peak})
        print(f"{'':<12}{n:>12,}{seconds[0]:>9.3f}{prune[0]:>9.3f}{forest.km:>12,.1f}{peak:>9,}", flush=True)
    print(f"{'greedy':<12}{'schools':>12}{'s':>9}{'ours s':>9}{'ratio':>9}{'km':>12}{'ours km':>12}")
    for n in (200, 600, 1600):
        lat, lon, node_lat, node_lon = country(n, 20, 6)
        km, peer = timed(lambda: greedy(lat, lon, node_lat, node_lon), 1)  # noqa: B023
        forest, seconds = timed(lambda: build_out(lat, lon, node_lat, node_lon))  # noqa: B023
        result["greedy"].append({"n": n, "greedy_seconds": peer, "seconds": seconds, "greedy_km": km, "km": forest.km})
        print(f"{'':<12}{n:>12,}{peer[0]:>9.2f}{seconds[0]:>9.4f}{peer[0] / seconds[0]:>9.0f}{km:>12.3f}"
              f"{forest.km:>12.3f}", flush=True)
    result["kenya"] = _kenya(data)
    return result


def _kenya(data: Path) -> dict[str, Any]:
    folder = data / "connectivity"
    read, reading = timed(lambda: read_schools((folder / "kenya_schools_moe.csv").read_bytes()))
    nodes = read_nodes((folder / "kenya_nodes.csv").read_bytes()).nodes
    schools = read.schools
    forest, seconds = timed(lambda: build_out(schools.lat, schools.lon, nodes.lat, nodes.lon))
    whole, planning = timed(lambda: plan(schools, nodes, default_prices()))
    # The list has no pupils; a budget is spread over made-up heads (seeded), for the time it takes.
    random = np.random.default_rng(8)
    heads = random.integers(50, 1200, len(schools)).astype(float)
    cost = np.nan_to_num(forest.length) / 1000 * 6500 + 500

    def frontier() -> list[float]:
        steps = best_order(forest.parent, cost, heads)
        return [float(heads[bought(steps, forest.parent, cost, heads, money)[0]].sum())
                for money in np.linspace(cost.sum() / 30, cost.sum(), 30)]
    bought_heads, buying = timed(frontier)
    small = read_schools((folder / "kenya_schools_moe.csv").read_bytes()[:180_000]).schools

    def one_budget() -> int:
        tree = build_out(small.lat, small.lon, nodes.lat, nodes.lon)
        k = len(small)
        return len(bought(best_order(tree.parent, cost[:k], heads[:k]), tree.parent, cost[:k], heads[:k], 2e6)[0])
    _, slider = timed(one_budget)
    print(f"Kenya: {len(schools):,} schools read in {reading[0]:.2f} s; forest {forest.km:,.1f} km in "
          f"{seconds[0]:.2f} s; whole plan {planning[0]:.2f} s; 30 budgets {buying[0]:.2f} s; "
          f"{len(small):,} schools, tree and one budget {slider[0] * 1000:.1f} ms")
    return {"schools": len(schools), "reading": reading, "forest_seconds": seconds, "km": forest.km,
            "plan_seconds": planning, "frontier_seconds": buying, "heads_at_half": bought_heads[14],
            "plan_total": whole.total, "small": len(small), "small_seconds": slider}


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2])), indent=1))
