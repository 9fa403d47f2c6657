"""What a child process can be asked to do: bytes and options in, plain values out."""

from __future__ import annotations

from typing import Any

__all__ = ["document"]


def document(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Read a text and mark where local governments are named."""
    from tribune.engine.mentions import annotate
    from tribune.engine.text import read, to_json

    return to_json(annotate(read(data, name=options["name"], pages_max=options["pages_max"])))
