"""Processes and their dates as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse

from ..entries import path_of
from ..models import Call, Meeting, Process, Stage

# One table for all four kinds; a column that a kind does not have stays empty.
COLUMNS = ("kind", "id", "process", "name", "stage", "starts_on", "starts_time", "ends_on", "ends_time", "precision",
           "time_zone", "opens_on", "place", "host", "host_region", "cycle", "ways_in", "entry_point", "outputs",
           "participation", "languages", "word_limit", "questions", "topics", "sdg_targets", "wsis_lines",
           "gdc_objectives", "summary", "official_url", "join_url", "source_url", "knowledge", "permalink")

# A spreadsheet runs a cell that begins like this.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
# Between the parts of a cell that holds several.
JOINT = "; "


def write_table(processes: Iterable[Process], *, base_url: str) -> str:
    """Return processes with their stages, meetings and calls (prefetched) as CSV with a byte order mark.

    `read_table` reads it back; ids and permalinks are columns, no cell is taken for a formula by a spreadsheet.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for process in processes:
        page = reverse("watch:process", args=[process.slug])
        rows = [{**process_row(process), "permalink": urljoin(base_url, page)}]
        kinds: tuple[tuple[Iterable[Any], Callable[[Any], dict[str, Any]]], ...] = (
            (process.stages.all(), stage_row), (process.meetings.all(), meeting_row), (process.calls.all(), call_row))
        for things, row in kinds:
            for thing in things:
                if thing.withdrawn_at is None:
                    thing.process = process
                    rows.append({**row(thing), "permalink": urljoin(base_url, path_of(thing))})
        writer.writerows({key: safe(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def safe(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("'quoted"), safe(None), safe(3)
    ("'=1+1", "''quoted", '', '3')
    """
    written = "" if value is None else str(value)
    return f"'{written}" if written.startswith("'") or written.lstrip(" ").startswith(_FORMULA) else written


def unsafe(cell: str) -> str:
    """Return what `safe` was given.

    >>> unsafe("'=1+1"), unsafe("''quoted"), unsafe("l'eau")
    ('=1+1', "'quoted", "l'eau")
    """
    bare = cell[1:]
    return bare if cell.startswith("'") and (bare.startswith("'") or bare.lstrip(" ").startswith(_FORMULA)) else cell


def process_row(process: Process) -> dict[str, Any]:
    """Return the cells of a process."""
    return {"kind": "process", "id": process.public_id, "process": process.slug, "name": process.name,
            "time_zone": process.time_zone, "ways_in": JOINT.join(process.ways_in),
            "topics": JOINT.join(process.topics), "sdg_targets": JOINT.join(process.sdg_targets),
            "wsis_lines": JOINT.join(process.wsis_lines), "gdc_objectives": JOINT.join(process.gdc_objectives),
            **{name: getattr(process, name) for name in (
                "place", "host", "host_region", "cycle", "entry_point", "outputs", "summary", "official_url",
                "source_url", "knowledge")}}


def stage_row(stage: Stage) -> dict[str, Any]:
    """Return the cells of a stage."""
    return {"kind": "stage", "id": stage.public_id, "process": stage.process.slug, "name": stage.name,
            "stage": stage.kind, "starts_on": stage.starts_on, "ends_on": stage.ends_on,
            "precision": stage.precision, "official_url": stage.official_url}


def meeting_row(meeting: Meeting) -> dict[str, Any]:
    """Return the cells of a meeting."""
    return {"kind": "meeting", "id": meeting.public_id, "process": meeting.process.slug, "name": meeting.name,
            "starts_on": meeting.starts_on, "starts_time": _clock(meeting.starts_time), "ends_on": meeting.ends_on,
            "ends_time": _clock(meeting.ends_time), "time_zone": meeting.time_zone, "place": meeting.place,
            "participation": meeting.participation, "languages": JOINT.join(meeting.languages),
            "join_url": meeting.join_url, "official_url": meeting.official_url}


def call_row(call: Call) -> dict[str, Any]:
    """Return the cells of a call; its deadline stands in `ends_on` and `ends_time`."""
    return {"kind": "call", "id": call.public_id, "process": call.process.slug, "name": call.name,
            "opens_on": call.opens_on, "ends_on": call.deadline_on, "ends_time": _clock(call.deadline_time),
            "time_zone": call.time_zone, "participation": call.participation,
            "languages": JOINT.join(call.languages), "word_limit": call.word_limit,
            "questions": "\n".join(question_cell(question) for question in call.questions),
            "official_url": call.official_url}


def question_cell(question: Any) -> str:
    """Return a guiding question as it is typed: its limit in brackets at the end."""
    return f"{question['text']} ({question['words']})" if isinstance(question, dict) else str(question)


def _clock(value: Any) -> str:
    return value.strftime("%H:%M") if value else ""
