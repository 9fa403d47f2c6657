"""A library of texts that grows: many asks against all of its paragraphs, without reading anything twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tribune.engine.search import Bm25, Words, analyse, terms
from tribune.engine.types import Ask, Judgement

from ._asks import Row
from ._body import Body, OldUnit, Unit
from ._diff import diff, signature
from ._judge import judge_all


class Library:
    """Rows of one language, judged as `judge_rows` judges them; adding costs what is added, not what is there.

    Ids must be unique across the library. A row with `old` is a change of its own.

    >>> shelf = Library("en")
    >>> shelf.add([Row("a/4", "States shall consult local governments.")])
    >>> shelf.add([Row("b/7", "Schools shall be connected.")])
    >>> found, = shelf.judge([Ask("1", "ADD", new="consult local governments")])
    >>> found.verdict, found.evidence[0].paragraph, shelf.size
    ('verbatim', 'a/4', 2)
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._units: list[Unit] = []
        self._olds: list[OldUnit] = []
        self._signatures: list[tuple[str, ...]] = []
        self._indexes = {"index": Bm25(), "old_index": Bm25(), "change_index": Bm25()}
        self._positions: dict[str, dict[str, int]] = {"position": {}, "old_position": {}}
        # Texts of negotiations repeat each other: equal paragraphs share their words.
        self._words: dict[str, Words] = {}

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self._units)

    def add(self, rows: Sequence[Row]) -> None:
        """Add rows after those that are there. Raises ValueError for an id that is there already."""
        for row in rows:
            if row.id in self._positions["position"]:
                raise ValueError(f"row {row.id!r} is in the library already")
            self._positions["position"][row.id] = len(self._units)
            self._add(row)
        self._indexes["index"].add(terms(unit.words) for unit in self._units[len(self._units) - len(rows) :])
        self._indexes["change_index"].add(self._signatures[len(self._signatures) - len(rows) :])
        self._indexes["old_index"].add(terms(old.words) for old in self._olds[self._indexes["old_index"].size :])

    def _add(self, row: Row) -> None:
        words = self._analysed(row.text)
        if row.old is None:
            self._units.append(Unit(row.id, row.text, words, (False,) * len(words)))
            self._signatures.append(())
            return
        old_words = self._analysed(row.old)
        struck, inserted = diff(old_words.keys, words.keys)
        n = len(self._units)
        self._positions["old_position"][row.id] = len(self._olds)
        self._units.append(Unit(row.id, row.text, words, tuple(inserted), (len(self._olds),)))
        self._olds.append(OldUnit(row.id, row.old, old_words, tuple(struck), (n,)))
        self._signatures.append(tuple(signature(old_words.keys, words.keys)))

    def _analysed(self, text: str) -> Words:
        if text not in self._words:
            self._words[text] = analyse(text, self.language)
        return self._words[text]

    def judge(
        self, asks: Sequence[Ask], *, top: int = 3, previous: Mapping[str, str] | None = None
    ) -> tuple[Judgement, ...]:
        """Return one judgement for each ask, as `judge_rows` would over all rows in the order of adding."""
        body = Body(self.language, self._units, self._olds, has_old=bool(self._olds), rows=True)
        # What a body would make from all units is kept here and grows with them.
        body.__dict__.update(self._indexes, **self._positions, signatures=self._signatures)
        return judge_all(asks, body, top, previous or {})
