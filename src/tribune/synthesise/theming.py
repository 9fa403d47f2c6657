"""Looking for themes: at once where there are few texts, else beside the worker, with progress."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.utils import timezone

from tribune.common import journal
from tribune.common.beside import Beside
from tribune.engine.themes import Contribution as Text
from tribune.engine.themes import find_themes, to_json
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer

from .choices import ReadingState
from .deciding import for_engine
from .theme_models import ThemesReading
from .theme_queries import decided_in, decisions_of, digest_of, text_of, texts_of
from .vectors import StoredVectors

log = logging.getLogger("tribune.themes")

# So many texts are read while the officer waits: some seconds the first time, less once their vectors are kept.
AT_ONCE = 150
# How often progress is written down, in seconds.
_TELL = 1.0
# A reading that says nothing for so long has died with its worker.
_SILENT = timedelta(minutes=30)
# Readings that were replaced are of no use.
KEPT = 5


def read_now(reading_id: int) -> None:
    """Find the themes of a process for a reading that waits. Called twice, the second call does nothing."""
    claimed = ThemesReading.objects.filter(pk=reading_id, state=ReadingState.WAITING).update(
        state=ReadingState.RUNNING, started_at=timezone.now())
    if not claimed:
        return
    reading = ThemesReading.objects.select_related("process", "asked_by").get(pk=reading_id)
    viewer = viewer_for(reading.asked_by) if reading.asked_by else Viewer()
    there = texts_of(viewer, reading.process)
    acts = decisions_of(reading.process)
    texts = [Text(public_id, text_of(row), row.language) for public_id, row in there.items()]
    found = find_themes(texts, decisions=for_engine(decided_in(acts), set(there)), cache=StoredVectors(),
                        progress=_Teller(reading.pk))
    at = timezone.now()
    ThemesReading.objects.filter(pk=reading.pk).update(
        state=ReadingState.READY, found=to_json(found), n_texts=len(texts), done_at=at, step="",
        decision_id=acts[0].pk if acts else 0,
        texts={one.id: digest_of(one.text) for one in texts})
    # Automatic work is on record.
    journal.record("themes_found", by="", thing=reading.process.public_id, at=at)
    rows = ThemesReading.objects.filter(process=reading.process).order_by("-pk")
    ThemesReading.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[KEPT:])).delete()


class _Teller:
    """Writes progress down, at most once a second."""

    def __init__(self, reading_id: int) -> None:
        self._id = reading_id
        self._told = 0.0
        self._step = ""

    def __call__(self, step: str, done: int, of: int) -> None:
        now = time.monotonic()
        if step == self._step and now - self._told < _TELL:
            return
        self._told, self._step = now, step
        ThemesReading.objects.filter(pk=self._id).update(step=step, n_done=done, n_of=of)


def read_waiting(at: datetime) -> None:
    """Read what waits, beside the worker."""
    ThemesReading.objects.filter(state=ReadingState.RUNNING, started_at__lt=at - _SILENT).update(
        state=ReadingState.WAITING)
    _beside.start()


def finish() -> None:
    """Wait until what is being read has been read."""
    _beside.finish()


def _longest_waiting() -> int | None:
    # A small one is being read by the request that asked for it; it waits here only if that request died.
    return (ThemesReading.objects.filter(state=ReadingState.WAITING).order_by("asked_at")
            .values_list("pk", flat=True).first())


def _read_or_fail(reading_id: int) -> None:
    try:
        read_now(reading_id)
    except Exception:  # one bad text leaves the others their turn
        log.exception("themes %s failed", reading_id)
        ThemesReading.objects.filter(pk=reading_id).update(state=ReadingState.FAILED)


_beside = Beside("themes", next_one=_longest_waiting, do=_read_or_fail)
