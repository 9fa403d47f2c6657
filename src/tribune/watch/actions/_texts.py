"""Making drafts, and importing versions of them from documents that were read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from tribune.common import journal, search
from tribune.engine import types
from tribune.engine.meaning import encode
from tribune.engine.mentions import TERMS_VERSION
from tribune.engine.text import beside, replay
from tribune.people.rules import Viewer

from ..choices import VersionState
from ..layout import Line, counts
from ..models import Draft, Paragraph, Passage, Process, Rendition, Version
from ..queries import languages_of, paragraphs_of
from ..readings import fitted, unit_of, warnings_of
from ..refusals import AlreadyPublished, LanguageTaken, NameTaken, NothingRead, NotYourProcess, PreviewThere
from ..rules import RESERVED, may_run_process

# What a stored file is called on disk says nothing of what its sender called it.
SUFFIXES = {"application/pdf": ".pdf", "text/html": ".html", "text/markdown": ".md", "text/plain": ".txt",
            "application/xml": ".xml", "application/akn+xml": ".xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx"}

# So many paragraphs without a pair are compared by meaning (a few seconds), and so much of each.
_MOST_BY_MEANING, _READ = 600, 600


@transaction.atomic
def make_draft(*, process: Process, slug: str, name: str, by: Viewer, at: datetime, **fields: Any) -> Draft:
    """Make a draft, a text under negotiation, and return it. Raises NotYourProcess and NameTaken."""
    if not may_run_process(by, process.organisation_id):
        raise NotYourProcess
    if slug in RESERVED or process.drafts.filter(slug=slug).exists():
        raise NameTaken
    draft = Draft.objects.create(process=process, slug=slug, name=name, **fields)
    journal.record("draft_made", by=by.public_id, thing=draft.public_id, at=at)
    return draft


@transaction.atomic
def import_version(*, draft: Draft, slug: str, name: str, stage: str, dated_on: date,
                   document: types.Document, file_name: str, file: bytes, language: str, status: str,
                   by: Viewer, at: datetime, symbol: str = "", **fields: Any) -> Version:
    """Store a document as the preview of a draft's next version and return the version.

    Nobody but officers of the organisation sees it before it is published. Raises NotYourProcess, NameTaken (a
    published version has this name), PreviewThere (a preview has it: somebody was faster) and NothingRead.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("process").get(pk=draft.pk)
    if not may_run_process(by, draft.process.organisation_id):
        raise NotYourProcess
    if not document.paragraphs:
        raise NothingRead
    before = draft.versions.filter(slug=slug).first()
    if slug in RESERVED or (before and before.state == VersionState.PUBLISHED):
        raise NameTaken
    if before:
        raise PreviewThere
    last = draft.versions.order_by("-order").first()
    order = last.order + 1 if last else 1
    version = Version.objects.create(
        draft=draft, slug=slug, name=name, order=order, symbol=symbol or document.symbol[:60],
        dated_on=dated_on, stage=stage, imported_by_id=by.user_id, imported_at=at, **fields)
    rendition = _make_rendition(version, document, file_name, file, language, status)
    passages = Passage.objects.bulk_create(
        Passage(version=version, path=path, order=order)
        for order, path in enumerate(_paths(document.paragraphs), start=1))
    _make_paragraphs(rendition, document.paragraphs, passages)
    journal.record("version_imported", by=by.public_id, thing=version.public_id, at=at)
    return version


@transaction.atomic
def add_rendition(*, version: Version, document: types.Document, file_name: str, file: bytes, language: str,
                  status: str, by: Viewer, at: datetime) -> Rendition:
    """Store the text of a version in a further language; its paragraphs join passages with the same path.

    Where numbers differ, they join by meaning, place, kind and length, and a warning says so. A paragraph without a
    counterpart gets a passage of its own, and both sides of every gap are listed in the rendition's warnings: nothing
    is lost. In a preview, a text in the same language is replaced. Raises
    NotYourProcess, NothingRead and LanguageTaken.
    """
    version = (Version.objects.select_for_update(of=("self",)).select_related("draft__process")
               .get(pk=version.pk))
    if not may_run_process(by, version.draft.process.organisation_id):
        raise NotYourProcess
    if not document.paragraphs:
        raise NothingRead
    before = version.renditions.filter(language=language).first()
    if before:
        if version.state == VersionState.PUBLISHED or version.renditions.count() == 1:
            raise LanguageTaken
        _drop_files([before])
        before.delete()
        version.passages.filter(paragraphs__isnull=True, retired_at__isnull=True).delete()
    known = {passage.path: passage for passage in version.passages.filter(retired_at__isnull=True)}
    paths, joined = _paths_beside(version, document)
    rendition = _make_rendition(version, document, file_name, file, language, status)
    passages, place = [], 0
    for path in paths:
        passage = known.get(path) or Passage(version=version, path=path, order=place)
        passages.append(passage)
        place = passage.order
    Passage.objects.bulk_create(passage for passage in passages if passage.pk is None)
    _make_paragraphs(rendition, document.paragraphs, passages)
    rendition.warnings += joined + _gaps(paths, known)
    rendition.save(update_fields=["warnings"])
    if version.state == VersionState.PUBLISHED:
        search.touch("paragraph", rendition.pk)
    journal.record("rendition_added", by=by.public_id, thing=version.public_id, at=at)
    return rendition


def _paths_beside(version: Version, document: types.Document) -> tuple[list[str], list[dict[str, Any]]]:
    """Paths of a further language, and warnings for those that were found by meaning, place and length only."""
    paths = _paths(document.paragraphs)
    original = paragraphs_of(version, languages_of(version)[0])
    there = [unit_of(one) for one in original]
    pairs = beside(there, document.paragraphs, meaning=_alike(there, document.paragraphs))
    called = {one.passage.path: one.number or one.passage.path for one in original}
    warnings = []
    for at, item in enumerate(document.paragraphs):
        if item.id in pairs:
            paths[at] = pairs[item.id]
            values = [item.number or item.id, called[pairs[item.id]]]
            warnings.append({"code": "joined", "message": f"{values[0]} beside {values[1]}", "page": item.page,
                             "paragraph": paths[at], "values": values})
    return paths, warnings


def _alike(there: Sequence[types.Paragraph],
           here: Sequence[types.Paragraph]) -> Callable[[str, str], float] | None:
    """How alike two texts are in meaning, for those that no number pairs; None where there is nothing to compare, or
    so much that the officer would wait: then place and length decide."""
    shared = {one.id for one in there} & {one.id for one in here}
    texts = [[one.text[:_READ] for one in side if one.id not in shared] for side in (there, here)]
    if not all(texts) or sum(map(len, texts)) > _MOST_BY_MEANING:
        return None
    every = [*texts[0], *texts[1]]
    vectors = dict(zip(every, encode(every), strict=True))
    return lambda one, other: max(0.0, min(1.0, float(vectors[one[:_READ]] @ vectors[other[:_READ]])))


def warnings_at_first(document: types.Document) -> list[dict[str, Any]]:
    """Return what to look at in a text that was just read; numbers are looked at by one rule, here and later."""
    return warnings_of(replay(document.paragraphs, ()), [asdict(warning) for warning in document.warnings])


def drop_version(version: Version) -> None:
    """Take a preview away with its files. What is published stays for ever: people have cited it."""
    if version.state == VersionState.PUBLISHED:
        raise AlreadyPublished
    _drop_files(version.renditions.all())
    version.delete()


def _drop_files(renditions: Any) -> None:
    for rendition in renditions:
        # Only once the row is gone for certain.
        transaction.on_commit(partial(rendition.file.storage.delete, rendition.file.name))


def _gaps(paths: Sequence[str], known: Mapping[str, Passage]) -> list[dict[str, Any]]:
    """Paths that stand in this text only, and in the others only; words come with the page that shows them."""
    here = set(paths)
    only_here = [path for path in paths if path not in known]
    only_there = [path for path in known if path not in here]
    return ([{"code": "only_here", "message": path, "page": None} for path in only_here]
            + [{"code": "only_there", "message": path, "page": None} for path in only_there])


def _paths(paragraphs: Sequence[types.Paragraph]) -> list[str]:
    return [fitted(p.id) for p in paragraphs]


def _make_rendition(version: Version, document: types.Document, file_name: str, file: bytes, language: str,
                    status: str) -> Rendition:
    paragraphs = document.paragraphs
    found = counts(
        Line(path, p.kind, size=len(p.text), n_explicit=_tier(p, "explicit"), n_level=_tier(p, "level"))
        for path, p in zip(_paths(paragraphs), paragraphs, strict=True))
    source = document.source
    rendition = Rendition(
        version=version, language=language, status=status, file_name=file_name[-200:],
        sha256=hashlib.sha256(file).hexdigest(), media_type=source.media_type[:100], n_pages=source.pages,
        warnings=warnings_at_first(document), terms_version=TERMS_VERSION,
        n_paragraphs=found.paragraphs, n_naming=found.naming, n_maybe=found.maybe)
    suffix = SUFFIXES.get(source.media_type, ".bin")
    rendition.file.save(f"{rendition.sha256[:32]}{suffix}", ContentFile(file), save=False)
    rendition.save()
    return rendition


def _make_paragraphs(rendition: Rendition, paragraphs: Sequence[types.Paragraph],
                     passages: Sequence[Passage]) -> None:
    Paragraph.objects.bulk_create(
        Paragraph(
            passage=passage, rendition=rendition, order=order, number=p.number[:40], label=p.label[:40],
            kind=p.kind, headings=list(p.headings), text=p.text, page=p.page,
            sha256=hashlib.sha256(p.text.encode()).hexdigest(), mentions=[asdict(m) for m in p.mentions],
            n_explicit=_tier(p, "explicit"), n_level=_tier(p, "level"))
        for order, (p, passage) in enumerate(zip(paragraphs, passages, strict=True), start=1))


def _tier(paragraph: types.Paragraph, tier: str) -> int:
    return sum(mention.tier == tier for mention in paragraph.mentions)
