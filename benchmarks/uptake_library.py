"""Measure uptake in a large library: asks against 425,500 amendments, and what one more text costs.

Run `python -m benchmarks.uptake_library DATA OUT [COPIES]`. The rows are the 4,255 amendments of LobbyPlag and 99
copies of each in which one word of eight is exchanged for another word of the corpus (seeded), so that copies are no
ties. The peer, in the same run, is BM25 over the new wording alone, which ranks and judges nothing.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from tribune.engine.search import Bm25, analyse, terms
from tribune.engine.uptake import Library, Row

from .uptake import load

_SEED = 425500


def varied(row: Row, copy: int, words: list[str], draw: random.Random) -> Row:
    """A copy of a row with one word of eight exchanged, in both wordings where they agree."""
    swap: dict[str, str] = {}

    def other(text: str) -> str:
        return " ".join(swap.setdefault(word, draw.choice(words) if draw.random() < 0.125 else word)
                        for word in text.split())

    return Row(f"{row.id}/{copy}", other(row.text), None if row.old is None else other(row.old))


def main(data: Path, out: Path, copies: int = 100) -> dict[str, Any]:
    """Measure, print, and write the result."""
    lobby = load(data)
    draw = random.Random(_SEED)
    words = [word for row in lobby.rows for word in row.text.split()]
    shelf, peer = Library("en"), Bm25()
    start = time.perf_counter()
    last = 0.0
    for copy in range(copies):
        rows = lobby.rows if not copy else [varied(row, copy, words, draw) for row in lobby.rows]
        began = time.perf_counter()
        shelf.add(rows)
        last = time.perf_counter() - began
        peer.add(terms(analyse(row.text, "en")) for row in rows)
        if copy in (0, copies - 1):
            print(f"{shelf.size} rows, {time.perf_counter() - start:.0f} s", file=sys.stderr)
    shelf.judge(lobby.asks[:2])
    each = []
    first = 0
    for ask in lobby.asks:
        began = time.perf_counter()
        found, = shelf.judge([ask])
        each.append(1000 * (time.perf_counter() - began))
        first += bool(found.evidence) and found.evidence[0].paragraph in lobby.gold[ask.id]
    theirs = []
    for ask in lobby.asks:
        began = time.perf_counter()
        peer.top(terms(analyse(ask.new or ask.old, "en")), 30)
        theirs.append(1000 * (time.perf_counter() - began))
    report = {
        "rows": shelf.size, "asks": len(lobby.asks),
        "ms_an_ask": {"mean": round(statistics.mean(each), 1), "median": round(statistics.median(each), 1),
                      "most": round(max(each), 1)},
        "bm25_ms_an_ask": {"mean": round(statistics.mean(theirs), 1), "median": round(statistics.median(theirs), 1)},
        "hit_at_1": round(first / len(lobby.asks), 3),
        "seconds_to_add_the_last_4255": round(last, 1), "aim_ms": 20}
    out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))
    return report


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 100)
