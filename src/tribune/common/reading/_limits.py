"""How much a reader may use."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child process may take: bytes of the file, pages, seconds, memory, bytes of its answer."""

    file_bytes: int = 60_000_000
    pages: int = 2_000
    wall_seconds: float = 60.0
    cpu_seconds: int = 60
    memory_bytes: int = 1 << 30
    output_bytes: int = 200_000_000
    # Recognising letters is slow: about three seconds a page.
    ocr_seconds: float = 900.0
