"""Bend files and read them, chunk by chunk in children of their own; what was done is written down and goes on.

    python -m tests.full.fuzz_readers [CASES] [OUT]

A chunk that dies (a crash in a library, too much memory, too slow) is a finding, not an end.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.engine.text.mutations import bent, seeds

CHUNK = 250
MEMORY = 1 << 30
SECONDS = 900
ROOT = Path(__file__).resolve().parents[2]
# A case that takes longer than this alone is written down.
SLOW = 20.0


def run_chunk(number: int) -> dict[str, Any]:
    """Read one chunk of bent files in this process, and say what happened."""
    from tribune.engine.text import read
    from tribune.engine.types import Unreadable

    folder = os.environ.get("TRIBUNE_TEST_DATA")
    files = seeds(Path(folder) if folder else None)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    codes: Counter[str] = Counter()
    wrong: list[dict[str, Any]] = []
    slowest = 0.0
    for case in range(number * CHUNK, (number + 1) * CHUNK):
        name, data = files[case % len(files)]
        made = bent(data, files[(case * 31 + 7) % len(files)][1], case)
        start = time.process_time()
        try:
            read(made, name=name, pages_max=2000)
            codes["read"] += 1
        except Unreadable as refused:
            codes[refused.code] += 1
        except MemoryError:
            codes["memory"] += 1  # the reader's child answers "too_heavy"
        except Exception as error:
            wrong.append({"case": case, "name": name, "error": f"{type(error).__name__}: {error}"[:200]})
        seconds = time.process_time() - start
        slowest = max(slowest, seconds)
        if seconds > SLOW:
            wrong.append({"case": case, "name": name, "error": f"{seconds:.0f} seconds"})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"codes": dict(codes), "wrong": wrong, "slowest": round(slowest, 2), "peak_mb": peak}


def run(cases: int, out: Path) -> dict[str, Any]:
    """Do what is missing up to `cases`, write `out` after each chunk and return the whole result."""
    folder = os.environ.get("TRIBUNE_TEST_DATA")
    n_seeds = len(seeds(Path(folder) if folder else None))
    done = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    if done.get("commit") != _commit() or done.get("seeds") != n_seeds:
        done = {"commit": _commit(), "seeds": n_seeds, "chunks": 0, "cases": 0, "codes": {}, "wrong": [],
                "slowest": 0.0, "peak_mb": 0}
    while done["cases"] < cases:
        said = _child(done["chunks"])
        done["chunks"] += 1
        done["cases"] += CHUNK
        done["codes"] = dict(Counter(done["codes"]) + Counter(said["codes"]))
        done["wrong"] += said["wrong"]
        done["slowest"] = max(done["slowest"], said["slowest"])
        done["peak_mb"] = max(done["peak_mb"], said["peak_mb"])
        done["on"] = datetime.now(UTC).date().isoformat()
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(done, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return done


def _child(number: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.full.fuzz_readers", "--chunk", str(number)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    try:
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"codes": {}, "wrong": [{"chunk": number, "error": "too slow"}], "slowest": SECONDS, "peak_mb": 0}
    if ended.returncode:
        return {"codes": {}, "wrong": [{"chunk": number, "error": f"died, code {ended.returncode}"}], "slowest": 0.0,
                "peak_mb": 0}
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def _commit() -> str:
    """The last commit that touched what is tried here: other commits do not make the run begin again."""
    found = subprocess.run(["git", "log", "-1", "--format=%h", "--", "src/tribune/engine/text"], cwd=ROOT,
                           capture_output=True, text=True, check=False)
    return found.stdout.strip()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=100_000)
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "benchmarks/results/full/fuzz_readers.json")
    parser.add_argument("--chunk", type=int)
    options = parser.parse_args()
    if options.chunk is not None:
        print(json.dumps(run_chunk(options.chunk)))
        return
    result = run(options.cases, options.out)
    print(json.dumps({key: result[key] for key in ("cases", "codes", "slowest", "peak_mb")}, indent=1))
    sys.exit(1 if result["wrong"] else 0)


if __name__ == "__main__":
    main()
