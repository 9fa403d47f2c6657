"""Loaded before Django's settings (see addopts): tests never touch the data folder of a real instance."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest

os.environ["TRIBUNE_DATA"] = tempfile.mkdtemp(prefix="tribune-test-")
os.environ.setdefault("TRIBUNE_MAIL_URL", "memory")
# Threads of the number libraries fight over two cores and make nothing faster here.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
atexit.register(shutil.rmtree, os.environ["TRIBUNE_DATA"], ignore_errors=True)

_DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client_of"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true",
                     help="only tests that touch the database and no browser (the run on PostgreSQL)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if _touches_database(item) and not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or bool(
        _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


# Only tests on real material may skip, where it is absent; in CI (TRIBUNE_TEST_ALL) nothing may.
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if _skipped and os.environ.get("TRIBUNE_TEST_ALL") == "1" and not hasattr(session.config, "workerinput"):
        print(f"\n{len(_skipped)} tests skipped where nothing may: {', '.join(_skipped[:5])}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
