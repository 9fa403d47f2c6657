"""Accounts that give one answer or vote alike are found; honest ones are left in peace."""

import numpy as np
import pytest
from tests.engine.opinion.crowds import crowd, joined, votes

from tribune.engine.opinion import fit
from tribune.engine.opinion._flags import flag, least_votes


@pytest.mark.parametrize(("statements", "least"), [(100, 20), (30, 20), (29, 20), (12, 8), (3, 3)])
def test_votes_an_account_needs_before_it_can_be_flagged(statements, least):
    assert least_votes(statements) == least


@pytest.mark.parametrize("groups", [1, 2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_planted_straight_liners_are_found_and_honest_people_are_not(groups, seed):
    rows, _ = crowd(400, 60, groups, seed=seed)
    found = {one.participant for one in flag(votes(joined(rows, 1000, 20, range(60), 1))).flags}
    assert len(found & set(range(1000, 1020))) >= 18
    assert len(found - set(range(1000, 1020))) <= 4


@pytest.mark.parametrize("seed", range(3))
def test_copies_with_small_changes_are_found(seed):
    rows, _ = crowd(400, 80, 2, seed=seed)
    rng = np.random.default_rng(seed)
    template = rng.choice([-1, 1], 80)
    more = [rows]
    for who in range(1000, 1020):
        answers = np.where(rng.random(80) < 0.02, -template, template)
        more.append(np.stack([np.full(80, who), np.arange(80), answers], axis=1))
    flags = flag(votes(np.concatenate(more))).flags
    found = {one.participant for one in flags}
    # The first of them stays: together they are one voice.
    assert len(found & set(range(1000, 1020))) >= 17
    assert len(found) <= 24
    assert {one.code for one in flags if one.participant >= 1000} == {"votes_alike"}
    assert all(one.like >= 1000 for one in flags if one.participant >= 1000)


def test_what_everybody_thinks_is_no_sign_of_a_machine():
    """Where nearly all agree with everything, agreeing with everything is honest."""
    rng = np.random.default_rng(1)
    rows = [(p, s, 1 if rng.random() < 0.97 else -1) for p in range(100) for s in range(30)]
    assert not flag(votes(rows)).flags


def test_too_few_votes_are_never_flagged():
    rows, _ = crowd(200, 60, 2)
    assert not [one for one in flag(votes(joined(rows, 1000, 10, range(19), 1))).flags if one.participant >= 1000]


def test_result_with_and_without_is_shown():
    rows, _ = crowd(300, 50, 2, seed=2)
    opinion = fit(votes(joined(rows, 1000, 40, range(50), 1)))
    assert opinion.trust.with_flagged is not None
    assert opinion.trust.with_flagged.agreement < 1
    assert "flagged_accounts" in {one.code for one in opinion.trust.findings}
    assert sum(group.placed for group in opinion.groups) == len(opinion.trust.flagged)
    assert opinion.places.flagged.sum() == len(opinion.trust.flagged)
