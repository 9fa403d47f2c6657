"""The sets of asks judged by hand, and the real texts they are judged on."""

import csv
import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tribune.engine.types import Ask, Document, Judgement, Paragraph

HERE = Path(__file__).parent
FACTS: dict[str, Any] = json.loads((HERE / "facts.json").read_text(encoding="utf-8"))

# For each set: the text the asks were written on, by the version they are judged in.
OLDER = {
    "ict": {"A/C.2/80/L.58": "A/C.2/80/L.17", "A/RES/80/118": "A/C.2/80/L.17"},
    "wsis": {"A/RES/80/173": "A/80/L.41"},
    "cop21": {"9-dec-2015": "4-dec-2015", "12-dec-2015": "9-dec-2015"},
    "pairs": {"A/RES/80/145": "A/C.2/80/L.41"},
}


@dataclass(frozen=True, slots=True)
class Truth:
    """What two readings by hand found for one ask in one version; `paragraphs` are equally right places.

    In the set cop21, whose numbering starts again in each article, a paragraph is named by words it contains.
    """

    set: str
    ask: str
    version: str
    verdict: str
    paragraphs: tuple[str, ...]
    already_there: bool
    note: str


def truths(name: str) -> list[Truth]:
    """All rows of one truth table, in the order of the file."""
    with (HERE / f"truth_{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Truth(
                set=name,
                ask=row["ask"],
                version=row["version"],
                verdict=row["verdict"],
                paragraphs=tuple(place for place in row["paragraph"].split("|") if place),
                already_there=row["already_there"] == "yes",
                note=row["note"],
            )
            for row in csv.DictReader(lines)
        ]


@cache
def asks(name: str) -> dict[str, Ask]:
    """The asks of one set by id, read the way `tribune uptake` reads them."""
    from tribune.engine.uptake import read_asks

    with (HERE / f"asks_{name}.csv").open(encoding="utf-8", newline="") as lines:
        found = read_asks(lines)
    if isinstance(found, tuple) and len(found) == 2 and not isinstance(found[0], Ask):
        found, refused = found
        assert not refused, f"asks_{name}.csv has rows that are refused: {refused}"
    return {ask.id: ask for ask in found}


@cache
def document(folder: Path, file: str) -> Document:
    """A file of the UN folder as the platform reads it: by a child process."""
    from tribune.common.reading import read_document

    path = folder / "un" / file
    return read_document(path.read_bytes(), name=path.name)


@cache
def paragraphs(folder: Path, name: str, version: str) -> tuple[Paragraph, ...]:
    """The paragraphs of one version of one set."""
    if name == "pairs":
        return _pair_paragraphs(folder, version)
    if name == "cop21":
        return document(folder, f"cop21/agreement/{version}/index.md").paragraphs
    return document(folder, f"resolutions/{version.replace('/', '_')}.pdf").paragraphs


@cache
def judged(folder: Path, name: str, version: str) -> dict[str, Judgement]:
    """The engine's judgement of each ask of a set that has a truth for this version."""
    from tribune.engine.uptake import judge

    table = asks(name)
    wanted = [table[truth.ask] for truth in truths(name) if truth.version == version]
    found = judge(
        wanted,
        paragraphs(folder, name, version),
        old=paragraphs(folder, name, OLDER[name][version]),
        language="en",
    )
    assert [judgement.ask for judgement in found] == [ask.id for ask in wanted]
    return {judgement.ask: judgement for judgement in found}


def ids_of(truth: Truth, texts: tuple[Paragraph, ...]) -> set[str]:
    """The paragraph ids a truth allows; words that no paragraph contains are an error in the table."""
    if truth.set != "cop21":
        return set(truth.paragraphs)
    ids = {paragraph.id for words in truth.paragraphs for paragraph in texts if _plain(words) in _plain(paragraph.text)}
    assert ids or not truth.paragraphs, f"{truth.ask}: no paragraph of {truth.version} has {truth.paragraphs}"
    return ids


def _pair_paragraphs(folder: Path, symbol: str) -> tuple[Paragraph, ...]:
    """One side of a pair: operative paragraphs carry their number, recitals are counted."""
    with gzip.open(folder / "un" / "pairs-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            for side in ("draft", "final"):
                if pair[side] == symbol:
                    return _numbered(pair[f"{side}_paras"])
    raise LookupError(symbol)


def _numbered(rows: list[tuple[str, str]]) -> tuple[Paragraph, ...]:
    found: list[Paragraph] = []
    recitals = 0
    for mark, text in rows:
        if mark == "pp":
            recitals += 1
            found.append(Paragraph(id=f"pre.{recitals}", number="", label="", kind="preamble", text=text))
        else:
            found.append(Paragraph(id=mark, number=mark, label=f"{mark}.", kind="operative", text=text))
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
