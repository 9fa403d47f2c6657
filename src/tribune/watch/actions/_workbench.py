"""Putting a reading right: each act is written down and replayed; undoing is replaying fewer of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from tribune.common import journal
from tribune.engine.text import EditRefused
from tribune.people.rules import Viewer

from ..choices import EditState, VersionState
from ..importing import Edit, Reading
from ..models import Rendition, Version
from ..readings import reading_for, rows_of
from ..refusals import ActRefused, AlreadyPublished, ChangedMeanwhile, NothingRead, NotYourProcess
from ..rules import may_run_process
from ._laying import lay


@transaction.atomic
def edit_reading(*, rendition: Rendition, act: str, key: str, revision: int, by: Viewer, at: datetime,
                 data: Mapping[str, Any] | None = None) -> Reading:
    """Do one act on the reading of a preview and return the reading; what was undone before cannot be redone then.

    `revision` is the one the officer saw. Raises NotYourProcess, AlreadyPublished, ChangedMeanwhile (somebody else
    changed the text), ActRefused (the act cannot be done here) and NothingRead (nothing would be left).
    """
    reading = _locked(rendition, revision, by)
    edits = list(reading.edits.exclude(state=EditState.ABANDONED))
    for edit in edits:
        if edit.state == EditState.UNDONE:
            edit.state = EditState.ABANDONED
    last = reading.edits.aggregate(last=Max("serial"))["last"] or 0
    edit = Edit(reading=reading, serial=last + 1, act=act[:8], key=key[:200], data=dict(data or {}), by_id=by.user_id,
                at=at)
    _show(reading, [*edits, edit])
    Edit.objects.filter(reading=reading, state=EditState.UNDONE).update(state=EditState.ABANDONED)
    edit.save()
    return _noted(reading, "reading_edited", by, at)


@transaction.atomic
def undo_edit(*, rendition: Rendition, revision: int, by: Viewer, at: datetime) -> Edit | None:
    """Undo the last act that holds and return it; None where there is none. Raises as `edit_reading`."""
    reading = _locked(rendition, revision, by)
    edit = reading.edits.filter(state=EditState.DONE).order_by("-serial").first()
    return _turned(reading, edit, EditState.UNDONE, "edit_undone", by, at)


@transaction.atomic
def redo_edit(*, rendition: Rendition, revision: int, by: Viewer, at: datetime) -> Edit | None:
    """Do the act again that was undone last and return it; None where there is none. Raises as `edit_reading`."""
    reading = _locked(rendition, revision, by)
    edit = reading.edits.filter(state=EditState.UNDONE).order_by("serial").first()
    return _turned(reading, edit, EditState.DONE, "edit_redone", by, at)


def _turned(reading: Reading, edit: Edit | None, state: str, act: str, by: Viewer, at: datetime) -> Edit | None:
    if edit is None:
        return None
    edit.state = EditState(state)
    edit.save(update_fields=["state"])
    _show(reading, list(reading.edits.all()))
    _noted(reading, act, by, at)
    return edit


def _locked(rendition: Rendition, revision: int, by: Viewer) -> Reading:
    version = (Version.objects.select_for_update(of=("self",)).select_related("draft__process")
               .get(pk=rendition.version_id))
    if not may_run_process(by, version.draft.process.organisation_id):
        raise NotYourProcess
    if version.state == VersionState.PUBLISHED:
        raise AlreadyPublished
    reading = reading_for(Rendition.objects.select_related("version").get(pk=rendition.pk), lock=True)
    if reading.revision != revision:
        raise ChangedMeanwhile
    return reading


def _show(reading: Reading, edits: list[Edit]) -> None:
    """Let the paragraphs of the preview be what the acts make of the reading."""
    try:
        rows = rows_of(reading, edits)
    except EditRefused as refused:
        raise ActRefused(refused.code) from refused
    if all(row.dropped for row in rows):
        raise NothingRead
    lay(reading.rendition, rows)


def _noted(reading: Reading, act: str, by: Viewer, at: datetime) -> Reading:
    reading.revision += 1
    reading.save(update_fields=["revision"])
    journal.record(act, by=by.public_id, thing=reading.rendition.version.public_id, at=at)
    return reading
