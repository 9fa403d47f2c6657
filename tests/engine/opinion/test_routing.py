"""Which statement comes next: new and informative ones more often, none never, seen ones not again."""

import numpy as np
import pytest
from tests.engine.opinion.crowds import crowd, votes

from tribune.engine.opinion import draw_next, next_statement_weights, polis_priorities, sums_of


def weights(rows, **options):
    sums = sums_of(votes(rows))
    return dict(zip(sums.statements.tolist(), next_statement_weights(sums, **options).tolist(), strict=True))


def test_new_statements_come_more_often():
    rows = [(p, 1, 1) for p in range(40)] + [(p, 2, 1) for p in range(5)] + [(1, 3, 1)]
    found = weights(rows, extremity=np.zeros(3))
    assert found[3] > found[2] > found[1] > 0


def test_what_divides_comes_more_often_than_what_leaves_cold():
    rows, truth = crowd(200, 20, 2, density=0.9, seed=1)
    rows = rows[rows[:, 1] != 0]
    more = [(p, 100, 1 if truth[p] else -1) for p in range(200)] + [(p, 101, 0) for p in range(200)]
    found = weights(np.concatenate([rows, more]))
    assert found[100] > 3 * found[101]


def test_rejected_statements_are_not_hidden():
    rows = [(p, 1, 1) for p in range(30)] + [(p, 2, -1) for p in range(30)]
    found = weights(rows, extremity=np.zeros(2))
    assert found[1] == pytest.approx(found[2])
    sums = sums_of(votes(rows))
    theirs = polis_priorities(sums, extremity=np.zeros(2))
    assert theirs[0] > theirs[1]


def test_the_published_figures():
    """(1 - p)(E + 1)a with p = 1/12, a = 9/12 for eight agreeing of ten, two against; newness 1 + 8/4."""
    rows = [(p, 1, 1 if p < 8 else -1) for p in range(10)]
    found = polis_priorities(sums_of(votes(rows)), extremity=np.asarray([0.5]))
    assert found == pytest.approx([(11 / 12 * 1.5 * 9 / 12 * (1 + 8 / 4)) ** 2])
    assert polis_priorities(sums_of(votes(rows)), meta=["1"]) == pytest.approx([49])


def test_reference_gives_the_same_priorities():
    from reddwarf.utils.stats import priority_metric

    sums = sums_of(votes(crowd(60, 15, 2)[0]))
    reach = np.linspace(0, 2, 15)
    theirs = priority_metric(is_meta=np.zeros(15, dtype=bool), n_agree=sums.counts[:, 2],
                             n_disagree=sums.counts[:, 0], n_total=sums.counts.sum(axis=1), extremity=reach)
    assert polis_priorities(sums, extremity=reach) == pytest.approx(theirs)


def test_seen_statements_never_come_and_others_always_may():
    rows, _ = crowd(50, 10, 2)
    found = weights(rows, seen=["3", 4, "unknown"])
    assert [statement for statement, weight in found.items() if weight == 0] == [3, 4]
    assert weights(rows, seen=range(10)) == dict.fromkeys(range(10), 0.0)


def test_draws_follow_the_weights():
    share = np.asarray([1.0, 0.0, 3.0])
    drawn = [draw_next(share, chance) for chance in np.linspace(0, 0.9999, 400)]
    assert drawn.count(0) == 100
    assert drawn.count(1) == 0
    assert draw_next(np.zeros(3), 0.5) is None
