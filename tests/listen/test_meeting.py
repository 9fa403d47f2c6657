"""Where proposals meet, what joins them, which ask the same, how many words an answer has."""

import csv
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.listen import meeting, placing, twins, word_limits
from tribune.listen.meeting import Proposal, collide, edits, merged
from tribune.listen.outside import _mail, _prose
from tribune.listen.word_limits import n_words

READ = "We resolve to involve local authorities, where appropriate, in national programmes."
WORDS = st.lists(st.sampled_from(["towns", "may", "shall", "act", "and", "regions", "now"]), min_size=1, max_size=9)


@pytest.mark.parametrize("module", [meeting, placing, twins, word_limits, _prose, _mail])
def test_examples(module):
    assert doctest.testmod(module).failed == 0


def change(key, wording, act="CHANGE"):
    return Proposal(key, act, wording)


def test_the_same_words_asked_differently_collide_and_others_do_not():
    one = change("a", READ.replace("local authorities", "local and regional governments"))
    two = change("b", READ.replace("local authorities", "towns"))
    three = change("c", READ.replace(", where appropriate,", ""))
    assert collide(READ, one, two)
    assert not collide(READ, one, three)
    assert not collide(READ, one, change("d", one.wording))
    joined, clean = merged(READ, [one, three])
    assert clean
    assert joined == "We resolve to involve local and regional governments in national programmes."


def test_keep_meets_what_strikes_and_not_what_only_adds():
    keep = Proposal("k", "KEEP", "")
    assert collide(READ, keep, Proposal("d", "DELETE", ""))
    assert not collide(READ, keep, change("a", READ.replace("programmes.", "programmes and plans."), "ADD"))
    assert not collide(READ, keep, Proposal("m", "COMMENT", ""))


@given(WORDS, WORDS)
def test_edits_make_the_wording_again(read, wording):
    read, wording = " ".join(read), " ".join(wording)
    out, at = [], 0
    for edit in edits("CHANGE", read, wording):
        out += [read[at:edit.start], edit.new]
        at = edit.end
    assert "".join([*out, read[at:]]) == wording


@given(WORDS, WORDS, WORDS)
def test_collisions_are_the_same_both_ways_and_one_proposal_joins_to_itself(read, one, two):
    read, one, two = " ".join(read), change("a", " ".join(one)), change("b", " ".join(two))
    assert collide(read, one, two) == collide(read, two, one)
    assert merged(read, [one]) == (one.wording, True)
    assert merged(read, [one, one])[0] == one.wording


@pytest.mark.parametrize(("text", "n"), [
    ("", 0), ("– . –", 0), ("one two", 2), ("l’eau potable", 2), ("السلطات المحلية", 2), ("城市应参与", 5), ("ใน", 2),
    ("城市 and towns", 4)])
def test_words_are_counted_in_scripts_with_and_without_spaces(text, n):
    assert n_words(text) == n


@pytest.mark.real
def test_twins_among_real_proposals(real_data):
    with open(real_data / "lobbyplag" / "proposals.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if len(row["new"]) >= 100]
    groups = twins.twins((row["uid"], row["relations"], "CHANGE", row["new"]) for row in rows)
    # The development half: 56 of 416 long proposals ask what another one asks.
    assert (len(rows), sum(map(len, groups))) == (416, 56)
