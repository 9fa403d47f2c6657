"""Start a child for one task, feed it, watch it, and turn what happens into words."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tribune.engine.types import Unreadable

from ._limits import Limits

__all__ = ["in_child"]

# Only what Python and its libraries need; secrets of the server stay with the server.
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
_SOURCE = str(Path(__file__).resolve().parents[3])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from tribune.common.reading._child import main; main(sys.argv[2])"
)
_OTHERWISE = "Save it in another form and try again."


Watch = Callable[[int, int], bool]
# How often a child that is watched is looked at, in seconds.
_LOOK = 0.25


def in_child(task: str, data: bytes, options: dict[str, Any], limits: Limits, watch: Watch | None = None) -> Any:
    """Return what `task` ("package.module:function") makes of the bytes, computed in a child process.

    The function takes (bytes, options) and returns plain values; `Unreadable` raised there is raised here. Death,
    silence or too long an answer raise `Unreadable("reader_died" | "too_slow" | "too_heavy")`.

    `watch` is asked again and again with how far the task says it is (done, of how many); where it answers False the
    child is stopped and `Unreadable("cancelled")` raised. A task says so by `tell_progress`.
    """
    order = {
        "task": task,
        "options": options,
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
        "output_bytes": limits.output_bytes,
    }
    with (
        tempfile.TemporaryFile() as question,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as told,
        tempfile.TemporaryDirectory() as folder,
    ):
        question.write(data)
        question.seek(0)
        # -I: neither the environment nor the current folder adds code. Files instead of pipes: the kernel bounds the
        # answer, and no thread is needed to feed and drain at once.
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, _SOURCE, json.dumps(order)],
            stdin=question,
            stdout=answer,
            stderr=told if watch is not None else subprocess.DEVNULL,
            cwd=folder,
            env=_ENVIRONMENT,
            close_fds=True,
            start_new_session=True,
        )
        try:
            code = _wait(child, limits.wall_seconds, told, watch)
        except subprocess.TimeoutExpired:
            raise Unreadable(
                "too_slow",
                f"Reading this file took longer than {limits.wall_seconds:g} seconds (too_slow).",
                "Cut it into parts or save it in another form.",
            ) from None
        finally:
            _end(child)
        return _result(code, answer, limits)


def _wait(child: subprocess.Popen[bytes], seconds: float, told: Any, watch: Watch | None) -> int:
    if watch is None:
        return child.wait(timeout=seconds)
    end = time.monotonic() + seconds
    while True:
        try:
            return child.wait(timeout=min(_LOOK, max(end - time.monotonic(), 0.0)))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= end:
                raise
            if not watch(*_last_told(told.fileno())):
                raise Unreadable("cancelled", "Reading was stopped.") from None


def _last_told(descriptor: int) -> tuple[int, int]:
    """The last whole line of the form "12/1500" that the child has written; anything else is left alone."""
    size = os.fstat(descriptor).st_size
    lines = os.pread(descriptor, 200, max(0, size - 200)).split(b"\n")[:-1]
    for line in reversed(lines):
        done, slash, total = line.partition(b"/")
        if slash and done.isdigit() and total.isdigit() and len(line) < 20:
            return int(done), int(total)
    return 0, 0


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and whatever it may have started, if it still runs."""
    if child.poll() is None:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            child.kill()
        child.wait()


def _result(code: int, answer: Any, limits: Limits) -> Any:
    if code == -signal.SIGXCPU:
        raise Unreadable(
            "too_slow",
            f"Reading this file took more than {limits.cpu_seconds} seconds of work (too_slow).",
            "Cut it into parts or save it in another form.",
        )
    if os.fstat(answer.fileno()).st_size >= limits.output_bytes or code in (-signal.SIGXFSZ, 12):
        raise Unreadable(
            "too_heavy", "This file holds more text than can be handled (too_heavy).", "Cut it into parts."
        )
    if code == 0:
        answer.seek(0)
        try:
            said = json.loads(answer.read())
            if "refused" in said:
                refused, what, do = (str(part) for part in said["refused"])
            else:
                return said["result"]
        except (ValueError, KeyError, TypeError, RecursionError):
            pass  # whatever wrote this was not our reader any more
        else:
            raise Unreadable(refused, what, do)
    if code == 11:
        raise Unreadable(
            "too_heavy",
            "Reading this file needs more memory than is allowed (too_heavy).",
            "Cut it into parts or leave out pictures.",
        )
    how = signal.Signals(-code).name if code < 0 else f"exit {code}"
    raise Unreadable("reader_died", f"This file could not be read (reader_died, {how}).", _OTHERWISE)
