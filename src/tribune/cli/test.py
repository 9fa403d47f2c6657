"""Run the whole suite; further arguments go to pytest.

Parts that need PostgreSQL, Chromium or real material run where those are there, and say why they skip
where not. `--full` adds the long ring.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

PASSES_REST_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--full", action="store_true", help="add the ring that takes hours")


def run(options: argparse.Namespace) -> int:
    root = Path(__file__).resolve().parents[3]
    if not (root / "tests").is_dir():
        print("tribune test: the tests come with the source, not with the package; run it in a clone",
              file=sys.stderr)
        return 1
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    if options.full:
        environment["TRIBUNE_TEST_FULL"] = "1"
    arguments = options.rest or ["-n", "2", "--dist", "loadscope"]
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=root, env=environment)
