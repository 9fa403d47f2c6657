"""Reading data of other platforms: off the request, one at a time, beside the worker's other work."""

from __future__ import annotations

import io
import logging
import threading
import time
import zipfile
from datetime import datetime, timedelta

from django.db import close_old_connections, connections, transaction
from django.utils import timezone

from tribune.common.reading import Limits, in_child
from tribune.common.timetable import every
from tribune.engine.types import Unreadable

from .actions import _exchange_store as store
from .choices import DataKind, DataState
from .exchange.lists_in import list_kind, read_list
from .exchange.polis_in import COMMENTS, MATRIX, SUMMARY, VOTES, kind_of, read_bundle
from .exchange.tables import Report, Table, members, tables_of
from .models import DataImport, ImportedVotes

log = logging.getLogger("tribune.exchange")

_running: threading.Thread | None = None
# How often the progress is written down, and after which silence another worker takes over.
_TELL = 1.0
_SILENT = timedelta(minutes=5)


@every(timedelta(seconds=1))
def read_data(at: datetime) -> None:
    """Read the data that wait, in a thread of its own: mail and events do not stand still meanwhile."""
    global _running
    DataImport.objects.filter(state=DataState.READING, seen_at__lt=at - _SILENT).update(state=DataState.WAITING)
    if (_running is None or not _running.is_alive()) and _waiting():
        _running = threading.Thread(target=_read_all, name="data", daemon=True)
        _running.start()


def finish() -> None:
    """Wait until what is being read has been read."""
    if _running is not None:
        _running.join()


def _waiting() -> list[int]:
    return list(DataImport.objects.filter(state=DataState.WAITING).order_by("sent_at").values_list("pk", flat=True))


def _read_all() -> None:
    try:
        while waiting := _waiting():
            close_old_connections()
            run(waiting[0])
    finally:
        connections.close_all()


def run(pk: int) -> None:
    """Read one import to its end, whatever that is; called twice, the second call does nothing."""
    if not DataImport.objects.filter(pk=pk, state=DataState.WAITING).update(
            state=DataState.READING, seen_at=timezone.now(), n_done=0, n_total=0):
        return
    data = DataImport.objects.select_related("consultation").get(pk=pk)
    report, whole = Report(), False
    try:
        # What an earlier reading that died had written.
        store.throw_away(data)
        whole = _read(data, report)
    except Unreadable as refused:
        if refused.code != "cancelled":
            _refuse(data, refused.code, report)
    except (zipfile.BadZipFile, FileNotFoundError, NotImplementedError, EOFError):
        _refuse(data, "no_table", report)
    except Exception:  # one bad file leaves the others their turn
        log.exception("data %s could not be read", data.public_id)
        _refuse(data, "reader_died", report)
    if not whole:
        store.throw_away(data)
    # All that is needed of it stands in our tables now, or nothing of it is wanted.
    data.file.storage.delete(str(data.file.name))


def _refuse(data: DataImport, code: str, report: Report) -> None:
    with transaction.atomic():
        DataImport.objects.filter(pk=data.pk, state=DataState.READING).update(
            state=DataState.REFUSED, code=code[:30], ended_at=timezone.now(), report=store.report_of(report))


class _Beat:
    """Writes the progress down each second, and ends the reading where somebody stopped it."""

    def __init__(self, data: DataImport) -> None:
        self.pk, self.told = data.pk, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told < _TELL:
            return
        self.told = time.monotonic()
        if not DataImport.objects.filter(pk=self.pk, state=DataState.READING).update(
                n_done=done, n_total=total, seen_at=timezone.now()):
            raise Unreadable("cancelled", "Reading was stopped.")


def _read(data: DataImport, report: Report) -> bool:
    beat = _Beat(data)
    with data.file.open("rb") as stored, zipfile.ZipFile(stored) as outer, _with_sheets(outer) as archive:
        tables = tables_of(archive, report)
        kinds = {kind_of(table) for table in tables}
        if kinds & {COMMENTS, VOTES, MATRIX} or kinds == {SUMMARY}:
            if ImportedVotes.objects.filter(consultation=data.consultation_id).exists():
                raise Unreadable("second", "This consultation holds a conversation already.")
            _mark(data, DataKind.POLIS)
            bundle = read_bundle(tables, report, beat)
            return store.store_bundle(data=data, bundle=bundle, report=report, at=timezone.now(), beat=beat)
        if not tables:
            raise Unreadable("empty", "There is nothing in it.")
        _mark(data, list_kind(tables[0]))
        words = _lists(tables, report)
        return store.store_list(data=data, words=words, report=report, at=timezone.now(), beat=beat)


def _mark(data: DataImport, kind: DataKind) -> None:
    data.kind = kind
    DataImport.objects.filter(pk=data.pk).update(kind=kind)


def _lists(tables: list[Table], report: Report) -> list[store.Words]:
    for table in tables[1:]:
        report.note("not_needed", table.name)
    return read_list(tables[0], report)


def _with_sheets(archive: zipfile.ZipFile) -> zipfile.ZipFile:
    """The archive itself, or one in which workbooks have become tables of text."""
    found = members(archive)
    if not any(info.filename.lower().endswith(".xlsx") for info in found):
        return archive
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for info in found:
            content = archive.read(info)
            if info.filename.lower().endswith(".xlsx"):
                limits = Limits(wall_seconds=60, cpu_seconds=60, output_bytes=60_000_000)
                content = str(in_child("tribune.listen.exchange.sheets:as_csv", content, {}, limits)).encode()
            packed.writestr(info.filename, content)
    return zipfile.ZipFile(io.BytesIO(out.getvalue()))
