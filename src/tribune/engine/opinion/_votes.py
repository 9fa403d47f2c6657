"""Votes as a compact table: who voted, and one small number for each vote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

DISAGREE, PASS, AGREE = -1, 0, 1
_AT_ONCE = 1 << 22


@dataclass(frozen=True, slots=True)
class Votes:
    """The last vote of every participant on every statement, participants and statements in canonical order.

    Rows are participants: the votes of row i are `code[start[i]:start[i + 1]]`, ascending, and a code is
    3 · column + vote + 1 with vote -1 disagree, 0 pass, 1 agree. Two bytes a vote up to 10,922 statements.
    Ids are integers in numeric order when all are integers, else strings in code-point order.
    """

    participants: npt.NDArray[Any]
    statements: npt.NDArray[Any]
    start: npt.NDArray[np.int64]
    code: npt.NDArray[Any]
    _counted: list[npt.NDArray[np.int64]] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def n_participants(self) -> int:
        """How many participants have voted."""
        return len(self.participants)

    @property
    def n_statements(self) -> int:
        """How many statements there are."""
        return len(self.statements)

    @property
    def n_votes(self) -> int:
        """How many pairs of participant and statement have a vote."""
        return len(self.code)

    def per_participant(self) -> npt.NDArray[np.int64]:
        """Number of votes of each participant."""
        return np.diff(self.start)

    def rows(self) -> npt.NDArray[np.int64]:
        """The row of each vote."""
        return np.repeat(np.arange(self.n_participants), self.per_participant())

    def counts(self) -> npt.NDArray[np.int64]:
        """Statements × (disagree, pass, agree)."""
        if self._counted:
            return self._counted[0].copy()
        total = np.zeros(3 * self.n_statements, dtype=np.int64)
        # bincount widens its input to eight bytes, so it gets a little at a time.
        for first in range(0, self.n_votes, _AT_ONCE):
            total += np.bincount(self.code[first:first + _AT_ONCE], minlength=len(total))
        self._counted.append(total.reshape(-1, 3))
        return self._counted[0].copy()

    def only(self, keep: npt.NDArray[np.bool_]) -> Votes:
        """The votes of the participants that `keep` (a mask over rows) marks."""
        if bool(keep.all()):
            return self
        sizes = self.per_participant()
        start = np.concatenate([[0], np.cumsum(sizes[keep])])
        return Votes(self.participants[keep], self.statements, start, self.code[np.repeat(keep, sizes)])

    def masked(self, keep: npt.NDArray[np.bool_]) -> Votes:
        """The votes that `keep` (a mask over votes) marks; all participants and statements stay."""
        passed = np.concatenate([[0], np.cumsum(keep)])
        return Votes(self.participants, self.statements, passed[self.start], self.code[keep])

    def named(self, statements: Iterable[Any]) -> npt.NDArray[np.bool_]:
        """Mask over statements: those named, as numbers or as text; unknown names are passed over."""
        known = {str(one) for one in statements}
        return np.asarray([str(one) in known for one in self.statements.tolist()], dtype=bool)

    def without_statements(self, gone: Iterable[Any]) -> Votes:
        """The votes without those on some statements; participants left without a vote go too."""
        out = self.named(gone)
        if not out.any():
            return self
        place = np.cumsum(~out) - 1
        renamed = (3 * place[:, None] + np.arange(3)).reshape(-1).astype(self.code.dtype)
        kept = self.masked(~np.repeat(out, 3)[self.code])
        left = Votes(self.participants, self.statements[~out], kept.start, renamed[kept.code])
        return left.only(left.per_participant() > 0)


def votes_from(participant: Sequence[Any] | Ints, statement: Sequence[Any] | Ints, vote: Sequence[int] | Ints, *,
               time: Sequence[int] | Ints | None = None) -> Votes:
    """Gather three columns of equal length into `Votes`; the last vote of a pair counts.

    "Last" is the latest `time` where it is given (the later row among equal times), else the later row. A vote is
    -1, 0 or 1; anything else raises ValueError.

    >>> votes = votes_from([7, 7, 5], [1, 2, 1], [1, -1, 0])
    >>> votes.participants.tolist(), votes.counts().tolist()
    ([5, 7], [[0, 1, 1], [1, 0, 0]])
    """
    value = np.asarray(vote, dtype=np.int64)
    if value.size and (value.min() < DISAGREE or value.max() > AGREE):
        raise ValueError("a vote is -1, 0 or 1")
    people, row = canonical(participant)
    statements, column = canonical(statement)
    return from_codes(people, statements, row, column, value, time=None if time is None else np.asarray(time))


def from_codes(people: Ints, statements: Ints, row: Ints, column: Ints, value: Ints, *,
               time: Ints | None = None) -> Votes:
    """Gather votes whose participants and statements are numbered already, in any order."""
    width = len(statements)
    key = row.astype(np.int64) * width + column
    if time is not None:
        order = np.lexsort((time, key))
        key, value = key[order], value[order]
    elif key.size > 1 and not bool((key[1:] > key[:-1]).all()):
        order = np.argsort(key, kind="stable")
        key, value = key[order], value[order]
    if key.size > 1:
        last = np.append(key[1:] != key[:-1], True)
        if not last.all():
            key, value = key[last], value[last]
    start = np.searchsorted(key, np.arange(len(people) + 1, dtype=np.int64) * width)
    code = (3 * (key % max(width, 1)) + value + 1).astype(code_type(width))
    return Votes(people, statements, start.astype(np.int64), code)


def code_type(n_statements: int) -> Any:
    """The smallest type that holds the codes of so many statements."""
    return np.int16 if 3 * n_statements <= np.iinfo(np.int16).max else np.int32


def canonical(ids: Sequence[Any] | Ints) -> tuple[Ints, Ints]:
    """Return the distinct ids in canonical order, and the place of each id in them.

    >>> canonical(["10", "9", "10"])[0].tolist(), canonical(["b", "1"])[0].tolist()
    ([9, 10], ['1', 'b'])
    """
    array = np.asarray(ids)
    if array.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        array = np.asarray([str(one) for one in array.tolist()])
        found, place = np.unique(array, return_inverse=True)
        numbers = as_numbers(found)
        if numbers is None:
            return found, place.reshape(-1)
        order = np.argsort(numbers, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return numbers[order], rank[place.reshape(-1)]
    found, place = np.unique(array.astype(np.int64), return_inverse=True)
    return found, place.reshape(-1)


def as_numbers(ids: Ints) -> npt.NDArray[np.int64] | None:
    """Ids as integers when each of them is written as one, without leading zeros; else None."""
    texts = [str(one) for one in ids.tolist()]
    if all(len(text) < 19 and text.isdecimal() and text.isascii() and (text == "0" or text[0] != "0")
           for text in texts):
        return np.asarray([int(text) for text in texts], dtype=np.int64)
    return None


def same_id(ids: Ints, wanted: Any) -> Any:
    """Write an id that somebody typed in the type of `ids`; None where it cannot be one of them."""
    if ids.dtype.kind in "iu":
        text = str(wanted).strip()
        return int(text) if text.lstrip("-").isdecimal() else None
    return str(wanted)
