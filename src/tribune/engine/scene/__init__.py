"""City models: CityJSON and GeoJSON read and checked, cut into small 3D tiles, given out in open formats."""

from ._export import distance_m, to_3d_tiles, to_glb, to_ngsi_ld
from ._model import FINDINGS, SURFACES, CityModel, Feature, Finding, Mesh, Scene, Tile
from ._read import read_city
from ._tiles import build_scene, decode_tile, encode_tile, features_json, tile_name

__all__ = ["FINDINGS", "SURFACES", "CityModel", "Feature", "Finding", "Mesh", "Scene", "Tile", "build_scene",
           "decode_tile", "distance_m", "encode_tile", "features_json", "read_city", "tile_name", "to_3d_tiles",
           "to_glb", "to_ngsi_ld"]
