"""Threads in a row: how one paragraph of the old text came to the new one."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

__all__ = ["THREADS", "thread_icon"]

_STRAIGHT = "M0 12H92M86 7l6 5-6 5"

# Drawn for reading from left to right; the sheet mirrors them where the page reads the other way.
THREADS: dict[str, str] = {
    "kept": _STRAIGHT,
    "edited": _STRAIGHT,
    "moved": "M0 20C46 20 46 5 92 5M86 0l6 5-6 5",
    "split": "M0 12H18C46 12 40 3 66 3H92M18 12C46 12 40 21 66 21H92M87 -1l5 4-5 4M87 17l5 4-5 4",
    "merged": "M0 3H26C52 3 46 12 72 12H92M0 21H26C52 21 46 12 72 12M86 7l6 5-6 5",
    "dropped": "M0 12H56M50 5l14 14M64 5l-14 14",
    "added": "M46 4v16M38 12h16M62 12H92M86 7l6 5-6 5",
}


def thread_icon(kind: str) -> SafeString:
    """Return the thread of a row as SVG, hidden from screen readers: the word stands below it.

    `kind` is a key of `THREADS`. Raises KeyError for an unknown kind.
    """
    return mark_safe(
        '<svg class="thread-icon" width="96" height="24" viewBox="-1 -1 95 25" aria-hidden="true" focusable="false">'
        f'<path d="{THREADS[kind]}"/></svg>'
    )
