"""From schools, nodes and prices to a plan: who lacks what, the cheapest way for each, and what a budget buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ._costs import Costs, costs
from ._forest import UNREACHED, Forest, build_out
from ._meaningful import YES, Rule, Standing, meaningful, needed
from ._nearest import nearest
from ._prices import LEVELS, TECHNOLOGIES, Prices
from ._sites import Floats, Nodes, Schools
from ._tree import Steps, best_order, bought, worth_building

Ints = npt.NDArray[np.int64]
_MID = LEVELS.index("mid")
FIBRE = TECHNOLOGIES.index("fibre")
# No way to connect a school is known.
NO_WAY = -1


@dataclass(frozen=True, slots=True)
class Bought:
    """What a budget buys: schools (places in `Schools`), heads, what is spent, and the most heads possible for it."""

    budget: float
    spent: float
    schools: Ints
    pupils: float
    girls: float
    most: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for the schools that are not known to be meaningfully connected.

    Arrays have one place a school: `node` and `node_m` (nearest node, metres), `technology` (place in `TECHNOLOGIES`,
    −1 where none is possible or none is needed), `cost` (low, mid, high; NaN likewise), `parent` and `line_m` in the
    shortest forest through all planned schools (another school, −1 for a node, −2 for out of reach); what of it is
    worth building is where `technology` is FIBRE. `planned` says for whom there is a plan.
    """

    schools: Schools
    nodes: Nodes
    prices: Prices
    standing: tuple[Standing, ...]
    planned: npt.NDArray[np.bool_]
    node: Ints
    node_m: Floats
    technology: Ints
    cost: npt.NDArray[np.float64]
    parent: Ints
    line_m: Floats
    costs: Costs
    # Places of planned schools with a way, and the order in which money is best spent on them, by what it counts.
    _places: Ints
    _steps: dict[str, Steps]

    @property
    def km(self) -> float:
        """Kilometres of the whole forest, as the crow flies."""
        return float(np.nansum(self.line_m) / 1000)

    @property
    def built_km(self) -> float:
        """Kilometres of the fibre that is worth building, as the crow flies."""
        return float(np.nansum(self.line_m[self.technology == FIBRE]) / 1000)

    @property
    def total(self) -> tuple[float, float, float]:
        """What all of it costs: low, mid, high."""
        low, mid, high = np.nansum(self.cost, axis=0).tolist()
        return low, mid, high

    def weights(self, by: str) -> Floats:
        """Return what counts for the frontier: "pupils", "girls" or "schools"; unknown heads count nothing."""
        if by == "schools":
            return np.ones(len(self.schools))
        return np.nan_to_num(self.schools.girls if by == "girls" else self.schools.pupils)

    def buy(self, budget: float, *, by: str = "pupils") -> Bought:
        """Return what a budget (in the prices' currency, mid costs) buys so that most of `by` are connected.

        Exact on this tree where `most` is what was bought; otherwise no choice on the tree brings more than `most`.
        """
        at = self._places
        inner = _inner(self, at)
        weight, mid = self.weights(by)[at], self.cost[at, _MID]
        if by not in self._steps:
            self._steps[by] = best_order(inner, mid, weight)
        chosen, most = bought(self._steps[by], inner, mid, weight, budget)
        place = at[chosen]
        return Bought(budget, float(self.cost[place, _MID].sum()), place,
                      float(np.nansum(self.schools.pupils[place])), float(np.nansum(self.schools.girls[place])), most)

    def frontier(self, budgets: Sequence[float] = (), *, by: str = "pupils", steps: int = 30) -> list[Bought]:
        """Return what each budget buys; without budgets, `steps` even ones up to the cost of everything."""
        most = float(self.cost[self._places, _MID].sum())
        return [self.buy(budget, by=by) for budget in
                (budgets or [most * i / steps for i in range(1, steps + 1)] if most else budgets)]


def plan(schools: Schools, nodes: Nodes, prices: Prices, *, rule: Rule | None = None) -> Plan:
    """Return the plan that costs least at mid prices: one technology for each school not known to be connected.

    New fibre runs along the shortest forest from the nodes through these schools; a school is joined where that is
    cheaper than its best alternative, schools behind it counted (exact on that forest). Alternatives are those that are
    surely possible: cellular where there is coverage, else satellite.
    """
    n = len(schools)
    standing = tuple(meaningful(schools, rule))
    planned = np.array([one.status != YES for one in standing], dtype=bool).reshape(n)
    node, node_m = nearest(schools.lat, schools.lon, nodes.lat, nodes.lon)
    at = np.flatnonzero(planned)
    forest = build_out(schools.lat[at], schools.lon[at], nodes.lat, nodes.lon, longest_m=prices.fibre.most_km * 1000)
    line = np.full(n, np.nan)
    line[at] = forest.length
    parent = np.full(n, UNREACHED, dtype=np.int64)
    parent[at] = np.where(forest.parent >= 0, at[np.maximum(forest.parent, 0)], forest.parent)
    found = costs(schools, needed(schools.pupils, rule), line, node_m, prices)
    technology, cost = _choose(found, forest, at, n)
    return Plan(schools, nodes, prices, standing, planned, node, node_m, technology, cost, parent, line, found,
                np.flatnonzero(technology != NO_WAY), {})


def _choose(found: Costs, forest: Forest, at: Ints, n: int) -> tuple[Ints, npt.NDArray[np.float64]]:
    """The technology of each school, and its cost: fibre where the tree says so, else the cheapest sure alternative."""
    mid = np.where(found.possible == 1, found.total[:, :, _MID], np.inf)
    others = mid.copy()
    others[:, FIBRE] = np.inf
    best = np.argmin(others, axis=1).astype(np.int64)
    alternative = others[np.arange(n), best]
    technology = np.full(n, NO_WAY, dtype=np.int64)
    technology[at] = np.where(np.isfinite(alternative[at]), best[at], NO_WAY)
    fibre = np.where(np.isfinite(mid[:, FIBRE]), mid[:, FIBRE], np.nan)[at]
    # A school whose need no fibre carries may still pass the line on: it saves nothing by its own.
    whole = found.total[at, FIBRE, _MID]
    saving = np.where(np.isnan(fibre), -whole, alternative[at] - whole)
    keep = worth_building(forest, saving, np.zeros(len(at)))
    technology[at[keep]] = FIBRE
    cost = np.full((n, len(LEVELS)), np.nan)
    way = np.flatnonzero(technology != NO_WAY)
    cost[way] = found.total[way, technology[way]]
    return technology, cost


def _inner(of: Plan, at: Ints) -> Ints:
    """Parents among the schools with a way, −1 where nothing comes before."""
    place = np.full(len(of.schools), -1, dtype=np.int64)
    place[at] = np.arange(len(at))
    above = np.where(of.technology[at] == FIBRE, of.parent[at], -1)
    return np.where(above >= 0, place[np.maximum(above, 0)], -1)
