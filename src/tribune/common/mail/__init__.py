"""Mail: one row per recipient and message; never lost, and after a crash at most one repeat."""

from ._queue import queue
from ._send import send_due

__all__ = ["queue", "send_due"]
