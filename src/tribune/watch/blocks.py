"""The text of a version as the rows of its page: headings, paragraphs, and what stands in the margin beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .layout import Line, Unit, depth, units
from .models import AlignedPair
from .strips import called

Piece = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Note:
    """What happened to a paragraph since the version before: fates of its mentions, and words on it."""

    fates: Sequence[str]
    reasons: Sequence[str]
    anchor: str


@dataclass(slots=True)
class Block:
    """One row of the page: a heading, or a paragraph with its subs, terms, notes, and pieces of other rooms."""

    unit: Unit
    called: str
    subs: list[tuple[Line, int]] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    actions: list[Piece] = field(default_factory=list)
    margin: list[Piece] = field(default_factory=list)

    @property
    def head(self) -> Line:
        return self.unit.head

    @property
    def is_heading(self) -> bool:
        return self.unit.is_heading


def blocks(lines: Iterable[Line], notes: Mapping[str, Note], *, only_naming: bool = False) -> list[Block]:
    """Return the rows of a text; with `only_naming` the paragraphs that name cities, under their headings."""
    found: list[Block] = []
    waiting: list[Block] = []
    for unit in units(lines):
        block = _block(unit, notes)
        if block.is_heading:
            waiting.append(block)
        elif not only_naming or unit.names:
            # Of several headings in a row, a filtered page keeps the nearest: the others head nothing here.
            found += waiting[-1:] if only_naming else waiting
            waiting = []
            found.append(block)
    return found + ([] if only_naming else waiting)


def _block(unit: Unit, notes: Mapping[str, Note]) -> Block:
    return Block(
        unit, called(unit.head), [(line, depth(line.path, unit.head.path)) for line in unit.subs],
        _terms(unit, "explicit"), _terms(unit, "level"),
        list(dict.fromkeys(notes[line.path] for line in unit.lines if line.path in notes)))


def _terms(unit: Unit, tier: str) -> list[str]:
    """The words themselves, as they stand in the text, each once."""
    return list(dict.fromkeys(
        line.text[mention["start"]:mention["end"]] for line in unit.lines for mention in line.mentions
        if mention["tier"] == tier))


def notes_of(pairs: Iterable[AlignedPair]) -> dict[str, Note]:
    """Return what to say beside paragraphs of the new text, by path: where a mention changed, or words weakened."""
    found = {}
    for pair in pairs:
        fates = tuple(fate for fate in pair.mentions if fate != "kept")
        if fates and pair.new_paths:
            note = Note(fates, tuple(pair.reasons), f"p{pair.new_paths[0]}")
            found.update(dict.fromkeys(pair.new_paths, note))
    return found
