"""Laying rows of a reading out as paragraphs and passages of a preview."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from tribune.engine.mentions import TERMS_VERSION, find_mentions
from tribune.engine.text import Row
from tribune.engine.types import Paragraph as Unit

from ..layout import Line, counts
from ..models import Paragraph, Passage, Rendition
from ..readings import fitted, warnings_of

CHANGING = ("order", "key", "number", "label", "kind", "headings", "text", "sha256", "page", "mentions", "n_explicit",
             "n_level")


def lay(rendition: Rendition, rows: Sequence[Row]) -> None:
    """Make the stored paragraphs of a preview's rendition what the rows say.

    A row keeps its passage, whatever its number becomes, unless another language stands at its new place: then it
    joins that one. Only what changed is written.
    """
    shown = [row for row in rows if not row.dropped]
    stored = {one.key or one.passage.path: one
              for one in Paragraph.objects.filter(rendition=rendition).select_related("passage")}
    passages = _passages(rendition, shown, stored)
    fresh, changed, gone = [], [], set(stored) - {row.key for row in shown}
    for order, (row, passage) in enumerate(zip(shown, passages, strict=True), start=1):
        before = stored.get(row.key)
        made = paragraph_of(row.paragraph, rendition, passage, order, before, row.key)
        if before is not None and before.passage_id == passage.pk:
            if any(getattr(before, name) != getattr(made, name) for name in CHANGING):
                made.pk = before.pk
                changed.append(made)
            continue
        if before is not None:
            gone.add(row.key)
        fresh.append(made)
    Paragraph.objects.filter(pk__in=[stored[key].pk for key in gone]).delete()
    Paragraph.objects.bulk_create(fresh, batch_size=500)
    Paragraph.objects.bulk_update(changed, CHANGING, batch_size=200)
    rendition.version.passages.filter(paragraphs__isnull=True, retired_at__isnull=True).delete()
    recount(rendition)
    rendition.warnings = warnings_of(shown, rendition.warnings)
    rendition.terms_version = TERMS_VERSION
    rendition.save(update_fields=["warnings", "terms_version", "n_paragraphs", "n_naming", "n_maybe"])


def recount(rendition: Rendition) -> None:
    """Count again how many paragraphs name local governments, from what is stored; the caller saves."""
    stored = Paragraph.objects.filter(rendition=rendition).order_by("order").values_list(
        "passage__path", "kind", "text", "n_explicit", "n_level")
    found = counts(Line(path, kind, size=len(text), n_explicit=explicit, n_level=level)
                   for path, kind, text, explicit, level in stored)
    rendition.n_paragraphs, rendition.n_naming, rendition.n_maybe = found.paragraphs, found.naming, found.maybe


def paragraph_of(unit: Unit, rendition: Rendition, passage: Passage, order: int, before: Paragraph | None = None,
                 key: str = "") -> Paragraph:
    """Return a paragraph to store; mentions of words that did not change are not looked for again."""
    if before is not None and before.text == unit.text:
        mentions = before.mentions
    else:
        mentions = [asdict(one) for one in unit.mentions or find_mentions(unit.text, rendition.language)]
    return Paragraph(
        passage=passage, rendition=rendition, order=order, key=key[:200], number=unit.number[:40],
        label=unit.label[:40], kind=unit.kind, headings=list(unit.headings), text=unit.text, page=unit.page,
        sha256=hashlib.sha256(unit.text.encode()).hexdigest(), mentions=mentions,
        n_explicit=sum(one["tier"] == "explicit" for one in mentions),
        n_level=sum(one["tier"] == "level" for one in mentions))


def _passages(rendition: Rendition, rows: Sequence[Row], stored: dict[str, Paragraph]) -> list[Passage]:
    """The passage of each row: the one other languages have at its place, its own, or a new one."""
    version = rendition.version
    elsewhere = {passage.path: passage for passage in version.passages.filter(
        retired_at__isnull=True, paragraphs__isnull=False).exclude(paragraphs__rendition=rendition)}
    shared = set(Paragraph.objects.filter(rendition__version=version).exclude(rendition=rendition)
                 .values_list("passage_id", flat=True))
    here = {one.passage.path: one.passage for one in stored.values() if one.passage_id in shared}
    out, renamed, new = [], [], []
    for order, row in enumerate(rows, start=1):
        path, before = fitted(row.paragraph.id), stored.get(row.key)
        passage = elsewhere.get(path) or here.get(path)
        if passage is None and before is not None and before.passage_id not in shared:
            passage = before.passage
            if (passage.path, passage.order) != (path, order):
                renamed.append((passage, path))
            passage.order = order
        elif passage is None:
            passage = Passage(version=version, path=path, order=order)
            new.append(passage)
        out.append(passage)
    used = {passage.pk for passage in out if passage.pk}
    freed = [one.passage for one in stored.values() if one.passage_id not in used and one.passage_id not in shared]
    step_aside([passage.pk for passage, path in renamed if passage.path != path] + [passage.pk for passage in freed])
    for passage, path in renamed:
        passage.path = path
    Passage.objects.bulk_update([passage for passage, _ in renamed], ["path", "order"], batch_size=200)
    Passage.objects.bulk_create(new, batch_size=500)
    return out


def step_aside(passages: Sequence[int]) -> None:
    """Free the paths of passages: two places that change names with each other must not meet."""
    Passage.objects.filter(pk__in=passages).update(path=Concat(Value("~"), Cast("pk", CharField())))
