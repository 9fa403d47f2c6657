"""`./tribune` on a machine without a package index: wheels from a folder, hashes checked, clear lines."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.cli.test_demo import PATIENCE, ROOT

NOWHERE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_INDEX_URL": "http://127.0.0.1:9/simple",
           "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple"}


def make_wheel(folder: Path) -> str:
    """Write a wheel of one module into the folder; return its SHA-256."""
    files = {"lent.py": b"WORD = 'from the folder of wheels'\n",
             "lent-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: lent\nVersion: 1.0\n",
             "lent-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n"
                                         b"Tag: py3-none-any\n"}
    record = "".join(f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(body).digest()).decode().rstrip('=')},"
                     f"{len(body)}\n" for name, body in files.items()) + "lent-1.0.dist-info/RECORD,,\n"
    path = folder / "lent-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, body in {**files, "lent-1.0.dist-info/RECORD": record.encode()}.items():
            wheel.writestr(name, body)
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Clone:
    """A folder with our bootstrap and a lock of one package."""

    def __init__(self, home: Path) -> None:
        self.home, self.wheels = home / "clone", home / "wheels"
        (self.home / "src" / "tribune").mkdir(parents=True)
        (self.home / "requirements").mkdir()
        self.wheels.mkdir()
        shutil.copy2(ROOT / "tribune", self.home / "tribune")
        (self.home / "src" / "tribune" / "__main__.py").write_text("import sys, lent\nprint(lent.WORD, sys.argv[1:])\n",
                                                                   encoding="utf-8")
        self.lock(make_wheel(self.wheels))

    def lock(self, digest: str) -> None:
        (self.home / "requirements" / "run.txt").write_text(f"lent==1.0 --hash=sha256:{digest}\n", encoding="utf-8")

    def run(self, path: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("TRIBUNE_", "PIP_", "UV_")) and name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        return subprocess.run([str(self.home / "tribune"), *arguments], cwd=self.home.parent, text=True,
                              env=kept | NOWHERE | {"TRIBUNE_WHEELS": str(self.wheels), "PATH": path},
                              capture_output=True, timeout=PATIENCE, check=False)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def bare_path(tmp_path: Path) -> str:
    """A PATH with a shell's tools and this Python, and no uv."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    for name in ("sh", "dirname", "basename", "cmp", "cp", "env", "mkdir"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    os_python = Path(os.__file__).parents[2] / "bin" / "python3"
    (folder / "python3").symlink_to(os_python)
    return str(folder)


def test_wheels_of_a_folder_are_enough(clone: Clone, tmp_path: Path) -> None:
    path = bare_path(tmp_path)
    first = clone.run(path, "check", "it")
    assert first.returncode == 0, first.stderr
    assert first.stdout == "from the folder of wheels ['check', 'it']\n"
    assert "first use" in first.stderr
    # Afterwards nothing is installed again, and nothing said.
    shutil.rmtree(clone.wheels)
    second = clone.run(path, "check")
    assert (second.returncode, second.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("uv") is None and not os.environ.get("TRIBUNE_TEST_ALL"), reason="no uv here")
def test_uv_is_taken_where_it_is(clone: Clone, tmp_path: Path) -> None:
    uv = shutil.which("uv")
    path = bare_path(tmp_path)
    done = clone.run(f"{path}:{Path(uv).parent}:{os.environ['PATH']}" if uv else path, "check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("from the folder of wheels")


def test_a_wheel_that_is_missing_is_one_clear_line(clone: Clone, tmp_path: Path) -> None:
    for wheel in clone.wheels.iterdir():
        wheel.unlink()
    done = clone.run(bare_path(tmp_path), "check")
    assert done.returncode == 1
    assert done.stderr.rstrip().splitlines()[-1].startswith("tribune: a package of requirements/run.txt is missing in")


def test_a_wheel_that_was_changed_is_refused(clone: Clone, tmp_path: Path) -> None:
    clone.lock("0" * 64)
    done = clone.run(bare_path(tmp_path), "check")
    assert done.returncode == 1
    assert "does not match its hash" in done.stderr
    assert done.stdout == ""


def test_a_python_without_venv_is_told_what_to_install(clone: Clone, tmp_path: Path) -> None:
    path = bare_path(tmp_path)
    real = (tmp_path / "bin" / "python3").resolve()
    (tmp_path / "bin" / "python3").unlink()
    (tmp_path / "bin" / "python3").write_text(
        f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexec {real} "$@"\n', encoding="utf-8")
    (tmp_path / "bin" / "python3").chmod(0o755)
    done = clone.run(path, "demo")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_without_python_it_says_which_one_is_needed(clone: Clone, tmp_path: Path) -> None:
    path = bare_path(tmp_path)
    (tmp_path / "bin" / "python3").unlink()
    done = clone.run(path, "demo")
    assert done.returncode == 1
    assert done.stderr == ("tribune: Python 3.11 or newer is needed and was not found. "
                           "Install it, or name it in TRIBUNE_PYTHON.\n")
