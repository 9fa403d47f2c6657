"""Read ArgKP (KPA 2021): arguments, key points, and which argument makes which point."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Argument", "KeyPoint", "Topic", "load"]


@dataclass(frozen=True)
class Argument:
    """An argument with its stance (1 or -1), the key points it makes, and the pairs that people labelled."""

    id: str
    text: str
    stance: str
    key_points: frozenset[str]
    labels: dict[str, int]


@dataclass(frozen=True)
class KeyPoint:
    """A key point with its stance."""

    id: str
    text: str
    stance: str


@dataclass(frozen=True)
class Topic:
    """A topic with its arguments and key points; `part` is the part of the shared task, train or dev."""

    name: str
    part: str
    arguments: tuple[Argument, ...]
    key_points: tuple[KeyPoint, ...]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(data: Path) -> list[Topic]:
    """Every topic of the development half, in the order of its name."""
    folder = data / "argkp"
    labels: dict[str, dict[str, int]] = {}
    for row in _rows(folder / "labels.csv"):
        labels.setdefault(row["arg_id"], {})[row["key_point_id"]] = int(row["label"])
    arguments, key_points = _rows(folder / "arguments.csv"), _rows(folder / "key_points.csv")
    found = []
    for name in sorted({row["topic"] for row in arguments}):
        mine = [row for row in arguments if row["topic"] == name]
        found.append(Topic(
            name,
            mine[0]["official_part"],
            tuple(Argument(row["arg_id"], row["argument"], row["stance"],
                           frozenset(k for k, yes in labels.get(row["arg_id"], {}).items() if yes),
                           labels.get(row["arg_id"], {})) for row in mine),
            tuple(KeyPoint(row["key_point_id"], row["key_point"], row["stance"])
                  for row in key_points if row["topic"] == name),
        ))
    return found
