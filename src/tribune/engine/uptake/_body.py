"""A text made ready to be judged: its words, what this version inserted and struck, and an index over it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tribune.engine.search import Bm25, Words, analyse, guess_language, terms
from tribune.engine.types import Paragraph

from ._asks import Row
from ._diff import diff, signature
from ._furniture import SHARE, furniture

_LEAST_SIZE = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph of the judged text.

    `inserted` says of each word whether this version put it there (all False without an older text);
    `before` are positions of the old units it came from; `chapeau` is the paragraph that governs it.
    """

    id: str
    text: str
    words: Words
    inserted: tuple[bool, ...]
    before: tuple[int, ...] = ()
    chapeau: str = ""
    kind: str = "operative"


@dataclass(frozen=True, slots=True)
class OldUnit:
    """A paragraph of the older text; `struck` says of each word whether this version took it away."""

    id: str
    text: str
    words: Words
    struck: tuple[bool, ...]
    after: tuple[int, ...] = ()


@dataclass(frozen=True)
class Body:
    """All units of a text, with the older ones if there are any."""

    language: str
    units: Sequence[Unit]
    olds: Sequence[OldUnit] = ()
    has_old: bool = False
    rows: bool = False

    @cached_property
    def position(self) -> dict[str, int]:
        """Unit positions by paragraph id."""
        return {unit.id: n for n, unit in enumerate(self.units)}

    @cached_property
    def old_position(self) -> dict[str, int]:
        """Old unit positions by paragraph id."""
        return {unit.id: n for n, unit in enumerate(self.olds)}

    @cached_property
    def index(self) -> Bm25:
        """Words of each unit."""
        return Bm25(terms(unit.words) for unit in self.units)

    @cached_property
    def is_same(self) -> bool:
        """Whether the older text is this one, word for word."""
        return (
            self.has_old
            and not self.rows
            and [unit.text for unit in self.units] == [old.text for old in self.olds]
        )

    @cached_property
    def old_index(self) -> Bm25:
        """Words of each old unit."""
        return Bm25(terms(unit.words) for unit in self.olds)

    @cached_property
    def signatures(self) -> Sequence[tuple[str, ...]]:
        """What changed in each unit, from all old units it came from."""
        found = []
        for unit in self.units:
            struck = [
                f"-{key}"
                for n in unit.before
                for key, gone in zip(self.olds[n].words.keys, self.olds[n].struck, strict=True)
                if gone
            ]
            if self.rows and unit.before:
                found.append(tuple(signature(self.olds[unit.before[0]].words.keys, unit.words.keys)))
                continue
            come = [key for key, new in zip(unit.words.keys, unit.inserted, strict=True) if new]
            found.append(tuple(struck + come))
        return tuple(found)

    @cached_property
    def change_index(self) -> Bm25:
        """Change signatures of each unit."""
        return Bm25(self.signatures)

    def weights(self, words: Words, language: str) -> list[float]:
        """What each word of an ask is worth: little where most paragraphs, or all resolutions, have it."""
        # In a short text every word looks common.
        size = max(_LEAST_SIZE, len(self.units))
        top = math.log(1 + (size + 0.5) / 0.5)
        common = furniture(language)
        found = []
        for key, weight in zip(words.keys, words.weights, strict=True):
            n = self.index.documents_with(key)
            rare = math.log(1 + (size - n + 0.5) / (n + 0.5)) / top
            found.append(weight * (0.35 + 0.65 * rare) * (SHARE if key in common else 1.0))
        return found


def body_of_text(text: Sequence[Paragraph], old: Sequence[Paragraph] | None, language: str) -> Body:
    """Make a text ready; with an older text, align both to know what this version inserted."""
    language = language or _language(p.text for p in text)
    by_id = {p.id: p.text for p in text}
    words = [analyse(p.text, language) for p in text]
    if old is None:
        return Body(
            language,
            tuple(
                Unit(p.id, p.text, w, (False,) * len(w), (), _chapeau(p.id, by_id), p.kind)
                for p, w in zip(text, words, strict=True)
            ),
        )
    from tribune.engine.align import align

    old_words = [analyse(p.text, language) for p in old]
    old_at = {p.id: n for n, p in enumerate(old)}
    new_at = {p.id: n for n, p in enumerate(text)}
    inserted = [[True] * len(w) for w in words]
    struck = [[True] * len(w) for w in old_words]
    before: list[tuple[int, ...]] = [()] * len(words)
    after: list[tuple[int, ...]] = [()] * len(old_words)
    for pair in align(old, text).pairs:
        olds = tuple(old_at[i] for i in pair.old)
        news = tuple(new_at[i] for i in pair.new)
        gone, come = diff([k for n in olds for k in old_words[n].keys], [k for n in news for k in words[n].keys])
        for n in olds:
            after[n] = after[n] + news
            struck[n], gone = gone[: len(old_words[n])], gone[len(old_words[n]) :]
        for n in news:
            before[n] = before[n] + olds
            inserted[n], come = come[: len(words[n])], come[len(words[n]) :]
    return Body(
        language,
        tuple(
            Unit(p.id, p.text, w, tuple(i), b, _chapeau(p.id, by_id), p.kind)
            for p, w, i, b in zip(text, words, inserted, before, strict=True)
        ),
        tuple(OldUnit(p.id, p.text, w, tuple(s), a) for p, w, s, a in zip(old, old_words, struck, after, strict=True)),
        has_old=True,
    )


def body_of_rows(rows: Sequence[Row], language: str) -> Body:
    """Make a table ready; each row with an `old` cell is a change of its own."""
    language = language or _language(r.text or r.old or "" for r in rows)
    units: list[Unit] = []
    olds: list[OldUnit] = []
    has_old = any(row.old is not None for row in rows)
    for n, row in enumerate(rows):
        words = analyse(row.text, language)
        if row.old is None:
            units.append(Unit(row.id, row.text, words, (False,) * len(words)))
            continue
        old_words = analyse(row.old, language)
        struck, inserted = diff(old_words.keys, words.keys)
        units.append(Unit(row.id, row.text, words, tuple(inserted), (len(olds),)))
        olds.append(OldUnit(row.id, row.old, old_words, tuple(struck), (n,)))
    return Body(language, tuple(units), tuple(olds), has_old=has_old, rows=True)


def _language(texts: Iterable[str]) -> str:
    sample = []
    size = 0
    for text in texts:
        sample.append(text)
        size += len(text)
        if size > 20_000:
            break
    return guess_language("\n".join(sample))


def _chapeau(identity: str, by_id: dict[str, str]) -> str:
    """The text of the paragraph above a sub-paragraph: that of "12" for "12.c"."""
    above = identity.rpartition(".")[0]
    return by_id.get(above, "")
