"""A ZIP archive that is not trusted: sizes are checked as declared and as they come out."""

from __future__ import annotations

import io
import zipfile
import zlib

from ..types import Unreadable

__all__ = ["Archive"]

PART_MAX = 100_000_000
TOTAL_MAX = 250_000_000
PARTS_MAX = 5_000
# Deflate cannot exceed 1,032; real Office XML stays under 60, long runs of equal cells under 200.
RATIO_MAX = 250
_CHUNK = 1 << 16


class Archive:
    """The parts of an Office file; raises Unreadable("bomb", "broken" or "encrypted")."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {item.filename.lstrip("/"): item for item in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError):
            raise Unreadable(
                "broken", "This file is damaged and cannot be unpacked.", "Export it again and try again."
            ) from None
        self._spent = 0
        if len(self._parts) > PARTS_MAX:
            raise _bomb()
        wanted = [item for item in self._parts.values() if item.filename.endswith((".xml", ".rels"))]
        if sum(item.file_size for item in wanted) > TOTAL_MAX or any(_swollen(item) for item in wanted):
            raise _bomb()

    @property
    def names(self) -> set[str]:
        return set(self._parts)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, None when there is no such part."""
        item = self._parts.get(name)
        if item is None:
            return None
        if item.flag_bits & 1:
            raise Unreadable("encrypted", "This file is protected by a password.", "Save it without one and try again.")
        out = bytearray()
        try:
            with self._zip.open(item) as part:
                while chunk := part.read(_CHUNK):
                    out += chunk
                    self._spent += len(chunk)
                    if (
                        len(out) > PART_MAX
                        or self._spent > TOTAL_MAX
                        or (len(out) > 1_000_000 and len(out) > RATIO_MAX * max(item.compress_size, 1))
                    ):
                        raise _bomb()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise Unreadable(
                "broken", "This file is damaged and cannot be unpacked.", "Export it again and try again."
            ) from None
        return bytes(out)


def _swollen(item: zipfile.ZipInfo) -> bool:
    return item.file_size > PART_MAX or (
        item.file_size > 1_000_000 and item.file_size > RATIO_MAX * max(item.compress_size, 1)
    )


def _bomb() -> Unreadable:
    return Unreadable(
        "bomb",
        "This file unpacks to far more than it should (a ZIP bomb).",
        "Export the text again from the program it was written in.",
    )
