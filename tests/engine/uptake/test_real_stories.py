"""What became of local governments in texts that were really negotiated (docs/engine/uptake-on-real-texts.md)."""

import gzip
import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tribune.engine.mentions import annotate
from tribune.engine.text import read
from tribune.engine.types import Ask, Document, Paragraph
from tribune.engine.uptake import judge

pytestmark = pytest.mark.real

COP21 = ("23-oct-2015", "4-dec-2015", "9-dec-2015", "12-dec-2015")


@cache
def _file(folder: Path, name: str) -> Document:
    path = folder / "un" / name
    return annotate(read(path.read_bytes(), name=path.name))


@cache
def _symbol(folder: Path, symbol: str) -> tuple[Paragraph, ...]:
    with gzip.open(folder / "un" / "ga-fulltext-1202.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["symbol"] == symbol:
                return annotate(read(row["text"].encode(), name="text.txt")).paragraphs
    raise LookupError(symbol)


def _cop21(folder: Path, day: str) -> tuple[Paragraph, ...]:
    return _file(folder, f"cop21/agreement/{day}/index.md").paragraphs


def _through(folder: Path, ask: Ask) -> list[tuple[str, str]]:
    """The verdict and first place in each reading after the first, the word before feeding the next."""
    found, before = [], {}
    for old, new in pairwise(COP21):
        one, = judge([ask], _cop21(folder, new), old=_cop21(folder, old), language="en", previous=before)
        before = {ask.id: one.verdict}
        found.append((one.verdict, next((e.paragraph for e in one.evidence if e.where == "text"), "")))
    return found


def _explicit(text: tuple[Paragraph, ...]) -> list[str]:
    return [mention.term for one in text for mention in one.mentions if mention.tier == "explicit"]


def test_paris_the_name_goes_and_the_substance_stays(real_data: Path):
    named = [len(_explicit(_cop21(real_data, day))) for day in COP21]
    assert named == [1, 1, 0, 0]
    explicit = _through(real_data, Ask("e", "KEEP", old="subnational and local authorities"))
    # On 4 December it stands among brackets; on the 9th it is gone and stays gone.
    assert [verdict for verdict, _ in explicit] == ["kept", "removed", "removed"]
    levels = _through(real_data, Ask("l", "ADD", new="all levels of government"))
    assert [verdict for verdict, _ in levels] == ["none", "verbatim", "verbatim"]
    # It stood in a long paragraph on the 9th, and is a preambular paragraph of its own on the 12th.
    nine, twelve = ({one.id: one.text for one in _cop21(real_data, day)} for day in COP21[2:])
    assert len(nine[levels[1][1]].split()) > 50 > 30 > len(twelve[levels[2][1]].split())
    last, = judge([Ask("k", "KEEP", old="all levels of government")], _cop21(real_data, COP21[3]),
                  old=_cop21(real_data, COP21[2]), language="en")
    assert last.verdict == "kept"
    again, = judge([Ask("a", "ADD", new="all levels of government")], _cop21(real_data, COP21[3]),
                   old=_cop21(real_data, COP21[2]), language="en")
    assert again.already_there


@pytest.mark.parametrize(("draft", "adopted", "words"), [
    ("A/C.2/80/L.28", "A/RES/80/134", "subnational and municipal levels"),
    ("A/C.2/80/L.40", "A/RES/80/144", "subnational authorities"),
])
def test_a_deletion_is_seen_and_shown_where_it_stood(real_data: Path, draft: str, adopted: str, words: str):
    old, new = _symbol(real_data, draft), _symbol(real_data, adopted)
    gone, = judge([Ask("k", "KEEP", old=words)], new, old=old, language="en")
    assert gone.verdict == "removed"
    first = gone.evidence[0]
    assert first.where == "old"
    text = {one.id: one.text for one in old}[first.paragraph]
    assert any(words.split()[0] in text[start:end] for start, end in first.spans)


def test_what_stands_beside_a_deletion_is_kept(real_data: Path):
    old, new = _symbol(real_data, "A/C.2/80/L.40"), _symbol(real_data, "A/RES/80/144")
    kept, = judge([Ask("k", "KEEP", old="increased involvement of local authorities")], new, old=old, language="en")
    assert (kept.verdict, kept.evidence[0].paragraph) == ("kept", "25")


def test_a_network_s_name_is_no_gain(real_data: Path):
    old, new = _symbol(real_data, "A/C.2/80/L.19"), _symbol(real_data, "A/RES/80/148")
    network, = judge([Ask("a", "ADD", new="Creative Cities Network")], new, old=old, language="en")
    assert network.already_there
    assert not any("Creative" in term for term in _explicit(new))
    assert sum("Creative Cities" in one.text for one in new) > 0


def test_words_of_the_compact_are_carried_into_the_outcome_of_wsis(real_data: Path):
    words = "national and local digital connectivity strategies"
    pact = {one.id: one.text for one in _file(real_data, "resolutions/A_RES_79_1.pdf").paragraphs}
    assert words in pact["annex1.11.f"]
    outcome = _file(real_data, "resolutions/A_RES_80_173.pdf")
    carried, = judge([Ask("c", "ADD", new=words)], outcome.paragraphs, language="en")
    # "national and local strategies for digital connectivity": other words, the same thing.
    assert (carried.verdict, carried.evidence[0].paragraph) == ("substance", "24")
