"""Made crowds whose truth is known."""

import numpy as np

from tribune.engine.opinion import Votes, votes_from


def crowd(n, statements, groups=1, density=0.4, sharp=0.85, seed=0, passes=0.1):
    """Votes of `groups` planted groups with opposite views on about half of the statements; and who is in which."""
    rng = np.random.default_rng([seed, n, statements, groups])
    group = rng.integers(0, groups, n)
    if groups == 1:
        agreeing = rng.beta(2, 2, (1, statements))
    else:
        agreeing = np.where(rng.random((groups, statements)) < 0.5, sharp, 1 - sharp)
    row, column = np.nonzero(rng.random((n, statements)) < density)
    value = np.where(rng.random(len(row)) < agreeing[group[row], column], 1, -1)
    value[rng.random(len(row)) < passes] = 0
    return triples(row, column, value), group


def triples(row, column, value):
    return np.stack([row, column, value], axis=1)


def votes(rows) -> Votes:
    rows = np.asarray(rows)
    return votes_from(rows[:, 0], rows[:, 1], rows[:, 2])


def joined(rows, first, n, columns, value):
    """Add n participants, numbered from `first`, who give `value` (one, or one a column) on all `columns`."""
    more = [(who, column, value if np.isscalar(value) else value[at])
            for who in range(first, first + n) for at, column in enumerate(columns)]
    return np.concatenate([rows, np.asarray(more)])


def labels(opinion) -> dict:
    """Group by participant."""
    return dict(zip(opinion.places.participant.tolist(), opinion.places.group.tolist(), strict=True))
