"""How fast one may vote: counted in memory, by session and, generously, by address; nothing is written down.

Each server process counts for itself, so that the true limit is at most the number of processes times as high. That
is enough against a script and saves a write for every vote; what must hold exactly (receipts) uses `people.limits`.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tribune.common.refusals import TooMany

__all__ = ["Pace", "address_of"]

# Made anew with each process: what is counted today says nothing tomorrow.
_PEPPER = secrets.token_bytes(32)
_MOST_KEPT = 200_000


class Pace:
    """At most `most` acts of one hand at one door in a window of `seconds`."""

    def __init__(self, *, most: int, seconds: int, clock: Callable[[], float]) -> None:
        self.most, self.seconds, self.clock = most, seconds, clock
        self._counted: dict[bytes, int] = {}
        self._window = -1
        self._lock = Lock()

    def step(self, who: str) -> None:
        """Count one act; raise TooMany above the limit."""
        key = hmac.digest(_PEPPER, who.encode(), "sha256")[:12]
        window = int(self.clock()) // self.seconds
        with self._lock:
            if window != self._window or len(self._counted) > _MOST_KEPT:
                self._window, self._counted = window, {}
            n = self._counted[key] = self._counted.get(key, 0) + 1
        if n > self.most:
            raise TooMany(_("That was too fast for one hand. Wait a few minutes; what you voted is kept."))


def address_of(request: HttpRequest) -> str:
    """Return the address a request came from, as the last proxy that we trust saw it.

    TRIBUNE_PROXY_HOPS proxies stand before us, and each appends to X-Forwarded-For the address it saw; what stands
    further left was written by the client and is not believed.
    """
    hops = settings.PROXY_HOPS
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not hops:
        return direct
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-hops] if len(seen) >= hops else direct
