"""A PostgreSQL server in a throwaway folder on loopback, for tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoServer(Exception):
    """PostgreSQL cannot be started here; says why."""


def _programs() -> Path:
    # Debian keeps them out of PATH, by version.
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    for folder in [*folders, *([Path(found).parent] if found else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer("PostgreSQL is not installed (Debian: postgresql), so the database tests ran on SQLite only")


def _system_user() -> str | None:
    # The server refuses to run as root.
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServer("PostgreSQL does not run as root, and there is no user postgres or nobody")


@contextmanager
def throwaway_server() -> Iterator[str]:
    """Start a server, give its URL, and leave nothing behind. Raises NoServer where that cannot be."""
    programs, user = _programs(), _system_user()
    folder = Path(tempfile.mkdtemp(prefix="tribune-postgres-"))
    try:
        if user:
            shutil.chown(folder, user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data = folder / "data"
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "tribune", "-A", "trust", "-E", "UTF8", "--no-sync"],
            user=user, env=environment, cwd=folder, capture_output=True, text=True)
        if made.returncode:
            raise NoServer(f"initdb said: {made.stderr.strip().splitlines()[-1]}")
        control: list[str | Path] = [programs / "pg_ctl", "-D", data, "-w", "-t", "60"]
        # What a test writes need not survive a crash of the machine.
        options = (f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
                   "-c fsync=off -c synchronous_commit=off -c full_page_writes=off")
        started = subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], user=user,
                                 env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if started.returncode:
            raise NoServer(f"the server did not start: {(folder / 'log').read_text().strip().splitlines()[-1]}")
        try:
            yield f"postgresql://tribune@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], user=user, env=environment, cwd=folder,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
