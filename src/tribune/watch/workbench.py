"""The page of the import workbench: rows of a reading, the chosen one, what was left out, what can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .choices import EditState
from .importing import Edit
from .layout import depth
from .models import Paragraph, Rendition, Version
from .readings import reading_for, rows_of
from .said import act_words, warning_words

# So many rows stand on one page; a page stays light enough for a slow line.
PAGE = 100


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One paragraph on the workbench."""

    key: str
    path: str
    number: str
    label: str
    kind: str
    text: str
    page: int | None
    level: int
    deep: int
    spans: list[tuple[int, int]]
    warnings: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        return self.number or f"“{Truncator(self.text).chars(30)}”"


@dataclass(frozen=True, slots=True)
class Bench:
    """What the workbench shows of a rendition."""

    rows: list[BenchRow]
    chosen: BenchRow | None
    page: int
    n_pages: int
    n_rows: int
    revision: int
    undoable: str
    redoable: str
    n_edits: int
    dropped: list[tuple[str, str]]
    warnings: list[dict[str, Any]]


def bench_address(version: Version, language: str, at: str = "", **more: str) -> str:
    """Return the address of a preview with one paragraph chosen."""
    address = reverse("watch:preview", args=[version.draft.process.slug, version.draft.slug, version.slug])
    asked = {"text": language, **({"at": at} if at else {}), **more}
    return f"{address}?{urlencode(asked)}{'#chosen' if at else ''}"


def bench_of(rendition: Rendition, *, at: str = "", page: int = 0) -> Bench:
    """Return what the workbench shows: the page that holds the paragraph `at`, or page `page`, or the first."""
    reading = reading_for(rendition)
    edits = list(reading.edits.all())
    by_key: dict[str, list[str]] = {}
    for warning in rendition.warnings:
        if warning.get("paragraph"):
            by_key.setdefault(warning["paragraph"], []).append(warning_words(warning))
    stored = list(Paragraph.objects.filter(rendition=rendition).order_by("order").values_list(
        "key", "passage__path", "number", "label", "kind", "text", "page", "headings", "mentions"))
    places = {key or path: place for place, (key, path, *_rest) in enumerate(stored)}
    n_pages = max(1, -(-len(stored) // PAGE))
    number = places[at] // PAGE + 1 if at in places else min(max(page, 1), n_pages)
    rows = [_row(values, by_key) for values in stored[(number - 1) * PAGE : number * PAGE]]
    chosen = next((row for row in rows if row.key == at), None)
    done = [edit for edit in edits if edit.state == EditState.DONE]
    undone = [edit for edit in edits if edit.state == EditState.UNDONE]
    return Bench(
        rows, chosen, number, n_pages, len(stored), reading.revision,
        _turnable(done[-1] if done else None, places, stored), _turnable(undone[0] if undone else None, places, stored),
        len(done), _dropped(reading, edits, done),
        [{"words": warning_words(one), "page": one.get("page"), "key": one.get("paragraph", "")}
         for one in rendition.warnings])


def _row(values: tuple[Any, ...], by_key: dict[str, list[str]]) -> BenchRow:
    key, path, number, label, kind, text, page, headings, mentions = values
    key = key or path
    level = len(headings) + 1 if kind in ("heading", "annex") else 0
    deep = depth(path, path.partition(".")[0]) if kind == "sub" else 0
    spans = [(one["start"], one["end"]) for one in mentions if one["tier"] == "explicit"]
    return BenchRow(key, path, number, label, kind, text, page, level, deep, spans, tuple(by_key.get(key, ())))


def _turnable(edit: Edit | None, places: dict[str, int], stored: list[tuple[Any, ...]]) -> str:
    if edit is None:
        return ""
    place = places.get(edit.key)
    number = stored[place][2] if place is not None else ""
    return act_words(edit.act, number or _("A paragraph"))


def _dropped(reading: Any, edits: list[Edit], done: list[Edit]) -> list[tuple[str, str]]:
    """Lines that were left out, with their keys; only then must the acts be replayed for the page."""
    if not any(edit.act == "drop" for edit in done):
        return []
    return [(row.key, row.text) for row in rows_of(reading, edits) if row.dropped]
