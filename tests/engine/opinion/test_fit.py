"""Groups where there are groups, one group where there is one, and nothing moved by accounts that do not count."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.opinion.crowds import crowd, joined, labels, votes

from tribune.engine.opinion import fit, to_json, votes_from
from tribune.engine.opinion._chance import continuum
from tribune.engine.opinion._clusters import agreement


def likeness(opinion, truth):
    found = labels(opinion)
    inside = [who for who, group in found.items() if group >= 0 and who < len(truth)]
    return agreement(np.asarray([found[who] for who in inside]), truth[inside])


@pytest.mark.parametrize("seed", range(12))
def test_a_single_crowd_is_one_group(seed):
    rows, _ = crowd(*[(60, 20), (200, 60), (500, 40)][seed % 3], seed=seed)
    opinion = fit(votes(rows))
    assert opinion.n_groups == 1
    assert opinion.trust.chance_p > 0.02
    assert opinion.trust.findings[0].code == "no_groups_beyond_chance"
    assert opinion.groups[0].size == (opinion.places.n_votes >= 7).sum()


@pytest.mark.parametrize("groups", [2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_planted_groups_are_found(groups, seed):
    rows, truth = crowd(240, 60, groups, seed=seed)
    opinion = fit(votes(rows))
    assert opinion.n_groups == groups
    assert likeness(opinion, truth) > 0.85
    assert opinion.trust.stability > 0.8
    assert opinion.trust.chance_p < 0.02


def test_what_is_said_of_groups_is_true_of_them():
    rows, truth = crowd(300, 40, 2, seed=5)
    opinion = fit(votes(rows))
    agreeing = [{int(c): np.mean([v for p, cc, v in rows if cc == c and truth[p] == g] == np.int64(1))
                 for c in range(40)} for g in range(2)]
    for group in opinion.groups:
        assert len(group.statements) >= 5
        for one in group.statements:
            assert one.low <= one.representativeness <= one.high
            if one.low > 0:
                gap = abs(agreeing[0][one.statement] - agreeing[1][one.statement])
                assert gap > 0.3
        assert next(a + d + p for a, d, p in group.votes) > 0
        assert len(group.hull) >= 3
    assert {one.statement for one in opinion.divisive[:5]} <= {
        c for c in range(40) if abs(agreeing[0][c] - agreeing[1][c]) > 0.3}
    for one in opinion.consensus:
        assert one.low > 0.5
        assert all(share >= 0.5 for share in one.groups)
    for bridge in opinion.bridges:
        assert bridge.groups == (0, 1)
        assert min(bridge.shares) > 0.5
    for minority in opinion.minorities:
        assert minority.share > 0.5 > minority.everyone


def test_intervals_are_not_made_by_looking_twice():
    """One crowd cut in two by force: split votes must hardly ever call a difference sure."""
    from tribune.engine.opinion._axes import axes_of, project
    from tribune.engine.opinion._fit import group
    from tribune.engine.opinion._portrait import Tables, group_counts, held_out_counts, representative

    sure = twice = 0
    for seed in range(20):
        core = votes(crowd(200, 40, seed=seed)[0])
        forced = group(project(core, axes_of(core)), 2, seed=0)
        all_votes = group_counts(core, forced, 2)
        held = held_out_counts(core, forced, 2, seed=0)
        fair = Tables(all_votes, held, core.counts(), core.statements)
        naive = Tables(all_votes, all_votes, core.counts(), core.statements)
        sure += any(one.low > 0 for g in range(2) for one in representative(fair, g))
        twice += any(one.low > 0 for g in range(2) for one in representative(naive, g))
    assert twice == 20  # looking twice always finds something
    assert sure <= 4


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
def test_order_of_votes_never_matters(seed, order):
    rows = crowd(40 + seed % 30, 12, 1 + seed % 3, seed=seed)[0].tolist()
    there = json.dumps(to_json(fit(votes(rows))))
    order.shuffle(rows)
    assert json.dumps(to_json(fit(votes(rows)))) == there


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 12), value=st.sampled_from([-1, 0, 1]))
def test_a_flagged_account_moves_no_label_of_the_others(seed, n, value):
    rows, _ = crowd(120, 40, 2, seed=seed)
    before = fit(votes(rows))
    after = fit(votes(joined(rows, 1000, n, range(40), value)))
    flagged = {one.participant for one in after.trust.flagged}
    assert set(range(1000, 1000 + n)) <= flagged
    assert {who: g for who, g in labels(after).items() if who < 1000} == labels(before)
    assert after.n_participants == before.n_participants + n
    assert all(labels(after)[who] >= 0 for who in range(1000, 1000 + n))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), n_votes=st.integers(7, 19))
def test_an_unflagged_all_agree_participant_leaves_planted_groups_alone(seed, n_votes):
    rows, _ = crowd(150, 40, 2, density=0.6, seed=seed)
    before = fit(votes(rows))
    after = fit(votes(joined(rows, 1000, 1, range(n_votes), 1)))
    assert 1000 not in {one.participant for one in after.trust.flagged}
    both = labels(before), labels(after)
    inside = [who for who in both[0] if both[0][who] >= 0]
    assert agreement(*(np.asarray([one[who] for who in inside]) for one in both)) >= 0.99


def test_fewer_than_seven_voices_give_totals_and_a_reason():
    rows, _ = crowd(6, 20, 2, density=1)
    opinion = fit(votes(rows))
    assert (opinion.n_groups, opinion.groups, opinion.reason) == (0, (), "too_few_voices")
    assert "seven" in opinion.reason_message
    assert sum(one.agree + one.disagree + one.passed for one in opinion.statements) == opinion.n_votes
    assert set(labels(opinion).values()) == {-1}


@pytest.mark.parametrize(("rows", "reason"), [
    ([(p, s, 1) for p in range(20) for s in range(2)], "too_few_statements"),
    ([(p, p + s, 1) for p in range(20) for s in range(2)], "too_few_votes_each"),
])
def test_too_little_to_compare(rows, reason):
    assert fit(votes(rows)).reason == reason


@pytest.mark.parametrize("rows", [
    [(p, s, 1) for p in range(20) for s in range(10)],
    [(p, s, 0) for p in range(20) for s in range(10)],
    [(p, s, (1, -1)[p % 2]) for p in range(20) for s in range(10)],
    [(p, s, (1, -1)[s % 2]) for p in range(9) for s in range(3)],
])
def test_degenerate_votes_are_survived(rows):
    for profile in ("tribune", "polis"):
        json.dumps(to_json(fit(votes(rows), profile=profile)), allow_nan=False)


def test_identical_answers_are_one_group():
    assert fit(votes([(p, s, (1, -1)[s % 2]) for p in range(30) for s in range(10)])).n_groups == 1


def test_units_are_left_out_one_at_a_time():
    rows, truth = crowd(150, 40, 2, seed=3)
    units = {who: "Lima" if group else "Quito" for who, group in enumerate(truth)}
    opinion = fit(votes(rows), units=units)
    found = {one.unit: one for one in opinion.trust.left_out}
    assert set(found) == {"Lima", "Quito"}
    # Without Lima only one of the two planted groups is left.
    assert found["Lima"].n_groups == 1
    assert "one_unit_decides" in {one.code for one in opinion.trust.findings}
    mixed = fit(votes(rows), units={who: f"city {who % 3}" for who in range(150)})
    assert all(one.n_groups == 2 and one.agreement > 0.9 for one in mixed.trust.left_out)


def test_people_with_few_votes_are_placed_but_not_grouped():
    rows, _ = crowd(100, 40, 2, seed=1)
    more = joined(rows, 500, 1, range(3), 1)
    opinion = fit(votes(more))
    assert labels(opinion)[500] == -1
    assert opinion.trust.coverage < 1


def test_moderated_statements_are_left_out():
    rows, _ = crowd(60, 20, 2)
    opinion = fit(votes(rows), moderated=["3", 4, "nothing"])
    assert not {3, 4} & {one.id for one in opinion.statements}
    assert opinion.n_statements == 18


def test_a_cloud_without_gaps_is_told_from_camps():
    rng = np.random.default_rng(4)
    cloud = rng.normal(size=(400, 2)) * [4, 1]
    camps = np.concatenate([rng.normal(size=(200, 2)) - [4, 0], rng.normal(size=(200, 2)) + [4, 0]])  # noqa: RUF005
    assert continuum(cloud, 2, seed=0) > 0.05
    assert continuum(camps, 2, seed=0) < 0.05


def test_an_unknown_profile_is_refused():
    with pytest.raises(ValueError, match="profile"):
        fit(votes_from([1], [1], [1]), profile="other")
