"""Measure on real material, print ours and the peer's figure from one run, and write JSON.

Needs the folder that TRIBUNE_TEST_DATA names. Without a name, all benchmarks run.
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path

from tribune.engine.types import Unreadable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", help="text, mentions, align, uptake …")
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results"), help="folder for the JSON")


def run(options: argparse.Namespace) -> int:
    root = Path(__file__).resolve().parents[3] / "benchmarks"
    data = os.environ.get("TRIBUNE_TEST_DATA")
    if not data:
        raise Unreadable("no_data", "TRIBUNE_TEST_DATA is not set.", "Name the folder of real material in it.")
    known = [path.stem for path in sorted(root.glob("*.py")) if "\ndef run(" in path.read_text(encoding="utf-8")]
    # Benchmarks stand beside the package, in the source tree only.
    sys.path.insert(0, str(root.parent))
    names = options.names or known
    for name in names:
        if name not in known:
            raise Unreadable("no_benchmark", f"There is no benchmark {name!r}.", f"There are: {', '.join(known)}.")
    options.output.mkdir(parents=True, exist_ok=True)
    for name in names:
        print(f"== {name}")
        module = importlib.import_module(f"benchmarks.{name}")
        result = module.run(Path(data), options.output / f"{name}.json")
        (options.output / f"{name}.json").write_text(
            json.dumps(result, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0
