"""Decisions about themes as plain values: whatever an officer does, the engine gets no contradiction."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.themes import Contribution, find_themes
from tribune.synthesise.deciding import (
    Decided,
    for_engine,
    from_stored,
    give_back,
    keep,
    let_loose,
    merge,
    take,
    to_stored,
)

SAID = {"a": "More buses at night, please.", "b": "We need a night bus.", "c": "Buses should run later at night.",
        "d": "Plant trees along the river.", "e": "More trees by the river bank.", "f": "The river bank needs trees."}
IDS = st.lists(st.sampled_from(sorted(SAID)), unique=True, max_size=6)
ACTS = st.lists(st.tuples(st.sampled_from(["keep", "merge", "take", "loose", "back"]), st.sampled_from("xyz"), IDS),
                max_size=6)


def texts():
    return [Contribution(key, text, "en") for key, text in SAID.items()]


def after(acts):
    decided = Decided()
    for act, key, ids in acts:
        if act == "keep":
            decided = keep(decided, key=key, label=key, members=ids)
        elif act == "merge":
            decided = merge(decided, into=key, label=key, members=ids, gone=["x", "y"])
        elif act == "take" and key in decided.themes:
            decided = take(decided, members=ids, out_of=key, rest=decided.themes[key].members, label=key)
        elif act == "loose":
            decided = let_loose(decided, ids)
        else:
            decided = give_back(decided, key=key, members=ids)
    return decided


@settings(deadline=None, max_examples=60)
@given(ACTS, st.sets(st.sampled_from(sorted(SAID))))
def test_no_row_of_acts_contradicts_itself(acts, there):
    decisions = for_engine(after(acts), there)
    found = find_themes([one for one in texts() if one.id in there], decisions=decisions)
    placed = {theme.name: set(theme.members) for theme in found.themes if theme.name}
    for key, members in decisions.fixed.items():
        assert set(members) <= placed[key]
    assert not any(one in theme.members for theme in found.themes for one in decisions.loose)


@given(ACTS)
def test_what_is_stored_comes_back(acts):
    decided = after(acts)
    assert from_stored(to_stored(decided)) == decided


def test_a_name_binds_and_is_taken_back():
    named = keep(Decided(), key="k", label="  Late   buses ", members=["a", "d"])
    [theme] = [one for one in find_themes(texts(), decisions=for_engine(named, set(SAID))).themes if one.name == "k"]
    assert theme.label == "Late buses"
    assert {"a", "d"} <= set(theme.members)
    assert not give_back(named, key="k")


def test_who_leaves_a_theme_leaves_the_rest_of_it_hers():
    named = keep(Decided(), key="k", label="Mixed", members=["a", "b", "d"])
    left = take(named, members=["d"], out_of="k", rest=["a", "b", "d"], label="Mixed")
    assert left.themes["k"].members == ("a", "b")
    assert not take(left, members=["a", "b"], out_of="k", rest=["a", "b"], label="Mixed").themes


def test_who_is_put_in_a_theme_is_loose_no_more():
    out = let_loose(Decided(), ["a"])
    assert keep(out, key="k", label="k", members=["a"]).loose == ()
