"""A stored reading as the engine takes it: its paragraphs, the acts on it, and what they make of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from tribune.engine import types
from tribune.engine.text import NUMBERING, Row, oddities, replay
from tribune.engine.text import Edit as Act

from .choices import EditState
from .importing import Edit, Reading
from .models import Paragraph, Rendition

_FIELDS = ("id", "number", "label", "kind", "text", "headings", "page")
PATH_SIZE = 60


def fitted(path: str) -> str:
    """Return a paragraph id as it fits into the column; one that is cut keeps a digest, so that it stays unique."""
    return path if len(path) <= PATH_SIZE else f"{path[:50]}~{hashlib.sha256(path.encode()).hexdigest()[:8]}"


def to_values(paragraphs: Iterable[types.Paragraph]) -> list[dict[str, Any]]:
    """Return paragraphs as plain values, without mentions: these are found again."""
    return [{name: getattr(item, name) for name in _FIELDS} | {"headings": list(item.headings)}
            for item in paragraphs]


def from_values(values: Iterable[dict[str, Any]]) -> tuple[types.Paragraph, ...]:
    """Return what `to_values` wrote."""
    return tuple(types.Paragraph(**{**value, "headings": tuple(value["headings"])}) for value in values)


def unit_of(stored: Paragraph) -> types.Paragraph:
    """Return a stored paragraph, with its passage loaded, as the engine takes it."""
    return types.Paragraph(
        id=stored.passage.path, number=stored.number, label=stored.label, kind=stored.kind, text=stored.text,
        headings=tuple(stored.headings), page=stored.page,
        mentions=tuple(types.Mention(**mention) for mention in stored.mentions))


def reading_for(rendition: Rendition, *, lock: bool = False) -> Reading:
    """Return the reading of a rendition; one that has none gets it from its paragraphs as they are."""
    found = Reading.objects.select_for_update() if lock else Reading.objects.all()
    reading = found.filter(rendition=rendition).first()
    if reading is None:
        stored = Paragraph.objects.filter(rendition=rendition).select_related("passage").order_by("order")
        values = to_values(map(unit_of, stored))
        reading, _ = Reading.objects.get_or_create(rendition=rendition, defaults={"paragraphs": values})
    return reading


def acts_of(edits: Iterable[Edit]) -> list[Act]:
    """Return the acts that hold, oldest first, as the engine takes them."""
    return [Act(edit.serial, edit.act, edit.key, edit.data) for edit in edits if edit.state == EditState.DONE]


def rows_of(reading: Reading, edits: Iterable[Edit] | None = None) -> tuple[Row, ...]:
    """Return the rows of a reading after the acts that hold; dropped ones are marked."""
    edits = reading.edits.all() if edits is None else edits
    return replay(from_values(reading.paragraphs), acts_of(edits))


def warnings_of(rows: Iterable[Row], before: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what to look at: numbers as they are now, and the rest of what reading gave.

    `paragraph` is the key of the row, so that a warning leads to its paragraph whatever number that gets.
    """
    rows = [row for row in rows if not row.dropped]
    keys = {row.paragraph.id: row.key for row in rows}
    kept = [warning for warning in before if warning["code"] not in NUMBERING]
    return kept + [
        {"code": notice.code, "message": notice.message, "page": notice.page,
         "paragraph": keys.get(notice.paragraph, ""), "values": list(notice.values)}
        for notice in oddities(row.paragraph for row in rows)]
