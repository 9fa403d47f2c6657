"""Long work beside the worker's loop: mail and events do not stand still meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connections


class Beside:
    """One thread at a time that does waiting things, one after the other, until none is left.

    `next_one` returns what waits longest or None; `do` does it and must neither raise nor leave it waiting.
    """

    def __init__(self, name: str, *, next_one: Callable[[], Any], do: Callable[[Any], None]) -> None:
        self._name, self._next, self._do = name, next_one, do
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin if something waits and nothing is being done."""
        if (self._thread is not None and self._thread.is_alive()) or self._next() is None:
            return
        self._thread = threading.Thread(target=self._all, name=self._name, daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Wait until all is done."""
        if self._thread is not None:
            self._thread.join()

    def _all(self) -> None:
        try:
            while (one := self._next()) is not None:
                close_old_connections()
                self._do(one)
        finally:
            connections.close_all()
