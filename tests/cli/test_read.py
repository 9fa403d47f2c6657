"""`tribune read`: what it prints, and one line for what it refuses."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.engine.text import samples

from tribune.cli import main

SONG = "The Choir of Towns,\n\nRecalling its songs,\n\n"
SONG += "1. Decides to sing:\n\n(a) Loudly;\n\n2. Invites local governments.\n"


def write(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_json_has_the_shape_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", write(tmp_path, "song.txt", SONG.encode())]) == 0
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["title", "symbol", "language", "source", "paragraphs", "warnings"]
    assert list(said["source"]) == ["sha256", "media_type", "pages"]
    assert [item["id"] for item in said["paragraphs"]] == ["u.1", "pre.1", "1", "1.a", "2"]
    assert said["paragraphs"][3]["number"] == "1(a)"
    mention = said["paragraphs"][4]["mentions"][0]
    assert {"term", "kind", "tier", "start", "end"} <= set(mention)
    text = said["paragraphs"][4]["text"]
    assert text[mention["start"] : mention["end"]] == "local governments"


def test_same_input_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "song.txt", SONG.encode())
    main(["read", path])
    first = capsys.readouterr().out
    main(["read", path])
    assert capsys.readouterr().out == first


def test_text_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", write(tmp_path, "song.md", SONG.encode()), "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert "1. Decides to sing:" in out
    assert "<explicit: local governments>" in out


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SONG.encode())))
    assert main(["read", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["paragraphs"][2]["id"] == "1"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("song.pdf", b"", "is empty"),
        ("song.pdf", samples.scan_pdf(), "scan"),
        ("song.pdf", samples.encrypted_pdf(), "password"),
        ("song.pdf", b"%PDF-1.4 torn", "damaged"),
        ("song.docx", samples.bomb_docx(), "ZIP bomb"),
        ("song.docx", b"PK\x03\x04torn", "damaged"),
        ("song.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "picture"),
        ("song.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><akomaNtoso/>', "DOCTYPE"),
        ("song.bin", bytes(range(256)) * 9, "not a text"),
    ],
)
def test_refusals_are_one_line_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, words: str
) -> None:
    assert main(["read", write(tmp_path, name, data)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("tribune read: ")
    assert words in said.err


def test_missing_file_folder_and_sixty_megabytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(60_000_001)
    for path, words in ((tmp_path / "none.pdf", "no file"), (tmp_path, "is a folder"), (big, "60 MB are allowed")):
        assert main(["read", str(path)]) == 1
        said = capsys.readouterr().err
        assert words in said
        assert said.count("\n") == 1


def test_wrong_extension_and_no_numbers_are_notices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "song.docx", samples.pdf([["Towns sing every day of the year."]]))
    assert main(["read", path]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [item["code"] for item in said["warnings"]] == ["wrong_extension", "no_numbers"]
    assert [item["id"] for item in said["paragraphs"]] == ["u.1"]


def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read"]) == 2
    assert main(["read", "a", "--format", "song"]) == 2


def test_the_whole_program(tmp_path: Path) -> None:
    path = write(tmp_path, "song.txt", SONG.encode())
    source = str(Path(__file__).resolve().parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-m", "tribune", "read", path], capture_output=True, env={"PYTHONPATH": source}, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout)["language"] == "en"
