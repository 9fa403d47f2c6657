"""Documents, read in a child process."""

from __future__ import annotations

from typing import Any

from tribune.engine.text import from_json
from tribune.engine.types import Document, Unreadable

from ._limits import Limits
from ._process import in_child

__all__ = ["read_document"]

_TASK = "tribune.common.reading._tasks:document"


def read_document(data: bytes, *, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """Return the numbered paragraphs of a file with the mentions of local governments in them.

    The bytes are parsed in a child process with the given limits, no network, no secrets and an empty folder.

    Raises `Unreadable` with the codes of `engine.text.read`, and "too_slow", "too_heavy" or "reader_died" when the
    child was stopped or fell over.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable(
            "too_big",
            f"This file has {len(data) / 1e6:.1f} MB; {limits.file_bytes / 1e6:g} MB are allowed.",
            "Cut it into parts or leave out pictures.",
        )
    answer = in_child(_TASK, data, {"name": name, "pages_max": limits.pages}, limits)
    try:
        return from_json(_value(answer))
    except (KeyError, TypeError, AttributeError):
        raise Unreadable(
            "reader_died", "This file could not be read (reader_died).", "Save it in another form and try again."
        ) from None


def _value(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise TypeError
    return answer
