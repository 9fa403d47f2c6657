"""Sets of indicators as data: what is measured, in which unit, which way is better, and how sure we are of it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; `points` are its data points, ("",) where it has one. `verified` is "yes", "partly" or "no".

    `level` is "core" or "advanced", `type` "smart", "structural" or "sustainable"; `direction` "higher", "lower" or "".
    """

    code: str
    dimension: str
    sub_dimension: str
    category: str
    name: str
    level: str
    type: str
    unit: str
    numerator: str
    denominator: str
    direction: str
    points: tuple[str, ...]
    sdg: tuple[str, ...]
    verified: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a value is measured against, and who says so; `start` is where it began, if progress is to be counted."""

    code: str
    point: str
    target: float
    start: float | None
    source: str


@cache
def u4ssc() -> tuple[Indicator, ...]:
    """Return the 91 indicators for smart sustainable cities with their 112 data points, in the order of the list.

    >>> len(u4ssc()), sum(len(one.points) for one in u4ssc())
    (91, 112)
    """
    text = (resources.files(__package__) / "u4ssc.csv").read_text(encoding="utf-8")
    return tuple(Indicator(
        row["code"], row["dimension"], row["sub_dimension"], row["category"], row["name"], row["level"], row["type"],
        row["unit"], row["numerator"], row["denominator"],
        row["direction"] if row["direction"] in ("higher", "lower") else "",
        tuple(row["data_points"].split(";")) if row["data_points"] else ("",),
        tuple(filter(None, row["sdg"].split(";"))), row["verified"]) for row in csv.DictReader(io.StringIO(text)))


def published_targets() -> tuple[Target, ...]:
    """Return the few targets that rest on a public source; the programme's own are not public."""
    text = (resources.files(__package__) / "targets.csv").read_text(encoding="utf-8")
    return tuple(Target(row["code"], row["point"], float(row["target"]), float(row["start"]) if row["start"] else None,
                        row["source"]) for row in csv.DictReader(io.StringIO(text)))
