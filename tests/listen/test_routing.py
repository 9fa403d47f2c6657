"""Which statement comes next."""

from collections import Counter

from tribune.listen import routing


def test_the_same_seed_draws_the_same_and_new_ones_come_more_often():
    counts = {"new": (0, 0, 0), "split": (30, 2, 30), "settled": (60, 2, 0)}
    drawn = Counter(routing.first(counts, seed=str(n)) for n in range(2000))
    assert drawn["new"] > drawn["split"] > drawn["settled"] > 0
    assert routing.first(counts, seed="7") == routing.first(dict(reversed(counts.items())), seed="7")
