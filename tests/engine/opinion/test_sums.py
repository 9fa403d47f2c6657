"""Sums: added in any order and anywhere they are the same integers, and the same map follows from them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.opinion.crowds import crowd, votes

from tribune.engine.opinion import Conversation, may_be_pooled, no_sums, pool, sums_of, votes_from
from tribune.engine.opinion._axes import Passes, axes_by_passes, axes_from_sums, axes_of, project
from tribune.engine.opinion._cluster import merged, parts_of

SQUARES = ("counts", "vv", "vm", "mm")


def same(one, two):
    assert one.n_participants == two.n_participants
    assert one.statements.tolist() == two.statements.tolist()
    for name in SQUARES:
        assert np.array_equal(getattr(one, name), getattr(two, name)), name


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 6), st.sampled_from([-1, 0, 1])), min_size=1),
       st.integers(1, 5))
def test_sums_of_parts_are_the_sums_of_the_whole(rows, n):
    whole = votes(rows)
    parts = parts_of(whole, n)
    assert sum(part.n_participants for part in parts) == whole.n_participants
    total = no_sums(whole.statements)
    for part in reversed(parts):
        total = total + sums_of(part)
    same(total, sums_of(whole))
    again = merged(parts[::-1])
    assert again.code.tolist() == whole.code.tolist()
    assert again.start.tolist() == whole.start.tolist()


def test_hubs_with_other_statements_are_added():
    one, two = votes_from([1, 1], [1, 2], [1, -1]), votes_from([2, 2], [2, 3], [1, 0])
    both = votes_from([1, 1, 2, 2], [1, 2, 2, 3], [1, -1, 1, 0])
    same(sums_of(one) + sums_of(two), sums_of(both))


def test_centred_moments_equal_those_of_the_full_table():
    found = votes(crowd(80, 12, 2)[0])
    table = np.full((found.n_participants, 12), np.nan)
    table[found.rows(), found.code // 3] = found.code % 3 - 1
    centred = np.nan_to_num(table - np.nanmean(table, axis=0))
    assert np.allclose(sums_of(found).moments(), centred.T @ centred, atol=1e-10)


@pytest.mark.parametrize("shape", [(300, 40, 3), (60, 90, 2), (40, 4, 2)])
def test_passes_and_sums_give_the_same_axes(shape):
    found = votes(crowd(*shape)[0])
    by_sums = axes_from_sums(sums_of(found))
    by_passes = axes_by_passes(Passes(found, by_sums.mean).square, by_sums.mean)
    assert np.abs(by_sums.weights - by_passes.weights).max() < 1e-9
    assert by_sums.values == pytest.approx(by_passes.values)


def test_processors_change_nothing(monkeypatch):
    found = votes(crowd(300, 40, 2)[0])
    axes = axes_of(found)
    monkeypatch.setattr("tribune.engine.opinion._axes._CHUNK_VOTES", 500)
    one, many = Passes(found, axes.mean, threads=1), Passes(found, axes.mean, threads=4)
    assert np.array_equal(one.square(axes.weights), many.square(axes.weights))
    assert np.array_equal(one.project(axes.weights), many.project(axes.weights))


def test_what_may_leave_a_hub():
    everyone = sums_of(votes([(p, s, 1) for p in range(100) for s in range(3)]))
    assert may_be_pooled(everyone) == ""
    assert may_be_pooled(sums_of(votes([(p, s, 1) for p in range(99) for s in range(3)]))) == "too_few_voices"
    thin = [(p, s, 1) for p in range(100) for s in range(2)] + [(p, 9, 1) for p in range(4)]
    assert may_be_pooled(sums_of(votes(thin))) == "small_cells"
    total, refused = pool([everyone, sums_of(votes(thin)), everyone])
    assert refused == ((1, "small_cells"),)
    assert total.n_participants == 200


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.sampled_from([-1, 0, 1, None])), min_size=1))
def test_a_running_conversation_has_the_sums_of_its_votes(acts):
    running = Conversation(range(5))
    last = {}
    for who, statement, vote in acts:
        running.vote(who, statement, vote)
        last[who, statement] = vote
    left = [(who, statement, vote) for (who, statement), vote in last.items() if vote is not None]
    if left:
        same(running.sums, sums_of(votes(left)).on(np.arange(5)))
        assert running.votes().n_votes == len(left)
    else:
        same(running.sums, no_sums(range(5)))


def test_a_vote_moves_its_voter_where_a_whole_fit_would_place_them():
    found = votes(crowd(200, 30, 2)[0])
    running = Conversation(votes=found)
    axes = running.redraw()
    points = project(found, axes)
    x, y, group = running.place(found.participants[7].item())
    assert (x, y) == pytest.approx(points[7])
    assert group == -1  # no fit was followed yet
    running.add_statement(99)
    running.vote("new", 99, 1)
    assert running.n_participants == found.n_participants + 1
    assert running.sums.statements.tolist()[-1] == 99


def test_a_followed_fit_names_the_group():
    from tribune.engine.opinion import fit

    found = votes(crowd(200, 30, 2)[0])
    opinion = fit(found)
    running = Conversation(votes=found)
    running.follow(axes_of(found.only(opinion.places.group >= 0)), opinion)
    named = [running.place(who)[2] for who in found.participants.tolist()]
    assert np.mean(np.asarray(named) == opinion.places.group) > 0.99


@pytest.mark.parametrize("vote", [2, -2, 0.5])
def test_an_impossible_vote_is_refused(vote):
    with pytest.raises(ValueError, match="a vote is"):
        Conversation([1]).vote("ada", 1, vote)
    with pytest.raises(ValueError, match="a vote is"):
        votes_from([1], [1], [2 if vote == 0.5 else vote])
