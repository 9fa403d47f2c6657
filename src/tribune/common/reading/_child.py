"""The child's side: give up all rights first, then look at the bytes."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import sys
from typing import Any

__all__ = ["main"]

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SIGKILL = 9
OUT_OF_MEMORY, ANSWER_TOO_LONG, FELL_OVER = 11, 12, 13


def main(order: str) -> None:
    """Do one task on the bytes of standard input; the answer goes to standard output as JSON."""
    wanted = json.loads(order)
    module, _, function = wanted["task"].partition(":")
    try:
        _die_with_parent()
        _limit(wanted["memory_bytes"], wanted["cpu_seconds"], wanted["output_bytes"])
        task = getattr(importlib.import_module(module), function)
        _leave_network()
        with open(0, "rb", buffering=0, closefd=False) as stream:
            data = stream.readall()
        answer = _answer(task, data or b"", wanted["options"])
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        if len(text) >= wanted["output_bytes"]:
            os._exit(ANSWER_TOO_LONG)
        _write(text)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except RecursionError:
        os._exit(FELL_OVER)
    except Exception:
        os._exit(FELL_OVER)
    # Nothing is left to tidy, and libraries fed with hostile bytes should not run their exits.
    os._exit(0)


def _answer(task: Any, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    from tribune.engine.types import Unreadable

    try:
        return {"result": task(data, options)}
    except Unreadable as refusal:
        return {"refused": [refusal.code, refusal.what, refusal.do]}


def _write(text: bytes) -> None:
    view = memoryview(text)
    while view:
        view = view[os.write(1, view) :]


def _limit(memory: int, cpu: int, output: int) -> None:
    try:
        import resource
    except ImportError:  # not a Unix: the parent's clock is what is left
        return
    for what, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
    ):
        # Some systems refuse some limits (macOS the address space); the others still hold. One second between the
        # soft and the hard limit of time, so that the signal says why.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (value, value + 1 if what == resource.RLIMIT_CPU else value))


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    libc = _libc()
    if libc is not None:
        with contextlib.suppress(OSError, AttributeError):
            libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
            libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
            libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _leave_network() -> None:
    """Move to a network namespace of one's own, with no way out; where the kernel forbids it, stay."""
    libc = _libc()
    if libc is not None:
        with contextlib.suppress(OSError, AttributeError):
            if libc.unshare(_CLONE_NEWNET) != 0:
                libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
