"""Fit the curve that turns the likeness of two changes into a probability, on LobbyPlag's checked pairs.

Run `python -m benchmarks.uptake_confidence DATA`; it prints slope and offset for
`src/tribune/engine/uptake/confidence.json`, with the fit's figures. Verified and crowd-confirmed pairs of the
development half count as right, crowd-rejected ones as wrong.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from tribune.engine.types import Ask
from tribune.engine.uptake import Row, judge_rows

from .uptake import table

_RIGHT = {"verified": 1, "crowd_yes": 1, "crowd_no": 0}
# A weak pull towards a flat curve: with so few wrong pairs, a steep one would promise too much.
_RIDGE = 0.05
_STEPS = 20_000
_RATE = 0.5


def pairs(data: Path) -> list[tuple[float, int]]:
    """Likeness of the change asked for and the change made, and whether people said it is the same."""
    folder = data / "lobbyplag"
    proposals = {p["uid"]: p for p in table(folder / "proposals.csv")}
    amendments = {a["uid"]: a for a in table(folder / "corpus_amendments.csv")}
    found = []
    for match in table(folder / "matches.csv"):
        if match["label"] not in _RIGHT or match["proposal"] not in proposals:
            continue
        p, a = proposals[match["proposal"]], amendments[match["amendment"]]
        ask = Ask("a", "CHANGE" if p["old"] else "ADD", "", p["old"], p["new"])
        (judgement,) = judge_rows([ask], [Row("r", a["new"], a["old"])], language="en")
        score = judgement.evidence[0].score if judgement.evidence else 0.0
        found.append((score, _RIGHT[match["label"]]))
    return found


def fit(known: list[tuple[float, int]]) -> tuple[float, float]:
    """Slope and offset of a logistic curve, by plain gradient descent from zero; classes weigh alike."""
    n_right = sum(y for _, y in known)
    weight = {1: 0.5 / max(1, n_right), 0: 0.5 / max(1, len(known) - n_right)}
    slope = offset = 0.0
    for _ in range(_STEPS):
        errors = [(x, weight[y] * (1 / (1 + math.exp(-(slope * x + offset))) - y)) for x, y in known]
        slope -= _RATE * (sum(x * e for x, e in errors) + _RIDGE * slope / len(known))
        offset -= _RATE * sum(e for _, e in errors)
    return slope, offset


def run(data: Path) -> dict[str, Any]:
    """The fitted curve and how well it says what it knows."""
    known = pairs(data)
    slope, offset = fit(known)
    said = [(1 / (1 + math.exp(-(slope * x + offset))), y) for x, y in known]
    bins = {}
    for low in (0.0, 0.25, 0.5, 0.75):
        inside = [(p, y) for p, y in said if low <= p < low + 0.25 or (low == 0.75 and p == 1.0)]
        if inside:
            bins[f"{low}"] = {
                "n": len(inside),
                "said": round(sum(p for p, _ in inside) / len(inside), 3),
                "right": round(sum(y for _, y in inside) / len(inside), 3),
            }
    return {
        "pairs": len(known),
        "right": sum(y for _, y in known),
        "change": [round(slope, 2), round(offset, 2)],
        "brier": round(sum((p - y) ** 2 for p, y in said) / len(said), 4),
        "bins": bins,
    }


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1])), indent=1))
