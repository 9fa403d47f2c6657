"""Comparing two versions and keeping what was found."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.engine.align import align
from tribune.people.rules import Viewer

from ..events import VERSION_ALIGNED
from ..models import AlignedPair, Alignment, Succession, Version
from ..queries import engine_paragraphs, languages_of
from ..refusals import NoCommonLanguage, NotYourProcess
from ..rules import may_run_process


@transaction.atomic
def align_versions(*, old: Version, new: Version, at: datetime) -> Alignment:
    """Compare two versions, store pairs and successions, announce VERSION_ALIGNED once; return the alignment.

    Called again, it returns what is there. Raises NoCommonLanguage.
    """
    alignment = compare_versions(old=old, new=new, at=at)
    alignment = Alignment.objects.select_for_update().get(pk=alignment.pk)
    if alignment.announced_at is None:
        alignment.announced_at = at
        alignment.save(update_fields=["announced_at"])
        announce(VERSION_ALIGNED, at=at, alignment=alignment.pk, old=old.pk, new=new.pk)
    return alignment


@transaction.atomic
def compare_versions(*, old: Version, new: Version, at: datetime) -> Alignment:
    """Compare any two versions and keep the result, as a reader of the comparison wants it; no news for others.

    Called again, it returns what is there. Raises NoCommonLanguage.
    """
    # One comparison at a time for each newer version: a second one waits here and then finds the first.
    new = Version.objects.select_for_update().prefetch_related("renditions").get(pk=new.pk)
    known = Alignment.objects.filter(old=old, new=new).first()
    if known:
        return known
    language = common_language(old, new)
    found = align(engine_paragraphs(old, language), engine_paragraphs(new, language))
    alignment = Alignment.objects.create(old=old, new=new, language=language, summary=found.summary,
                                         mentions=found.mentions, made_at=at)
    pairs = AlignedPair.objects.bulk_create(
        AlignedPair(alignment=alignment, order=order, verdict=pair.verdict, score=round(pair.score, 6),
                    old_paths=list(pair.old), new_paths=list(pair.new), mentions=list(pair.mentions),
                    redline=[list(piece) for piece in pair.redline], reasons=list(pair.reasons))
        for order, pair in enumerate(found.pairs, start=1))
    old_passages = dict(old.passages.values_list("path", "pk"))
    new_passages = dict(new.passages.values_list("path", "pk"))
    Succession.objects.bulk_create(
        Succession(pair=pair, old_id=old_passages[old_path], new_id=new_passages[new_path])
        for pair in pairs for old_path in pair.old_paths for new_path in pair.new_paths)
    return alignment


def common_language(old: Version, new: Version) -> str:
    """Return the language in which two versions are compared: the first one of the newer that both have."""
    for language in languages_of(new):
        if language in languages_of(old):
            return language
    raise NoCommonLanguage


@transaction.atomic
def check_alignment(*, alignment: Alignment, by: Viewer, at: datetime) -> Alignment:
    """Write down that an officer has looked at the proposed pairs. Raises NotYourProcess."""
    alignment = (Alignment.objects.select_for_update(of=("self",)).select_related("new__draft__process")
                 .get(pk=alignment.pk))
    if not may_run_process(by, alignment.new.draft.process.organisation_id):
        raise NotYourProcess
    alignment.checked_by_id, alignment.checked_at = by.user_id, at
    alignment.save(update_fields=["checked_by", "checked_at"])
    journal.record("alignment_checked", by=by.public_id, thing=alignment.new.public_id, at=at)
    return alignment
