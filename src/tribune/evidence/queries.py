"""Reading a city's schools and what follows from them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.shortcuts import get_object_or_404

from tribune.engine import reach
from tribune.people.models import City

from .choices import ListKind, ListState
from .models import FibreNode, FigureList, School, SchoolRule

_FLOATS = ("pupils", "girls", "boys", "mbit", "cell_m")
_FLAGS = ("available", "stable", "powered", "devices")
# A plan of two thousand schools takes 20 ms, one of twenty thousand half a second.
_KEPT_SECONDS = 3600


def city_of(slug: str) -> City:
    """Return a city by its slug, or Http404."""
    return get_object_or_404(City, slug=slug)


def lists_in_use(city: City) -> dict[str, FigureList]:
    """Return the lists in use by kind, without their content."""
    return {row.kind: row for row in FigureList.objects.filter(city=city, state=ListState.USED).defer("content")
            .select_related("brought_by").order_by("used_at")}


def rule_of(city: City) -> tuple[reach.Rule, SchoolRule | None]:
    """Return the measure of a meaningful connection that holds in a city, and its own one if it has."""
    own = SchoolRule.objects.filter(city=city).first()
    if own is None:
        return reach.Rule(), None
    return reach.Rule(version=f"own-{own.set_at:%Y-%m-%d}", mbit=own.mbit, mbit_per_pupil=own.mbit_per_pupil), own


@dataclass(frozen=True, slots=True)
class Schools:
    """A city's schools, the plan for them, the lists it stands on, and the measure."""

    city: City
    rows: list[School]
    plan: reach.Plan
    lists: dict[str, FigureList]
    rule: reach.Rule
    own_rule: SchoolRule | None

    def count(self, status: str) -> int:
        """How many schools have a status."""
        return sum(one.status == status for one in self.plan.standing)

    def heads(self, status: str, field: str = "pupils") -> int:
        """How many pupils, or girls, go to the schools of a status, as far as known."""
        chosen = np.array([one.status == status for one in self.plan.standing], dtype=bool)
        return int(np.nansum(getattr(self.plan.schools, field)[chosen])) if len(chosen) else 0


def schools_of(city: City) -> Schools:
    """Return a city's schools with their plan, in five queries; it is kept until a list or the measure changes."""
    lists = lists_in_use(city)
    rule, own = rule_of(city)
    rows = list(School.objects.filter(city=city))
    key = "reach:" + ":".join([city.public_id, rule.version, *sorted(one.public_id for one in lists.values())])
    plan = cache.get(key)
    if plan is None:
        plan = _plan(city, rows, rule, lists.get(ListKind.PRICES))
        cache.set(key, plan, _KEPT_SECONDS)
    return Schools(city, rows, plan, lists, rule, own)


def _plan(city: City, rows: list[School], rule: reach.Rule, prices: FigureList | None) -> reach.Plan:
    from .lists import content_of

    nodes = list(FibreNode.objects.filter(city=city).values_list("ident", "lat", "lon"))
    return reach.plan(
        as_arrays(rows), reach.Nodes(tuple(one[0] for one in nodes), np.array([one[1] for one in nodes], dtype=float),
                                     np.array([one[2] for one in nodes], dtype=float)),
        reach.read_prices(content_of(FigureList.objects.get(pk=prices.pk)), name=prices.name) if prices
        else reach.default_prices(), rule=rule)


def as_arrays(rows: list[School]) -> reach.Schools:
    """Return schools as the engine takes them."""
    floats = {name: np.array([math.nan if (value := getattr(row, name)) is None else value for row in rows],
                             dtype=float) for name in _FLOATS}
    flags = {name: np.array([-1 if (value := getattr(row, name)) is None else int(value) for row in rows],
                            dtype=np.int8) for name in _FLAGS}
    return reach.schools_from([row.ident for row in rows], np.array([row.lat for row in rows], dtype=float),
                              np.array([row.lon for row in rows], dtype=float), names=[row.name for row in rows],
                              coverage=[row.coverage for row in rows], **floats, **flags)
