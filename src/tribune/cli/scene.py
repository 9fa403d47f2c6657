"""Check a city model object by object and cut it into compact 3D tiles.

MODEL is CityJSON 1.0-2.0, CityJSONSeq (read piece by piece) or GeoJSON footprints with heights; - reads standard
input. Into DIR go the tiles, what is known of their features, and scene.json (objects, bounds, findings). Findings
never stop the rest; --strict refuses a model that has any.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tribune.engine.scene import (
    FINDINGS,
    Scene,
    build_scene,
    distance_m,
    encode_tile,
    features_json,
    read_city,
    tile_name,
    to_3d_tiles,
    to_glb,
    to_ngsi_ld,
)
from tribune.engine.types import Unreadable

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `tribune scene`."""
    parser.add_argument("model", metavar="MODEL", help="the city model; - reads standard input")
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, required=True,
                        help="folder for tiles and scene.json")
    parser.add_argument("--lod", default="", help="level of detail to draw (default: the highest of each object)")
    parser.add_argument("--crs", default="", help="reference system, where the file's is missing or wrong (EPSG:28992)")
    parser.add_argument("--height", default="", help="GeoJSON property with metres above the base")
    parser.add_argument("--buildings", action="store_true", help="buildings only, without roads, water and ground")
    parser.add_argument("--tile", type=float, default=1000.0, metavar="METRES", help="side of a tile (default 1000)")
    parser.add_argument("--at", metavar="LON,LAT", help="say how far the model is from this place")
    parser.add_argument("--glb", action="store_true", help="also one scene.glb")
    parser.add_argument("--3d-tiles", dest="tileset", action="store_true",
                        help="also a 3D Tiles 1.1 tileset, in 3dtiles/")
    parser.add_argument("--ngsi-ld", dest="ngsi", action="store_true", help="also buildings.jsonld")
    parser.add_argument("--strict", action="store_true", help="refuse a model that has any finding")
    parser.add_argument("--format", choices=("json", "text"), help="default: text on a terminal, json elsewhere")


def run(options: argparse.Namespace) -> int:
    """Write the scene; print what was found."""
    if not 10 <= options.tile <= 100_000:
        raise Unreadable("bad_tile_size", "--tile must be between 10 and 100000 metres.", "Give another number.")
    place = _place(options.at)
    city = _city(options)
    if options.strict and city.findings:
        first = city.findings[0]
        raise Unreadable("findings", f"{len(city.findings)} findings; the first: {first.object_id or 'the model'}: "
                         f"{first.message}", "Correct the model, or leave out --strict.")
    scene = build_scene(city, tile_m=options.tile)
    folder: Path = options.output
    try:
        folder.mkdir(parents=True, exist_ok=True)
        told = _written(scene, folder, options, [one.id for one in city.features], place)
    except OSError as error:
        raise Unreadable("no_folder", f"{folder}: {error.strerror or error}.", "Choose another folder.") from None
    if (options.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps({key: told[key] for key in told if key != "objects"}, ensure_ascii=True, indent=1))
    else:
        print(_for_people(told, scene))
    return 0


def _city(options: argparse.Namespace) -> Any:
    def progress(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\rread {done / 1e6:.0f} MB", end="", file=sys.stderr, flush=True)

    rules = {"lod": options.lod, "crs": options.crs, "height": options.height, "buildings_only": options.buildings}
    if options.model == "-":
        return read_city(sys.stdin.buffer, progress=progress, **rules)
    try:
        with Path(options.model).open("rb") as stream:
            return read_city(stream, progress=progress, **rules)
    except OSError as error:
        raise Unreadable("no_file", f"{options.model}: {error.strerror or error}.", "Check the name.") from None


def _place(words: str | None) -> tuple[float, float] | None:
    if not words:
        return None
    try:
        lon, lat = (float(word) for word in words.split(","))
    except ValueError:
        raise Unreadable("bad_place", f"--at {words} is no place.", "Write longitude,latitude.") from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Unreadable("bad_place", f"--at {words} is not on Earth.", "Write longitude,latitude.")
    return lon, lat


def _written(scene: Scene, folder: Path, options: argparse.Namespace, objects: list[str],
             place: tuple[float, float] | None) -> dict[str, Any]:
    tiles = []
    for tile in scene.tiles:
        packed, known = encode_tile(tile), features_json(tile)
        name, who = tile_name(packed), tile_name(known)
        (folder / f"{name}.trs.gz").write_bytes(packed)
        (folder / f"{who}.json.gz").write_bytes(known)
        points = tile.points
        tiles.append({"cell": tile.cell, "tile": f"{name}.trs.gz", "features": f"{who}.json.gz", "bytes": len(packed),
                      "n_features": len(tile.features), "n_triangles": len(tile.triangles),
                      "bounds": [round(float(v), 4) for v in (*points.min(axis=0), *points.max(axis=0))]})
    far = distance_m(scene, *place) if place else None
    told = {"origin": scene.origin, "bounds": [round(v, 4) for v in scene.bounds], "title": scene.title,
            "n_objects": len(objects), "n_drawn": scene.n_features,
            **({"distance_m": None if far is None else round(far)} if place else {}),
            "palette": scene.palette, "tiles": tiles,
            "findings": [{"object": one.object_id, "code": one.code, "count": one.count, "message": one.message}
                         for one in scene.findings], "objects": objects}
    # Escaped throughout: half of a surrogate pair in an id is legal there and nowhere else.
    (folder / "scene.json").write_text(json.dumps(told, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
    if options.glb and scene.tiles:
        (folder / "scene.glb").write_bytes(to_glb(scene.tiles, scene.palette))
    if options.tileset and scene.tiles:
        (folder / "3dtiles").mkdir(exist_ok=True)
        for name, content in to_3d_tiles(scene).items():
            (folder / "3dtiles" / name).write_bytes(content)
    if options.ngsi:
        (folder / "buildings.jsonld").write_text(json.dumps(to_ngsi_ld(scene), indent=1) + "\n", encoding="utf-8")
    return told


def _for_people(told: dict[str, Any], scene: Scene) -> str:
    size = sum(tile["bytes"] for tile in told["tiles"])
    lines = [f"{told['n_drawn']} of {told['n_objects']} objects drawn, in {len(scene.tiles)} tiles of {size:,} bytes."]
    if told.get("distance_m"):
        lines.append(f"The model is {told['distance_m'] / 1000:.1f} km from the place that was named.")
    counts = Counter(one.code for one in scene.findings)
    lines += [f"  {counts[code]:>6}  {code}: {FINDINGS[code]}" for code in sorted(counts)]
    return "\n".join(lines)
