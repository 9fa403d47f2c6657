"""The architecture: what a newcomer may rely on."""

import importlib
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tribune.engine

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tribune"


def _run(*command):
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)


def test_import_contracts_hold():
    done = _run("-c", "import sys; sys.path.insert(0, 'src'); "
                      "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))")
    assert done.returncode == 0, done.stdout + done.stderr


def test_safe_space_joins_its_contract_when_it_is_built():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [contract] = [contract for contract in contracts if contract["name"] == "the safe space knows nobody"]
    assert not (SOURCE / "safespace").exists() or "tribune.safespace" in contract["source_modules"]


def test_ruff_finds_nothing():
    done = _run("-m", "ruff", "check", "--no-cache", "src", "tests", "benchmarks")
    assert done.returncode == 0, done.stdout


def test_types_hold():
    done = _run("-m", "mypy", "--no-error-summary")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db
def test_no_migration_is_missing():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(tribune.engine.__path__)])
def test_engine_exports_what_it_says(name):
    module = importlib.import_module(f"tribune.engine.{name}")
    assert module.__doc__
    assert sorted(module.__all__) == sorted(set(module.__all__))
    public = {attribute for attribute in vars(module) if not attribute.startswith("_")
              and getattr(vars(module)[attribute], "__module__", "").startswith(f"tribune.engine.{name}")}
    assert public <= set(module.__all__)
    for attribute in module.__all__:
        thing = getattr(module, attribute)
        assert not callable(thing) or thing.__doc__, f"{name}.{attribute} has no docstring"


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(tribune.engine.__path__)
                                  if module.name not in ("types", "search")])
def test_engine_has_a_method_card(name):
    card = (ROOT / "docs" / "engine" / f"{name}.md").read_text()
    for heading in ("Question", "Method", "Source", "Measured", "Limits", "Reproduce"):
        assert heading.lower() in card.lower(), f"docs/engine/{name}.md says nothing on {heading}"


@pytest.mark.parametrize("room", ["people", "watch", "evidence", "listen", "synthesise", "submit", "trace"])
def test_room_has_a_page(room):
    assert (ROOT / "docs" / "rooms" / f"{room}.md").exists()


def test_no_drawer_for_everything():
    names = {path.stem for path in SOURCE.rglob("*.py")}
    assert not names & {"utils", "helpers", "misc", "util"}


def test_nothing_of_one_machine_or_of_data_folders_stands_in_the_project():
    words = ("/work" + "/", "/root" + "/", "files.python" + "hosted", "registry.npm" + "js", "../sha" + "red")
    for path in [*SOURCE.rglob("*"), *(ROOT / "docs").rglob("*"), *(ROOT / "tests").rglob("*"),
                 *(ROOT / "requirements").iterdir(), ROOT / "README.md", ROOT / "pyproject.toml"]:
        if path.is_file() and path.suffix in {".py", ".md", ".txt", ".toml", ".html", ".css", ".js", ".json", ".csv"}:
            text = path.read_text(encoding="utf-8")
            for word in words:
                assert word not in text, f"{path.relative_to(ROOT)} names {word}"


def test_migrations_are_additive():
    from django.db.migrations.loader import MigrationLoader

    allowed_after_first = {"CreateModel", "AddField", "AddIndex", "AddConstraint", "AlterField", "RunPython",
                           "AlterModelOptions", "RenameIndex"}
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if migration.__module__.startswith("tribune.") and not name.startswith("0001"):
            kinds = {type(operation).__name__ for operation in migration.operations}
            assert kinds <= allowed_after_first, f"{app}.{name} takes away: {kinds - allowed_after_first}"
