"""Files that arrive: kept at once, read, and used as a version, a language or a corrected file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from tribune.common import journal
from tribune.engine import types
from tribune.engine.text import from_json, to_json
from tribune.people.rules import Viewer

from ..choices import Purpose, UploadState
from ..importing import Upload
from ..models import Draft, Version
from ..refusals import NotYourProcess, UploadUsed
from ..rules import may_run_process
from ._rereading import reread_rendition
from ._texts import add_rendition, import_version


@transaction.atomic
def receive_upload(*, draft: Draft, purpose: str, language: str, file_name: str, file: bytes, by: Viewer,
                   at: datetime, version: Version | None = None, fields: Mapping[str, Any] | None = None,
                   by_ocr: bool = False) -> Upload:
    """Keep a file that arrived, before anybody has looked into it. Raises NotYourProcess."""
    if by.user_id is None or not may_run_process(by, draft.process.organisation_id):
        raise NotYourProcess
    upload = Upload(draft=draft, version=version, purpose=purpose, language=language, fields=_plain(fields or {}),
                    file_name=file_name[-200:], size=len(file), by_ocr=by_ocr, sent_by_id=by.user_id, sent_at=at)
    upload.file.save(f"{upload.public_id}.bin", ContentFile(file), save=False)
    upload.save()
    journal.record("file_received", by=by.public_id, thing=upload.public_id, at=at)
    return upload


@transaction.atomic
def keep_document(*, upload: Upload, document: types.Document, at: datetime) -> bool:
    """Keep what was read of a file; False where reading was cancelled meanwhile."""
    held = _held(upload)
    if held.state not in (UploadState.WAITING, UploadState.READING):
        return False
    held.state, held.document, held.ended_at, held.code = UploadState.READ, to_json(document), at, ""
    held.n_pages = document.source.pages or held.n_pages
    held.save(update_fields=["state", "document", "ended_at", "code", "n_pages"])
    return True


@transaction.atomic
def refuse_upload(*, upload: Upload, code: str, at: datetime) -> None:
    """Write down why a file could not be read."""
    held = _held(upload)
    if held.state in (UploadState.WAITING, UploadState.READING):
        held.state, held.code, held.ended_at = UploadState.REFUSED, code[:30], at
        held.save(update_fields=["state", "code", "ended_at"])


@transaction.atomic
def use_upload(*, upload: Upload, by: Viewer, at: datetime, seen: str = "") -> Version:
    """Make of a file that was read what it was sent for, and return the version.

    For a corrected file, `seen` is the SHA-256 of the file it replaces, as the officer saw it. Raises UploadUsed (it
    was not read, or is in use), PreviewThere (somebody was faster: the file stays and is marked so), and what
    `import_version`, `add_rendition` and `reread_rendition` raise.
    """
    held = _held(upload)
    if held.state != UploadState.READ or held.document is None:
        raise UploadUsed
    document = from_json(held.document)
    with held.file.open("rb") as stored:
        file = stored.read()
    shared: dict[str, Any] = {"document": document, "file_name": held.file_name, "file": file, "by": by, "at": at}
    if held.purpose == Purpose.CORRECTED:
        version = _version_of(held)
        plan = reread_rendition(rendition=version.renditions.get(language=held.language), seen=seen, **shared)
        held.fields = {**held.fields, "plan": plan}
    elif held.purpose == Purpose.LANGUAGE:
        version = _version_of(held)
        add_rendition(version=version, language=held.language, status=held.fields["status"], **shared)
    else:
        fields = {**held.fields, "dated_on": date.fromisoformat(held.fields["dated_on"])}
        version = import_version(draft=held.draft, language=held.language, **fields, **shared)
    version.renditions.filter(language=held.language).update(by_ocr=held.by_ocr)
    held.version, held.state, held.ended_at = version, UploadState.USED, at
    held.document = None
    held.save(update_fields=["version", "state", "ended_at", "document", "fields"])
    # The text keeps its own copy of the file.
    transaction.on_commit(partial(held.file.storage.delete, str(held.file.name)))
    return version


@transaction.atomic
def mark_upload(*, upload: Upload, code: str) -> None:
    """Write down why a file that was read is not in use yet."""
    Upload.objects.filter(pk=upload.pk, state=UploadState.READ).update(code=code[:30])


@transaction.atomic
def turn_upload(*, upload: Upload, version: Version, by: Viewer, at: datetime) -> Upload:
    """Let a file that came too late for a new version be a corrected file of the version that was faster.

    Raises NotYourProcess and UploadUsed.
    """
    held = _held(upload)
    if not may_run_process(by, held.draft.process.organisation_id):
        raise NotYourProcess
    if held.state != UploadState.READ or held.draft_id != version.draft_id:
        raise UploadUsed
    held.purpose, held.version, held.code = Purpose.CORRECTED, version, ""
    held.save(update_fields=["purpose", "version", "code"])
    return held


@transaction.atomic
def rename_upload(*, upload: Upload, name: str, slug: str, by: Viewer, at: datetime) -> Upload:
    """Give a new version that waits another name. Raises NotYourProcess and UploadUsed."""
    held = _own(upload, by)
    if held.state != UploadState.READ or held.purpose != Purpose.VERSION:
        raise UploadUsed
    held.fields = {**held.fields, "name": name, "slug": slug}
    held.code = ""
    held.save(update_fields=["fields", "code"])
    return held


@transaction.atomic
def recognise_upload(*, upload: Upload, by: Viewer, at: datetime) -> Upload:
    """Let the letters of a scan be recognised: the file waits for the worker again. Raises as `cancel_upload`."""
    held = _own(upload, by)
    if held.state != UploadState.REFUSED or held.code != "scan":
        raise UploadUsed
    held.state, held.by_ocr, held.code, held.ended_at = UploadState.WAITING, True, "", None
    held.save(update_fields=["state", "by_ocr", "code", "ended_at"])
    return held


@transaction.atomic
def cancel_upload(*, upload: Upload, by: Viewer, at: datetime) -> None:
    """Stop reading a file, or throw one away that is not in use. Raises NotYourProcess and UploadUsed."""
    held = _own(upload, by)
    if held.state in (UploadState.USED, UploadState.CANCELLED):
        raise UploadUsed
    held.state, held.ended_at, held.document = UploadState.CANCELLED, at, None
    held.save(update_fields=["state", "ended_at", "document"])
    transaction.on_commit(partial(held.file.storage.delete, str(held.file.name)))
    journal.record("upload_cancelled", by=by.public_id, thing=held.public_id, at=at)


def _held(upload: Upload) -> Upload:
    return Upload.objects.select_for_update(of=("self",)).select_related("draft__process").get(pk=upload.pk)


def _own(upload: Upload, by: Viewer) -> Upload:
    held = _held(upload)
    if not may_run_process(by, held.draft.process.organisation_id):
        raise NotYourProcess
    return held


def _version_of(upload: Upload) -> Version:
    if upload.version is None:
        raise UploadUsed
    return upload.version


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}

