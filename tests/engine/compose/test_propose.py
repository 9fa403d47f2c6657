import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribune.engine.compose import Counts, excesses, propose, propose_from_votes

SIX = ("en", "fr", "es", "ru", "ar", "zh")
COUNTS = st.integers(0, 60).flatmap(lambda said: st.integers(0, 60).flatmap(
    lambda otherwise: st.integers(0, 40).map(lambda more: Counts(said, otherwise, said + otherwise + more))))


@given(st.sampled_from(SIX), COUNTS)
def test_no_proposal_says_more_than_its_counts(language, counts):
    made = propose("keep 1 counter open", language, counts)
    if made is None:
        assert not counts.said
        return
    assert not made.plain, made
    assert excesses(made.text, language, counts) == ()
    assert (made.bears in ("all", "only")) <= (counts.said == counts.took_part and not counts.otherwise)
    assert (made.bears == "most") <= (counts.said * 2 > counts.took_part)
    assert str(counts.took_part) in made.text or made.bears == "only"


@given(st.sampled_from(SIX), st.integers(5, 400).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_no_proposal_from_votes_says_more_than_the_votes(language, votes):
    agree, voted = votes
    made = propose_from_votes("counters stay open", language, agree=agree, voted=voted)
    assert made is not None
    assert not made.plain
    assert (made.bears == "all") <= (agree == voted)
    assert (made.bears == "most") <= (agree * 2 > voted)


@given(st.sampled_from(SIX), COUNTS, st.integers(1, 5))
def test_the_same_proposal_is_amber_for_a_smaller_crowd(language, counts, fewer):
    """The check has teeth: with fewer behind it, what was borne is borne no more."""
    made = propose("keep 1 counter open", language, counts)
    if made is None or made.bears not in ("all", "most") or counts.said <= fewer:
        return
    left = Counts(counts.said - fewer, counts.otherwise, counts.took_part)
    if made.bears == "all" or left.said * 2 <= left.took_part:
        assert excesses(made.text, language, left)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "5 of 9 cities ask for it."), ("en", "Five of 9 cities ask for it."),
    ("es", "5 de 9 ciudades lo piden."), ("ru", "Просят 5 из 9 городов."), ("ar", "تطلب 5 من 9 من المدن ذلك."),
    ("zh", "参与的 9 个城市中有 5 个要求。"), ("fr", "5 villes sur 9 le demandent."),
])
def test_part_of_a_whole_is_read_as_both(language, text):
    assert excesses(text, language, Counts(5, 0, 9)) == ()
    assert excesses(text, language, Counts(4, 0, 9))


def test_whole_that_is_not_the_house_goes_too_far():
    assert [e.code for e in excesses("5 of 5 cities ask.", "en", Counts(5, 0, 9))] == ["number"]


def test_ask_that_claims_too_much_by_itself_stands_alone_and_is_marked():
    made = propose("every city opens a counter", "en", Counts(2, 0, 9))
    assert made is not None
    assert made.plain
    assert excesses(made.text, "en", Counts(2, 0, 9))


def test_few_votes_propose_nothing():
    assert propose_from_votes("x", "en", agree=4, voted=4) is None
