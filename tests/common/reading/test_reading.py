"""The child process: what it may not do, and what its death says."""

from __future__ import annotations

import os
import socket
import textwrap
from pathlib import Path

import pytest
from tests.engine.text import samples

from tribune.common.reading import Limits, in_child, read_document
from tribune.common.reading import _process as process
from tribune.engine.text import read, to_json
from tribune.engine.types import Unreadable

TEXT = b"1. Decides to work with local governments;\n\n2. Decides to sing.\n"

HOSTILE = """
    import os, socket, time

    def abort(data, options):
        os.abort()

    def spin(data, options):
        while True:
            pass

    def sleep(data, options):
        time.sleep(60)

    def hoard(data, options):
        return {"n": len(b"x" * (1 << 34))}

    def shout(data, options):
        return {"text": "x" * 2_000_000}

    def lie(data, options):
        os.write(1, b"not an answer")
        os._exit(0)

    def crash(data, options):
        raise KeyError("no such thing")

    def look(data, options):
        found = []
        for number in range(64):
            try:
                os.fstat(number)
                found.append(number)
            except OSError:
                pass
        return {"environment": sorted(os.environ), "folder": os.listdir("."), "open": found, "data": data.decode(),
                "network": os.readlink("/proc/self/ns/net") if os.path.exists("/proc/self/ns/net") else ""}

    def call(data, options):
        try:
            socket.create_connection(("127.0.0.1", options["port"]), timeout=5).close()
        except OSError:
            return {"reached": False}
        return {"reached": True}

    def fill_disk(data, options):
        with open("big", "wb") as file:
            for _ in range(100):
                file.write(b"x" * 100_000)
                file.flush()
        return {}
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of bad behaviour beside the real package, on the child's path only."""
    (tmp_path / "tribune").symlink_to(Path(process._SOURCE) / "tribune")
    (tmp_path / "hostile.py").write_text(textwrap.dedent(HOSTILE))
    monkeypatch.setattr(process, "_SOURCE", str(tmp_path))


def refusal(function: str, limits: Limits) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        in_child(f"hostile:{function}", b"", {}, limits)
    return caught.value


def test_child_reads_what_the_engine_reads_and_adds_mentions() -> None:
    document = read_document(TEXT, name="song.txt")
    plain = read(TEXT, name="song.txt")
    assert [item.text for item in document.paragraphs] == [item.text for item in plain.paragraphs]
    mention = document.paragraphs[0].mentions[0]
    assert document.paragraphs[0].text[mention.start : mention.end].lower() == "local governments"
    assert to_json(document) == to_json(read_document(TEXT, name="song.txt"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (samples.encrypted_pdf(), "encrypted"),
        (samples.scan_pdf(), "scan"),
        (samples.bomb_docx(), "bomb"),
        (b"\x89PNG\r\n" + b"\0" * 90, "not_a_document"),
        (b"%PDF-1.5 gone", "broken"),
    ],
)
def test_refusals_of_the_engine_come_through(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(data, name="song.pdf")
    assert caught.value.code == code
    assert caught.value.do


def test_size_is_checked_before_anything_else() -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(b"x" * 2_000, name="song.txt", limits=Limits(file_bytes=1_000))
    assert caught.value.code == "too_big"


def test_pages_are_limited() -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(samples.pdf([["One."], ["Two."]]), name="song.pdf", limits=Limits(pages=1))
    assert caught.value.code == "too_many_pages"


@pytest.mark.usefixtures("hostile")
def test_death_is_an_answer() -> None:
    assert refusal("abort", Limits()).code == "reader_died"
    assert "SIGABRT" in refusal("abort", Limits()).what
    assert refusal("crash", Limits()).code == "reader_died"
    assert refusal("lie", Limits()).code == "reader_died"
    assert refusal("no_such_task", Limits()).code == "reader_died"


@pytest.mark.usefixtures("hostile")
def test_time_is_limited_by_clock_and_by_work() -> None:
    assert refusal("sleep", Limits(wall_seconds=1.0)).code == "too_slow"
    assert refusal("spin", Limits(cpu_seconds=1)).code == "too_slow"


@pytest.mark.usefixtures("hostile")
def test_memory_and_answer_are_limited() -> None:
    assert refusal("hoard", Limits()).code == "too_heavy"
    assert refusal("shout", Limits(output_bytes=1_000_000)).code == "too_heavy"
    assert refusal("fill_disk", Limits(output_bytes=1_000_000)).code in ("too_heavy", "reader_died")


@pytest.mark.usefixtures("hostile")
def test_child_sees_no_secrets_no_files_and_no_open_descriptors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIBUNE_SECRET_KEY", "hush")
    with socket.socket() as listener:
        os.set_inheritable(listener.fileno(), True)
        seen = in_child("hostile:look", b"words", {}, Limits())
    assert seen["data"] == "words"
    assert not [name for name in seen["environment"] if "TRIBUNE" in name or "SECRET" in name]
    assert seen["folder"] == []
    assert seen["open"] == [0, 1, 2]


@pytest.mark.usefixtures("hostile")
def test_child_reaches_no_network_where_the_kernel_lets_it_leave() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = os.readlink("/proc/self/ns/net") if os.path.exists("/proc/self/ns/net") else ""
        left = in_child("hostile:look", b"", {}, Limits())["network"] != here
        reached = in_child("hostile:call", b"", {"port": server.getsockname()[1]}, Limits())["reached"]
    assert reached is not left


def test_reader_needs_no_django() -> None:
    import subprocess
    import sys

    code = "import sys; import tribune.common.reading, tribune.cli.read; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": process._SOURCE}, check=False)
    assert done.returncode == 0
