"""What each technology would cost each school over the years, and which of them are possible at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ._prices import LEVELS, TECHNOLOGIES, Prices, Technology
from ._sites import UNKNOWN, Floats, Schools

# What each code says; shown in other languages by whoever has the words.
LIMITS = {
    "no_node": "no fibre node is known",
    "fibre_too_far": "the line would be longer than allowed",
    "too_slow_for_need": "the technology carries less than the school needs",
    "no_coverage": "there is no 4G or 5G coverage",
    "mast_too_far": "the nearest 4G mast is out of range",
    "coverage_unknown": "coverage is not known",
    "node_too_far": "no node is within range",
    "line_of_sight_unchecked": "whether the node can be seen from the school was not checked",
    "solar": "there is no electricity: the cost contains solar power",
    "power_unknown": "whether there is electricity is not known: the high cost contains solar power",
}


@dataclass(frozen=True, slots=True)
class Costs:
    """Total cost of each technology for each school in money of today, shape (schools, technologies, levels).

    `possible` is 1, 0 or -1 (not known). `why` has codes of `LIMITS`. Fibre is reckoned with `line_m` metres of line.
    """

    total: npt.NDArray[np.float64]
    possible: npt.NDArray[np.int8]
    why: tuple[tuple[tuple[str, ...], ...], ...]


def costs(schools: Schools, need: Floats, line_m: Floats, node_m: Floats, prices: Prices) -> Costs:
    """Return what each technology costs each school (capital and years of running), and whether it is possible.

    `need` Mbit/s; `line_m` metres of new fibre (NaN where none can reach it); `node_m` metres to the nearest node.
    """
    n = len(schools)
    total = np.zeros((n, len(TECHNOLOGIES), len(LEVELS)))
    possible = np.ones((n, len(TECHNOLOGIES)), dtype=np.int8)
    codes: list[list[list[str]]] = [[[] for _ in TECHNOLOGIES] for _ in range(n)]

    def limit(place: int, rows: npt.NDArray[np.bool_], code: str, verdict: int) -> None:
        for i in np.flatnonzero(rows):
            codes[i][place].append(code)
        if verdict == 0:
            possible[rows, place] = 0
        elif verdict == UNKNOWN:
            possible[rows & (possible[:, place] == 1), place] = UNKNOWN

    for place, name in enumerate(TECHNOLOGIES):
        what: Technology = getattr(prices, name)
        km = np.nan_to_num(line_m) / 1000 * prices.detour if name == "fibre" else np.zeros(n)
        for level in range(len(LEVELS)):
            total[:, place, level] = _total(what, prices, level, km, need, schools.powered)
        limit(place, need > what.most_mbit, "too_slow_for_need", 0)
        if name == "fibre":
            limit(place, ~np.isfinite(node_m), "no_node", 0)
            limit(place, np.isfinite(node_m) & ~np.isfinite(line_m), "fibre_too_far", 0)
        elif name == "cellular":
            covered = np.array([one in ("4g", "5g") for one in schools.coverage], dtype=bool)
            uncovered = np.array([one in ("no", "2g", "3g") for one in schools.coverage], dtype=bool)
            near = schools.cell_m <= what.most_km * 1000
            limit(place, ~covered & ~near & uncovered, "no_coverage", 0)
            limit(place, ~covered & ~uncovered & (schools.cell_m > what.most_km * 1000), "mast_too_far", 0)
            limit(place, ~covered & ~uncovered & np.isnan(schools.cell_m), "coverage_unknown", UNKNOWN)
        elif name == "point_to_point":
            far = ~(node_m <= what.most_km * 1000)
            limit(place, far, "node_too_far", 0)
            limit(place, ~far, "line_of_sight_unchecked", UNKNOWN)
        limit(place, schools.powered == 0, "solar", 1)
        limit(place, schools.powered == UNKNOWN, "power_unknown", 1)
    return Costs(total, possible, tuple(tuple(tuple(one) for one in row) for row in codes))


def _total(what: Technology, prices: Prices, level: int, km: Floats, need: Floats,
           powered: npt.NDArray[np.int8]) -> Floats:
    """Capital, and each year's running at today's value; solar power instead of the grid where there is none."""
    years = prices.present_value
    solar = (powered == 0) | ((powered == UNKNOWN) & (level == len(LEVELS) - 1))
    capital = what.at_school[level] + km * what.per_km[level] + np.where(
        solar, what.watts[level] * prices.solar_per_watt[level], 0.0)
    running = need * what.per_mbit_year[level] + km * what.per_km_year[level] + np.where(
        solar, 0.0, what.kwh_year[level] * prices.per_kwh[level])
    return np.asarray(capital + years * running, dtype=np.float64)
