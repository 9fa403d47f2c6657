"""Turns at the embedded database: who waits to write is woken when it is free, instead of asking again and again.

SQLite lets one process write at a time; the others sleep and try again, ever longer, and a crowd of short commits keeps
some of them waiting for a second. A lock on a file queues them in the kernel. It guards nothing: the transaction does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

try:
    import fcntl
except ImportError:  # a system without it: SQLite's own waiting is all there is
    fcntl = None  # type: ignore[assignment]


@contextmanager
def turn(name: str) -> Iterator[None]:
    """Wait for one's turn among the processes that write under this name; no wait on other databases."""
    if fcntl is None or connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with (Path(settings.DATA) / f"{name}.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        # Closing the file gives the turn away, and so does the death of the process.
        yield
