"""City models: read, checked, cut into tiles, given out; no building lost without a finding."""

from __future__ import annotations

import io
import json
import math
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.scene.models import CUBE, city, corners, cube, cubes

from tribune.engine.scene import (
    CityModel,
    Scene,
    build_scene,
    decode_tile,
    distance_m,
    encode_tile,
    features_json,
    read_city,
    to_3d_tiles,
    to_glb,
    to_ngsi_ld,
)
from tribune.engine.types import Unreadable


def codes(model: CityModel | Scene) -> set[tuple[str, str]]:
    return {(one.object_id, one.code) for one in model.findings}


def volume(model: CityModel) -> float:
    a, b, c = (model.mesh.points[model.mesh.triangles[:, k]] - model.mesh.points.mean(axis=0) for k in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def packed(scene: Scene) -> list[bytes]:
    return [encode_tile(tile) for tile in scene.tiles] + [features_json(tile) for tile in scene.tiles]


def test_cube_is_closed_and_has_its_volume_and_slopes():
    model = read_city(cubes(1))
    assert model.findings == ()
    assert volume(model) == pytest.approx(500)
    assert sorted(model.mesh.surface.tolist()) == [1] * 2 + [2] * 8 + [3] * 2


def test_a_solid_inside_out_is_turned_and_said():
    one = cube()
    one["geometry"][0]["boundaries"] = [[[ring[::-1] for ring in surface] for surface in CUBE]]
    model = read_city(city({"b": one}, corners(0, 0)))
    assert codes(model) == {("b", "inside_out")}
    assert volume(model) == pytest.approx(500)
    assert sorted(model.mesh.surface.tolist()) == [1] * 2 + [2] * 8 + [3] * 2


def test_a_neighbour_turned_the_wrong_way_and_an_open_solid_are_told_apart():
    one, two = cube(), cube()
    one["geometry"][0]["boundaries"] = [[[CUBE[0][0][::-1]], *CUBE[1:]]]
    two["geometry"][0]["boundaries"] = [CUBE[1:]]
    assert codes(read_city(city({"a": one, "b": two}, corners(0, 0)))) == {("a", "wrong_turn"), ("b", "not_closed")}


@pytest.mark.parametrize(("change", "code"), [
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 1, 99]]), "bad_index"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 1, -1]]), "bad_index"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 1, 10**30]]), "bad_index"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 1]]), "short_ring"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 1, 0, 1]]), "no_area"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 1, 1, 2, 3]]), "repeated_vertex"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 1, 6, 3]]), "not_planar"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0, 2, 1, 3]]), "no_area"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([["0", 1, 2]]), "bad_geometry"),
    (lambda one: one["geometry"][0]["boundaries"][0].append([[0.5, 1, 2]]), "bad_geometry"),
    (lambda one: one["geometry"][0]["boundaries"][0].append(None), "bad_geometry"),
    (lambda one: one["geometry"].append({"type": "Solid", "lod": "1", "boundaries": None}), "bad_geometry"),
    (lambda one: one["geometry"].append({"type": "MultiPoint", "lod": "0", "boundaries": [0]}), "unused_geometry"),
    (lambda one: one["geometry"][0].update(semantics={"surfaces": [], "values": [[7]]}), "bad_semantics"),
    (lambda one: one.update(parents=["nobody"]), "no_parent"),
    (lambda one: one.update(parents=["good"]), "parent_unaware"),
    (lambda one: one.update(children=["nobody"]), "missing_child"),
    (lambda one: one.update(geometry=[]), "no_geometry"),
    (lambda one: one.update(geometry=[{"type": "GeometryInstance", "template": 4, "boundaries": [0]}]), "bad_template"),
])
def test_each_fault_is_a_finding_on_its_object_and_the_rest_stands(change, code):
    bad = cube()
    change(bad)
    model = read_city(city({"bad": bad, "good": cube(8)}, corners(0, 0) + corners(30, 0)))
    assert ("bad", code) in codes(model)
    assert not [one for one in model.findings if one.object_id == "good"]
    good = next(row for row, one in enumerate(model.features) if one.id == "good")
    assert (model.mesh.feature == good).sum() >= 12


@pytest.mark.parametrize("wrong", [[math.nan, 0, 0], [0, math.inf, 0], ["1", 2, 3], None, [1, 2], [10**11, 0, 0]])
def test_wrong_and_far_vertices_cost_only_what_uses_them(wrong):
    vertices = [*corners(0, 0), *corners(30, 0)]
    vertices[0] = wrong
    model = read_city(city({"bad": cube(), "good": cube(8)}, vertices))
    assert codes(model) & {("bad", "bad_vertex"), ("bad", "far_away")}
    assert (model.mesh.feature == 1).sum() == 12
    assert np.isfinite(build_scene(model).bounds).all()


def test_coordinates_ten_million_fold_stand_nowhere_but_nothing_breaks():
    whole = [[10**7 * part for part in corner] for corner in corners(1, 1)]
    scene = build_scene(read_city(city({"b": cube()}, whole)))
    assert {code for _, code in codes(scene)} & {"outside_crs", "far_away", "no_geometry"}


def test_circle_of_parents_loses_no_building():
    model = read_city(city({"a": cube(parents=["b"], children=["b"]), "b": cube(8, parents=["a"], children=["a"])},
                           corners(0, 0) + corners(30, 0)))
    assert {one.id for one in model.features} == {"a", "b"}
    assert codes(model) == {("a", "parent_circle"), ("b", "parent_circle")}


def test_two_buildings_of_one_name_both_stand():
    raw = cubes(2).replace(b'"b1"', b'"b0"')
    model = read_city(raw)
    assert [one.id for one in model.features] == ["b0", "b0~2"]
    assert codes(model) == {("b0", "same_id")}


def test_missing_reference_system_is_said_and_drawn_in_its_own_metres():
    scene = build_scene(read_city(cubes(2, metadata={})))
    assert codes(scene) == {("", "no_crs")}
    assert scene.origin[:2] == (None, None)
    assert scene.bounds[3] - scene.bounds[0] == pytest.approx(30, abs=0.001)
    assert to_ngsi_ld(scene) == []
    assert distance_m(scene, 4.0, 52.0) is None


@pytest.mark.parametrize("raw", [b"", b"   ", b"{", b"[]", b"<xml/>", b"\xff\xfe", b'{"type": "Point"}', cubes(3)[:-40],
                                 b'{"type":"CityJSON","version":"3.0"}', b"[" * 100_000])
def test_what_is_no_model_is_refused_in_words(raw):
    with pytest.raises(Unreadable) as caught:
        read_city(raw)
    assert caught.value.what
    assert caught.value.do


def test_part_with_more_detail_stands_for_its_building():
    objects = {"b": cube(children=["p"]), "p": {**cube(8, parents=["b"]), "type": "BuildingPart"}}
    objects["p"]["geometry"][0]["lod"] = "2.2"
    raw = city(objects, corners(0, 0) + corners(30, 0))
    high, low = read_city(raw), read_city(raw, lod="1")
    assert (high.features[0].lod, high.features[0].parts) == ("2.2", ("p",))
    assert high.mesh.points[:, 0].min() == pytest.approx(85030)
    assert low.mesh.points[:, 0].min() == pytest.approx(85000)
    assert codes(read_city(raw, lod="3")) == {("b", "no_such_lod")}


@pytest.mark.parametrize("kind", ["MultiSurface", "CompositeSurface", "Solid", "MultiSolid", "CompositeSolid"])
def test_every_kind_of_geometry_with_semantics_and_colours(kind):
    depth = {"MultiSurface": 0, "CompositeSurface": 0, "Solid": 1}.get(kind, 2)
    boundaries, values, paint = CUBE, [0, 1, None, None, 2, 2], [0, 0, 1, 1, None, None]
    for _ in range(depth):
        boundaries, values, paint = [boundaries], [values], [paint]
    one = {"type": "Building", "geometry": [{
        "type": kind, "lod": 2, "boundaries": boundaries, "material": {"seen": {"values": paint}},
        "semantics": {"surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}, {"type": "Door"}],
                      "values": values}}]}
    model = read_city(city({"b": one}, corners(0, 0), appearance={
        "materials": [{"name": "r", "diffuseColor": [1, 0, 0]}, {"name": "g", "diffuseColor": [0, 1, 0]}]}))
    assert model.findings == ()
    assert sorted(model.mesh.surface.tolist()) == [1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4]
    assert sorted(model.mesh.colour.tolist()) == [0] * 4 + [1] * 4 + [2] * 4
    assert model.palette == ((255, 0, 0), (0, 255, 0))


def test_template_is_turned_scaled_and_put_in_place():
    place = {"type": "GeometryInstance", "template": 0, "boundaries": [1],
             "transformationMatrix": [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 1, 0, 0, 0, 1]}
    template = {"type": "MultiSurface", "lod": "2", "boundaries": [[[0, 1, 2]]]}
    model = read_city(city({"b": {"type": "Building", "geometry": [place]}}, [[0, 0, 0], [5000, 6000, 0]], **{
        "geometry-templates": {"templates": [template], "vertices-templates": [[0, 0, 0], [1, 0, 0], [0, 1, 0]]}}))
    assert model.findings == ()
    assert model.mesh.points.tolist() == [[85005, 447006, 1], [85007, 447006, 1], [85005, 447008, 1]]


def footprint(rings: list[list[list[float]]], **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}


def square(x: float, y: float, size: float) -> list[list[float]]:
    step = size / 111_320
    return [[x, y], [x + step, y], [x + step, y + step], [x, y + step], [x, y]]


def test_footprint_with_a_hole_across_the_edge_of_a_tile_is_whole_and_once():
    far = [footprint([square(4 + k / 200, 0, 20)], height="6 m") for k in range(-2, 3)]
    holed = footprint([square(4.0045, 0.001, 100), square(4.0048, 0.0013, 30)[::-1]], height=10)
    scene = build_scene(read_city(json.dumps({"type": "FeatureCollection", "features": [*far, holed]}).encode()))
    assert scene.findings == ()
    assert len(scene.tiles) > 1
    assert scene.n_features == 6
    tile, row = next((tile, row) for tile in scene.tiles for row, one in enumerate(tile.features)
                     if one.id == "feature 6")
    corner = tile.points[tile.triangles[tile.feature == row]]
    roof = corner[tile.surface[tile.feature == row] == 1]
    one, two = (roof[:, 1] - roof[:, 0])[:, :2], (roof[:, 2] - roof[:, 0])[:, :2]
    area = np.abs(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]).sum() / 2
    assert area == pytest.approx(100**2 - 30**2, rel=0.02)


def test_footprints_say_what_is_missing():
    rows = [footprint([square(4, 52, 9)]), footprint([square(4, 52, 9)], **{"building:levels": "4"}),
            {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [4, 52]}}, 7,
            footprint([[["x", 1]]], height=3)]
    model = read_city(json.dumps({"type": "FeatureCollection", "features": rows}).encode())
    assert {("feature 1", "no_height"), ("feature 3", "not_a_polygon"), ("feature 4", "bad_object"),
            ("feature 5", "bad_geometry")} <= codes(model)
    assert not [one for one in model.findings if one.object_id == "feature 2"]


def sequence(raw: bytes) -> bytes:
    whole = json.loads(raw)
    objects, vertices = whole.pop("CityObjects"), whole.pop("vertices")
    lines = [{**whole, "CityObjects": {}, "vertices": []}]
    lines += [{"type": "CityJSONFeature", "id": name, "CityObjects": {name: one}, "vertices": vertices}
              for name, one in objects.items()]
    return b"\n".join(json.dumps(line).encode() for line in lines)


def test_sequence_gives_the_same_tiles_and_a_cut_line_costs_only_itself():
    raw = sequence(cubes(5))
    assert packed(build_scene(read_city(io.BytesIO(raw)))) == packed(build_scene(read_city(cubes(5))))
    cut = read_city(raw[:-30])
    assert [one.id for one in cut.features] == ["b0", "b1", "b2", "b3"]
    assert codes(cut) == {("line 6", "bad_json")}


def test_reading_can_be_cancelled():
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_city(cubes(2), progress=stop)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(7)), st.sampled_from([(0, 0), (512, -1024), (-4096, 64)]))
def test_order_of_objects_and_place_of_the_model_change_no_tile(order, moved):
    whole = json.loads(cubes(7, metadata={}))
    before = packed(build_scene(read_city(json.dumps(whole).encode())))
    whole["CityObjects"] = {f"b{k}": whole["CityObjects"][f"b{k}"] for k in order}
    whole["transform"]["translate"] = [85000 + moved[0], 447000 + moved[1], 0]
    assert packed(build_scene(read_city(json.dumps(whole).encode()))) == before


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.5, 3), st.floats(0.2, 0.9)), min_size=5, max_size=12))
def test_any_simple_ring_is_covered_exactly(spokes):
    turn = np.cumsum([step for _, step in spokes])
    turn = turn / turn[-1] * 2 * np.pi
    ring = np.round(np.column_stack([[r for r, _ in spokes] * np.cos(turn), [r for r, _ in spokes] * np.sin(turn)]), 3)
    if np.diff(np.r_[turn, turn[0] + 2 * np.pi]).max() > 3:
        return
    one = {"type": "Building", "geometry": [{"type": "MultiSurface", "lod": "1", "boundaries": [
        [list(range(len(ring)))]]}]}
    model = read_city(city({"b": one}, [[round(x * 1000), round(y * 1000), 0] for x, y in ring]))
    a, b, c = (model.mesh.points[model.mesh.triangles[:, k]] for k in range(3))
    after = np.roll(ring, -1, axis=0)
    area = abs((ring[:, 0] * after[:, 1] - ring[:, 1] * after[:, 0]).sum()) / 2
    assert np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2 == pytest.approx(area, rel=1e-6)


def test_tile_comes_back_from_its_bytes_and_broken_bytes_are_refused():
    tile = build_scene(read_city(cubes(9))).tiles[0]
    raw = encode_tile(tile)
    again = decode_tile(raw, tile.features)
    assert encode_tile(again) == raw
    assert (again.points == tile.points).all()
    for bad in (b"", raw[:-9], b"x" + raw[1:]):
        with pytest.raises(Unreadable):
            decode_tile(bad)


def glb_parts(raw: bytes) -> tuple[dict, bytes]:
    magic, version, size = struct.unpack_from("<III", raw)
    assert (magic, version, size) == (0x46546C67, 2, len(raw))
    length, kind = struct.unpack_from("<II", raw, 12)
    assert kind == 0x4E4F534A
    body, kind = struct.unpack_from("<II", raw, 20 + length)
    assert (kind, 28 + length + body) == (0x004E4942, len(raw))
    return json.loads(raw[20:20 + length]), raw[28 + length:]


def test_glb_read_back_has_every_triangle_and_says_who_is_who():
    scene = build_scene(read_city(cubes(3)))
    head, body = glb_parts(to_glb(scene.tiles))
    assert head["buffers"][0]["byteLength"] <= len(body)

    def values(row: int, kind: str, width: int) -> np.ndarray:
        accessor = head["accessors"][row]
        view = head["bufferViews"][accessor["bufferView"]]
        assert view["byteOffset"] % 4 == 0
        assert view["byteOffset"] + view["byteLength"] <= len(body)
        return np.frombuffer(body, kind, accessor["count"] * width, view["byteOffset"]).reshape(-1, width)

    part = head["meshes"][0]["primitives"][0]
    place, faces = values(part["attributes"]["POSITION"], "<f4", 3), values(part["indices"], "<u4", 1)
    owner = values(part["attributes"]["_FEATURE_ID_0"], "<f4", 1)
    assert len(faces) == 3 * 36
    assert set(owner[faces[:, 0], 0]) == {0, 1, 2}
    a, b, c = place[faces[0::3, 0]], place[faces[1::3, 0]], place[faces[2::3, 0]]
    assert np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6 == pytest.approx(1500, rel=0.01)
    table = head["extensions"]["EXT_structural_metadata"]["propertyTables"][0]
    text = head["bufferViews"][table["properties"]["id"]["values"]]
    assert body[text["byteOffset"]:text["byteOffset"] + text["byteLength"]] == b"b0b1b2"
    assert part["extensions"]["EXT_mesh_features"]["featureIds"][0]["featureCount"] == 3


def test_tileset_stands_on_the_globe_and_names_its_files():
    scene = build_scene(read_city(cubes(3)))
    files = to_3d_tiles(scene)
    root = json.loads(files["tileset.json"])["root"]
    assert {child["content"]["uri"] for child in root["children"]} == set(files) - {"tileset.json"}
    assert np.linalg.norm(root["transform"][12:15]) == pytest.approx(6.365e6, rel=0.001)
    turn = np.array(root["transform"]).reshape(4, 4)[:3, :3]
    assert np.allclose(turn @ turn.T, np.eye(3))


def test_entities_carry_footprint_and_height():
    rows = to_ngsi_ld(build_scene(read_city(city({"a b/<i>": cube()}, corners(0, 0)))))
    assert rows[0]["id"] == "urn:ngsi-ld:Building:a%20b%2F%3Ci%3E"
    assert rows[0]["height"]["value"] == pytest.approx(5, abs=0.01)
    assert rows[0]["location"]["value"]["type"] == "Polygon"


def test_model_of_another_city_says_how_far():
    scene = build_scene(read_city(cubes(3)))
    assert distance_m(scene, scene.origin[0], scene.origin[1]) == 0
    assert distance_m(scene, 8.54, 47.37) == pytest.approx(598_000, rel=0.03)


def test_hostile_attributes_pass_through_unchanged():
    hostile = {"name": "</script><b onclick=x>", "\u202e": "\ud800"}
    scene = build_scene(read_city(city({"b": cube(attributes=hostile)}, corners(0, 0))))
    assert scene.tiles[0].features[0].attributes == hostile
    assert features_json(scene.tiles[0])
