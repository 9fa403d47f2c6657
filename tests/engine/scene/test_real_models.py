"""Delft, Zurich and the 3D BAG sample: counts, places, sizes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tribune.engine.scene import build_scene, decode_tile, encode_tile, read_city

pytestmark = pytest.mark.real


@pytest.mark.parametrize(("name", "buildings", "most_bytes", "lon", "lat"), [
    ("delft", 160, 250, 4.37, 52.01), ("zurich_subset_lod2", 49, 750, 8.53, 47.38), ("3db_sub", 26, 250, 5.97, 51.77)])
def test_no_building_is_lost_and_each_is_small(real_data: Path, name, buildings, most_bytes, lon, lat):
    raw = (real_data / "cityjson" / f"{name}.json").read_bytes()
    model = read_city(raw, buildings_only=True)
    tops = {key for key, one in json.loads(raw)["CityObjects"].items()
            if one["type"].startswith("Building") and not one.get("parents")}
    assert {one.id for one in model.features} == tops
    assert len(tops) == buildings
    scene = build_scene(model)
    assert scene.n_features == buildings
    assert scene.origin[:2] == pytest.approx((lon, lat), abs=0.01)
    bytes_of = [encode_tile(tile) for tile in scene.tiles]
    assert sum(map(len, bytes_of)) / buildings <= most_bytes
    for tile, packed in zip(scene.tiles, bytes_of, strict=True):
        assert (decode_tile(packed).triangles == tile.triangles).all()
        assert max(tile.step) <= 0.05


def test_everything_in_delft_is_drawn_or_said(real_data: Path):
    raw = (real_data / "cityjson" / "delft.json").read_bytes()
    model = read_city(raw)
    drawn = set(np.unique(model.mesh.feature))
    lost = {one.object_id for one in model.findings if one.code == "no_geometry"}
    assert {one.id for row, one in enumerate(model.features) if row not in drawn} == lost
    assert len(model.features) == len(json.loads(raw)["CityObjects"])
