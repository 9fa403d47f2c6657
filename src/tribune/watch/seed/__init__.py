"""Processes that are known: names, hosts, dates, ways in, each with its source and what was not checked.

Facts only, in our own short words. An officer switches one on: it is copied into her organisation and is hers to
change; what ships here is not changed by anybody.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..tables import Record, record_of


@dataclass(frozen=True, slots=True)
class Known:
    """One known process: its id for ever, and its records (the process first, then its dates)."""

    id: str
    records: tuple[Record, ...]

    @property
    def name(self) -> str:
        return str(self.records[0].fields["name"])

    @property
    def slug(self) -> str:
        return self.records[0].process

    @property
    def host(self) -> str:
        return str(self.records[0].fields["host"])

    @property
    def entry_point(self) -> str:
        return str(self.records[0].fields["entry_point"])

    @property
    def source_url(self) -> str:
        return str(self.records[0].fields["source_url"])

    @property
    def knowledge(self) -> str:
        return str(self.records[0].fields["knowledge"])

    @property
    def n_dates(self) -> int:
        return len(self.records) - 1


@cache
def known() -> dict[str, Known]:
    """Return the known processes by id, in the order of the file."""
    text = files(__package__).joinpath("known.csv").read_text(encoding="utf-8")
    found: dict[str, list[Record]] = {}
    for line, cells in enumerate(csv.DictReader(text.splitlines()), start=2):
        found.setdefault(cells.pop("known"), []).append(record_of(cells, line))
    return {key: Known(key, tuple(records)) for key, records in found.items()}
