"""Reading files that arrived: at once where they are small, else beside the worker, with progress and a way to stop."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from tribune.common.reading import Limits, read_document, recognise_document
from tribune.common.refusals import Refusal
from tribune.engine.types import Document, Unreadable
from tribune.people.models import User
from tribune.people.queries import viewer_for

from . import actions
from .choices import Purpose, UploadState
from .importing import Upload
from .refusals import NameTaken, PreviewThere

log = logging.getLogger("tribune.reader")

# One reading at a time: each may take a core and a gigabyte.
_running: threading.Thread | None = None
# How often the progress of a reading is written down, in seconds.
_TELL = 1.0
# A file that nobody used is thrown away after so many days.
KEPT = timedelta(days=14)


def limits() -> Limits:
    """Return what a reading may take, as the settings have it."""
    given = settings.FILE_LIMITS
    return Limits(file_bytes=int(given["megabytes"]) * 1_000_000, pages=int(given["pages"]),
                  wall_seconds=float(given["seconds"]), cpu_seconds=int(given["seconds"]),
                  memory_bytes=int(given["memory_mb"]) << 20, ocr_seconds=float(given["ocr_seconds"]))


def is_small(size: int) -> bool:
    """Whether a file is read while its sender waits."""
    return size <= float(settings.FILE_LIMITS["at_once_mb"]) * 1_000_000


def read_upload(upload_id: int) -> None:
    """Read a file that waits, and use it for what it was sent for; a corrected one waits for its confirmation.

    Whatever happens is written down on the upload. Called twice, the second call does nothing.
    """
    claimed = Upload.objects.filter(pk=upload_id, state=UploadState.WAITING).update(
        state=UploadState.READING, started_at=timezone.now(), n_pages_read=0)
    if not claimed:
        return
    upload = Upload.objects.select_related("draft__process").get(pk=upload_id)
    try:
        document = _document_of(upload)
    except Unreadable as refused:
        actions.refuse_upload(upload=upload, code=refused.code, at=timezone.now())
        return
    except FileNotFoundError:
        actions.refuse_upload(upload=upload, code="gone", at=timezone.now())
        return
    if actions.keep_document(upload=upload, document=document, at=timezone.now()):
        settle(upload)


def settle(upload: Upload) -> None:
    """Use a file that was read, unless it waits for its officer's confirmation; why not is written down."""
    if upload.purpose == Purpose.CORRECTED:
        return
    try:
        actions.use_upload(upload=upload, by=viewer_for(User.objects.get(pk=upload.sent_by_id)), at=timezone.now())
    except PreviewThere:
        actions.mark_upload(upload=upload, code="preview_there")
    except NameTaken:
        actions.mark_upload(upload=upload, code="name_taken")
    except Refusal as refusal:
        actions.mark_upload(upload=upload, code=type(refusal).__name__)


def _document_of(upload: Upload) -> Document:
    with upload.file.open("rb") as stored:
        data = stored.read()
    told = time.monotonic()

    def watch(done: int, total: int) -> bool:
        nonlocal told
        if time.monotonic() - told < _TELL:
            return True
        told = time.monotonic()
        return bool(Upload.objects.filter(pk=upload.pk, state=UploadState.READING).update(
            n_pages_read=done, n_pages=total or None))

    if upload.by_ocr:
        return recognise_document(data, language=upload.language, limits=limits(), watch=watch)
    return read_document(data, name=upload.file_name, limits=limits(), watch=watch)


def read_waiting(at: datetime) -> None:
    """Read the files that wait, beside the worker: mail and events do not stand still meanwhile."""
    global _running
    _take_back(at)
    if (_running is not None and _running.is_alive()) or not _waiting():
        return
    _running = threading.Thread(target=_read_all, name="reader", daemon=True)
    _running.start()


def finish() -> None:
    """Wait until what is being read has been read."""
    if _running is not None:
        _running.join()


def _waiting() -> list[int]:
    return list(Upload.objects.filter(state=UploadState.WAITING).order_by("sent_at").values_list("pk", flat=True))


def _read_all() -> None:
    try:
        while waiting := _waiting():
            close_old_connections()
            try:
                read_upload(waiting[0])
            except Exception:  # one bad file leaves the others their turn
                log.exception("upload %s failed", waiting[0])
                Upload.objects.filter(pk=waiting[0]).update(state=UploadState.REFUSED, code="reader_died")
    finally:
        connections.close_all()


def _take_back(at: datetime) -> None:
    """A worker that died while reading leaves its file to the next one."""
    longest = max(float(settings.FILE_LIMITS["seconds"]), float(settings.FILE_LIMITS["ocr_seconds"])) + 60
    Upload.objects.filter(state=UploadState.READING, started_at__lt=at - timedelta(seconds=longest)).update(
        state=UploadState.WAITING)


def throw_away_old(at: datetime) -> None:
    """Throw away files that nobody used for two weeks, and the rows of what was used."""
    for upload in Upload.objects.filter(sent_at__lt=at - KEPT):
        if upload.state != UploadState.USED and upload.file:
            upload.file.storage.delete(str(upload.file.name))
        upload.delete()
