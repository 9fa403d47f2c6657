"""Bend files and read them, many to a child; what was done is written down after each batch and goes on from there.

    python -m tests.full.fuzz_readers [CASES] [OUT]

A case that ends its child (a crash in a library, too much memory, a hang) is a finding, not an end: it is written down
and the next child begins behind it. Case n is made again from `SEED + n` alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import selectors
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.engine.text.mutations import bent, seeds

SEED = 5_000_000
BATCH = 1_000
MEMORY = 1 << 30
ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "benchmarks/results/full/fuzz_readers.json"
# A case that takes more processor time than this is written down; one that says nothing for so long has hung.
SLOW, HUNG = 20.0, 180.0
# Long plain files cost most and bend no differently from their beginnings.
_SHORT, _PLAIN = 16_000, (".md", ".html", ".xml", ".txt")


def files() -> list[tuple[str, bytes]]:
    """Return the files that are bent: PDF and DOCX whole, plain ones by their beginnings."""
    folder = os.environ.get("TRIBUNE_TEST_DATA")
    return [(name, data[:_SHORT] if name.lower().endswith(_PLAIN) else data)
            for name, data in seeds(Path(folder) if folder else None)]


def made(case: int, of: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Return name and bytes of one case."""
    name, data = of[case % len(of)]
    return name, bent(data, of[(case * 31 + 7) % len(of)][1], SEED + case)


def try_one(case: int, of: list[tuple[str, bytes]]) -> tuple[str, str, float]:
    """Return what reading a case came to: a code, what was wrong (or ""), and seconds of the processor."""
    from tribune.engine.text import read
    from tribune.engine.types import Unreadable

    name, data = made(case, of)
    start, code, wrong = time.process_time(), "read", ""
    try:
        read(data, name=name, pages_max=2000)
    except Unreadable as refused:
        code = refused.code
    except MemoryError:
        code = "memory"  # the reader's child answers "too_heavy"
    except Exception as error:
        code, wrong = "other", f"{type(error).__name__}: {error}"[:200]
    seconds = time.process_time() - start
    return code, wrong or (f"{seconds:.0f} seconds" if seconds > SLOW else ""), seconds


def run_batch(first: int, end: int) -> None:
    """Try cases in this process; say each before it is read, and how it went."""
    of = files()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for case in range(first, end):
        print(json.dumps({"case": case}), flush=True)
        code, wrong, seconds = try_one(case, of)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"code": code, "wrong": wrong, "seconds": round(seconds, 2), "peak_mb": peak}), flush=True)


def run(cases: int, out: Path) -> dict[str, Any]:
    """Do what is missing up to `cases`, write `out` after each batch and return the whole result."""
    done = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    about = {"seed": SEED, "engine": _engine(), "seeds": len(files())}
    if any(done.get(key) != value for key, value in about.items()):
        done = {**about, "cases": 0, "codes": {}, "wrong": [], "slowest": 0.0, "peak_mb": 0}
    while done["cases"] < cases:
        first = done["cases"]
        end = min(first + BATCH - first % BATCH, cases)
        done["cases"] = _batch(first, end, done)
        done["on"] = datetime.now(UTC).date().isoformat()
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(done, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return done


def _batch(first: int, end: int, done: dict[str, Any]) -> int:
    """Let a child try cases; add what it says to `done`; return the case to go on with."""
    command = [sys.executable, "-m", "tests.full.fuzz_readers", "--batch", str(first), str(end)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    case, ended = first - 1, True
    codes: Counter[str] = Counter(done["codes"])
    for line in _lines(child):
        said = json.loads(line)
        ended = "case" not in said
        if not ended:
            case = said["case"]
            continue
        codes[said["code"]] += 1
        done["slowest"] = max(done["slowest"], said["seconds"])
        done["peak_mb"] = max(done["peak_mb"], said["peak_mb"])
        if said["wrong"]:
            done["wrong"].append({"case": case, "error": said["wrong"]})
    hung = child.poll() is None
    child.kill()
    code = child.wait()
    if not ended or (case < first and code):
        case = max(case, first)
        done["wrong"].append({"case": case, "error": "hung" if hung else f"died, code {code}"})
    done["codes"] = dict(codes)
    return case + 1


def _lines(child: subprocess.Popen[bytes]) -> Any:
    """Yield whole lines of a child until it ends, or says nothing for too long."""
    assert child.stdout is not None
    rest = b""
    with selectors.DefaultSelector() as watching:
        watching.register(child.stdout, selectors.EVENT_READ)
        while watching.select(timeout=HUNG):
            came = os.read(child.stdout.fileno(), 65_536)
            if not came:
                child.wait(timeout=30)
                return
            *whole, rest = (rest + came).split(b"\n")
            yield from whole


def _engine() -> str:
    """What is tried: the tree of the engine as it was last committed; other commits do not make the run begin again."""
    found = subprocess.run(["git", "rev-parse", "--short=12", "HEAD:src/tribune/engine/text"], cwd=ROOT,
                           capture_output=True, text=True, check=False)
    return found.stdout.strip()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=100_000)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    parser.add_argument("--batch", type=int, nargs=2)
    options = parser.parse_args()
    if options.batch is not None:
        run_batch(*options.batch)
        return
    result = run(options.cases, options.out)
    print(json.dumps({key: result[key] for key in ("cases", "codes", "slowest", "peak_mb")}, indent=1))
    sys.exit(1 if result["wrong"] else 0)


if __name__ == "__main__":
    main()
