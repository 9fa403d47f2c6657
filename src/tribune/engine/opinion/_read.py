"""Reading votes from files of others: bad rows are reported by line, the rest is kept."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from tribune.engine.types import Unreadable

from ._complaints import PEOPLE, STATEMENTS, BadVote, Complaints, Reading
from ._votes import Votes, canonical, from_codes

_LONGEST_ID = 200
# One limit in all readers: the module `csv` keeps it for the whole process.
_CELL_LIMIT = 16_000_000
_VALUES = {"1": 1, "0": 0, "-1": -1, "+1": 1, "1.0": 1, "0.0": 0, "-1.0": -1, "-0.0": 0}
_TIMES = ("timestamp", "time", "modified")
_TABLE_HEAD = ("group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid")


def read_votes(source: str | Path | bytes, *, name: str = "", strict: bool = False) -> Reading:
    """Read votes from a path or from bytes: CSV of votes, CSV matrix, or Parquet (see the card of this engine).

    Raises `Unreadable` where it is none of these, or, with `strict`, at the first bad row.

    >>> read_votes(b"participant,statement,vote\\n1,7,1\\n1,8,2\\n").bad[0].line
    3
    """
    name = name or (source.name if isinstance(source, Path) else source if isinstance(source, str) else "the votes")
    complaints = Complaints(name, strict)
    with _opened(source, name) as file:
        head = file.read(4)
        file.seek(0)
        if head == b"PAR1":
            from ._parquet import read_parquet

            return read_parquet(file, complaints)
        if not head:
            raise Unreadable("empty", f"{name} is empty.", "Give a file with votes.")
        text, notices = _as_text(file)
        return _read_csv(text, complaints, notices)


def _opened(source: str | Path | bytes, name: str) -> IO[bytes]:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise Unreadable("not_found", f"{name} cannot be opened ({error.strerror}).", "Check the name.") from None


def _as_text(file: IO[bytes]) -> tuple[io.TextIOBase, tuple[str, ...]]:
    """The file as text, in the encoding its first bytes or its letters show."""
    mark = file.read(3)
    file.seek(0)
    if mark[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return io.TextIOWrapper(file, encoding="utf-16", errors="replace", newline=""), ()
    encoding = "utf-8-sig"
    for piece in iter(lambda: file.read(1 << 20), b""):
        if piece.isascii():
            continue
        file.seek(0)
        try:
            _check_utf8(file)
        except UnicodeDecodeError:
            encoding = "cp1252"
        break
    file.seek(0)
    notices = () if encoding == "utf-8-sig" else ("The file is not UTF-8; it was read as Windows-1252.",)
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline=""), notices


def _check_utf8(file: IO[bytes]) -> None:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    for piece in iter(lambda: file.read(1 << 20), b""):
        decoder.decode(piece)
    decoder.decode(b"", final=True)


def rows_of(text: io.TextIOBase, complaints: Complaints) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they begin on; a row that is no CSV is noted and skipped."""
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader((line.replace("\0", "") for line in text), delimiter=",")
    while True:
        begin = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            complaints.add(begin, "not_csv", f"this is no row of a table ({error})")
            continue
        if row and any(cell.strip() for cell in row):
            yield begin, row


def _read_csv(text: io.TextIOBase, complaints: Complaints, notices: tuple[str, ...]) -> Reading:
    rows = rows_of(text, complaints)
    try:
        _, head = next(rows)
    except StopIteration:
        raise Unreadable("empty", f"{complaints.name} has no rows.", "Give a file with votes.") from None
    columns = {cell.strip().lower(): at for at, cell in reversed(list(enumerate(head)))}
    person = next((columns[name] for name in PEOPLE if name in columns), None)
    statement = next((columns[name] for name in STATEMENTS if name in columns), None)
    if person is not None and statement is not None and "vote" in columns:
        time = next((columns[name] for name in _TIMES if name in columns), None)
        return _read_list(rows, person, statement, columns["vote"], time, complaints, notices)
    if columns.get("participant") == 0 and len(head) > 1:
        return _read_matrix(rows, head, complaints, notices)
    raise Unreadable(
        "wrong_columns", f"{complaints.name} has the columns {', '.join(head)[:200]}.",
        "It needs participant, statement and vote (or voter-id, comment-id and vote), or participant and then one "
        "column for each statement.")


class Numbering:
    """Ids in the order of their first appearance."""

    def __init__(self) -> None:
        self.place: dict[str, int] = {}

    def of(self, text: str) -> int:
        """The number of an id; -1 where it cannot be one."""
        found = self.place.get(text)
        if found is None:
            clean = text.strip()
            if not clean or len(clean) > _LONGEST_ID:
                return -1
            found = self.place.setdefault(clean, len(self.place))
        return found


def _read_list(rows: Iterator[tuple[int, list[str]]], person: int, statement: int, vote: int, time: int | None,
               complaints: Complaints, notices: tuple[str, ...]) -> Reading:
    people, statements = Numbering(), Numbering()
    who, what, value, when = array("i"), array("i"), array("b"), array("q")
    needed = max(person, statement, vote, -1 if time is None else time)
    for line, row in rows:
        if len(row) <= needed:
            complaints.add(line, "short_row", f"{len(row)} cells, at least {needed + 1} are needed")
            continue
        answer = _VALUES.get(row[vote].strip())
        if answer is None:
            complaints.add(line, "bad_vote", f"the vote is {_shown(row[vote])}, not 1, 0 or -1")
            continue
        moment = 0
        if time is not None:
            moment_text = row[time].strip()
            if not (moment_text.lstrip("-").isdecimal() and len(moment_text) < 19):
                complaints.add(line, "bad_time", f"the time stamp is {_shown(row[time])}, not a number")
                continue
            moment = int(moment_text)
        # Both are looked at before either is numbered: a bad row must leave no trace.
        ids = [row[person].strip(), row[statement].strip()]
        if not all(0 < len(one) <= _LONGEST_ID for one in ids):
            complaints.add(line, "bad_id", "participant or statement is empty or too long")
            continue
        who.append(people.of(ids[0]))
        what.append(statements.of(ids[1]))
        value.append(answer)
        when.append(moment)
    votes = gather(list(people.place), list(statements.place), np.frombuffer(who, dtype=np.int32),
                   np.frombuffer(what, dtype=np.int32), np.frombuffer(value, dtype=np.int8),
                   None if time is None else np.frombuffer(when, dtype=np.int64))
    return Reading(votes, tuple(complaints.told), complaints.n, len(who) - votes.n_votes, notices)


def _read_matrix(rows: Iterator[tuple[int, list[str]]], head: list[str], complaints: Complaints,
                 notices: tuple[str, ...]) -> Reading:
    names = [cell.strip() for cell in head]
    columns = [at for at, name in enumerate(names) if at and name and name.lower() not in _TABLE_HEAD]
    doubled = sorted({names[at] for at in columns if [names[other] for other in columns].count(names[at]) > 1})
    if doubled:
        raise Unreadable("wrong_columns", f"{complaints.name} has the statement {doubled[0]} twice.", "Name it once.")
    people = Numbering()
    who, what, value = array("i"), array("i"), array("b")
    for line, row in rows:
        number = people.of(row[0].strip())
        if number < 0:
            complaints.add(line, "bad_id", "the participant is empty or too long")
            continue
        for place, at in enumerate(columns):
            cell = row[at].strip() if at < len(row) else ""
            if not cell:
                continue
            answer = _VALUES.get(cell)
            if answer is None:
                complaints.add(line, "bad_vote", f"the vote on {names[at]} is {_shown(cell)}, not 1, 0 or -1")
                continue
            who.append(number)
            what.append(place)
            value.append(answer)
    votes = gather(list(people.place), [names[at] for at in columns], np.frombuffer(who, dtype=np.int32),
                   np.frombuffer(what, dtype=np.int32), np.frombuffer(value, dtype=np.int8), None)
    return Reading(votes, tuple(complaints.told), complaints.n, len(who) - votes.n_votes, notices)


def gather(people: list[Any], statements: list[Any], who: Any, what: Any, value: Any, when: Any) -> Votes:
    """Votes from numbered rows; people without a vote are left out, statements without one stay."""
    person_ids, person_rank = canonical(people)
    statement_ids, statement_rank = canonical(statements)
    votes = from_codes(person_ids, statement_ids, person_rank[who], statement_rank[what], value, time=when)
    return votes.only(votes.per_participant() > 0)


def _shown(text: str) -> str:
    short = text if len(text) <= 40 else text[:40] + "…"
    return ascii(short) if not short.isprintable() else repr(short)


@dataclass(frozen=True, slots=True)
class StatementTexts:
    """Texts of statements by id as written, the ids moderated out, and bad rows."""

    texts: dict[str, str]
    moderated: tuple[str, ...]
    bad: tuple[BadVote, ...]


def read_statements(source: str | Path | bytes, *, name: str = "", strict: bool = False) -> StatementTexts:
    """Read a table of statements: Polis `comments.csv`, or the columns statement,text[,moderated].

    A statement is moderated out where that column is -1.

    >>> read_statements(b"statement,text,moderated\\n3,More trees,-1\\n").moderated
    ('3',)
    """
    name = name or (str(source) if not isinstance(source, bytes) else "the statements")
    complaints = Complaints(name, strict)
    with _opened(source, name) as file:
        text, _ = _as_text(file)
        rows = rows_of(text, complaints)
        _, head = next(rows, (1, [""]))
        columns = {cell.strip().lower(): at for at, cell in reversed(list(enumerate(head)))}
        at = next((columns[key] for key in (*STATEMENTS, "id") if key in columns), None)
        words = next((columns[key] for key in ("text", "comment-body", "body") if key in columns), None)
        if at is None or words is None:
            raise Unreadable("wrong_columns", f"{name} has the columns {', '.join(head)[:200]}.",
                             "It needs statement and text (or comment-id and comment-body).")
        state = next((columns[key] for key in ("moderated", "mod") if key in columns), None)
        texts: dict[str, str] = {}
        out = []
        for line, row in rows:
            if len(row) <= max(at, words) or not row[at].strip():
                complaints.add(line, "short_row", "the statement's id or text is missing")
                continue
            texts[row[at].strip()] = row[words]
            if state is not None and len(row) > state and row[state].strip() == "-1":
                out.append(row[at].strip())
    return StatementTexts(texts, tuple(out), tuple(complaints.told))


def read_units(source: str | Path | bytes, *, name: str = "", strict: bool = False,
               ) -> tuple[dict[str, str], tuple[BadVote, ...]]:
    """Read which unit (a city) each participant belongs to: CSV with the columns participant,unit.

    >>> read_units(b"participant,unit\\n7,Lima\\n")
    ({'7': 'Lima'}, ())
    """
    name = name or (str(source) if not isinstance(source, bytes) else "the units")
    complaints = Complaints(name, strict)
    with _opened(source, name) as file:
        text, _ = _as_text(file)
        rows = rows_of(text, complaints)
        _, head = next(rows, (1, [""]))
        columns = {cell.strip().lower(): at for at, cell in reversed(list(enumerate(head)))}
        at = next((columns[key] for key in PEOPLE if key in columns), None)
        unit = columns.get("unit")
        if at is None or unit is None:
            raise Unreadable("wrong_columns", f"{name} has the columns {', '.join(head)[:200]}.",
                             "It needs participant and unit.")
        units = {}
        for line, row in rows:
            if len(row) <= max(at, unit) or not row[at].strip():
                complaints.add(line, "short_row", "the participant or the unit is missing")
                continue
            units[row[at].strip()] = row[unit].strip()
    return units, tuple(complaints.told)
