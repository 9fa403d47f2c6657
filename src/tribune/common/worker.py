"""The worker: what the outbox, the mail queue and the timetable have due, again and again."""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections
from django.utils import timezone

from tribune.common import mail, outbox, timetable

log = logging.getLogger("tribune.worker")


def work_once() -> int:
    """Do what is due now; return how many deliveries and mails were tried."""
    at = timezone.now()
    timetable.run_due(at=at)
    return outbox.deliver_until_quiet(at=at) + mail.send_due(at=at)


def work(stop: threading.Event, *, pause: float = 1.0) -> None:
    """Work until `stop` is set. A database that is away for a while ends nothing: the worker waits for it."""
    while not stop.is_set():
        try:
            busy = work_once()
        except Exception:  # whatever went wrong is in the log; the next round tries again
            log.exception("the worker's round failed")
            busy = 0
        finally:
            close_old_connections()
        if not busy:
            stop.wait(pause)
