"""A Polis conversation as it is exported: statements, votes, participants, and what is carried along as it is.

The files are known by their headings, whatever they are called and in whatever order they come.
Source: the CSV files of the Polis open data collection and of its report export.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tribune.engine.types import Unreadable

from .fitting import Words, fit_words
from .tables import Report, Table

__all__ = ["COMMENTS", "GROUPS", "HISTORY", "MATRIX", "SUMMARY", "VOTES", "Bundle", "Progress", "kind_of",
           "number_votes", "read_bundle"]

COMMENTS, VOTES, MATRIX = "comments", "votes", "participants-votes"
SUMMARY, HISTORY, GROUPS = "summary", "stats-history", "comment-groups"
MOST_VOTES, MOST_STATEMENTS, MOST_VOICES = 5_000_000, 20_000, 1_000_000
_LONGEST_ID = 60
VALUES = {"1": 1, "0": 0, "-1": -1, "+1": 1, "1.0": 1, "0.0": 0, "-1.0": -1, "-0.0": 0}
_ON_PARTICIPANT = frozenset({"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
_SUMMARY = frozenset({"topic", "url", "views", "voters", "voters-in-conv", "commenters", "comments", "groups",
                      "conversation-description"})
_TOLD = 50_000


# Told how far it is (done, of how many); raises Unreadable("cancelled") where somebody stopped it.
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Bundle:
    """What was read: statements, voters by number, and for each row of votes who, on what, which value, when.

    `counts` says which rows count: the last of a voter on a statement. Numbers are places in `voters` and `statements`.
    """

    tables: dict[str, Table]
    statements: list[Words] = field(default_factory=list)
    voters: list[str] = field(default_factory=list)
    who: array[int] = field(default_factory=lambda: array("i"))
    what: array[int] = field(default_factory=lambda: array("i"))
    value: array[int] = field(default_factory=lambda: array("b"))
    counts: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    # Votes that a later one of the same voter replaced, and how many of them said something else.
    n_replaced: int = 0
    n_contrary: int = 0


def kind_of(table: Table) -> str:
    """Return which file of a conversation a table is by its heading, "" where it is none."""
    names = table.columns()
    if "comment-id" in names and "comment-body" in names:
        return COMMENTS
    if "comment-id" in names and "voter-id" in names and "vote" in names:
        return VOTES
    if "comment-id" in names and "total-votes" in names:
        return GROUPS
    if "n-visitors" in names and "n-votes" in names:
        return HISTORY
    if "participant" in names and len(matrix_columns(table)) > 0:
        return MATRIX
    return SUMMARY if len(table.head) == 2 and table.head[0].strip().lower() in _SUMMARY else ""


def matrix_columns(table: Table) -> list[tuple[int, str]]:
    """Return (place, statement's id) of the columns of a matrix that are votes on a statement."""
    return [(at, name.strip()) for at, name in enumerate(table.head) if name.strip().isdecimal()]


def read_bundle(tables: list[Table], report: Report, progress: Progress) -> Bundle:
    """Read a conversation. Raises Unreadable where there is nothing to vote on, or more than can be held."""
    found: dict[str, Table] = {}
    for table in tables:
        kind = kind_of(table)
        if not kind:
            report.note("not_needed", table.name)
        elif kind in found:
            report.note("twice", table.name)
        else:
            found[kind] = table
    if COMMENTS not in found:
        raise Unreadable("no_comments", "The file with the statements (comments.csv) is missing.", "Bring it too.")
    bundle = Bundle(found)
    places = _read_statements(bundle, report)
    if VOTES in found:
        _read_votes(bundle, places, report, progress)
    elif MATRIX in found:
        report.note("from_matrix", found[MATRIX].name)
        _read_matrix(bundle, places, report, progress)
    else:
        report.note("no_votes")
    if VOTES in found and MATRIX in found:
        _compare_matrix(bundle, places, report)
    return bundle


def _read_statements(bundle: Bundle, report: Report) -> dict[str, int]:
    table = bundle.tables[COMMENTS]
    columns = table.columns()
    at, words = columns["comment-id"], columns["comment-body"]
    moderated, seed, time = columns.get("moderated"), columns.get("is-seed"), columns.get("timestamp")
    places: dict[str, int] = {}
    for line, row in table.rows(report):
        if len(row) <= max(at, words):
            report.add(table.name, line, "short_row", str(len(row)))
            continue
        key = row[at].strip()
        if not key or len(key) > _LONGEST_ID:
            report.add(table.name, line, "bad_id", key)
            continue
        if key in places:
            report.add(table.name, line, "duplicate_statement", key)
            continue
        state = row[moderated].strip() if moderated is not None and len(row) > moderated else "1"
        if state not in ("1", "0", "-1"):
            report.add(table.name, line, "bad_moderated", state)
            continue
        text = fit_words(row[words], file=table.name, line=line, report=report, voted=True)
        if not text:
            continue
        if len(places) == MOST_STATEMENTS:
            raise Unreadable("too_many", f"More than {MOST_STATEMENTS} statements.", "Bring a part of them.")
        places[key] = len(bundle.statements)
        bundle.statements.append(Words(
            key, text, int(state), seed is not None and len(row) > seed and row[seed].strip().lower() == "true",
            _moment(row[time]) if time is not None and len(row) > time else None))
    if not places:
        raise Unreadable("no_statements", "No statement in it can be read.", "Look at its columns.")
    return places


def _moment(cell: str) -> int | None:
    cell = cell.strip()
    return int(cell) if cell.isdecimal() and cell.isascii() and 9 < len(cell) < 15 else None


def vote_of(table: Table, places: dict[str, int], columns: dict[str, int], row: list[str], line: int,
            report: Report) -> tuple[str, int, int, int] | None:
    """Return (voter, statement's number, vote, moment) of one row of votes; None, and a note, for a bad one."""
    if len(row) <= max(columns["comment-id"], columns["voter-id"], columns["vote"]):
        report.add(table.name, line, "short_row", str(len(row)))
        return None
    value = VALUES.get(row[columns["vote"]].strip())
    if value is None:
        report.add(table.name, line, "bad_vote", row[columns["vote"]])
        return None
    voter = row[columns["voter-id"]].strip()
    if not 0 < len(voter) <= _LONGEST_ID:
        report.add(table.name, line, "bad_id", voter)
        return None
    statement = places.get(row[columns["comment-id"]].strip())
    if statement is None:
        report.add(table.name, line, "unknown_statement", row[columns["comment-id"]])
        return None
    moment = 0
    if "timestamp" in columns:
        cell = row[columns["timestamp"]].strip() if len(row) > columns["timestamp"] else ""
        if not (cell.isdecimal() and cell.isascii() and len(cell) < 16):
            report.add(table.name, line, "bad_time", cell)
            return None
        moment = int(cell)
    return voter, statement, value, moment


def _read_votes(bundle: Bundle, places: dict[str, int], report: Report, progress: Progress) -> None:
    table = bundle.tables[VOTES]
    columns = table.columns()
    people: dict[str, int] = {}
    when = array("q")
    for n, (line, row) in enumerate(table.rows(report)):
        if n % _TOLD == 0:
            progress(n, 0)
        one = vote_of(table, places, columns, row, line, report)
        if one is None:
            continue
        voter, statement, value, moment = one
        _add(bundle, people, voter, statement, value)
        when.append(moment)
    bundle.voters = list(people)
    number_votes(bundle, np.frombuffer(when, dtype=np.int64) if when else np.zeros(0, dtype=np.int64))


def _add(bundle: Bundle, people: dict[str, int], voter: str, statement: int, value: int) -> None:
    if len(bundle.who) >= MOST_VOTES or len(people) > MOST_VOICES:
        raise Unreadable("too_many", f"More than {MOST_VOTES} votes.", "Read such a conversation with tribune opinion.")
    bundle.who.append(people.setdefault(voter, len(people)))
    bundle.what.append(statement)
    bundle.value.append(value)


def number_votes(bundle: Bundle, when: npt.NDArray[np.int64]) -> None:
    """Mark which rows count: of one voter on one statement the last by time, and of the same moment the last row."""
    n = len(bundle.who)
    bundle.counts = np.zeros(n, dtype=bool)
    if not n:
        return
    pair = keys_of(bundle)
    order = np.lexsort((np.arange(n), when, pair))
    last = np.append(pair[order][1:] != pair[order][:-1], True)
    bundle.counts[order[last]] = True
    value = np.frombuffer(bundle.value, dtype=np.int8)[order]
    # Each row that does not count stands before another of its pair.
    bundle.n_replaced = int((~last).sum())
    bundle.n_contrary = int((~last[:-1] & (value[:-1] != value[1:])).sum())


def keys_of(bundle: Bundle) -> npt.NDArray[np.int64]:
    """Return one number for each row of votes: the voter's place times the number of statements, plus the statement."""
    if not bundle.who:
        return np.zeros(0, dtype=np.int64)
    return (np.frombuffer(bundle.who, dtype=np.int32).astype(np.int64) * max(len(bundle.statements), 1)
            + np.frombuffer(bundle.what, dtype=np.int32))


def _read_matrix(bundle: Bundle, places: dict[str, int], report: Report, progress: Progress) -> None:
    table = bundle.tables[MATRIX]
    person, columns = table.columns()["participant"], _known(table, places, report)
    people: dict[str, int] = {}
    for n, (line, row) in enumerate(table.rows(report)):
        if n % 1000 == 0:
            progress(n, 0)
        voter = row[person].strip() if len(row) > person else ""
        if not 0 < len(voter) <= _LONGEST_ID:
            report.add(table.name, line, "bad_id", voter)
            continue
        if voter in people:
            report.add(table.name, line, "duplicate_voter", voter)
            continue
        for at, statement in columns:
            cell = row[at].strip() if len(row) > at else ""
            if not cell:
                continue
            value = VALUES.get(cell)
            if value is None:
                report.add(table.name, line, "bad_vote", cell)
            else:
                _add(bundle, people, voter, statement, value)
    bundle.voters = list(people)
    number_votes(bundle, np.zeros(len(bundle.who), dtype=np.int64))


def _known(table: Table, places: dict[str, int], report: Report) -> list[tuple[int, int]]:
    known = []
    for at, name in matrix_columns(table):
        if name in places:
            known.append((at, places[name]))
        else:
            report.note("unknown_column", f"{table.name}: {name}")
    return known


def _compare_matrix(bundle: Bundle, places: dict[str, int], report: Report) -> None:
    """Note where the matrix says another thing than the votes, which count."""
    table = bundle.tables[MATRIX]
    person, columns = table.columns()["participant"], _known(table, places, report)
    keys = keys_of(bundle)[bundle.counts]
    order = np.argsort(keys)
    keys, values = keys[order], (np.frombuffer(bundle.value, dtype=np.int8)[bundle.counts][order]
                                 if len(order) else np.zeros(0, dtype=np.int8))
    numbers = {voter: n for n, voter in enumerate(bundle.voters)}
    n_statements = max(len(bundle.statements), 1)
    for line, row in table.rows(report):
        number = numbers.get(row[person].strip() if len(row) > person else "")
        low, high = (0, 0) if number is None else np.searchsorted(
            keys, [number * n_statements, (number + 1) * n_statements])
        cast = dict(zip((keys[low:high] % n_statements).tolist(), values[low:high].tolist(), strict=True))
        for at, statement in columns:
            cell = row[at].strip() if len(row) > at else ""
            if VALUES.get(cell) != cast.get(statement):
                report.add(table.name, line, "matrix_differs", bundle.statements[statement].id)
