"""Sums that add up: over chunks of a file, machines of a cluster, and hubs that share no vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ._votes import AGREE, DISAGREE, PASS, Votes, canonical, same_id

# float32 holds whole numbers exactly up to 2^24; a chunk of so many participants stays far below.
_ROWS = 1 << 16
_CELLS = 1 << 25


@dataclass(frozen=True, slots=True)
class Sums:
    """All that a map of opinions needs to know of its votes, in integers that can be added.

    For S statements: `counts` (S × disagree, pass, agree), `n_participants`, and over participants the sums
    `vv` of V'V, `vm` of V'M and `mm` of M'M, where V holds the votes (-1, 0, 1; 0 where none) and M marks who voted.
    Means and the centred second moments follow from them exactly, in whatever order they were added.
    """

    statements: npt.NDArray[Any]
    n_participants: int
    counts: npt.NDArray[np.int64]
    vv: npt.NDArray[np.int64]
    vm: npt.NDArray[np.int64]
    mm: npt.NDArray[np.int64]

    def __add__(self, other: Sums) -> Sums:
        """Add the sums of other participants; the statements may differ."""
        if not np.array_equal(self.statements, other.statements):
            union, _ = canonical([*self.statements.tolist(), *other.statements.tolist()])
            return self.on(union) + other.on(union)
        return Sums(self.statements, self.n_participants + other.n_participants, self.counts + other.counts,
                    self.vv + other.vv, self.vm + other.vm, self.mm + other.mm)

    def on(self, statements: npt.NDArray[Any]) -> Sums:
        """The same sums over more statements, in the order given."""
        size = len(statements)
        where = {one: place for place, one in enumerate(statements.tolist())}
        at = np.asarray([where[same_id(statements, one)] for one in self.statements.tolist()], dtype=np.int64)
        counts = np.zeros((size, 3), dtype=np.int64)
        counts[at] = self.counts
        squares = []
        for square in (self.vv, self.vm, self.mm):
            wide = np.zeros((size, size), dtype=np.int64)
            wide[np.ix_(at, at)] = square
            squares.append(wide)
        return Sums(statements, self.n_participants, counts, *squares)

    def means(self) -> npt.NDArray[np.float64]:
        """Mean vote of each statement, 0 where nobody voted."""
        seen = self.counts.sum(axis=1)
        difference: npt.NDArray[np.float64] = (self.counts[:, 2] - self.counts[:, 0]) / np.maximum(seen, 1)
        return difference

    def moments(self) -> npt.NDArray[np.float64]:
        """Z'Z for Z = votes minus the mean of their statement, 0 where there is no vote."""
        mean = self.means()
        cross = self.vm * mean[None, :]
        centred: npt.NDArray[np.float64] = self.vv - cross - cross.T + self.mm * np.outer(mean, mean)
        return centred


def no_sums(statements: Sequence[Any] | npt.NDArray[Any]) -> Sums:
    """The sums of nobody."""
    ids, _ = canonical(statements)
    size = len(ids)
    square = np.zeros((size, size), dtype=np.int64)
    return Sums(ids, 0, np.zeros((size, 3), dtype=np.int64), square, square.copy(), square.copy())


def sums_of(votes: Votes) -> Sums:
    """Add up all votes.

    >>> from tribune.engine.opinion import votes_from
    >>> one = sums_of(votes_from([1, 1, 2], [1, 2, 1], [1, -1, 1]))
    >>> one.vv.tolist(), one.mm.tolist()
    ([[2, -1], [-1, 1]], [[2, 1], [1, 1]])
    """
    size = votes.n_statements
    vv, vm, mm = (np.zeros((size, size), dtype=np.int64) for _ in range(3))
    rows = max(1, min(_ROWS, _CELLS // max(size, 1)))
    for first in range(0, votes.n_participants, rows):
        value, mark = dense(votes, first, min(first + rows, votes.n_participants))
        vv += (value.T @ value).astype(np.int64)
        vm += (value.T @ mark).astype(np.int64)
        mm += (mark.T @ mark).astype(np.int64)
    return Sums(votes.statements, votes.n_participants, votes.counts(), vv, vm, mm)


def dense(votes: Votes, first: int, last: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Votes of some rows as a full table of float32, and the mask of who voted on what."""
    size = votes.n_statements
    code = votes.code[votes.start[first]:votes.start[last]].astype(np.int64)
    row = np.repeat(np.arange(last - first), np.diff(votes.start[first:last + 1]))
    cell = row * size + code // 3
    value = np.zeros((last - first) * size, dtype=np.float32)
    mark = np.zeros((last - first) * size, dtype=np.float32)
    value[cell] = code % 3 - 1
    mark[cell] = 1
    return value.reshape(-1, size), mark.reshape(-1, size)


def with_vote(sums: Sums, columns: npt.NDArray[np.int64], values: npt.NDArray[np.int64], column: int,
              vote: int | None) -> None:
    """Change `sums` in place for one participant's new, changed (or, with None, withdrawn) vote.

    `columns` and `values` are the participant's other votes, without that on `column` itself; the cost grows with
    their number only. The old vote must be taken away before with `vote=None` and `without`, see `Conversation`.
    """
    _apply(sums, columns, values, column, vote, 1)


def without_vote(sums: Sums, columns: npt.NDArray[np.int64], values: npt.NDArray[np.int64], column: int,
                 vote: int) -> None:
    """Take one participant's vote out of `sums` in place; `columns` and `values` are the participant's others."""
    _apply(sums, columns, values, column, vote, -1)


def _apply(sums: Sums, columns: npt.NDArray[np.int64], values: npt.NDArray[np.int64], column: int,
           vote: int | None, sign: int) -> None:
    if vote is None:
        return
    if vote not in (DISAGREE, PASS, AGREE):
        raise ValueError("a vote is -1, 0 or 1")
    sums.counts[column, vote + 1] += sign
    sums.vv[column, column] += sign * vote * vote
    sums.vm[column, column] += sign * vote
    sums.mm[column, column] += sign
    sums.vv[column, columns] += sign * vote * values
    sums.vv[columns, column] += sign * vote * values
    sums.vm[column, columns] += sign * vote
    sums.vm[columns, column] += sign * values
    sums.mm[column, columns] += sign
    sums.mm[columns, column] += sign


# GROUND of the platform: what hubs may show each other without telling on a person.
LEAST_VOICES, LEAST_JOINT = 100, 5


def may_be_pooled(sums: Sums) -> str:
    """Return "" when these sums may leave a hub, else the reason as a code.

    At least 100 voices ("too_few_voices"), and every pair of statements has 0 or at least 5 joint voters
    ("small_cells"); the diagonal is the voters of one statement. That voting has closed is for the caller to know.
    """
    if sums.n_participants < LEAST_VOICES:
        return "too_few_voices"
    if bool(((sums.mm > 0) & (sums.mm < LEAST_JOINT)).any()):
        return "small_cells"
    return ""


def pool(parts: Sequence[Sums]) -> tuple[Sums, tuple[tuple[int, str], ...]]:
    """Add the sums of several hubs; return the total and, by place in `parts`, those refused and why.

    >>> pool([no_sums([1])])[1]
    ((0, 'too_few_voices'),)
    """
    refused = tuple((place, why) for place, part in enumerate(parts) if (why := may_be_pooled(part)))
    out = {place for place, _ in refused}
    total: Sums | None = None
    for place, part in enumerate(parts):
        if place not in out:
            total = part if total is None else total + part
    return (no_sums([]) if total is None else total), refused
