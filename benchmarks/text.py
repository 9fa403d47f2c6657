"""Reading: pages a second of processor time on one core, and numbered paragraphs found, against a simple splitter.

The splitter cuts the text layer of the same library at lines that begin with "12." or "(a)"; it stands for what most
people write first. Expected ids come from tests/engine/text/facts_resolutions.json, made by a separate
parser over the raw text and read by eye for the larger documents.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2

from tribune.engine.text import read

ROUNDS = 3
FACTS = json.loads(
    (Path(__file__).resolve().parents[1] / "tests/engine/text/facts_resolutions.json").read_text(encoding="utf-8")
)["documents"]


def expanded(outline: str) -> list[str]:
    """Turn "1-3 3.a-b" into 1 2 3 3.a 3.b."""
    out: list[str] = []
    for piece in outline.split():
        base, dot, last = piece.rpartition(".")
        first, _, end = last.partition("-")
        end = end or first
        if first.isdigit():
            out += [f"{base}{dot}{n}" for n in range(int(first), int(end) + 1)]
        elif len(first) == len(end) == 1:
            out += [f"{base}{dot}{chr(n)}" for n in range(ord(first), ord(end) + 1)]
        else:
            out.append(piece)
    return out


def run(data: Path, out: Path) -> dict[str, Any]:
    """Measure on `data`/un/resolutions, write `out` and return the same figures."""
    files = {name: (data / "un" / "resolutions" / f"{name}.pdf").read_bytes() for name in sorted(FACTS)}
    expected = {name: expanded(FACTS[name]["ids"]) for name in files}
    ours, seconds, pages = {}, [], 0
    for _ in range(ROUNDS):
        start = time.process_time()
        documents = {name: read(content, name=f"{name}.pdf") for name, content in files.items()}
        seconds.append(time.process_time() - start)
    for name, document in documents.items():
        ours[name] = [item.id for item in document.paragraphs if item.number and item.kind != "annex"]
        pages += document.source.pages or 0
    start = time.process_time()
    peer = {name: _simple(content) for name, content in files.items()}
    peer_seconds = time.process_time() - start
    result = {
        "documents": len(files),
        "pages": pages,
        "ours": {**_score(ours, expected), "pages_per_second": _short(pages / statistics.median(seconds))},
        "peer": {"what": "lines of the text layer that begin with a number or a letter",
                 **_score(peer, expected), "pages_per_second": _short(pages / peer_seconds)},
    }  # fmt: skip
    for who in ("ours", "peer"):
        line = result[who]
        found = f"{who}: {line['found']} of {line['expected']} numbered paragraphs, {line['invented']} invented"
        exact = f"{line['documents_exact']} of {len(files)} documents exact"
        print(f"{found}, {exact}, {line['pages_per_second']} pages a second")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return result


def _score(got: dict[str, list[str]], expected: dict[str, list[str]]) -> dict[str, int]:
    common = sum(sum((Counter(got[name]) & Counter(expected[name])).values()) for name in expected)
    return {
        "expected": sum(map(len, expected.values())),
        "found": common,
        "invented": sum(map(len, got.values())) - common,
        "documents_exact": sum(got[name] == expected[name] for name in expected),
    }


def _simple(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    out: list[str] = []
    number = letter = scope = ""
    annexes = 0
    for page in document:
        for line in page.get_textpage().get_text_bounded().splitlines():
            if line.startswith("Annex"):
                annexes, number, letter = annexes + 1, "", ""
                scope = f"annex{annexes}."
            elif hit := re.match(r"(\d{1,3})\. ", line):
                number, letter = hit[1], ""
                out.append(f"{scope}{number}")
            elif hit := re.match(r"\(([ivx]{2,4})\) ", line):
                out.append(f"{scope}{number}.{letter}.{hit[1]}")
            elif hit := re.match(r"\(([a-z])\) ", line):
                letter = hit[1]
                out.append(f"{scope}{number}.{letter}")
    document.close()
    return out


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def main() -> None:
    """Run from the command line: python -m benchmarks.text DATA [OUT]."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=Path("benchmarks/results/text.json"))
    options = parser.parse_args()
    run(options.data, options.out)


if __name__ == "__main__":
    main()
