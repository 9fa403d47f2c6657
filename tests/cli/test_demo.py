"""The demo as people start it: a process that loads, serves, tells codes and ends when it is told to."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tribune.cli._demo_worker import code_in
from tribune.cli.demo import FOLDER

ROOT = Path(__file__).resolve().parents[2]
# A busy machine may take its time; nothing here is measured by the clock.
PATIENCE = 180
DEMO = (sys.executable, "-m", "tribune", "demo")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("TRIBUNE_") and name != "DJANGO_SETTINGS_MODULE"}
    # A real instance's way of sending mail is not the sample's.
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "TRIBUNE_MAIL_URL": "smtp://mail.invalid"}


def demo(*arguments: str | Path) -> list[str]:
    return [*DEMO, *map(str, arguments)]


class Running:
    """A demo that runs, and what it said so far."""

    def __init__(self, data: Path, log: Path, command: Sequence[str] = DEMO,
                 env: dict[str, str] | None = None) -> None:
        self.port, self.log = free_port(), log
        self.base = f"http://127.0.0.1:{self.port}"
        with log.open("wb") as said:
            # A shell that starts us in the background leaves SIGINT ignored, and children inherit that.
            self.process = subprocess.Popen([*command, "--port", str(self.port), "--data", str(data)],
                                            env=env or environment(),
                                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                                            stdout=said, stderr=subprocess.STDOUT, cwd=data.parent,
                                            start_new_session=True)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> str:
        """Wait until a line matches and return its first group."""
        for _ in range(PATIENCE * 10):
            if found := re.search(words, self.said):
                return found[found.re.groups and 1]
            assert self.process.poll() is None, self.said
            time.sleep(0.1)
        raise AssertionError(f"{words} never came: {self.said}")

    def wait_until_ready(self) -> None:
        for _ in range(PATIENCE * 10):
            try:
                with urllib.request.urlopen(f"{self.base}/readyz", timeout=5) as answer:
                    assert answer.status == 200
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert self.process.poll() is None, self.said
                time.sleep(0.1)
        raise AssertionError(f"never ready: {self.said}")

    def end(self, number: signal.Signals, *, group: bool = False) -> int:
        os.killpg(self.process.pid, number) if group else self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)

    def children(self) -> list[int]:
        """Processes of its session that are still there."""
        rows = subprocess.run(["ps", "-eo", "pid,sid,stat"], capture_output=True, text=True, check=True).stdout
        fields = [line.split() for line in rows.splitlines()[1:]]
        return [int(pid) for pid, session, state in fields
                if int(session) == self.process.pid and not state.startswith("Z")]


@contextmanager
def running(data: Path, log: Path, command: Sequence[str] = DEMO,
            env: dict[str, str] | None = None) -> Iterator[Running]:
    started = Running(data, log, command, env)
    try:
        yield started
    finally:
        for pid in started.children():
            os.kill(pid, signal.SIGKILL)
        started.process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which the story is loaded, and what preparing it said."""
    data = tmp_path_factory.mktemp("demo") / "sample"
    done = subprocess.run(demo("--no-serve", "--data", data), env=environment(), capture_output=True, text=True,
                          timeout=PATIENCE, cwd=data.parent, check=False)
    assert done.returncode == 0, done.stderr
    return data, done.stdout


def test_preparing_says_where_what_and_no_more(prepared: tuple[Path, str]) -> None:
    data, said = prepared
    assert str(data) in said
    assert re.search(r"24 people, 12 cities and regions", said)
    assert re.search(r"The sample story is loaded, in \d+ seconds", said)
    assert (data / "tribune.sqlite3").exists()
    assert not (data / "mailbox").exists()


def test_it_serves_tells_the_code_of_a_login_and_ends_by_ctrl_c(prepared: tuple[Path, str], tmp_path: Path) -> None:
    data, _ = prepared
    with running(data, tmp_path / "log") as it:
        it.wait_until_ready()
        assert "already there" in it.said
        assert f"{it.base}/\n" in it.said
        email = it.wait_for(r"city officer +(\S+)")
        for role in ("hub officer", "moderator", "resident", "administrator"):
            assert re.search(rf"{role} +\S+@\S+\.example", it.said)
        assert sign_in(it, email) == "/en/me/"
        # Ctrl-C reaches every process of the terminal at once.
        assert it.end(signal.SIGINT, group=True) == 0
        assert "Traceback" not in it.said
        assert it.said.rstrip().endswith("where you left it.")
        assert it.children() == []
    assert len(list((data / "mailbox").iterdir())) == 1


def test_it_ends_by_sigterm_and_takes_its_children_along(prepared: tuple[Path, str], tmp_path: Path) -> None:
    with running(prepared[0], tmp_path / "log") as it:
        it.wait_until_ready()
        assert it.end(signal.SIGTERM) == 0
        assert "Traceback" not in it.said
        assert it.children() == []


def test_ctrl_c_while_loading_leaves_nothing_half_told(tmp_path: Path) -> None:
    data = tmp_path / "sample"
    with running(data, tmp_path / "log") as it:
        it.wait_for(r"10 files read")
        assert it.end(signal.SIGINT, group=True) == 0
        assert "Traceback" not in it.said
        assert "is loaded" not in it.said
    again = subprocess.run(demo("--no-serve", "--data", data), env=environment(), capture_output=True, text=True,
                           timeout=PATIENCE, cwd=tmp_path, check=False)
    assert again.returncode == 0
    assert "The sample story is loaded" in again.stdout


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(demo("--port", str(port), "--data", tmp_path / "sample"), env=environment(),
                              capture_output=True, text=True, timeout=PATIENCE, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"Port {port}" in done.stderr
    assert "--port" in done.stderr
    assert not (tmp_path / "sample").exists()


def test_without_a_folder_it_lives_under_data_demo() -> None:
    assert Path("data/demo") == FOLDER


@pytest.mark.parametrize(("body", "code"), [
    ("Words.\n\n3FG7-XKQM\n\nIt is valid for 15 minutes.", "3FG7-XKQM"),
    ("This code signs:\n\n042137\n\nIt is valid.", "042137"),
    ("A mail without any.\nSee http://127.0.0.1:8000/en/ask/K7QM2P\n", ""),
])
def test_a_code_is_found_where_it_stands_alone(body: str, code: str) -> None:
    assert code_in(body) == code


def sign_in(it: Running, email: str) -> str:
    """Sign in as people do: ask for a code, read it in the terminal, write it; return the path that is reached."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def post(address: str, **fields: str) -> urllib.parse.SplitResult:
        page = browser.open(address, timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        asked = urllib.request.Request(address, data, {"Referer": address, "Origin": it.base})
        return urllib.parse.urlsplit(browser.open(asked, timeout=30).url)

    reached = post(f"{it.base}/en/sign-in/", email=email)
    assert reached.path == "/en/sign-in/code/"
    code = it.wait_for(rf"mail to {re.escape(email)}: .* (\S+)\n")
    return post(f"{it.base}/en/sign-in/code/", code=code).path
