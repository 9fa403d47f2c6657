"""A map that follows each vote: the sums change by one person's row, the axes stay until they are drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ._axes import Axes, axes_from_sums, place_one
from ._clusters import nearest
from ._fit import least_votes_to_group
from ._result import Opinion
from ._sums import Sums, no_sums, sums_of, with_vote, without_vote
from ._votes import Votes, canonical, from_codes, same_id

Floats = npt.NDArray[np.float64]


class Conversation:
    """Votes of a running conversation, their sums, and the map drawn last.

    `vote` costs as much as the participant has votes. `redraw` takes new axes from the sums, `follow` takes over the
    groups of a whole fit; in between, only the person who votes moves. At any moment `sums` are those of all votes.

    >>> running = Conversation([1, 2, 3])
    >>> running.vote("ada", 1, 1); running.vote("ada", 1, -1); running.vote("bo", 1, None)
    >>> running.sums.counts.tolist()[0], running.n_participants
    ([1, 0, 0], 1)
    """

    def __init__(self, statements: Sequence[Any] = (), *, votes: Votes | None = None) -> None:
        self._rows: dict[Any, dict[int, int]] = {}
        if votes is None:
            self.sums = no_sums(list(statements))
        else:
            self.sums = sums_of(votes)
            column, value = votes.code.astype(np.int64) // 3, votes.code.astype(np.int64) % 3 - 1
            for row, who in enumerate(votes.participants.tolist()):
                span = slice(int(votes.start[row]), int(votes.start[row + 1]))
                self._rows[who] = dict(zip(column[span].tolist(), value[span].tolist(), strict=True))
        self._place = {one: at for at, one in enumerate(self.sums.statements.tolist())}
        self.axes: Axes | None = None
        self.centres: Floats | None = None

    @property
    def n_participants(self) -> int:
        """How many have a vote now."""
        return self.sums.n_participants

    def add_statement(self, statement: Any) -> None:
        """Make room for a new statement; the map must be drawn again."""
        ids, _ = canonical([*self.sums.statements.tolist(), statement])
        moved = {self._place[one]: at for at, one in enumerate(ids.tolist()) if one in self._place}
        self.sums = self.sums.on(ids)
        self._rows = {who: {moved[at]: vote for at, vote in row.items()} for who, row in self._rows.items()}
        self._place = {one: at for at, one in enumerate(ids.tolist())}
        self.axes = self.centres = None

    def vote(self, participant: Any, statement: Any, vote: int | None) -> None:
        """Take a vote (-1, 0, 1), change it, or withdraw it with None."""
        if vote not in (None, -1, 0, 1):
            raise ValueError("a vote is -1, 0, 1 or None")
        at = self._place[same_id(self.sums.statements, statement)]
        row = self._rows.setdefault(participant, {})
        had = len(row)
        old = row.pop(at, None)
        columns = np.fromiter(row.keys(), dtype=np.int64, count=len(row))
        values = np.fromiter(row.values(), dtype=np.int64, count=len(row))
        if old is not None:
            without_vote(self.sums, columns, values, at, old)
        if vote is not None:
            with_vote(self.sums, columns, values, at, vote)
            row[at] = vote
        if not row:
            del self._rows[participant]
        change = (1 if row else 0) - (1 if had else 0)
        if change:
            self.sums = Sums(self.sums.statements, self.sums.n_participants + change, self.sums.counts,
                             self.sums.vv, self.sums.vm, self.sums.mm)

    def redraw(self) -> Axes:
        """New axes from the sums of this moment; groups are forgotten until `follow`."""
        self.axes, self.centres = axes_from_sums(self.sums), None
        return self.axes

    def follow(self, axes: Axes, opinion: Opinion) -> None:
        """Take the axes and the groups of a whole fit."""
        self.axes = axes
        self.centres = np.asarray([[group.x, group.y] for group in opinion.groups]).reshape(-1, 2)

    def place(self, participant: Any) -> tuple[float, float, int]:
        """Where somebody stands now, and in which group (-1: none yet, or too few votes)."""
        axes = self.axes or self.redraw()
        row = self._rows.get(participant, {})
        point = place_one(np.fromiter(row.keys(), dtype=np.int64, count=len(row)),
                          np.fromiter(row.values(), dtype=np.int64, count=len(row)), axes)
        group = -1
        if self.centres is not None and len(self.centres) and len(row) >= least_votes_to_group(len(axes.mean)):
            group = int(nearest(point[None, :], self.centres)[0])
        return float(point[0]), float(point[1]), group

    def votes(self) -> Votes:
        """All votes of this moment, for a whole fit."""
        people, rank = canonical(list(self._rows))
        sizes = [len(row) for row in self._rows.values()]
        column = np.fromiter((at for row in self._rows.values() for at in row), dtype=np.int64, count=sum(sizes))
        value = np.fromiter((vote for row in self._rows.values() for vote in row.values()), dtype=np.int64,
                            count=sum(sizes))
        return from_codes(people, self.sums.statements, np.repeat(rank, sizes), column, value)
