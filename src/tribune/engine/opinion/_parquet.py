"""Votes from Parquet, batch by batch: two bytes a vote, however long the file."""

from __future__ import annotations

from typing import IO, Any

import numpy as np
import numpy.typing as npt

from tribune.engine.types import Unreadable

from ._complaints import PEOPLE, STATEMENTS, Complaints, Reading
from ._votes import Votes, canonical, code_type

_BATCH = 1 << 20
_CHUNK = 1 << 22


def read_parquet(file: IO[bytes], complaints: Complaints) -> Reading:
    """Read the columns participant, statement and vote; a later row replaces an earlier one of the same pair.

    Memory: two bytes a vote where the rows of each participant stand together, six otherwise.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable("not_parquet", f"{complaints.name} cannot be read as Parquet ({str(error)[:100]}).",
                         "Write it again.") from None
    names = {name.lower(): name for name in table.schema_arrow.names}
    wanted = [next((names[key] for key in keys if key in names), None)
              for keys in (PEOPLE, STATEMENTS, ("vote",))]
    if None in wanted:
        raise Unreadable("wrong_columns", f"{complaints.name} has the columns {', '.join(names)[:200]}.",
                         "It needs participant, statement and vote.")
    gathering = _Gathering()
    line = 0
    try:
        for batch in table.iter_batches(batch_size=_BATCH, columns=wanted):
            columns = [batch.column(batch.schema.get_field_index(name)) for name in wanted]
            gathering.add(*_clean(columns, line, complaints))
            line += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable("not_parquet", f"{complaints.name} breaks off after row {line} ({str(error)[:100]}).",
                         "Write it again.") from None
    votes = gathering.votes()
    return Reading(votes, tuple(complaints.told), complaints.n, gathering.n - votes.n_votes)


def _clean(columns: list[Any], line: int, complaints: Complaints) -> tuple[Any, Any, npt.NDArray[np.int8]]:
    """Take out rows with a missing id or an impossible vote."""
    import pyarrow as pa
    import pyarrow.compute as pc

    people, statements, vote = columns
    if pa.types.is_integer(vote.type) and not any(column.null_count for column in columns):
        value = vote.to_numpy(zero_copy_only=False)
        if len(value) == 0 or (value.min() >= -1 and value.max() <= 1):
            return people, statements, value.astype(np.int8, copy=False)
    try:
        number = pc.cast(vote, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        number = np.asarray([_number(one) for one in vote.to_pylist()])
    missing = pc.or_(pc.is_null(people), pc.is_null(statements)).to_numpy(zero_copy_only=False)
    good = np.isin(number, (-1.0, 0.0, 1.0)) & ~missing
    for row in np.flatnonzero(~good):
        if missing[row]:
            complaints.add(line + int(row) + 1, "bad_id", "participant or statement is empty")
        else:
            complaints.add(line + int(row) + 1, "bad_vote", f"the vote is {vote[int(row)].as_py()!r}, not 1, 0 or -1")
    keep = pa.array(good)
    return people.filter(keep), statements.filter(keep), number[good].astype(np.int8)


def _number(thing: Any) -> float:
    try:
        return float(thing)
    except (TypeError, ValueError):
        return float("nan")


_SMALL = 1 << 16


class _Numbers:
    """Ids by number, looked up by whole batches; the first batch's ids have the first numbers."""

    def __init__(self) -> None:
        self.place: dict[Any, int] = {}
        self._small = np.full(_SMALL, -1, dtype=np.int32)

    def runs(self, column: Any) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]] | None:
        """Numbers and lengths of runs of equal ids, where ids are integers and runs are long; else None."""
        import pyarrow as pa

        if not pa.types.is_integer(column.type):
            return None
        ids = column.to_numpy(zero_copy_only=False)
        begin = np.concatenate([[0], np.flatnonzero(ids[1:] != ids[:-1]) + 1])
        if len(begin) > len(ids) / 4:
            return None
        place = self.place
        numbers = np.fromiter((place.setdefault(one, len(place)) for one in ids[begin].tolist()), dtype=np.int32,
                              count=len(begin))
        return numbers, np.diff(np.append(begin, len(ids)))

    def of(self, column: Any) -> npt.NDArray[np.int32]:
        import pyarrow as pa

        if pa.types.is_integer(column.type):
            ids_here = column.to_numpy(zero_copy_only=False)
            if len(ids_here) and int(ids_here.min()) >= 0 and int(ids_here.max()) < _SMALL:
                numbers_here: npt.NDArray[np.int32] = self._small[ids_here]
                if bool((numbers_here < 0).any()):
                    for one in np.unique(ids_here[numbers_here < 0]).tolist():
                        self._small[one] = self.place.setdefault(one, len(self.place))
                    numbers_here = self._small[ids_here]
                return numbers_here
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        ids = coded.dictionary.to_pylist()
        place = self.place
        numbers = np.fromiter((place.setdefault(one, len(place)) for one in ids), dtype=np.int32, count=len(ids))
        found: npt.NDArray[np.int32] = numbers[coded.indices.to_numpy(zero_copy_only=False)]
        return found


class _Gathering:
    """Codes of all batches; and who cast them, as run lengths for as long as rows of a person stand together."""

    def __init__(self) -> None:
        self.people, self.statements = _Numbers(), _Numbers()
        self.codes: list[npt.NDArray[Any]] = []
        self.who: list[npt.NDArray[np.int32]] | None = None
        self.runs: list[npt.NDArray[np.int64]] = []
        self.last = 0
        self.n = 0

    def add(self, people: Any, statements: Any, value: npt.NDArray[np.int8]) -> None:
        if len(value) == 0:
            return
        before = len(self.people.place)
        runs = self.people.runs(people)
        column = self.statements.of(statements)
        self.codes.append((3 * column + value + 1).astype(code_type(len(self.statements.place)), copy=False))
        self.n += len(value)
        if runs is None:
            each = self.people.of(people)
            runs = each, np.ones(len(each), dtype=np.int64)
        who, lengths = runs
        if self.who is None and int(who[0]) >= self.last and bool((who[1:] >= who[:-1]).all()):
            # first person, then how many votes of each from that one on
            counts = np.bincount(who - self.last, weights=lengths).astype(np.int64)
            self.runs.append(np.concatenate([[self.last], counts]))
            self.last = int(who[-1])
            return
        if self.who is None:
            sizes = self._sizes(before)
            self.who = [np.repeat(np.arange(before, dtype=np.int32), sizes)]
            self.runs = []
        self.who.append(np.repeat(who, lengths))

    def _sizes(self, n: int) -> npt.NDArray[np.int64]:
        sizes = np.zeros(n, dtype=np.int64)
        for run in self.runs:
            sizes[run[0]:run[0] + len(run) - 1] += run[1:]
        return sizes

    def votes(self) -> Votes:
        """Everything in canonical order, the last vote of each pair."""
        people, rank = canonical(list(self.people.place))
        statements, column_rank = canonical(list(self.statements.place))
        n, width = len(people), len(statements)
        kind = code_type(width)
        # from a code as read to the code in canonical order of statements
        renamed = (3 * column_rank[:, None] + np.arange(3)).reshape(-1).astype(kind)
        if self.who is None:
            sizes = self._sizes(n)
            code = np.empty(self.n, dtype=kind)
            at = 0
            while self.codes:
                part = self.codes.pop(0)
                code[at:at + len(part)] = renamed[part]
                at += len(part)
        else:
            who = rank[np.concatenate(self.who)].astype(np.int32)
            self.who = None
            code = np.concatenate([renamed[part] for part in self.codes])
            self.codes = []
            sizes = np.bincount(who, minlength=n)
            code = _by_person(who, code, sizes)
            rank = np.arange(n)
        start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        if not np.array_equal(rank, np.arange(n)):
            order = np.empty(n, dtype=np.int64)
            order[rank] = np.arange(n)
            code, start = _reordered(code, start, order)
        return _settled(Votes(people, statements, start, code))


def _by_person(who: npt.NDArray[np.int32], code: npt.NDArray[Any], sizes: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Bring the votes of each person together, in the order they came; by ranges of people, to bound memory."""
    out = np.empty_like(code)
    ends = np.cumsum(sizes)
    first, at = 0, 0
    while first < len(sizes):
        last = max(first + 1, int(np.searchsorted(ends, at + 4 * _CHUNK, side="right")))
        inside = np.flatnonzero((who >= first) & (who < last))
        order = inside[np.argsort(who[inside], kind="stable")]
        out[at:at + len(order)] = code[order]
        at += len(order)
        first = last
    return out


def _reordered(code: npt.NDArray[Any], start: npt.NDArray[np.int64], order: npt.NDArray[np.int64],
               ) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
    sizes = np.diff(start)[order]
    moved = np.concatenate([[0], np.cumsum(sizes)])
    out = np.empty_like(code)
    step = 1 << 16
    for first in range(0, len(order), step):
        rows = order[first:first + step]
        count = np.diff(moved[first:first + len(rows) + 1])
        inside = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        out[moved[first]:moved[first + len(rows)]] = code[np.repeat(start[rows], count) + inside]
    return out, moved


def _settled(votes: Votes) -> Votes:
    """Sort the codes of each participant and keep the last vote of each pair, chunk by chunk, in place."""
    cuts = np.unique(np.append(np.searchsorted(votes.start, np.arange(0, votes.n_votes + _CHUNK, _CHUNK)),
                               [0, votes.n_participants]))
    cuts = cuts[cuts <= votes.n_participants]
    sizes = np.diff(votes.start)
    code, at = votes.code, 0
    for first, last in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        begin, end = int(votes.start[first]), int(votes.start[last])
        part = code[begin:end]
        column = part // 3
        ascending = column[1:] > column[:-1]
        borders = votes.start[first + 1:last] - begin - 1
        ascending[borders[(borders >= 0) & (borders < len(ascending))]] = True
        if bool(ascending.all()):
            if at != begin:
                code[at:at + len(part)] = part.copy()
            at += len(part)
            continue
        row = np.repeat(np.arange(last - first), sizes[first:last])
        key = row * votes.n_statements + column
        order = np.argsort(key, kind="stable")
        key, part = key[order], part[order]
        kept = np.append(key[1:] != key[:-1], True)
        sizes[first:last] = np.bincount(key[kept] // votes.n_statements, minlength=last - first)
        part = part[kept]
        code[at:at + len(part)] = part
        at += len(part)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Votes(votes.participants, votes.statements, start, code[:at])
