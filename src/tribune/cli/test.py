"""Run the whole suite; further arguments go to pytest, and then one run on the embedded database is all.

Parts that need PostgreSQL, Chromium or real material (TRIBUNE_TEST_DATA) run where those are there, and say
why they skip where not. `--full` adds the ring that takes hours.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from ._postgres import NoServer, throwaway_server

PASSES_REST_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--full", action="store_true", help="add the ring that takes hours")


def run(options: argparse.Namespace) -> int:
    root = Path(__file__).resolve().parents[3]
    if not (root / "tests").is_dir():
        print("tribune test: the tests come with the source, not with the package; run it in a clone",
              file=sys.stderr)
        return 1
    environment = dict(os.environ)
    if options.full:
        environment["TRIBUNE_TEST_FULL"] = "1"

    def pytest(*arguments: str, **more: str) -> int:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=root, env={**environment, **more})

    if options.rest:
        return pytest(*options.rest)
    spread = ("-q", "-n", "2", "--dist", "loadfile")
    print("== everything, on the embedded database", flush=True)
    failed = pytest(*spread)
    print("== database tests, on PostgreSQL", flush=True)
    try:
        with throwaway_server() as url:
            failed = pytest(*spread, "--only-database", TRIBUNE_DATABASE_URL=url) or failed
    except NoServer as reason:
        print(f"skipped: {reason}")
        # Where every part must run (CI), a missing one is a failure, not a note.
        failed = failed or int(environment.get("TRIBUNE_TEST_ALL", "") == "1")
    return failed
