"""From the bytes of a CSV file to records, with a problem for each line that cannot be read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tribune.common.zones import is_zone
from tribune.people.choices import Region

from ..choices import Participation, Precision, StageKind, TextLanguage
from ..lifecycles import stage_of, step_kind
from ..rules import RESERVED
from ..vocabulary import GDC_OBJECTIVES, WSIS_LINES, is_target
from ._dates import day_of, spans, time_of
from ._write import COLUMNS, unsafe

MOST_ROWS = 5000
KINDS = ("process", "stage", "meeting", "call")
# What other people's tables call our columns.
_ALIASES = {
    "organ": "host", "lrg_entry_point": "entry_point", "key_outputs": "outputs", "status": "knowledge",
    "source": "source_url", "next_or_last_dates": "dates", "date": "dates", "document_or_event": "name",
    "url": "official_url", "deadline": "ends_on", "deadline_on": "ends_on", "deadline_time": "ends_time",
    "title": "name", "link": "official_url", "zone": "time_zone", "timezone": "time_zone"}
_ADDRESS = re.compile(r"https?://[^\s;,<>\"]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is left out, or what in it was not read; `line` counts from 1, the header being line 1."""

    line: int
    words: str | Promise
    cell: str = ""


@dataclass(slots=True)
class Record:
    """One line that can be saved: its kind, the short name of its process, its id (or ""), its fields by our names."""

    line: int
    kind: str
    process: str
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


class _Bad(Exception):
    def __init__(self, words: str | Promise, cell: str = "") -> None:
        self.words, self.cell = words, cell


def read_table(data: bytes, *, process: str = "") -> tuple[list[Record], list[Problem]]:
    """Return the records of a table and the problems in it.

    Takes UTF-8 with or without a byte order mark, UTF-16, or Windows-1252; comma, semicolon or tab; our own columns,
    a list of processes (id, name, organ, …) or the steps of one process (stage, date, …), which then belong to
    `process`. Never raises for what a table holds.
    """
    try:
        text = text_of(data).replace("\0", "")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        return [], [Problem(1, _("This is no table: a quotation mark is never closed."))]
    if not rows or len(rows[0]) < 2:
        return [], [Problem(1, _("The first line must name the columns, with commas between."))]
    header = [_ALIASES.get(name, name) for name in (cell.strip().lower().replace(" ", "_") for cell in rows[0])]
    problems = [Problem(1, _("This column is not read."), name) for name in header
                if name and name not in COLUMNS and name != "dates"]
    records: list[Record] = []
    line = 1
    for row in rows[1:]:
        line += 1
        if not any(cell.strip() for cell in row):
            continue
        if len(records) >= MOST_ROWS:
            problems.append(Problem(line, _("A table holds at most 5,000 lines; the rest was left out.")))
            break
        cells = {name: unsafe(cell).strip() for name, cell in zip(header, row, strict=False)}
        try:
            records += _records(cells, line, header, process)
        except _Bad as bad:
            problems.append(Problem(line, bad.words, bad.cell[:80]))
    return records, problems


def record_of(cells: Mapping[str, str], line: int) -> Record:
    """Return the record of one line in our own columns. Raises ValueError for what `read_table` lists as a problem."""
    try:
        [record] = _records(cells, line, list(cells), "")
    except _Bad as bad:
        raise ValueError(f"line {line}: {bad.words} {bad.cell}") from bad
    return record


def text_of(data: bytes) -> str:
    """Return the text of a table: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _records(cells: Mapping[str, str], line: int, header: list[str], process: str) -> list[Record]:
    if "kind" in header:
        kind = cells.get("kind", "").lower()
        if kind not in KINDS:
            raise _Bad(_("The kind is process, stage, meeting or call."), cells.get("kind", ""))
        record = Record(line, kind, cells.get("process") or process, cells.get("id", ""))
        if not re.fullmatch(r"[a-z0-9][-a-z0-9_]{0,49}", record.process) or record.process in RESERVED:
            raise _Bad(_("The short name of the process is missing, or is no short name."), record.process)
        record.fields = _FIELDS[kind](cells)
        return [record]
    if "stage" in header:
        if not process:
            raise _Bad(_("Steps need a process: choose it above, or write its short name in a column “process”."))
        return [_step(cells, line, process)]
    return _listed(cells, line)


def _listed(cells: Mapping[str, str], line: int) -> list[Record]:
    """A process in a list of processes, and a meeting for each of its dates, or a stage where only months are known."""
    slug = slugify((cells.get("process") or cells.get("id") or cells.get("name", "")).replace("_", "-"))[:50]
    if not slug or slug in RESERVED:
        raise _Bad(_("The short name of the process is missing, or is no short name."), slug)
    source = _ADDRESS.search(cells.get("source_url", ""))
    held = spans(cells.get("dates", ""))
    notes = [cells.get("knowledge", ""), cells.get("dates", "")]
    row = {**cells, "source_url": source[0] if source else "", "knowledge": "; ".join(filter(None, notes))[:200]}
    made = [Record(line, "process", slug, "", _process(row))]
    for span in held:
        named = {"name": cells.get("name", "")[:200], "starts_on": span.first,
                 "ends_on": span.last if span.last != span.first else None}
        if span.precision == Precision.DAY:
            made.append(Record(line, "meeting", slug, "", {**named, "place": cells.get("place", "")[:200]}))
        else:
            made.append(Record(line, "stage", slug, "", {**named, "kind": StageKind.FOLLOW_UP,
                                                         "precision": span.precision}))
    return made


def _step(cells: Mapping[str, str], line: int, process: str) -> Record:
    """A step in the chain of one process: a stage, a meeting, or a call with its deadline."""
    word, dates = cells.get("stage", ""), spans(cells.get("dates", ""))
    if not dates:
        raise _Bad(_("There is no date in this line."), cells.get("dates", ""))
    span, kind = dates[0], step_kind(word)
    name = (cells.get("name") or word.replace("_", " "))[:200]
    url = _url(cells.get("official_url", ""))
    last = span.last if span.last != span.first else None
    if kind == "call":
        return Record(line, "call", process, "", {"name": name, "deadline_on": span.last, "official_url": url[:200]})
    if kind == "meeting":
        return Record(line, "meeting", process, "", {"name": name, "starts_on": span.first, "ends_on": last,
                                                     "official_url": url})
    stage = stage_of(word) or stage_of(name)
    if stage is None:
        raise _Bad(_("We do not know this stage."), word)
    return Record(line, "stage", process, "", {"kind": stage, "name": name, "starts_on": span.first, "ends_on": last,
                                               "precision": span.precision, "official_url": url})


def _process(cells: Mapping[str, str]) -> dict[str, Any]:
    return _given(cells, {
        "name": _name, "host": _short(200), "place": _short(200), "time_zone": _zone, "host_region": _one_of(Region),
        "cycle": _short(120), "ways_in": _codes(Participation.values), "entry_point": _short(2000),
        "outputs": _short(300), "topics": _codes(None), "sdg_targets": _targets, "wsis_lines": _codes(WSIS_LINES),
        "gdc_objectives": _codes(GDC_OBJECTIVES), "summary": _short(2000), "official_url": _url, "source_url": _url,
        "knowledge": _short(200)})


def _stage(cells: Mapping[str, str]) -> dict[str, Any]:
    found = _given(cells, {"name": _short(200), "starts_on": _day, "ends_on": _day_or_none,
                           "precision": _one_of(Precision), "official_url": _url})
    kind = stage_of(cells.get("stage", ""))
    if kind is None:
        raise _Bad(_("We do not know this stage."), cells.get("stage", ""))
    _in_order(found.get("starts_on"), found.get("ends_on"))
    return {"kind": kind, **found}


def _meeting(cells: Mapping[str, str]) -> dict[str, Any]:
    found = _given(cells, {
        "name": _name, "starts_on": _day, "starts_time": _time, "ends_on": _day_or_none, "ends_time": _time,
        "time_zone": _zone, "place": _short(200), "participation": _one_of(Participation),
        "languages": _codes(TextLanguage.values), "join_url": _url, "official_url": _url})
    _in_order(found.get("starts_on"), found.get("ends_on"))
    return found


def _call(cells: Mapping[str, str]) -> dict[str, Any]:
    found = _given(cells, {
        "name": _name, "opens_on": _day_or_none, "ends_on": _day, "ends_time": _time, "time_zone": _zone,
        "participation": _one_of(Participation), "languages": _codes(TextLanguage.values), "word_limit": _number,
        "questions": _questions, "official_url": _url})
    _in_order(found.get("opens_on"), found.get("ends_on"))
    named = {"ends_on": "deadline_on", "ends_time": "deadline_time"}
    return {named.get(key, key): value for key, value in found.items()}


_FIELDS: Mapping[str, Callable[[Mapping[str, str]], dict[str, Any]]] = {
    "process": _process, "stage": _stage, "meeting": _meeting, "call": _call}
# A cell left empty keeps what stands there, save in these, where nothing is a value too.
_REQUIRED = ("name", "starts_on", "time_zone", "host_region", "precision", "participation")


def _given(cells: Mapping[str, str], readers: Mapping[str, Callable[[str], Any]]) -> dict[str, Any]:
    """Read the columns that the table has; an empty cell of a column that must not be empty is not touched."""
    return {name: read(cells[name]) for name, read in readers.items()
            if name in cells and not (name in _REQUIRED and not cells[name])}


def _name(cell: str) -> str:
    if len(cell) > 200:
        raise _Bad(_("A title has at most 200 characters."), cell)
    return cell


def _short(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise _Bad(_("This cell is too long."), cell)
        return cell
    return read


def _zone(cell: str) -> str:
    if not is_zone(cell):
        raise _Bad(_("This is no time zone we know. Write region and city, as in America/Lima."), cell)
    return cell


def _url(cell: str) -> str:
    if cell and (not re.fullmatch(r"https?://\S{1,390}", cell)):
        raise _Bad(_("An address begins with https:// and holds no space."), cell)
    return cell


def _day(cell: str) -> Any:
    found = day_of(cell)
    if found is None:
        raise _Bad(_("A day is written as 2027-05-19."), cell)
    return found


def _day_or_none(cell: str) -> Any:
    return _day(cell) if cell else None


def _time(cell: str) -> Any:
    found = time_of(cell) if cell else None
    if cell and found is None:
        raise _Bad(_("A time is written as 18:00."), cell)
    return found


def _number(cell: str) -> int | None:
    if cell and not (cell.isdecimal() and 0 < int(cell) <= 1_000_000):
        raise _Bad(_("A limit is a number of words."), cell)
    return int(cell) if cell else None


def _one_of(choices: Any) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in choices.values:
            raise _Bad(_("This word is in no list of ours."), cell)
        return cell
    return read


def _parts(cell: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in re.split(r"[;,\n]", cell) if part.strip()))


def _codes(known: Any) -> Callable[[str], list[str]]:
    def read(cell: str) -> list[str]:
        found = _parts(cell)
        for code in found:
            if known is not None and code not in known:
                raise _Bad(_("This word is in no list of ours."), code)
        return found
    return read


def _targets(cell: str) -> list[str]:
    found = _parts(cell)
    for code in found:
        if not is_target(code):
            raise _Bad(_("This is no target of the Sustainable Development Goals."), code)
    return found


def _questions(cell: str) -> list[Any]:
    found: list[Any] = []
    for line in cell.splitlines():
        words = line.strip()
        limit = re.search(r"\s*\((\d{1,6})\)$", words)
        if limit and int(limit[1]) and limit.start():
            found.append({"text": words[:limit.start()], "words": int(limit[1])})
        elif words:
            found.append(words)
    return found


def _in_order(first: Any, last: Any) -> None:
    if first and last and last < first:
        raise _Bad(_("It would end before it begins."), f"{first} – {last}")
