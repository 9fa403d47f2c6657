"""The polis profile against red-dwarf, on ten real conversations and on made ones, and against Polis itself."""

import csv
import json
import warnings

import numpy as np
import pytest
from tests.engine.opinion.crowds import crowd, votes

from tribune.engine.opinion import fit, read_statements, read_votes
from tribune.engine.opinion._axes import axes_of
from tribune.engine.opinion._clusters import agreement
from tribune.engine.opinion._polis import fit_polis, group_consensus, one_share, two_shares

CONVERSATIONS = [
    "15-per-hour-seattle", "austria-climate.5twd2jsnkf.2022-08-08", "bg2050-volunteers", "brexit-consensus",
    "canadian-electoral-reform", "scoop-hivemind.affordable-housing", "scoop-hivemind.biodiversity",
    "scoop-hivemind.freshwater", "ssis.land-bank-farmland.2rumnecbeh.2021-08-01", "vtaiwan.uberx"]


def reference(found, moderated=()):
    """What red-dwarf makes of the same votes."""
    from reddwarf.implementations.polis import run_pipeline

    rows = [{"participant_id": int(found.participants[row]), "statement_id": int(found.statements[code // 3]),
             "vote": int(code % 3 - 1)} for row, code in zip(found.rows(), found.code, strict=True)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return run_pipeline(votes=rows, mod_out_statement_ids=list(moderated), random_state=0)


def compare(found, moderated=()):
    theirs = reference(found, moderated)
    places = np.asarray([theirs.participant_projections[int(who)] for who in found.participants])
    ours = fit_polis(found, moderated=moderated)
    likeness = [np.corrcoef(places[:, axis], column)[0, 1]
                for axis, column in enumerate((ours.places.x, ours.places.y))]
    ours = fit_polis(found, moderated=moderated, signs=tuple(int(np.sign(one)) for one in likeness))
    labels = theirs.participants_df["cluster_id"].reindex(found.participants).fillna(-1).astype(int).to_numpy()
    return theirs, ours, likeness, labels


def check(found, moderated=()):
    theirs, ours, likeness, labels = compare(found, moderated)
    assert np.abs(likeness).min() > 0.9999995
    assert agreement(labels, ours.places.group) == 1.0
    for group, portraits in theirs.repness.items():
        expected = sorted(round(one["repness"], 6) for one in portraits)
        # Statements with equal figures may stand in another order, so figures are compared, not names.
        assert sorted(round(one.representativeness, 6) for one in ours.groups[group].statements) == expected
    expected = sorted(round(one["p-success"], 6) for side in ("agree", "disagree") for one in theirs.consensus[side])
    assert sorted(round(one.share, 6) for one in ours.consensus) == expected


@pytest.mark.real
@pytest.mark.parametrize("moderation", [False, True])
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_ten_conversations_equal_the_reference(real_data, name, moderation):
    folder = real_data / "polis" / name
    found = read_votes(folder / "votes.csv").votes
    check(found, [int(one) for one in read_statements(folder / "comments.csv").moderated] if moderation else ())


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_made_conversations_equal_the_reference(groups):
    check(votes(crowd(120, 30, groups, seed=groups)[0]))


@pytest.mark.real
def test_the_engine_of_polis_itself(real_data):
    """Mean votes, directions and groups of the biodiversity conversation as Polis published them."""
    folder = real_data / "polis" / "scoop-hivemind.biodiversity"
    theirs = json.loads((folder / "polis-math-output.json").read_text())
    found = read_votes(folder / "votes.csv").votes
    # Moderation of questions about the person is in this file only.
    out = {*theirs["mod-out"], *theirs["meta-tids"]}
    place = {statement: at for at, statement in enumerate(theirs["tids"])}
    shared = [at for at, one in enumerate(found.statements.tolist()) if one in place]
    usual = found.masked(~found.named(out)[found.code.astype(int) // 3])
    axes = axes_of(usual)
    at_theirs = [place[found.statements[at].item()] for at in shared]
    # There -1 is agree.
    centre = -np.asarray(theirs["pca"]["center"])[at_theirs]
    assert np.abs(centre - axes.mean[shared]).max() < 0.02
    for axis in range(2):
        component = np.asarray(theirs["pca"]["comps"][axis])[at_theirs]
        assert abs(float(component @ axes.weights[shared, axis])) > 0.99
    base = theirs["base-clusters"]
    group_of_base = {one: group["id"] for group in theirs["group-clusters"] for one in group["members"]}
    group = {who: group_of_base[one] for one, members in zip(base["id"], base["members"], strict=True)
             for who in members}
    ours = fit_polis(found, moderated=out)
    inside = [at for at, who in enumerate(ours.places.participant.tolist())
              if who in group and ours.places.group[at] >= 0]
    there = np.asarray([group[ours.places.participant[at].item()] for at in inside])
    assert ours.n_groups == len(theirs["group-clusters"])
    assert agreement(there, ours.places.group[inside]) > 0.85


def test_figures_of_the_tests_by_hand():
    one = np.asarray
    assert one_share(one([0]), one([0])) == pytest.approx([1.0])
    assert one_share(one([8]), one([10])) == pytest.approx([2 * 11**0.5 * (9 / 11 - 0.5)])
    assert two_shares(one([3]), one([3]), one([4]), one([4])) == pytest.approx([0.0])
    counts = np.asarray([[[0, 0, 3]], [[1, 0, 1]]])
    assert group_consensus(counts, 2) == pytest.approx([4 / 5 * 2 / 4])


def test_the_profile_says_that_it_always_finds_groups():
    opinion = fit(votes(crowd(100, 20)[0]), profile="polis")
    assert opinion.n_groups >= 2
    assert [one.code for one in opinion.trust.findings] == ["always_groups"]


@pytest.mark.real
def test_matrix_and_list_of_the_same_conversation_agree(real_data):
    """The matrix holds the last votes too, but lists people without a vote as well."""
    folder = real_data / "polis" / "canadian-electoral-reform"
    from_list = read_votes(folder / "votes.csv").votes
    from_matrix = read_votes(folder / "participants-votes.csv").votes
    with open(folder / "participants-votes.csv", newline="") as file:
        assert from_matrix.n_participants <= len(list(csv.reader(file))) - 1
    assert abs(from_matrix.n_votes - from_list.n_votes) <= 0.01 * from_list.n_votes
