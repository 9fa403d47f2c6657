"""Putting a paragraph of one language beside its counterpart in another."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import journal, search
from tribune.people.rules import Viewer

from ..choices import VersionState
from ..models import Paragraph, Passage, Rendition, Version
from ..readings import reading_for
from ..refusals import ActRefused, NotYourProcess
from ..rules import may_run_process
from ._workbench import edit_reading


@transaction.atomic
def join_languages(*, rendition: Rendition, uid: str, to: str, by: Viewer, at: datetime) -> Passage:
    """Let the paragraph of a rendition at passage `uid` stand at passage `to`, where its language has nothing yet.

    The place it leaves keeps its address and leads to the new one. In a preview this is an act that can be undone.
    Raises NotYourProcess and ActRefused ("gone", "taken").
    """
    version = (Version.objects.select_for_update(of=("self",)).select_related("draft__process")
               .get(pk=rendition.version_id))
    if not may_run_process(by, version.draft.process.organisation_id):
        raise NotYourProcess
    target = version.passages.filter(uid=to, retired_at__isnull=True).first()
    paragraph = Paragraph.objects.filter(rendition=rendition, passage__uid=uid).select_related("passage").first()
    if target is None or paragraph is None:
        raise ActRefused("gone")
    if target.paragraphs.filter(rendition=rendition).exists():
        raise ActRefused("taken")
    left = paragraph.passage
    if version.state != VersionState.PUBLISHED:
        edit_reading(rendition=rendition, act="join", key=paragraph.key or left.path, data={"path": target.path},
                     revision=reading_for(rendition).revision, by=by, at=at)
        return target
    paragraph.passage = target
    paragraph.save(update_fields=["passage"])
    if not left.paragraphs.exists():
        left.path, left.retired_at, left.became = f"{left.path[:48]}@{left.uid}", at, target
        left.save(update_fields=["path", "retired_at", "became"])
    rendition.warnings = [one for one in rendition.warnings if not (
        (one["code"] == "only_here" and one["message"] == left.path.rpartition("@")[0])
        or (one["code"] == "only_there" and one["message"] == target.path))]
    rendition.save(update_fields=["warnings"])
    search.touch("paragraph", rendition.pk)
    journal.record("languages_joined", by=by.public_id, thing=version.public_id, at=at)
    return target
