"""Price sets: cited, dated, editable; each number low, mid and high."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from tribune.engine.types import Unreadable

LEVELS = ("low", "mid", "high")
TECHNOLOGIES = ("fibre", "cellular", "point_to_point", "satellite")
Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Technology:
    """What a technology costs (low, mid, high) and where it ends; lengths in km, speeds in Mbit/s."""

    at_school: Three
    per_mbit_year: Three
    kwh_year: Three
    watts: Three
    most_mbit: float
    most_km: float = math.inf
    per_km: Three = (0.0, 0.0, 0.0)
    per_km_year: Three = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Prices:
    """A price set with its source and day. `discount` is the yearly rate at which later money counts less."""

    id: str
    title: str
    source: str
    as_of: str
    currency: str
    years: int
    discount: float
    detour: float
    per_kwh: Three
    solar_per_watt: Three
    fibre: Technology
    cellular: Technology
    point_to_point: Technology
    satellite: Technology
    note: str = ""

    def with_years(self, years: int) -> Prices:
        """Return the same prices for another number of years. Raises `Unreadable` outside 1 to 50."""
        if not 1 <= years <= 50:
            raise Unreadable("bad_years", f"{years} years cannot be reckoned with.", "Give between 1 and 50.")
        return replace(self, years=years)

    @property
    def present_value(self) -> float:
        """What one coin at the end of each of the years is worth today.

        >>> round(default_prices().present_value, 4)
        4.5797
        """
        if self.discount == 0:
            return float(self.years)
        return (1 - (1 + self.discount) ** -self.years) / self.discount


def default_prices() -> Prices:
    """Return the price set that comes along: examples, with their source."""
    return read_prices((resources.files(__package__) / "prices.toml").read_bytes(), name="prices.toml")


def read_prices(source: bytes, *, name: str = "the prices") -> Prices:
    """Read a price set from TOML of the shape of `prices.toml`. Raises `Unreadable` naming what is wrong where."""
    try:
        data = tomllib.loads(source.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unreadable("bad_prices", f"{name} is no TOML: {error}.",
                         "Begin with the file that comes along.") from None
    known = {"id", "title", "source", "as_of", "note", "currency", "years", "discount", "detour", "electricity",
             *TECHNOLOGIES}
    for key in data:
        if key not in known:
            raise Unreadable("bad_prices", f"{name}: {key!r} is no part of a price set.",
                             f"There are: {', '.join(sorted(known))}.")
    read = _Reader(name)
    electricity = read.table(data, "electricity")

    def technology(name: str) -> Technology:
        table = read.table(data, name)
        at_school, mbit, kwh, watts = (read.three(table, name, key) for key in (
            "at_school", "per_mbit_year", "kwh_year", "watts"))
        km, km_year = (read.three(table, name, key) for key in ("per_km", "per_km_year")) if name == "fibre" else (
            (0.0,) * 3, (0.0,) * 3)
        return Technology(at_school, mbit, kwh, watts, read.number(table, name, "most_mbit", least=0.1),
                          read.number(table, name, "most_km", least=0.0, default=math.inf), km, km_year)

    years = read.number(data, "", "years", least=1, default=5)
    if years != int(years) or years > 50:
        raise Unreadable("bad_prices", f"{name}: years is {years:g}.", "Give a whole number up to 50.")
    return Prices(
        id=read.words(data, "id"), title=read.words(data, "title"), source=read.words(data, "source"),
        as_of=read.words(data, "as_of"), currency=read.words(data, "currency"), years=int(years),
        discount=read.number(data, "", "discount", least=0, default=0.0),
        detour=read.number(data, "", "detour", least=1, default=1.0),
        per_kwh=read.three(electricity, "electricity", "per_kwh"),
        solar_per_watt=read.three(electricity, "electricity", "solar_per_watt"), fibre=technology("fibre"),
        cellular=technology("cellular"), point_to_point=technology("point_to_point"),
        satellite=technology("satellite"), note=str(data.get("note", "")))


class _Reader:
    """Reads one value, or says which is wrong."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _refuse(self, where: str, why: str) -> Unreadable:
        return Unreadable("bad_prices", f"{self._name}: {where} {why}.", "Look at the file that comes along.")

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = data.get(key)
        if not isinstance(found, Mapping):
            raise self._refuse(f"[{key}]", "is missing")
        return found

    def words(self, data: Mapping[str, Any], key: str) -> str:
        found = data.get(key)
        if not found:
            raise self._refuse(key, "is missing; a price without source and day is worth nothing")
        return str(found)

    def number(self, data: Mapping[str, Any], table: str, key: str, *, least: float,
               default: float | None = None) -> float:
        where = f"[{table}] {key}" if table else key
        found = data.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or math.isnan(found):
            raise self._refuse(where, "is no number")
        if found < least:
            raise self._refuse(where, f"is {found:g}, less than {least:g}")
        return float(found)

    def three(self, data: Mapping[str, Any], table: str, key: str) -> Three:
        where, found = f"[{table}] {key}", data.get(key)
        if isinstance(found, int | float) and not isinstance(found, bool):
            found = [found] * 3
        if (not isinstance(found, list) or len(found) != 3
                or not all(isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one < math.inf
                           for one in found)):
            raise self._refuse(where, "is not three numbers: low, mid, high")
        if not found[0] <= found[1] <= found[2]:
            raise self._refuse(where, "does not rise from low to high")
        return float(found[0]), float(found[1]), float(found[2])
