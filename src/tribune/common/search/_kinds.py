"""Kinds of things that can be found: each room registers its own, and says for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# What a hit shows: a template, and what it gets as `hit`.
Piece = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One text: the id its kind knows it by, its words by language, and bits its kind gives a meaning."""

    thing: str
    pieces: Sequence[tuple[str, str]]
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts of one group; `language` is "" where each mixes several."""

    language: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows a search to. `flags` are bits of which an entry must have one; `agreed` keeps adopted
    texts only."""

    process: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None
    flags: int = 0
    agreed: bool = False

    @property
    def used(self) -> frozenset[str]:
        """The names of the filters that are set."""
        names = ("process", "language", "since", "until", "flags", "agreed")
        return frozenset(name for name in names if getattr(self, name))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    `stamps` gives each group that belongs in the index with a stamp that changes when its words do; `read` its texts
    (None where it is gone). `allowed` is the gate: the groups a viewer may find under the filters, as an iterable or a
    query of ids; `filters` names those it understands (asked for another one, nothing of this kind is found). `shown`
    turns hits, as (group, thing), into what the page shows, in a bounded number of queries; it leaves out what the
    viewer may not see.
    """

    name: str
    label: Any
    stamps: Callable[[], Iterable[tuple[int, str]]]
    read: Callable[[int], Batch | None]
    allowed: Callable[[Any, Filters], Any]
    shown: Callable[[Sequence[tuple[int, str]], Any], Mapping[tuple[int, str], Piece]]
    filters: frozenset[str] = field(default_factory=frozenset)


_kinds: dict[str, Kind] = {}


def searchable(kind: Kind) -> Kind:
    """Register a kind; called when a room's `slots.py` is imported. The order of registration is that of the page."""
    _kinds[kind.name] = kind
    return kind


def kinds() -> Mapping[str, Kind]:
    """Return the kinds by name."""
    return _kinds
