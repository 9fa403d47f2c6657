"""Measure the votes endpoint: acknowledged and durable votes a second, on the server as it is shipped.

Run `tribune bench votes`, or `python -m benchmarks.votes DATA OUT`. A real server (`tribune serve`, two workers) on a
new database of its own; people with a session each vote through HTTP from this process, which shares the two cores. An
answer counts once it has come; afterwards every acknowledged vote is looked up in the database. With `killed`, all
processes of the server get SIGKILL under load and it is started again before looking.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
_PEOPLE, _STATEMENTS, _SECONDS, _AT_ONCE = 150, 80, 12.0, 32
T = TypeVar("T")
_VALUES = ("1", "-1", "0")
_MADE = """
import json, django
django.setup()
from tests.factories import make_consultation
from tribune.listen.models import Statement
from django.utils import timezone
found = make_consultation(format="statement_vote", slug="load", opened=True)
Statement.objects.bulk_create(Statement(consultation=found, text=f"Statement {i}", language="en", state="published",
    origin="organiser", made_at=timezone.now()) for i in range(%d))
print(json.dumps([row.public_id for row in Statement.objects.filter(consultation=found)]))
"""
_READ = """
import json, django
django.setup()
from tribune.listen.models import Vote
print(json.dumps([[voice, statement, value] for voice, statement, value in
                  Vote.objects.values_list("voice_id", "statement__public_id", "value")]))
"""


@dataclass
class Person:
    """One session: its cookie and token, and what the server acknowledged of it, by statement."""

    cookie: str
    token: str
    kept: dict[str, str] = field(default_factory=dict)
    # Sent and not answered: it may be kept or not.
    open: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Outcome:
    """What came of one load: seconds of each acknowledged vote, refusals by status, and how long it took."""

    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0
    broken: int = 0


def _alone(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, run in a thread of its own: whoever asks may sit in a running loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@contextmanager
def instance(url: str) -> Iterator[tuple[dict[str, str], list[str]]]:
    """A new database with one open vote; gives the environment of its processes and the ids of its statements."""
    with tempfile.TemporaryDirectory(prefix="tribune-votes-") as folder:
        environment = {**os.environ, "TRIBUNE_DATA": folder, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
                       "DJANGO_SETTINGS_MODULE": "tribune.project.settings"}
        environment.pop("TRIBUNE_DATABASE_URL", None)
        if url:
            environment["TRIBUNE_DATABASE_URL"] = url
        subprocess.run([sys.executable, "-m", "tribune", "migrate"], env=environment, cwd=folder, check=True,
                       capture_output=True)
        made = subprocess.run([sys.executable, "-c", _MADE % _STATEMENTS], env=environment, cwd=folder, check=True,
                              capture_output=True, text=True)
        yield environment, json.loads(made.stdout.splitlines()[-1])


@contextmanager
def server(environment: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The shipped server on a free port, in a process group of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tribune", "serve", "--port", str(port)], env=environment, start_new_session=True,
        cwd=environment["TRIBUNE_DATA"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError("the server did not start")
        yield port, process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


class Line:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, cookie: str = "", body: str = "") -> tuple[int, dict[str, str], bytes]:
        """Send one request; return status, headers (small letters) and body."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        assert self._reader is not None
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "")
        if method == "POST":
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        self._writer.write((head + "\r\n" + body).encode())
        await self._writer.drain()
        lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        if headers.get("transfer-encoding") == "chunked":
            content = b""
            while size := int((await self._reader.readline()).strip() or b"0", 16):
                content += await self._reader.readexactly(size)
                await self._reader.readexactly(2)
            await self._reader.readexactly(2)
        else:
            content = await self._reader.readexactly(int(headers.get("content-length", 0)))
        return int(lines[0].split()[1]), headers, content

    def close(self) -> None:
        """Let the connection go."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def begin(port: int, statements: list[str], n: int) -> list[Person]:
    """People who have opened the page and cast one vote each: the session and the voice are there."""
    people = []
    line = Line(port)
    for place in range(n):
        status, headers, page = await line.ask("GET", "/en/c/load/vote/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        if status != 200 or token is None:
            raise RuntimeError(f"the page of votes answered {status}")
        cookie = headers["set-cookie"].split(";")[0]
        person = Person(cookie, token.group(1).decode())
        first = statements[place % len(statements)]
        status, headers, _ = await line.ask(
            "POST", "/en/c/load/vote/cast/", cookie, f"csrfmiddlewaretoken={person.token}&statement={first}&value=1")
        if status != 302:
            raise RuntimeError(f"a first vote was answered {status}")
        if "set-cookie" in headers:
            person.cookie = headers["set-cookie"].split(";")[0]
        person.kept[first] = "1"
        people.append(person)
    line.close()
    return people


async def load(port: int, people: list[Person], statements: list[str], seconds: float) -> Outcome:
    """Let people vote as fast as they are answered, `_AT_ONCE` at a time, for so many seconds."""
    outcome, end = Outcome(), time.perf_counter() + seconds
    begun = time.perf_counter()

    async def one(mine: list[Person], seed: int) -> None:
        draw, line = random.Random(seed), Line(port)
        while time.perf_counter() < end:
            person, statement, value = draw.choice(mine), draw.choice(statements), draw.choice(_VALUES)
            person.open.setdefault(statement, set()).add(value)
            sent = time.perf_counter()
            try:
                status, headers, _ = await line.ask(
                    "POST", "/en/c/load/vote/cast/", person.cookie,
                    f"csrfmiddlewaretoken={person.token}&statement={statement}&value={value}")
            except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
                outcome.broken += 1
                line.close()
                if outcome.broken > 3 * _AT_ONCE:
                    return
                await asyncio.sleep(0.05)
                continue
            outcome.statuses[status] = outcome.statuses.get(status, 0) + 1
            if status == 302 and "said=kept" in headers.get("location", ""):
                outcome.latencies.append(time.perf_counter() - sent)
                person.kept[statement] = value
                person.open[statement].discard(value)
        line.close()

    # Each person is in one hand only: what was acknowledged last is known.
    await asyncio.gather(*(one(people[place::_AT_ONCE], place) for place in range(_AT_ONCE)))
    outcome.seconds = time.perf_counter() - begun
    return outcome


def lost(environment: dict[str, str], people: list[Person]) -> tuple[int, int]:
    """(acknowledged votes that are not in the database, votes in it)."""
    read = subprocess.run([sys.executable, "-c", _READ], env=environment, cwd=environment["TRIBUNE_DATA"], check=True,
                          capture_output=True, text=True)
    by_voice: dict[int, dict[str, str]] = {}
    rows = json.loads(read.stdout.splitlines()[-1])
    for voice, statement, value in rows:
        by_voice.setdefault(voice, {})[statement] = str(value)
    # A voice is not told who it is: whoever is answered for must be found among the voices, each once.
    missing, free = 0, dict(by_voice)
    for person in people:
        def right(votes: dict[str, str], person: Person = person) -> int:
            return sum(votes.get(statement) != value and votes.get(statement) not in person.open.get(statement, set())
                       for statement, value in person.kept.items())
        best = min(free, key=lambda voice: right(free[voice]), default=None)
        missing += right(free.pop(best)) if best is not None else len(person.kept)
    return missing, len(rows)


def measure(url: str, *, seconds: float = _SECONDS, killed: bool = False) -> dict[str, Any]:
    """One load on a new instance, and what was lost."""
    with instance(url) as (environment, statements):
        with server(environment) as (port, process):
            people = _alone(begin(port, statements, _PEOPLE))
            if not killed:
                outcome = _alone(load(port, people, statements, seconds))
            else:
                outcome = _until_killed(port, process, people, statements, seconds)
        if killed:
            # What is on disk is read by a server that comes back to it.
            with server(environment) as (port, _process):
                _alone(Line(port).ask("GET", "/readyz"))
        missing, n = lost(environment, people)
    spent = np.array(outcome.latencies or [0.0]) * 1000
    return {"acknowledged": len(outcome.latencies), "a_second": len(outcome.latencies) / outcome.seconds,
            "p50_ms": float(np.quantile(spent, .5)), "p99_ms": float(np.quantile(spent, .99)),
            "statuses": {str(code): k for code, k in sorted(outcome.statuses.items())}, "lost": missing,
            "votes_kept": n, "broken": outcome.broken}


def _until_killed(port: int, process: subprocess.Popen[bytes], people: list[Person], statements: list[str],
                  seconds: float) -> Outcome:
    async def both() -> Outcome:
        async def kill() -> None:
            await asyncio.sleep(seconds * 0.6)
            os.killpg(process.pid, signal.SIGKILL)
        outcome, _ = await asyncio.gather(load(port, people, statements, seconds), kill())
        return outcome
    outcome = _alone(both())
    process.wait()
    return outcome


def run(data: Path, out: Path) -> dict[str, Any]:
    """Print and return all figures."""
    from tribune.cli._postgres import NoServer, throwaway_server

    result: dict[str, Any] = {}
    print(f"{_PEOPLE} people, {_STATEMENTS} statements, {_AT_ONCE} at once, {_SECONDS:g} s; the load shares the cores")
    print(f"{'':<12}{'acknowledged':>14}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'lost':>6}")

    def told(name: str, once: Callable[..., dict[str, Any]]) -> None:
        rows = [once() for _ in range(3)]
        killed = once(seconds=8.0, killed=True)
        result[name] = {"runs": rows, "killed": killed}
        for label, row in [*((name, row) for row in rows), (f"{name} -9", killed)]:
            print(f"{label:<14}{row['acknowledged']:>12,}{row['a_second']:>10.0f}{row['p50_ms']:>9.1f}"
                  f"{row['p99_ms']:>9.1f}{row['lost']:>6}", flush=True)

    def on_a_new_server(**how: Any) -> dict[str, Any]:
        with throwaway_server() as url:
            return measure(url, **how)
    told("sqlite", partial(measure, ""))
    try:
        told("postgresql", on_a_new_server)
    except NoServer as reason:
        print(f"postgresql: {reason}")
    return result


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2])), indent=1))
