"""The same map on many machines, with Dask (the extra `cluster`).

Votes are cut into parts of whole participants, one or more a worker. Each part adds up integers or passes over its own
votes, the sums meet, and each part places its own people. What looks at points or at samples stays with the caller, who
holds two bytes a vote. The same integers and labels come out as on one machine, floats within 1e-9.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._axes import Axes, Machine, Passes, axes_by_passes, axes_from_sums, mean_of, summed_outright
from ._fit import fit_tribune
from ._polis import fit_polis
from ._read import read_votes
from ._result import Opinion
from ._sums import Sums, sums_of
from ._votes import Votes, canonical, code_type, same_id

if TYPE_CHECKING:
    from distributed import Client, Future

Floats = npt.NDArray[np.float64]


class Cluster(Machine):
    """Work on all votes, done by the workers of a `distributed.Client`."""

    def __init__(self, client: Client, n_parts: int | None = None) -> None:
        self.client = client
        self.n_parts = n_parts or max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        self._known: tuple[Votes, list[Future[Any]]] | None = None

    def _parts(self, votes: Votes) -> list[Future[Any]]:
        if self._known is None or self._known[0] is not votes:
            self._known = votes, [self.client.scatter(part, hash=False) for part in parts_of(votes, self.n_parts)]
        return self._known[1]

    def _each(self, work: Any, votes: Votes, *others: Any) -> list[Any]:
        found: list[Any] = self.client.gather(
            [self.client.submit(work, part, *others, pure=False) for part in self._parts(votes)])
        return found

    def sums_of(self, votes: Votes) -> Sums:
        """Integer sums, added over the workers."""
        first, *rest = self._each(sums_of, votes)
        total: Sums = first
        for part in rest:
            total = total + part
        return total

    def axes_of(self, votes: Votes) -> Axes:
        """Principal axes: from sums, or by passes of all workers."""
        if summed_outright(votes):
            return axes_from_sums(self.sums_of(votes))
        mean = mean_of(sum(self._each(_counts, votes)))

        def square(block: Floats) -> Floats:
            total = np.zeros(block.shape)
            for part in self._each(_square, votes, mean, block):
                total += part
            return total

        return axes_by_passes(square, mean)

    def project(self, votes: Votes, axes: Axes, n_counted: npt.NDArray[np.int64] | None = None) -> Floats:
        """Places of everybody, part by part."""
        raw = np.vstack(self._each(_project, votes, axes.mean, axes.weights))
        counted = votes.per_participant() if n_counted is None else n_counted
        points: Floats = raw * np.sqrt(axes.scale / np.maximum(counted, 1))[:, None]
        return points


def fit_on_cluster(client: Client, votes: Votes, *, profile: str = "tribune", n_parts: int | None = None,
                   **options: Any) -> Opinion:
    """Draw the map with the workers of `client`; options as for `fit`."""
    machine = Cluster(client, n_parts)
    if profile == "polis":
        return fit_polis(votes, machine=machine, **options)
    return fit_tribune(votes, machine=machine, **options)


def read_on_cluster(client: Client, files: Sequence[str]) -> Votes:
    """Read one file a task (each with participants of its own) on the workers, and bring the votes together."""
    readings = client.gather([client.submit(_read, file, pure=False) for file in files])
    return merged(readings)


def parts_of(votes: Votes, n: int) -> list[Votes]:
    """Cut votes into about n parts of whole participants, with about as many votes each.

    >>> from tribune.engine.opinion import votes_from
    >>> [part.n_votes for part in parts_of(votes_from([1, 2, 2, 3], [1, 1, 2, 1], [1, 1, 0, -1]), 2)]
    [1, 3]
    """
    cuts = np.searchsorted(votes.start, np.linspace(0, votes.n_votes, n + 1), side="right") - 1
    cuts = np.unique(np.concatenate([[0], cuts[1:-1], [votes.n_participants]]))
    return [Votes(votes.participants[a:b], votes.statements, votes.start[a:b + 1] - votes.start[a],
                  votes.code[votes.start[a]:votes.start[b]]) for a, b in itertools.pairwise(cuts)]


def merged(parts: Sequence[Votes]) -> Votes:
    """Bring votes of different participants together; the same participant twice is a ValueError."""
    people, rank = canonical([one for part in parts for one in part.participants.tolist()])
    if len(people) != sum(part.n_participants for part in parts):
        raise ValueError("a participant is in two parts")
    statements, _ = canonical([one for part in parts for one in part.statements.tolist()])
    where = {one: at for at, one in enumerate(statements.tolist())}
    kind = code_type(len(statements))
    sizes = np.concatenate([part.per_participant() for part in parts])
    codes = []
    for part in parts:
        at = np.asarray([where[same_id(statements, one)] for one in part.statements.tolist()])
        codes.append((3 * at[:, None] + np.arange(3)).reshape(-1).astype(kind)[part.code])
    code = np.concatenate(codes)
    order = np.argsort(rank, kind="stable")
    start = np.concatenate([[0], np.cumsum(sizes)])
    moved = np.concatenate([[0], np.cumsum(sizes[order])])
    inside = np.arange(len(code)) - np.repeat(moved[:-1], sizes[order])
    whole = Votes(people, statements, moved.astype(np.int64), code[np.repeat(start[:-1][order], sizes[order]) + inside])
    row = whole.rows()
    # the statements' order may have changed inside rows
    placed = np.lexsort((whole.code, row))
    return Votes(people, statements, whole.start, whole.code[placed])


def _counts(part: Votes) -> npt.NDArray[np.int64]:
    return part.counts()


def _square(part: Votes, mean: Floats, block: Floats) -> Floats:
    return Passes(part, mean).square(block)


def _project(part: Votes, mean: Floats, weights: Floats) -> Floats:
    return Passes(part, mean).project(weights)


def _read(file: str) -> Votes:
    return read_votes(file).votes
