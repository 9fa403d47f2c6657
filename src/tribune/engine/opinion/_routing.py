"""Which statement to show next: new and informative ones more often, none never."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from ._axes import axes_from_sums, statement_places
from ._sums import Sums

Floats = npt.NDArray[np.float64]

# An unseen statement counts nine times as much; the bonus halves every five votes (Polis's published values).
_BONUS, _HALVES = 8.0, 5.0
_META = 7.0


def next_statement_weights(sums: Sums, *, extremity: Floats | None = None, seen: Collection[Any] = (),
                           meta: Collection[Any] = ()) -> Floats:
    """Weight of each statement of `sums` for being shown next; 0 for those in `seen`, else positive.

    Weight = [(1 - passes) · (1 + extremity) · (1 + 8 · 2^(-votes / 5))]², after the published routing of Polis, with
    one change: Polis also multiplies by the share that agrees, which hides statements that many reject; here agreeing
    and disagreeing count alike. `passes` is the share of passes with one pass and one other vote added. `extremity`
    says how far a vote on the statement alone would move somebody on the map; None takes it from the sums. Statements
    in `meta` (questions about the person) have the fixed weight 49. Draw with probability proportional to weight.

    >>> from tribune.engine.opinion import sums_of, votes_from
    >>> sums = sums_of(votes_from([1, 2, 3], [1, 1, 2], [1, 1, 0]))
    >>> weights = next_statement_weights(sums, extremity=np.zeros(2), seen=[1])
    >>> float(weights[0]), bool(weights[1] > 0)
    (0.0, True)
    """
    weights = _weights(sums, extremity, meta, with_agreement=False)
    weights[np.isin(sums.statements, _known(sums, seen))] = 0.0
    return weights


def polis_priorities(sums: Sums, *, extremity: Floats | None = None, meta: Collection[Any] = ()) -> Floats:
    """The published priorities of Polis: [agreeing · (1 - passes) · (1 + extremity) · newness]², meta 49."""
    return _weights(sums, extremity, meta, with_agreement=True)


def draw_next(weights: Floats, chance: float) -> int | None:
    """The place that a number in [0, 1) falls on, with probability proportional to weight; None when all are 0.

    >>> draw_next(np.asarray([0.0, 3.0, 1.0]), 0.74), draw_next(np.asarray([0.0, 3.0, 1.0]), 0.76)
    (1, 2)
    """
    total = np.cumsum(weights)
    if len(weights) == 0 or total[-1] <= 0:
        return None
    return int(np.searchsorted(total, chance * total[-1], side="right"))


def _weights(sums: Sums, extremity: Floats | None, meta: Collection[Any], *, with_agreement: bool) -> Floats:
    if extremity is None:
        # Too few people for a map: no statement is more informative than another.
        extremity = (np.hypot(*statement_places(axes_from_sums(sums)).T) if sums.n_participants >= 7
                     else np.zeros(len(sums.statements)))
    votes = sums.counts.sum(axis=1)
    passes = (sums.counts[:, 1] + 1) / (votes + 2)
    importance = (1 - passes) * (1 + extremity)
    if with_agreement:
        importance = importance * (sums.counts[:, 2] + 1) / (votes + 2)
    weight = importance * (1 + _BONUS * 2.0 ** (-votes / _HALVES))
    weight[np.isin(sums.statements, _known(sums, meta))] = _META
    squared: Floats = weight**2
    return squared


def _known(sums: Sums, ids: Collection[Any]) -> npt.NDArray[Any]:
    own = {str(one): one for one in sums.statements.tolist()}
    return np.asarray([own[str(one)] for one in ids if str(one) in own], dtype=sums.statements.dtype)
