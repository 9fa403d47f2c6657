"""What an imported conversation brought that votes and statements do not hold, packed small; and nothing that they do.

No words of statements and no vote that counts stand in it: those are read from our own tables when it goes out
again, so that what was erased stays erased.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any

from .polis_in import COMMENTS, GROUPS, HISTORY, MATRIX, SUMMARY, VOTES, Bundle, Progress, matrix_columns, vote_of
from .tables import Report, Table

__all__ = ["Carried", "pack"]

_TOLD = 20_000


def pack(bundle: Bundle, public_ids: list[str], progress: Progress) -> bytes:
    """Return what is carried along of a conversation; `public_ids` are ours, in the order of its statements."""
    with tempfile.SpooledTemporaryFile(max_size=4_000_000) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            ids = {words.id: ours for words, ours in zip(bundle.statements, public_ids, strict=True)}
            heads = {kind: table.head for kind, table in bundle.tables.items()}
            archive.writestr("about.json", json.dumps({
                "heads": heads, "names": {kind: table.name for kind, table in bundle.tables.items()},
                "statements": ids, "moderated": {words.id: words.moderated for words in bundle.statements},
                "voters": bundle.voters}, ensure_ascii=False))
            for kind in (SUMMARY, HISTORY, GROUPS):
                if kind in bundle.tables:
                    table = bundle.tables[kind]
                    rows = ([table.head, *(row for _line, row in table.rows(Report()))] if kind == SUMMARY
                            else (row for _line, row in table.rows(Report())))
                    _write(archive, kind, rows)
            _write(archive, COMMENTS, _comments(bundle, ids))
            if VOTES in bundle.tables:
                _write(archive, VOTES, _votes(bundle, ids, progress))
            if MATRIX in bundle.tables:
                _write(archive, MATRIX, _people(bundle.tables[MATRIX]))
        out.seek(0)
        return out.read()


def _write(archive: zipfile.ZipFile, kind: str, rows: Any) -> None:
    with archive.open(f"{kind}.csv", "w", force_zip64=True) as raw, \
            io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows(rows)


def _comments(bundle: Bundle, ids: dict[str, str]) -> Iterator[list[str]]:
    table = bundle.tables[COMMENTS]
    columns = table.columns()
    seen = set()
    for _line, row in table.rows(Report()):
        key = row[columns["comment-id"]].strip() if len(row) > columns["comment-id"] else ""
        if key in ids and key not in seen and len(row) > columns["comment-body"]:
            seen.add(key)
            yield [*row[:columns["comment-body"]], "", *row[columns["comment-body"] + 1:]]


def _votes(bundle: Bundle, ids: dict[str, str], progress: Progress) -> Iterator[list[str]]:
    table = bundle.tables[VOTES]
    columns = table.columns()
    places = {words.id: n for n, words in enumerate(bundle.statements)}
    n, at = 0, columns["vote"]
    for line, row in table.rows(Report()):
        if vote_of(table, places, columns, row, line, Report()) is None:
            continue
        if n % _TOLD == 0:
            progress(0, 0)
        yield [*row[:at], "", *row[at + 1:]] if bundle.counts[n] else row
        n += 1


def _people(table: Table) -> Iterator[list[str]]:
    votes = {at for at, _name in matrix_columns(table)}
    for _line, row in table.rows(Report()):
        yield [cell for at, cell in enumerate(row) if at not in votes]


class Carried:
    """What was packed, to be read again; close it after use."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        about = json.loads(self.archive.read("about.json"))
        self.heads: dict[str, list[str]] = about["heads"]
        self.names: dict[str, str] = about["names"]
        # Their id → our public id; their id → as it was moderated there.
        self.statements: dict[str, str] = about["statements"]
        self.moderated: dict[str, int] = about["moderated"]
        self.voters: list[str] = about["voters"]

    def rows(self, kind: str) -> Iterator[list[str]]:
        """Yield the rows of one file after its heading."""
        if f"{kind}.csv" not in self.archive.namelist():
            return
        with self.archive.open(f"{kind}.csv") as raw, \
                io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
            yield from csv.reader(text)
