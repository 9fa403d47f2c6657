"""What holds for any asks and any text."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribune.engine.types import ASK_KINDS, VERDICTS, Ask, Paragraph
from tribune.engine.uptake import Row, judge, judge_rows

ODD = ["[", "]", "“", "”", "12", "(a)", "co-operation", "don't", "İ", "ß", "\u00ad", "\u200f", "𝒜"]
PLAIN = "cities shall may not consult local governments as appropriate, the of and States; les villes doivent"
WORDS = st.sampled_from([*PLAIN.split(), "города", "должны", "يجب", "المدن", "城市", "必须", *ODD])
TEXTS = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=40))
ASKS = st.builds(
    Ask, st.just("a"), st.sampled_from(ASK_KINDS), st.sampled_from(["", "1", "9"]), TEXTS, TEXTS, st.just("")
)


def text_of(texts):
    return [Paragraph(str(n), str(n), "", "operative", t) for n, t in enumerate(texts, 1)]


def check(found, ask, texts, olds):
    assert found.ask == ask.id
    assert found.verdict in VERDICTS
    assert found.direction in ("strengthened", "weakened", "neutral", None)
    assert 0 < found.confidence < 1
    assert found.reasons
    if found.verdict not in ("none", "removed"):
        assert found.evidence, found
    for evidence in found.evidence:
        text = {"text": texts, "old": olds}[evidence.where][int(evidence.paragraph) - 1]
        assert evidence.spans
        last = 0
        for start, end in evidence.spans:
            assert last <= start < end <= len(text)
            assert text[start:end].strip()
            last = end


@settings(max_examples=150, deadline=None)
@given(ASKS, st.lists(TEXTS, max_size=4), st.one_of(st.none(), st.lists(TEXTS, max_size=4)))
def test_any_ask_and_text_give_a_sound_judgement(ask, texts, olds):
    older = None if olds is None else text_of(olds)
    (found,) = judge([ask], text_of(texts), old=older)
    check(found, ask, texts, olds or [])
    assert judge([ask], text_of(texts), old=older) == (found,)


@settings(max_examples=80, deadline=None)
@given(ASKS, st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_any_ask_and_table_give_a_sound_judgement(ask, cells):
    rows = [Row(str(n), new, old) for n, (new, old) in enumerate(cells, 1)]
    (found,) = judge_rows([ask], rows)
    check(found, ask, [r.text for r in rows], [r.old for r in rows])


@settings(max_examples=30, deadline=None)
@given(st.lists(ASKS, min_size=2, max_size=4), st.lists(TEXTS, min_size=1, max_size=4))
def test_an_ask_is_judged_alike_alone_and_among_others(asks, texts):
    named = [Ask(str(n), a.kind, a.target, a.old, a.new) for n, a in enumerate(asks)]
    together = judge(named, text_of(texts))
    assert [j.ask for j in together] == [a.id for a in named]
    backwards = judge(named[::-1], text_of(texts))
    assert backwards[::-1] == together
    assert tuple(judge([a], text_of(texts))[0] for a in named) == together


def test_nothing_asked_nothing_judged(paragraphs):
    assert judge([], paragraphs("Cities.")) == ()


@pytest.mark.parametrize(
    ("kind", "verdict"), [("ADD", "none"), ("CHANGE", "none"), ("DELETE", "none"), ("KEEP", "removed")]
)
def test_an_empty_text_holds_nothing(kind, verdict):
    (found,) = judge([Ask("a", kind, old="old words", new="new words")], [])
    assert (found.verdict, found.evidence) == (verdict, ())


def test_an_unknown_kind_is_an_error(paragraphs):
    with pytest.raises(ValueError, match="WISH"):
        judge([Ask("a", "WISH", new="x")], paragraphs("x"))


def test_evidence_has_at_most_top_places_best_first(paragraphs):
    text = paragraphs(*[f"Cities {'and towns ' * (n % 3)}plan road number {n}." for n in range(9)])
    ask = Ask("a", "ADD", new="cities and towns plan roads")
    assert len(judge([ask], text, top=2)[0].evidence) == 2
    many = judge([ask], text, top=9)[0].evidence
    assert len({e.paragraph for e in many}) == len(many)
    assert many[0] == judge([ask], text, top=1)[0].evidence[0]


def test_a_judgement_survives_json(one):
    found = one("ADD", ["States shall consult cities."], new="consult cities")
    assert json.loads(json.dumps(asdict(found)))["evidence"][0]["spans"] == [[13, 27]]


def test_the_input_is_left_as_it_was(paragraphs):
    text, asks = paragraphs("Cities plan roads."), [Ask("a", "ADD", new="roads")]
    before = (list(text), list(asks))
    judge(asks, text, old=text)
    assert (text, asks) == before
