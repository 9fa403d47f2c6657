"""Read contributions from a table; a bad row is reported and never kills the file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from tribune.engine.types import Unreadable

from ._types import Contribution

__all__ = ["BadRow", "read_contributions"]

_CELL_LIMIT = 16_000_000
_NEEDED = ("id", "text")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: the line where it ends, a stable code, and words for a person."""

    line: int
    code: str
    message: str


def read_contributions(lines: Iterable[str]) -> tuple[tuple[Contribution, ...], tuple[BadRow, ...]]:
    """The contributions of a CSV with the columns id, text and, if there is one, lang; and the rows left out.

    Raises Unreadable when the table is empty or lacks a column. Further columns are ignored. A text keeps its
    white space, since offsets count in it.

    >>> found, bad = read_contributions(["id,text,lang", "1,Trees,en", "1,Again,en", "2, ,", "3"])
    >>> [one.id for one in found], [(row.line, row.code) for row in bad]
    (['1'], [(3, 'repeated_id'), (4, 'no_text'), (5, 'bad_row')])
    """
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(line.lstrip("\ufeff") if n == 0 else line for n, line in enumerate(lines))
    head = _head(reader)
    found: list[Contribution] = []
    bad: list[BadRow] = []
    seen: set[str] = set()
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return tuple(found), tuple(bad)
        except csv.Error as error:
            bad.append(BadRow(reader.line_num, "bad_row", f"{error}"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(head) or any(cell.strip() for cell in cells[len(head) :]):
            bad.append(BadRow(reader.line_num, "bad_row",
                              f"{len(cells)} cells where the first line has {len(head)}; quote cells with commas"))
            continue
        row = dict(zip(head, cells, strict=False))
        identity = row["id"].strip()
        problem = _problem(identity, row["text"], seen)
        if problem:
            bad.append(BadRow(reader.line_num, *problem))
            continue
        seen.add(identity)
        found.append(Contribution(identity, row["text"], row.get("lang", "").strip().lower().split("-")[0]))


def _head(reader: Iterable[list[str]]) -> list[str]:
    try:
        head = [name.strip().casefold() for name in next(iter(reader))]
    except StopIteration:
        raise Unreadable(
            "empty_table", "Contributions: the table is empty.", "Give a first line with id, text."
        ) from None
    except csv.Error as error:
        raise Unreadable("bad_table", f"Contributions: {error}.", "Save it as CSV in UTF-8.") from None
    missing = [name for name in _NEEDED if name not in head]
    if missing:
        raise Unreadable(
            "missing_columns",
            f"Contributions: the first line lacks {', '.join(missing)}.",
            "Give the columns id, text and, if you know it, lang, separated by commas.",
        )
    return head


def _problem(identity: str, text: str, seen: set[str]) -> tuple[str, str] | None:
    if not identity:
        return "no_id", "the row has no id"
    if identity in seen:
        return "repeated_id", f"the id {identity!r} stands in an earlier row"
    if not text.strip():
        return "no_text", "the row has no text"
    return None
