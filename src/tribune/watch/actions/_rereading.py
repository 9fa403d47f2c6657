"""Reading a version anew from a corrected file: places keep their uids, what was pointed at stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import Truncator

from tribune.common import journal, search
from tribune.common.outbox import announce
from tribune.engine import types
from tribune.engine.align import align
from tribune.engine.mentions import TERMS_VERSION
from tribune.people.rules import Viewer

from ..choices import VersionState
from ..events import VERSION_REREAD
from ..importing import EarlierParagraph, EarlierReading, Reading
from ..models import Alignment, Paragraph, Passage, Rendition, Version
from ..queries import paragraphs_of
from ..readings import fitted, unit_of
from ..refusals import ChangedMeanwhile, NothingRead, NotYourProcess, SameFile
from ..rules import may_run_process
from ._laying import CHANGING, paragraph_of, recount, step_aside
from ._reports import carry_reports, count_reports_again
from ._texts import SUFFIXES, warnings_at_first

# What becomes of a paragraph: {"was", "now": what people call it, "verdict", "uid"}.
Plan = dict[str, list[dict[str, Any]]]


def plan_rereading(rendition: Rendition, document: types.Document) -> Plan:
    """Return what a corrected file would change: "same" and "changed" places, "retired" and "new" ones.

    Nothing is written. Each entry names the place before ("was") and after ("now"), its uid and how it was found.
    """
    stored = paragraphs_of(rendition.version, rendition.language)
    keeps, became = _matched(stored, document)
    return _plan(stored, document, keeps, became)


@transaction.atomic
def reread_rendition(*, rendition: Rendition, document: types.Document, file_name: str, file: bytes, seen: str,
                     by: Viewer, at: datetime) -> Plan:
    """Replace the text of a rendition by that of a corrected file, announce VERSION_REREAD, and return what changed.

    Places that alignment finds again keep their uids, whatever their numbers. The others are retired: uid, words and
    file stay, and a permalink shows them with what they became. Raises NotYourProcess, NothingRead, SameFile, and
    ChangedMeanwhile when the text is no longer the one of the file `seen`.
    """
    version = (Version.objects.select_for_update(of=("self",)).select_related("draft__process")
               .get(pk=rendition.version_id))
    if not may_run_process(by, version.draft.process.organisation_id):
        raise NotYourProcess
    rendition = version.renditions.select_related("version").get(pk=rendition.pk)
    if not document.paragraphs:
        raise NothingRead
    if rendition.sha256 != seen:
        raise ChangedMeanwhile
    if document.source.sha256 == rendition.sha256:
        raise SameFile
    stored = paragraphs_of(version, rendition.language)
    keeps, became = _matched(stored, document)
    plan = _plan(stored, document, keeps, became)
    _archive(rendition, stored, plan, by, at)
    _replace(rendition, stored, document, keeps, became, at)
    _exchange_file(rendition, document, file_name, file)
    if version.state == VersionState.PUBLISHED:
        # Comparisons quote paths and words of the text before; the reaction makes them anew.
        Alignment.objects.filter(old=version).delete()
        Alignment.objects.filter(new=version).delete()
        search.touch("paragraph", rendition.pk)
        announce(VERSION_REREAD, at=at, version=version.pk, rendition=rendition.pk)
    journal.record("version_reread", by=by.public_id, thing=version.public_id, at=at)
    return plan


def _matched(stored: Sequence[Paragraph], document: types.Document
             ) -> tuple[dict[int, Paragraph], dict[int, Paragraph]]:
    """By place in the new text the paragraph whose uid goes there; by pk of one that goes, the one it went into."""
    old = {one.passage.path: one for one in stored}
    place = {item.id: at for at, item in enumerate(document.paragraphs)}
    sizes = [len(item.text) for item in document.paragraphs]
    keeps: dict[int, Paragraph] = {}
    became: dict[int, Paragraph] = {}
    for pair in align([unit_of(one) for one in stored], document.paragraphs).pairs:
        olds = [old[path] for path in pair.old]
        news = [place[path] for path in pair.new]
        if not olds or not news:
            continue
        # Of several the longest carries the place on; the first of equals.
        heir = max(olds, key=lambda one: len(one.text))
        keeps[max(news, key=lambda at: sizes[at])] = heir
        became.update({one.pk: heir for one in olds if one.pk != heir.pk})
    return keeps, became


def _plan(stored: Sequence[Paragraph], document: types.Document, keeps: Mapping[int, Paragraph],
          became: Mapping[int, Paragraph]) -> Plan:
    plan: Plan = {"same": [], "changed": [], "retired": [], "new": []}
    kept = {one.pk: at for at, one in keeps.items()}
    for one in stored:
        entry: dict[str, Any] = {"uid": one.passage.uid, "was": one.number or one.passage.path,
                                 "words": Truncator(one.text).chars(160)}
        if one.pk in kept:
            now = document.paragraphs[kept[one.pk]]
            entry |= {"now": now.number or now.id, "moved": now.id != one.passage.path,
                      "edited": now.text != one.text}
            plan["changed" if entry["moved"] or entry["edited"] else "same"].append(entry)
        else:
            heir = became.get(one.pk)
            at = kept.get(heir.pk) if heir else None
            item = document.paragraphs[at] if at is not None else None
            plan["retired"].append(entry | {"now": (item.number or item.id) if item else ""})
    plan["new"] = [{"now": item.number or item.id, "words": Truncator(item.text).chars(160)}
                   for at, item in enumerate(document.paragraphs) if at not in keeps]
    plan["same"] = [{"uid": entry["uid"]} for entry in plan["same"]]
    return plan


def _archive(rendition: Rendition, stored: Sequence[Paragraph], plan: Plan, by: Viewer, at: datetime) -> None:
    earlier = EarlierReading.objects.create(
        rendition=rendition, file=rendition.file.name, file_name=rendition.file_name, sha256=rendition.sha256,
        media_type=rendition.media_type, n_pages=rendition.n_pages, n_moved=len(plan["changed"]),
        n_retired=len(plan["retired"]), n_new=len(plan["new"]), replaced_at=at, replaced_by_id=by.user_id)
    EarlierParagraph.objects.bulk_create([
        EarlierParagraph(reading=earlier, passage_id=one.passage_id, path=one.passage.path, number=one.number,
                         label=one.label, kind=one.kind, text=one.text, sha256=one.sha256, page=one.page)
        for one in stored], batch_size=500)
    Reading.objects.filter(rendition=rendition).delete()


def _replace(rendition: Rendition, stored: Sequence[Paragraph], document: types.Document,
             keeps: Mapping[int, Paragraph], became: Mapping[int, Paragraph], at: datetime) -> None:
    version = rendition.version
    elsewhere = set(Paragraph.objects.filter(passage__version=version).exclude(rendition=rendition)
                    .values_list("passage_id", flat=True))
    kept = {one.pk for one in keeps.values()}
    gone = [one for one in stored if one.pk not in kept]
    step_aside([one.passage_id for one in stored])
    _retire(gone, became, elsewhere, version, at)
    free = {one.path: one for one in version.passages.filter(retired_at__isnull=True, pk__in=elsewhere).exclude(
        paragraphs__rendition=rendition)}
    moving, fresh, out = [], [], []
    for order, item in enumerate(document.paragraphs, start=1):
        path, before = fitted(item.id), keeps.get(order - 1)
        beside = free.pop(path, None)
        if before is not None:
            passage = before.passage
            passage.path, passage.order = path, order
            moving.append(passage)
            if beside is not None:  # another language alone stood there: it steps aside
                beside.path = f"{path[:48]}@{beside.uid}"
                moving.append(beside)
        elif beside is not None:
            passage = beside
        else:
            passage = Passage(version=version, path=path, order=order)
            fresh.append(passage)
        out.append((item, passage, before, order))
    moving.sort(key=lambda passage: "@" not in passage.path)
    Passage.objects.bulk_update([one for one in moving if "@" in one.path], ["path"])
    Passage.objects.bulk_update([one for one in moving if "@" not in one.path], ["path", "order"], batch_size=200)
    Passage.objects.bulk_create(fresh, batch_size=500)
    carry_reports({one.pk: became[one.pk].pk for one in gone if one.pk in became})
    Paragraph.objects.filter(pk__in=[one.pk for one in gone]).delete()
    made, changed = [], []
    for item, passage, before, order in out:
        paragraph = paragraph_of(item, rendition, passage, order, before)
        if before is not None:
            paragraph.pk = before.pk
            changed.append(paragraph)
        else:
            made.append(paragraph)
    Paragraph.objects.bulk_update(changed, CHANGING, batch_size=200)
    Paragraph.objects.bulk_create(made, batch_size=500)
    count_reports_again(rendition)


def _retire(gone: Sequence[Paragraph], became: Mapping[int, Paragraph], elsewhere: set[int], version: Version,
            at: datetime) -> None:
    """Let places rest that the corrected file does not have; those that other languages have keep standing."""
    resting = []
    for one in gone:
        passage = one.passage
        # The path is freed for the new text; the uid keeps it unique and findable.
        passage.path = f"{passage.path[:48]}@{passage.uid}"
        if passage.pk not in elsewhere:
            heir = became.get(one.pk)
            passage.retired_at, passage.became_id = at, heir.passage_id if heir else None
        resting.append(passage)
    Passage.objects.bulk_update(resting, ["path", "retired_at", "became"], batch_size=200)


def _exchange_file(rendition: Rendition, document: types.Document, file_name: str, file: bytes) -> None:
    source = document.source
    rendition.file_name, rendition.sha256 = file_name[-200:], source.sha256
    rendition.media_type, rendition.n_pages = source.media_type[:100], source.pages
    rendition.terms_version = TERMS_VERSION
    rendition.warnings = warnings_at_first(document)
    rendition.file.save(f"{source.sha256[:32]}{SUFFIXES.get(source.media_type, '.bin')}", ContentFile(file), save=False)
    recount(rendition)
    rendition.save()


__all__ = ["Plan", "plan_rereading", "reread_rendition"]
