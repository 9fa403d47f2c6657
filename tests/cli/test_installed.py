"""Tribune as a package: built, installed where there is no clone, and run as people run it."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from pathlib import Path

import pytest
from tests.cli.test_demo import PATIENCE, ROOT, environment, running

WHEEL = "tribune_platform-*.whl"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel; what the wheel depends on is lent by ours."""
    folder = tmp_path_factory.mktemp("installed")
    done = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT,
                          capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob(WHEEL)
    home = folder / "venv"
    venv.create(home, with_pip=True, symlinks=True)
    python = home / "bin" / "python"
    done = subprocess.run([python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", str(wheel)],
                          env=environment() | {"PYTHONPATH": ""}, capture_output=True, text=True, timeout=PATIENCE,
                          check=False)
    assert done.returncode == 0, done.stderr
    (own,) = home.glob("lib/python*/site-packages")
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home


def away(**more: str) -> dict[str, str]:
    """The environment of somebody who has no clone."""
    return {name: value for name, value in environment().items() if name != "PYTHONPATH"} | more


def test_it_is_the_installed_one_that_runs(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run([installed / "bin" / "python", "-c", "import tribune; print(tribune.__path__[0])"],
                           cwd=tmp_path, env=away(), capture_output=True, text=True, check=True).stdout.strip()
    assert Path(where).is_relative_to(installed)


def test_an_installed_tribune_demo_plays_the_story(installed: Path, tmp_path: Path) -> None:
    """Templates, styles, words and the sample itself are in the package, not only in the clone."""
    with running(tmp_path / "sample", tmp_path / "log", command=(str(installed / "bin" / "tribune"), "demo"),
                 env=away()) as it:
        it.wait_until_ready()
        assert "24 people, 12 cities and regions" in it.said

        def page(path: str) -> str:
            with urllib.request.urlopen(it.base + path, timeout=60) as answer:
                return str(answer.read().decode())

        front = page("/fr/")
        assert '<html lang="fr"' in front
        assert "Appels" in front or "appels" in front  # a catalogue, compiled
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', front)
        assert styles
        assert all("{" in page(path) for path in styles)
        assert 'id="p1"' in page("/fr/p/harbour-3/d/outcome/")  # the texts of the sample
    assert (tmp_path / "sample" / "tribune.sqlite3").exists()


def test_an_installed_engine_reads_a_file(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("# Draft\n\n1. Local governments act.\n", encoding="utf-8")
    done = subprocess.run([installed / "bin" / "tribune", "read", "draft.md"], cwd=tmp_path, env=away(),
                          capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert '"number": "1"' in done.stdout
    assert "explicit" in done.stdout  # the term lists are in the package
