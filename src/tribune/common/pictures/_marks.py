"""Marks of verdicts and of changes: one shape for each word."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

__all__ = ["MARKS", "mark"]

_RING = '<circle class="ring" cx="8" cy="8" r="6.5"/>'

# Circles answer "put it in", squares "leave it in". The lower half is filled, so nothing needs a mirror.
MARKS: dict[str, str] = {
    "verbatim": '<circle class="full" cx="8" cy="8" r="7"/>',
    "substance": _RING + '<circle class="full" cx="8" cy="8" r="3.75"/>',
    "partly": _RING + '<path class="full" d="M1.5 8a6.5 6.5 0 0 0 13 0z"/>',
    "none": _RING,
    "kept": '<path class="full" d="M1.5 1.5h13v13h-13z"/>',
    "removed": '<path class="ring" d="M2 2h12v12H2zM2 2l12 12M14 2L2 14"/>',
    "waiting": '<circle class="ring" cx="8" cy="8" r="6.5" stroke-dasharray="2.04 2.04"/>',
    "added": '<path class="stroke" d="M8 2.5v11M2.5 8h11"/>',
    "weakened": '<path class="ring" d="M2 3h12L8 13.5z"/>',
    "deleted": '<path class="ring" d="M2 2h12v12H2zM2 2l12 12M14 2L2 14"/>',
}


def mark(kind: str, size: int = 16) -> SafeString:
    """Return the shape of one mark as SVG, hidden from screen readers: the word stands beside it.

    `kind` is a key of `MARKS`, `size` its side in px. Raises KeyError for an unknown kind.
    """
    return mark_safe(
        f'<svg class="mark" width="{size}" height="{size}" viewBox="0 0 16 16" aria-hidden="true"'
        f' focusable="false">{MARKS[kind]}</svg>'
    )
