"""Reading, compare and uptake on real texts of the United Nations, against what people found by hand."""

from pathlib import Path

import pytest
from tests.real.material import FACTS, OLDER, Truth, asks, document, ids_of, judged, paragraphs, truths

from tribune.engine.types import VERDICTS, Alignment, Judgement, Pair

pytestmark = pytest.mark.real

# Agreement with the tables judged by hand. A change that makes the engine worse must not pass silently.
FLOOR_VERDICT = 0.8
FLOOR_PARAGRAPH = 0.8

ALL = [truth for name in OLDER for truth in truths(name)]


# Reading


@pytest.mark.parametrize("fact", FACTS["reading"], ids=lambda fact: fact["symbol"])
def test_every_numbered_paragraph_is_read(real_data: Path, fact: dict) -> None:
    found = document(real_data, f"resolutions/{fact['file']}")
    ids = [paragraph.id for paragraph in found.paragraphs]
    assert found.symbol == fact["symbol"]
    assert found.source.pages == fact["pages"]
    assert [i for i in ids if i.isdigit()] == [str(n) for n in range(1, fact["numbered"] + 1)]
    assert [p.id for p in found.paragraphs if p.kind == "sub"] == fact["subs"]
    if fact["preamble"]:
        recitals = [i for i in ids if i.startswith("pre.")]
        assert recitals == [f"pre.{n}" for n in range(1, fact["preamble"] + 1)]


@pytest.mark.parametrize("fact", FACTS["reading"], ids=lambda fact: fact["symbol"])
def test_running_heads_and_notes_stay_out_of_paragraphs(real_data: Path, fact: dict) -> None:
    found = document(real_data, f"resolutions/{fact['file']}")
    for paragraph in found.paragraphs:
        if paragraph.kind in ("preamble", "operative", "sub"):
            assert fact["symbol"] not in paragraph.text, paragraph.id
            assert "____" not in paragraph.text, paragraph.id
            assert "plenary meeting" not in paragraph.text[-40:], paragraph.id
            assert not any(ord(c) < 32 and c != "\n" for c in paragraph.text), paragraph.id


# Compare


def _alignment(folder: Path, chain: dict) -> Alignment:
    from tribune.engine.align import align

    old = document(folder, f"resolutions/{chain['old']}").paragraphs
    new = document(folder, f"resolutions/{chain['new']}").paragraphs
    return align(old, new)


def _name(chain: dict) -> str:
    return f"{chain['old']}-{chain['new']}".replace(".pdf", "")


def _holds(fact: dict, pair: Pair) -> bool:
    """Whether a pair says what a fact says: dropped has no successor, added has no ancestor."""
    return (
        set(fact["old"]) <= set(pair.old)
        and set(fact["new"]) <= set(pair.new)
        and bool(fact["old"]) == bool(pair.old)
        and bool(fact["new"]) == bool(pair.new)
        and pair.verdict in fact["verdict"]
    )


@pytest.mark.parametrize("chain", FACTS["compare"], ids=_name)
def test_compare_finds_what_people_found(real_data: Path, chain: dict) -> None:
    pairs = _alignment(real_data, chain).pairs
    wrong = []
    for fact in chain["facts"]:
        if not any(_holds(fact, pair) for pair in pairs):
            said = [
                (pair.old, pair.new, pair.verdict)
                for pair in pairs
                if set(fact["old"]) & set(pair.old) or set(fact["new"]) & set(pair.new)
            ]
            wrong.append(f"{fact['old']} → {fact['new']} {fact['verdict']} {fact.get('why', '')}: {said}")
    assert not wrong, f"{len(wrong)} of {len(chain['facts'])} facts\n" + "\n".join(wrong)


@pytest.mark.parametrize("chain", FACTS["compare"], ids=_name)
def test_no_paragraph_is_lost_in_compare(real_data: Path, chain: dict) -> None:
    pairs = _alignment(real_data, chain).pairs
    for side in ("old", "new"):
        read = document(real_data, f"resolutions/{chain[side]}").paragraphs
        expected = {p.id for p in read if p.kind in ("preamble", "operative", "sub")}
        assert expected <= {i for pair in pairs for i in getattr(pair, side)}


@pytest.mark.parametrize("chain", [c for c in FACTS["compare"] if "kept_numbered" in c], ids=_name)
def test_as_many_numbered_paragraphs_are_kept_as_people_counted(real_data: Path, chain: dict) -> None:
    kept = [
        pair.old
        for pair in _alignment(real_data, chain).pairs
        if pair.verdict == "kept" and len(pair.old) == len(pair.new) == 1 and pair.old[0].isdigit()
    ]
    assert len(kept) == chain["kept_numbered"]


@pytest.mark.parametrize("chain", FACTS["compare"][-2:], ids=_name)
def test_a_text_adopted_unchanged_keeps_every_number(real_data: Path, chain: dict) -> None:
    """A/C.2/80/L.58 and A/80/L.41 were adopted without a change of wording."""
    numbered = [p for p in _alignment(real_data, chain).pairs if any(i[0].isdigit() for i in p.old + p.new)]
    assert [(p.old, p.new, p.verdict) for p in numbered if p.old != p.new or p.verdict != "kept"] == []


# Uptake


def _agrees_on_verdict(truth: Truth, said: Judgement, kind: str) -> bool:
    if kind in ("KEEP", "DELETE"):
        return said.verdict == truth.verdict
    if truth.verdict == "none":
        # A part that stood in the older text already credits nothing either.
        return said.verdict == "none" or (said.verdict == "partly" and said.already_there)
    return said.verdict == truth.verdict and said.already_there == truth.already_there


def _agrees_on_paragraph(truth: Truth, said: Judgement, places: set[str], kind: str) -> bool:
    in_text = [evidence.paragraph for evidence in said.evidence if evidence.where == "text"]
    if in_text:
        return in_text[0] in places
    # Words that are gone can only be shown where they stood.
    gone = (kind, truth.verdict) in (("KEEP", "removed"), ("DELETE", "verbatim"))
    return gone and any(evidence.where == "old" for evidence in said.evidence)


@pytest.mark.parametrize("name", OLDER)
def test_verdicts_agree_with_those_found_by_hand(real_data: Path, name: str) -> None:
    verdicts, places, report = [], [], []
    for truth in truths(name):
        said = judged(real_data, name, truth.version)[truth.ask]
        kind = asks(name)[truth.ask].kind
        same_verdict = _agrees_on_verdict(truth, said, kind)
        verdicts.append(same_verdict)
        same_place = True
        if truth.paragraphs:
            wanted = ids_of(truth, paragraphs(real_data, name, truth.version))
            same_place = _agrees_on_paragraph(truth, said, wanted, kind)
            places.append(same_place)
        if not (same_verdict and same_place):
            report.append(_line(truth, said, kind))
    by_verdict, by_place = sum(verdicts) / len(verdicts), sum(places) / len(places)
    table = "\n".join(
        [
            f"{name}: verdict {by_verdict:.3f} of {len(verdicts)}, paragraph {by_place:.3f} of {len(places)}",
            f"{'ask':5} {'kind':6} {'version':13} {'by hand':28} {'engine':34} note",
            *report,
        ]
    )
    print(table)
    assert by_verdict >= FLOOR_VERDICT, table
    assert by_place >= FLOOR_PARAGRAPH, table


def _line(truth: Truth, said: Judgement, kind: str) -> str:
    hand = f"{truth.verdict}{' already' * truth.already_there} {'|'.join(truth.paragraphs)}"
    places = " ".join(f"{e.where}:{e.paragraph}" for e in said.evidence[:2])
    engine = f"{said.verdict}{' already' * said.already_there} {places}"
    return f"{truth.ask:5} {kind:6} {truth.version:13} {hand[:28]:28} {engine:34} {truth.note}"


@pytest.mark.parametrize("truth", ALL, ids=lambda truth: f"{truth.set}-{truth.ask}-{truth.version}")
def test_a_judgement_points_only_at_text_that_is_there(real_data: Path, truth: Truth) -> None:
    said = judged(real_data, truth.set, truth.version)[truth.ask]
    older = OLDER[truth.set][truth.version]
    texts = {
        "text": {p.id: p.text for p in paragraphs(real_data, truth.set, truth.version)},
        "old": {p.id: p.text for p in paragraphs(real_data, truth.set, older)},
    }
    assert said.verdict in VERDICTS
    assert 0.0 <= said.confidence <= 1.0
    if said.verdict in ("verbatim", "substance", "partly", "kept"):
        assert said.evidence, "a credited ask shows where"
    scores = [evidence.score for evidence in said.evidence]
    assert scores == sorted(scores, reverse=True), "best evidence first"
    for evidence in said.evidence:
        text = texts[evidence.where][evidence.paragraph]
        for start, end in evidence.spans:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip(), "a span of blanks shows nothing"


def test_nothing_is_credited_where_nothing_changed(real_data: Path) -> None:
    """The WSIS+20 outcome was adopted as drafted: an ask can only have been met before."""
    judgements = judged(real_data, "wsis", "A/RES/80/173")
    open_asks = [ask for ask in asks("wsis").values() if ask.kind in ("ADD", "CHANGE")]
    credited = [
        (ask.id, judgements[ask.id].verdict)
        for ask in open_asks
        if judgements[ask.id].verdict != "none" and not judgements[ask.id].already_there
    ]
    assert len(open_asks) >= 8
    assert credited == []


# The tables themselves


def test_the_tables_have_each_verdict_and_each_ask() -> None:
    chain = truths("ict")
    assert len({truth.ask for truth in chain}) >= 30
    for verdict in VERDICTS:
        assert len({truth.ask for truth in chain if truth.verdict == verdict}) >= 2, verdict
    for name in OLDER:
        assert {truth.ask for truth in truths(name)} == set(asks(name))
        assert {truth.version for truth in truths(name)} == set(OLDER[name])
