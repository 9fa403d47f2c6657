"""Spelling variants and the ladder of verbs, through the judgement."""

import pytest

from tribune.engine.types import Ask, Paragraph
from tribune.engine.uptake import judge


def _one(kind: str, before: str, after: str, **words: str) -> str:
    said = judge(
        [Ask("a", kind, target="1", **words)],
        [Paragraph("1", "1", "", "operative", after)],
        old=[Paragraph("1", "1", "", "operative", before)],
        language="en",
    )
    scores = [evidence.score for evidence in said[0].evidence]
    assert scores == sorted(scores, reverse=True)
    return said[0].verdict


def test_a_letter_left_out_of_a_long_word_is_set_aside() -> None:
    old = "Decides to include the item in its agenda."
    new = "Decides to include the item in its agenda, thenceforth considering biennalization."
    assert _one("ADD", old, new, new="considering biennialization") == "verbatim"


def test_an_exchanged_letter_is_another_word() -> None:
    old = "States have laws on parking."
    new = "States have laws on parking that proscribe municipal licences."
    assert _one("ADD", old, new, new="prescribe municipal licences") != "verbatim"


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("Welcomes", "Takes note of", "partly"),
        ("Reaffirms", "Recognizes", "partly"),
        ("Recognizes", "Takes note of", "partly"),
        ("Takes note of", "Welcomes", "kept"),
        ("Welcomes", "Welcoming", "kept"),
        ("Calls upon States to consider", "Encourages States to consider", "partly"),
        ("Encourages States to consider", "Invites States to consider", "partly"),
    ],
)
def test_a_weaker_verb_keeps_only_a_part(before: str, after: str, verdict: str) -> None:
    rest = "the report of the harbour commission on flood barriers"
    assert _one("KEEP", f"{before} {rest}.", f"{after} {rest}.", old=f"{before} {rest}") == verdict
