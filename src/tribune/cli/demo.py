"""Run the platform with the sample story on an embedded database, until Ctrl-C.

The story is loaded on first use and kept in the data folder; remove the folder to begin again.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tribune.engine.types import Unreadable

from ._django import set_up
from .serve import serve

FOLDER = Path("data/demo")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, help=f"folder of the sample instance (default: {FOLDER})")
    parser.add_argument("--no-serve", action="store_true", help="prepare the folder and end")


def run(options: argparse.Namespace) -> int:
    if not options.no_serve:
        _check_port(options.host, options.port)
    _environment(options)
    try:
        set_up()
        with _ends_at(signal.SIGTERM) as asked, _ends_at(signal.SIGINT, asked):
            _prepare(asked)
        if options.no_serve:
            return 0
        _introduce()
        with _worker():
            _serve(options.host, options.port)
    except KeyboardInterrupt:
        pass
    _say("\nEnded. The same command starts it again where you left it.")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As the server does: a port that was left a second ago counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        raise Unreadable("port_taken", f"Port {port} at {host} cannot be used: {_reason(error)}.",
                         "Choose another with --port.") from error


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _environment(options: argparse.Namespace) -> None:
    """What makes this a sample: said before Django reads its settings."""
    if options.data:
        os.environ["TRIBUNE_DATA"] = str(options.data)
    os.environ.setdefault("TRIBUNE_DATA", str(FOLDER))
    host = f"[{options.host}]" if ":" in options.host else options.host
    shown = "127.0.0.1" if options.host in ("0.0.0.0", "::") else host
    os.environ.setdefault("TRIBUNE_BASE_URL", f"http://{shown}:{options.port}")
    if options.host not in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "::"):
        os.environ.setdefault("TRIBUNE_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    # The addresses of the story belong to nobody: its mails stay in the folder, whatever else is set.
    os.environ.update(TRIBUNE_SAMPLE="yes", TRIBUNE_MAIL_URL="file")


def _prepare(asked: list[int]) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    from tribune.project.story import NotEmpty, load

    began = time.monotonic()
    _say(f"The sample lives in {settings.DATA}")
    call_command("migrate", interactive=False, verbosity=0)
    try:
        def say(line: str) -> None:
            # A signal that came inside a callback of a library is forgotten there; here it is remembered.
            if asked:
                raise KeyboardInterrupt
            _say(f"  {line}")

        loaded = load(now=timezone.now(), say=say)
        if asked:
            raise KeyboardInterrupt
        if loaded:
            _say(f"The sample story is loaded, in {time.monotonic() - began:.0f} seconds.")
        else:
            _say("The sample story is already there.")
    except NotEmpty as error:
        raise Unreadable("not_empty", f"The sample story cannot go here: {error}.", "Name a new folder with --data."
                         ) from error
    finally:
        # The server makes child processes; a connection is not theirs to inherit.
        connections.close_all()


def _introduce() -> None:
    from django.conf import settings

    from tribune.project.story import logins

    _say(f"\n  {settings.BASE_URL}/\n\nPeople who can sign in ({settings.BASE_URL}/en/sign-in/):\n")
    for login in logins():
        _say(f"  {login.role:<14} {login.email:<34} {login.name}, {login.place}")
    _say(f"\nTheir codes are printed here; all mails lie in {settings.DATA / 'mailbox'}\nCtrl-C ends it.\n")


@contextmanager
def _worker() -> Iterator[None]:
    """The worker, in a process of its own; it ends with this one."""
    source = str(Path(__file__).resolve().parents[2])
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
    child = subprocess.Popen([sys.executable, "-m", "tribune.cli._demo_worker"], stdin=subprocess.DEVNULL,
                             env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _serve(host: str, port: int) -> None:
    # Between here and the moment when the server listens for signals itself, SIGTERM must end the worker too.
    with _ends_at(signal.SIGTERM):
        serve(host, port, workers=1)


@contextmanager
def _ends_at(number: signal.Signals, asked: list[int] | None = None) -> Iterator[list[int]]:
    """Let a signal end the block as Ctrl-C does, so that everything is tidied up; gives the signals that came."""
    came: list[int] = [] if asked is None else asked

    def end(signum: int, frame: FrameType | None) -> None:
        came.append(signum)
        raise KeyboardInterrupt

    before: Callable[..., object] | int | None = signal.signal(number, end)
    try:
        yield came
    finally:
        signal.signal(number, before)  # type: ignore[arg-type]
