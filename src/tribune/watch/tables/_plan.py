"""What saving a table would do: which things are new, which change and how, which stay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Call, Meeting, Process, Stage
from ._read import Problem, Record

_MODELS: dict[str, Any] = {"process": Process, "stage": Stage, "meeting": Meeting, "call": Call}
_NEEDED = {"process": ("name",), "stage": ("starts_on",), "meeting": ("name", "starts_on"),
           "call": ("name", "deadline_on")}


@dataclass(slots=True)
class PlannedRow:
    """One line of a plan: "add", "change" or "same"; `changes` are (field, was, becomes)."""

    record: Record
    act: str
    thing: Any = None
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.record.fields.get("name") or self.thing or self.record.process)

    @property
    def about(self) -> Any:
        """What tells most of a new thing: its day, or its host."""
        fields = self.record.fields
        return fields.get("deadline_on") or fields.get("starts_on") or fields.get("host", "")


@dataclass(slots=True)
class Plan:
    """All that saving a table would do; `mark` is the same as long as the same things would be done."""

    rows: list[PlannedRow]
    problems: list[Problem]

    @property
    def counts(self) -> dict[str, int]:
        return {act: sum(row.act == act for row in self.rows) for act in ("add", "change", "same")}

    @property
    def n_to_do(self) -> int:
        return sum(row.act != "same" for row in self.rows)

    @property
    def mark(self) -> str:
        said = [(row.act, row.record.kind, row.record.process, row.record.id,
                 sorted((name, str(value)) for name, value in row.record.fields.items()),
                 [(name, str(was)) for name, was, _now in row.changes]) for row in self.rows]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def plan_of(records: Iterable[Record], problems: Iterable[Problem], *, organisation_id: int) -> Plan:
    """Compare records with what is here, in five queries; what belongs to another organisation is a problem.

    A thing is found by its id, a process also by its short name, and what hangs on it by its name and kind, so that
    a table without ids can be read twice.
    """
    records, problems = list(records), list(problems)
    processes = {process.slug: process for process in Process.objects.filter(
        slug__in={record.process for record in records})}
    own = [process for process in processes.values() if process.organisation_id == organisation_id]
    known = _known(own)
    made: set[str] = set()
    rows: list[PlannedRow] = []
    seen: set[tuple[Any, ...]] = set()
    for record in records:
        process = processes.get(record.process)
        if process is not None and process.organisation_id != organisation_id:
            problems.append(Problem(record.line, _("This process belongs to another organisation."), record.process))
            continue
        if record.kind != "process" and process is None and record.process not in made:
            problems.append(Problem(record.line, _("There is no process of this short name; it must stand above."),
                                    record.process))
            continue
        thing = process if record.kind == "process" else _find(known, record, process)
        if (record.id and thing is not None and thing.public_id != record.id) or (
                record.id and thing is None):
            problems.append(Problem(record.line, _("There is nothing with this id in this process."), record.id))
            continue
        key = (record.kind, record.process, record.id or _key(record.fields, record.kind))
        if key in seen:
            problems.append(Problem(record.line, _("The same thing stands in this table twice."), str(key[2])))
            continue
        seen.add(key)
        if record.kind == "call" and thing is not None and record.fields.pop("time_zone", thing.time_zone) != (
                thing.time_zone):
            problems.append(Problem(record.line, _("The time zone of a call stays. Make a new call in the other.")))
        row = _planned(record, thing)
        if row.act == "add" and any(not record.fields.get(name) for name in _NEEDED[record.kind]):
            problems.append(Problem(record.line, _("A title or a date is missing.")))
            continue
        if record.kind == "process":
            made.add(record.process)
        rows.append(row)
    return Plan(rows, sorted(problems, key=lambda problem: problem.line))


def _known(processes: list[Process]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in ("stage", "meeting", "call"):
        rows: QuerySet[Any] = _MODELS[kind].objects.filter(
            process__in=processes, withdrawn_at=None).select_related("process")
        for thing in rows:
            found[f"{kind}:{thing.process_id}:{thing.public_id}"] = thing
            found.setdefault(f"{kind}:{thing.process_id}:{_key(vars(thing), kind)}", thing)
    return found


def _key(fields: Any, kind: str) -> str:
    """What makes a thing the same one in a table without ids."""
    name = str(fields.get("name", "")).casefold()
    if kind == "call":
        return name
    # Meetings and stages come again every year under the same name.
    return f"{fields.get('kind', '')}|{name}|{fields.get('starts_on')}"


def _find(known: dict[str, Any], record: Record, process: Process | None) -> Any:
    if process is None:
        return None
    return known.get(f"{record.kind}:{process.pk}:{record.id or _key(record.fields, record.kind)}")


def _planned(record: Record, thing: Any) -> PlannedRow:
    if thing is None:
        return PlannedRow(record, "add")
    changes = [(name, getattr(thing, name), value) for name, value in record.fields.items()
               if getattr(thing, name) != value]
    return PlannedRow(record, "change" if changes else "same", thing, changes)
