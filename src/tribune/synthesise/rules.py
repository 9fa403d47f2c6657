"""Who gathers asks, and what a count may claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tribune.people.choices import MANDATED, CityKind
from tribune.people.rules import Viewer, may_act_for_organisation


class Voiced(Protocol):
    """What counting needs of a source: whose city, of which kind, with which mandate."""

    @property
    def city_id(self) -> int | None: ...
    @property
    def city_kind(self) -> str: ...
    @property
    def level(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Support:
    """Who stands behind something: numbers of different cities and regions, how many of these mandated, and how
    many others spoke without a city."""

    cities: int = 0
    regions: int = 0
    mandated: int = 0
    people: int = 0

    @property
    def governments(self) -> int:
        return self.cities + self.regions

    def __bool__(self) -> bool:
        return bool(self.cities or self.regions or self.people)


def support(sources: Iterable[Voiced]) -> Support:
    """Count each local or regional government once, mandated if any of its sources is (GROUND.md, Voices)."""
    kinds: dict[int, str] = {}
    mandated: set[int] = set()
    people = 0
    for source in sources:
        if source.city_id is None:
            people += 1
            continue
        kinds[source.city_id] = source.city_kind
        if source.level in MANDATED:
            mandated.add(source.city_id)
    regions = sum(kind == CityKind.REGION for kind in kinds.values())
    return Support(len(kinds) - regions, regions, len(mandated), people)


def may_gather_asks(viewer: Viewer, organisation_id: int) -> bool:
    return may_act_for_organisation(viewer, organisation_id)
