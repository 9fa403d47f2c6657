"""Read asks, and texts given as a table, from CSV; a bad row is reported and never kills the file."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tribune.engine.types import ASK_KINDS, Ask, Unreadable

_ASK_COLUMNS = ("id", "kind", "target", "old", "new", "text")
# A cell may hold a whole annex; the reader's own limit is 128 kB.
_CELL_LIMIT = 16_000_000


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: the line where it ends, a stable code, and words for a person."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a text given as a table: its words, and what they replace (None without such a column)."""

    id: str
    text: str
    old: str | None = None


def _clean(column: str, cell: str) -> str:
    # Offsets of evidence count in the cell of a text, so nothing may be cut off there.
    composed = unicodedata.normalize("NFC", cell)
    return composed if column in ("text", "old", "new") else composed.strip()


def _table(lines: Iterable[str], needed: tuple[str, ...], what: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Line number with the cells by column, or with the reason why the row cannot be read."""

    def without_mark() -> Iterator[str]:
        for n, line in enumerate(lines):
            yield line.lstrip("\ufeff") if n == 0 else line

    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(without_mark())
    wanted = ", ".join(needed)
    try:
        head = [name.strip().casefold() for name in next(reader)]
    except StopIteration:
        raise Unreadable("empty_table", f"{what}: the table is empty.", f"Give a first line with {wanted}.") from None
    except csv.Error as error:
        raise Unreadable("bad_table", f"{what}: {error}.", "Save it as CSV in UTF-8.") from None
    missing = [name for name in needed if name not in head]
    if missing:
        raise Unreadable(
            "missing_columns",
            f"{what}: the first line lacks {', '.join(missing)}.",
            f"Give the columns {wanted}, separated by commas.",
        )
    width = len(head)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, str(error)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            yield (
                reader.line_num,
                f"{len(cells)} cells where the first line has {width}; quote cells with commas",
            )
            continue
        if len(cells) < width:
            yield reader.line_num, f"{len(cells)} cells where the first line has {width}"
            continue
        yield reader.line_num, {name: _clean(name, cell) for name, cell in zip(head, cells, strict=False)}


def read_asks(lines: Iterable[str]) -> tuple[tuple[Ask, ...], tuple[BadRow, ...]]:
    """The asks of a CSV with the columns id, kind, target, old, new, text, and the rows left out.

    Raises Unreadable when the table is empty or lacks a column. Further columns are ignored.

    >>> asks, bad = read_asks(["id,kind,target,old,new,text", "a1,add,12,,and cities,", "a2,WISH,,,,x"])
    >>> asks[0].kind, bad[0].line, bad[0].code
    ('ADD', 3, 'unknown_kind')
    """
    asks: list[Ask] = []
    bad: list[BadRow] = []
    seen: set[str] = set()
    for line, cells in _table(lines, _ASK_COLUMNS, "Asks"):
        if isinstance(cells, str):
            bad.append(BadRow(line, "bad_row", cells))
            continue
        words = (cells[name].strip() for name in ("old", "new", "text"))
        ask = Ask(cells["id"], cells["kind"].upper(), cells["target"], *words)
        problem = _problem(ask, seen)
        if problem:
            bad.append(BadRow(line, *problem))
            continue
        seen.add(ask.id)
        asks.append(ask)
    return tuple(asks), tuple(bad)


def _problem(ask: Ask, seen: set[str]) -> tuple[str, str] | None:
    if not ask.id:
        return "no_id", "the ask has no id"
    if ask.id in seen:
        return "repeated_id", f"the id {ask.id!r} stands in an earlier row"
    if ask.kind not in ASK_KINDS:
        return "unknown_kind", f"kind {ask.kind!r} is none of {', '.join(ASK_KINDS)}"
    if ask.kind in ("ADD", "CHANGE") and not (ask.new or ask.text or (ask.kind == "CHANGE" and ask.old)):
        return "empty_ask", f"{ask.kind} needs words in new or text"
    if ask.kind in ("KEEP", "DELETE") and not (ask.old or ask.text or ask.target):
        return "empty_ask", f"{ask.kind} needs words in old, or a target"
    return None


def read_rows(lines: Iterable[str]) -> tuple[tuple[Row, ...], tuple[BadRow, ...]]:
    """A text given as CSV with the columns id, text and, if there is one, old; and the rows left out.

    >>> read_rows(["id,text,old", "1,shall,may"])[0]
    (Row(id='1', text='shall', old='may'),)
    """
    rows: list[Row] = []
    bad: list[BadRow] = []
    seen: set[str] = set()
    for line, cells in _table(lines, ("id", "text"), "Text"):
        if isinstance(cells, str):
            bad.append(BadRow(line, "bad_row", cells))
        elif not cells["id"]:
            bad.append(BadRow(line, "no_id", "the row has no id"))
        elif cells["id"] in seen:
            bad.append(BadRow(line, "repeated_id", f"the id {cells['id']!r} stands in an earlier row"))
        else:
            seen.add(cells["id"])
            rows.append(Row(cells["id"], cells["text"], cells.get("old")))
    return tuple(rows), tuple(bad)
