"""Measure scene: seconds and bytes for a thousand buildings, in two levels of detail, and a city of ten thousand.

Run `tribune bench scene`, or `python -m benchmarks.scene DATA OUT`. Models are those of the data folder (Delft in LoD
1, Zurich in LoD 2, a sample of 3D BAG), and Delft laid side by side sixty times. Seconds go from bytes to packed tiles.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from tribune.engine.scene import build_scene, encode_tile, features_json, read_city, to_glb

_RUNS = 3


def side_by_side(raw: bytes, times: int) -> bytes:
    """The buildings of a model laid out on a square, with ids of their own for each copy."""
    model = json.loads(raw)
    model["CityObjects"] = {name: one for name, one in model["CityObjects"].items() if "Building" in one["type"]}
    used = sorted({i for one in model["CityObjects"].values() for geometry in one["geometry"]
                   for i in _flat(geometry["boundaries"])})
    place = {old: new for new, old in enumerate(used)}
    model["vertices"] = [model["vertices"][i] for i in used]
    for one in model["CityObjects"].values():
        for geometry in one["geometry"]:
            geometry["boundaries"] = _put(geometry["boundaries"], place)
    vertices, objects = [], {}
    scale = model["transform"]["scale"]
    for k in range(times):
        begin = len(vertices)
        east, north = int(k % 8 * 700 / scale[0]), int(k // 8 * 700 / scale[1])
        vertices += [[x + east, y + north, z] for x, y, z in model["vertices"]]
        for name, one in model["CityObjects"].items():
            copy = json.loads(json.dumps(one))
            for geometry in copy.get("geometry", []):
                geometry["boundaries"] = _moved(geometry["boundaries"], begin)
            for key in ("parents", "children"):
                if key in copy:
                    copy[key] = [f"{other}-{k}" for other in copy[key]]
            objects[f"{name}-{k}"] = copy
    return json.dumps({**model, "CityObjects": objects, "vertices": vertices}).encode()


def _flat(boundaries: Any) -> list[int]:
    return [i for one in boundaries for i in _flat(one)] if isinstance(boundaries, list) else [boundaries]


def _put(boundaries: Any, place: dict[int, int]) -> Any:
    return [_put(one, place) for one in boundaries] if isinstance(boundaries, list) else place[boundaries]


def _moved(boundaries: Any, begin: int) -> Any:
    return [_moved(one, begin) for one in boundaries] if isinstance(boundaries, list) else boundaries + begin


def measure(raw: bytes) -> dict[str, Any]:
    """Least seconds of three runs, and bytes, for one model."""
    seconds = []
    for _ in range(_RUNS):
        begin = time.perf_counter()
        model = read_city(raw, buildings_only=True)
        scene = build_scene(model)
        packed = [encode_tile(tile) for tile in scene.tiles]
        seconds.append(time.perf_counter() - begin)
    n = scene.n_features
    about = sum(len(features_json(tile)) for tile in scene.tiles)
    return {"buildings": n, "seconds": sorted(seconds), "seconds_per_1000": min(seconds) / n * 1000,
            "tiles": len(packed), "bytes_per_building": sum(map(len, packed)) / n,
            "attributes_per_building": about / n, "glb_bytes": len(to_glb(scene.tiles)),
            "findings": len(scene.findings), "source_bytes": len(raw)}


def run(data: Path, out: Path) -> dict[str, Any]:
    """Print and return all figures."""
    folder, result = data / "cityjson", {}
    print(f"{'model':<14}{'buildings':>10}{'s':>8}{'s / 1000':>10}{'bytes each':>12}{'tiles':>7}{'peak MB':>9}")
    delft = (folder / "delft.json").read_bytes()
    for name, raw in (("delft LoD1", delft), ("zurich LoD2", (folder / "zurich_subset_lod2.json").read_bytes()),
                      ("3D BAG", (folder / "3db_sub.json").read_bytes()), ("delft x 60", side_by_side(delft, 60))):
        row = result[name] = measure(raw)
        row["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name:<14}{row['buildings']:>10,}{row['seconds'][0]:>8.3f}{row['seconds_per_1000']:>10.3f}"
              f"{row['bytes_per_building']:>12.0f}{row['tiles']:>7}{row['peak_mb']:>9,}", flush=True)
    return result


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2])), indent=1))
