"""Files that people send: their size is known before they are read, and what cannot be read is said in words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

# Fields of the form and the frame of a multipart message.
_BESIDES = 1_000_000


def most_bytes() -> int:
    """Return how large a file may be."""
    return int(settings.FILE_LIMITS["megabytes"]) * 1_000_000


class Doorstep(FileUploadHandler):
    """Leaves a file that is too large outside, and lets the other fields of the form in.

    Where the message says its length, nothing of the file is kept at all; where it lies, what lies beyond the
    limit is not. The size stays on the request (`turned_away`), for the form to say so.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.taken = 0

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, boundary: str,
                         encoding: str | None = None) -> None:
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0
        if self.announced > most_bytes() + _BESIDES:
            self._turn_away(self.announced)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > most_bytes():
            self._turn_away(self.taken)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _turn_away(self, size: int) -> None:
        assert self.request is not None
        self.request.turned_away = max(size, getattr(self.request, "turned_away", 0))  # type: ignore[attr-defined]
        raise SkipFile


def watch_the_door(request: HttpRequest) -> None:
    """Put the doorstep before all other handlers; must come before anybody reads the form."""
    request.upload_handlers.insert(0, Doorstep(request))


def turned_away(request: HttpRequest) -> int:
    """Return the size of a file that was too large, 0 where none was."""
    return int(getattr(request, "turned_away", 0))
