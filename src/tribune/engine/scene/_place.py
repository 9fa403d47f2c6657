"""Where a model stands: from its reference system to local metres, and how far it is from a place."""

from __future__ import annotations

import math
import re

import numpy as np
import pyproj
from pyproj.exceptions import CRSError, ProjError

from ._model import Floats

__all__ = ["Place", "metres_a_unit", "placed", "reference_system"]

GEOD = pyproj.Geod(ellps="WGS84")
# Above this the answer of the polynomial is not trusted, and every point goes through PROJ.
ENOUGH_M = 0.001


class Place:
    """A way from source coordinates to metres east and north of an origin, true north up."""

    def __init__(self, crs: pyproj.CRS, x: float, y: float) -> None:
        self._to_earth = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
        self.lon, self.lat = self._to_earth.transform(x, y)
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise ProjError("the middle of the model is nowhere on Earth")
        # Rounded, so that the page and other programs can rebuild the very same plane from the written numbers.
        self.lon, self.lat = round(self.lon, 7), round(self.lat, 7)
        self._plane = pyproj.Proj(f"+proj=tmerc +lat_0={self.lat!r} +lon_0={self.lon!r} +k=1 +datum=WGS84 +units=m")

    def exact(self, xy: Floats) -> Floats:
        """Each point through PROJ; infinite where it cannot be placed."""
        lon, lat = self._to_earth.transform(xy[:, 0], xy[:, 1])
        return np.stack(self._plane(lon, lat), axis=1)

    def metres(self, xy: Floats) -> Floats:
        """Points in metres; through a cubic fitted to PROJ where it agrees within a millimetre, else through PROJ.

        Between two map projections a city is as good as flat: the cubic is some thirty times faster.
        """
        if len(xy) < 2000:
            return self.exact(xy)
        low, high = xy.min(axis=0), xy.max(axis=0)
        half, middle = np.maximum((high - low) / 2, 1e-9), (low + high) / 2
        ticks = np.linspace(-1, 1, 9)
        grid = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
        asked = np.concatenate([grid, grid * 0.93 + 0.011])
        told = self.exact(asked * half + middle)
        if not np.isfinite(told).all():
            return self.exact(xy)
        weights = np.linalg.lstsq(_cubic(grid), told[:len(grid)], rcond=None)[0]
        if np.abs(_cubic(asked) @ weights - told).max() > ENOUGH_M:
            return self.exact(xy)
        result: Floats = _cubic((xy - middle) / half) @ weights
        return result


def _cubic(at: Floats) -> Floats:
    x, y = at[:, 0], at[:, 1]
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y, x**3, x * x * y, x * y * y, y**3], axis=1)


def reference_system(words: str) -> pyproj.CRS | None:
    """Read "EPSG:7415", an OGC address or name, or WKT; only its horizontal part. None where it is not known.

    >>> reference_system("https://www.opengis.net/def/crs/EPSG/0/7415").to_epsg()
    28992
    >>> reference_system("my own system") is None
    True
    """
    if re.search(r"CRS84h?$", words.strip()):
        return pyproj.CRS.from_epsg(4326)
    short = re.fullmatch(r"(?:https?://|urn:).*\bEPSG[:/][^:/]*[:/](\d+)/?", words.strip())
    try:
        crs = pyproj.CRS.from_user_input(f"EPSG:{short[1]}" if short else words)
    except (CRSError, ProjError):
        return None
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    return crs.to_2d() if crs.is_projected or crs.is_geographic else None


def metres_a_unit(crs: pyproj.CRS | None, y: float) -> tuple[float, float]:
    """Roughly how many metres one unit of x and of y is, at y: enough to check shapes with."""
    if crs is None:
        return 1.0, 1.0
    if crs.is_geographic:
        return max(math.cos(math.radians(min(abs(y), 89.0))), 0.01) * 111_320.0, 110_574.0
    factor = crs.axis_info[0].unit_conversion_factor or 1.0
    return factor, factor


def placed(crs: pyproj.CRS, x: float, y: float) -> Place | None:
    """A place with its origin at x, y; None where these lie outside of what the system can place."""
    try:
        return Place(crs, x, y)
    except ProjError:
        return None
