"""Rows of a reading that is being put right: keys that stay, levels of headings, ids unique again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..types import Paragraph

__all__ = ["Row", "fresh", "rows_of", "trails", "unique"]

_HEADINGS = ("heading", "annex")


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph with a key that no act changes.

    `level` counts from 1 for headings (0: none), `entry` is what stands of it in the trail of paragraphs below it,
    "" where nothing does (a title).
    """

    key: str
    paragraph: Paragraph
    level: int = 0
    entry: str = ""
    dropped: bool = False

    @property
    def text(self) -> str:
        """The text with its mark, as printed."""
        return f"{self.paragraph.label} {self.paragraph.text}" if self.paragraph.label else self.paragraph.text


def rows_of(paragraphs: Sequence[Paragraph]) -> tuple[Row, ...]:
    """Return a row for each paragraph of a reading; its id there is its key."""
    out = []
    for index, item in enumerate(paragraphs):
        if item.kind not in _HEADINGS:
            out.append(Row(item.id, item))
            continue
        level = len(item.headings) + 1
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        entry = f"{item.label} {item.text}" if item.label else item.text
        if after is not None and after.headings[: level - 1] == item.headings:
            if len(after.headings) >= level:
                entry = after.headings[level - 1]
            elif after.kind not in _HEADINGS:
                entry = ""
        out.append(Row(item.id, item, level, entry))
    return tuple(out)


def trails(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with the headings above each as the levels of headings have it."""
    out: list[Row] = []
    stack: list[tuple[int, str]] = []
    for row in rows:
        if row.dropped or row.paragraph.kind == "note":
            out.append(row)
            continue
        if row.paragraph.kind == "annex":
            stack = []
        elif row.level:
            stack = [item for item in stack if item[0] < row.level]
        above = tuple(text for _, text in stack)
        out.append(replace(row, paragraph=replace(row.paragraph, headings=above)))
        if row.level and row.entry:
            stack.append((row.level, row.entry))
    return out


def unique(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows with "~2" on what comes twice among those that are not dropped."""
    seen: Counter[str] = Counter()
    out = []
    for row in rows:
        path = row.paragraph.id
        if not row.dropped:
            seen[path] += 1
            if (n := seen[path]) > 1:
                while seen[f"{path}~{n}"]:
                    n += 1
                path = f"{path}~{n}"
                seen[path] += 1
        out.append(replace(row, paragraph=replace(row.paragraph, id=path)))
    return tuple(out)


def fresh(rows: Iterable[Row], stem: str) -> str:
    """Return the next free id of a kind: "u.8" after "u.7", "note.s2" after "note.s1"."""
    lead = stem if stem.endswith(".s") else f"{stem}."
    heads = (row.paragraph.id[len(lead) :].partition(".")[0].partition("~")[0]
             for row in rows if row.paragraph.id.startswith(lead))
    return f"{lead}{max((int(head) for head in heads if head.isdigit()), default=0) + 1}"
