"""Measure uptake on LobbyPlag: asks of interest groups against amendments, and the direction of changes.

Run `tribune bench uptake`, or `python -m benchmarks.uptake DATA OUT`. Labels come from people who looked for
copied wording; they are sound but incomplete, so figures are given raw and with changes identical to the ask
or to a labelled match, but not labelled themselves, left out.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tribune.engine.search import Bm25, analyse, terms
from tribune.engine.types import Ask
from tribune.engine.uptake import Row, change_direction, judge_rows

# Chosen once on the development half, from the plateau between 0.83 and 0.89.
THRESHOLD = 0.87
_TOP = 30
_DRAWS = 2000


@dataclass(frozen=True)
class Lobby:
    """Asks, amendments as rows, and which amendments people verified for each ask."""

    asks: list[Ask]
    rows: list[Row]
    gold: dict[str, set[str]]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV with long cells."""
    csv.field_size_limit(10**8)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(data: Path) -> Lobby:
    """The development half: every proposal with a verified match, every amendment."""
    folder = data / "lobbyplag"
    gold: dict[str, set[str]] = defaultdict(set)
    for match in table(folder / "matches.csv"):
        if match["label"] == "verified":
            gold[match["proposal"]].add(match["amendment"])
    asks = [Ask(p["uid"], "CHANGE" if p["old"] else "ADD", "", p["old"], p["new"])
            for p in table(folder / "proposals.csv") if p["uid"] in gold]
    rows = [Row(a["uid"], a["new"], a["old"]) for a in table(folder / "corpus_amendments.csv")]
    return Lobby(asks, rows, dict(gold))


Ranking = dict[str, list[tuple[str, float]]]


def ours(lobby: Lobby) -> tuple[Ranking, float, int]:
    """Evidence of the engine for each ask, milliseconds an ask at three places
    (without making the text ready), and spans outside their text."""
    judgements = judge_rows(lobby.asks, lobby.rows, language="en", top=_TOP)
    start = time.perf_counter()
    judge_rows(lobby.asks[:1], lobby.rows, language="en")
    ready = time.perf_counter() - start
    start = time.perf_counter()
    judge_rows(lobby.asks, lobby.rows, language="en")
    spent = max(0.0, time.perf_counter() - start - ready)
    texts = {r.id: (r.text, r.old or "") for r in lobby.rows}
    bad = 0
    for judgement in judgements:
        for e in judgement.evidence:
            length = len(texts[e.paragraph][0 if e.where == "text" else 1])
            bad += sum(not 0 <= a < b <= length for a, b in e.spans)
    ranking = {j.ask: [(e.paragraph, e.score) for e in j.evidence] for j in judgements}
    return ranking, 1000 * spent / max(1, len(lobby.asks) - 1), bad


def peer(lobby: Lobby) -> tuple[Ranking, float]:
    """BM25 over the new wording: what a search box does. Scores are shares of the best one."""
    index = Bm25(terms(analyse(row.text, "en")) for row in lobby.rows)
    start = time.perf_counter()
    ranking: Ranking = {}
    for ask in lobby.asks:
        found = index.top(terms(analyse(ask.new or ask.old, "en")), _TOP)
        ranking[ask.id] = [(lobby.rows[n].id, score / found[0][1]) for n, score in found]
    return ranking, 1000 * (time.perf_counter() - start) / len(lobby.asks)


def identical(lobby: Lobby) -> dict[str, set[str]]:
    """For each ask, the unlabelled rows whose change is that of the ask or of a verified match to the word."""

    def change(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        a, b = analyse(old, "en").keys, analyse(new, "en").keys
        left, right = 0, 0
        while left < min(len(a), len(b)) and a[left] == b[left]:
            left += 1
        while right < min(len(a), len(b)) - left and a[-1 - right] == b[-1 - right]:
            right += 1
        return a[left : len(a) - right], b[left : len(b) - right]

    changes = {row.id: change(row.old or "", row.text) for row in lobby.rows}
    by_change: dict[Any, set[str]] = defaultdict(set)
    for identity, what in changes.items():
        by_change[what].add(identity)
    found = {}
    for ask in lobby.asks:
        same = set(by_change.get(change(ask.old, ask.new), ()))
        for match in lobby.gold[ask.id]:
            same |= by_change[changes[match]]
        found[ask.id] = same - lobby.gold[ask.id]
    return found


def per_ask(lobby: Lobby, ranking: Ranking, ignored: dict[str, set[str]], threshold: float) -> list[list[int]]:
    """For each ask: hit at 1, true and predicted pairs over the threshold, and pairs people verified."""
    rows = []
    for ask in lobby.asks:
        gold = lobby.gold[ask.id]
        found = [(i, s) for i, s in ranking[ask.id] if i not in ignored.get(ask.id, ())]
        over = [i for i, s in found if s >= threshold]
        rows.append([int(bool(found) and found[0][0] in gold), sum(i in gold for i in over), len(over), len(gold)])
    return rows


def hit(rows: Sequence[Sequence[int]]) -> float:
    """Share of asks whose first place is a verified match."""
    return sum(r[0] for r in rows) / len(rows)


def f1(rows: Sequence[Sequence[int]]) -> float:
    """F1 over pairs, all asks together."""
    true, predicted, gold = (sum(r[k] for r in rows) for k in (1, 2, 3))
    return 2 * true / (predicted + gold) if predicted + gold else 0.0


def interval(rows: Sequence[Any], figure: Callable[[Sequence[Any]], float]) -> list[float]:
    """The figure with its 95 % interval by resampling asks, seeded."""
    dice = random.Random(7)
    draws = sorted(figure(dice.choices(rows, k=len(rows))) for _ in range(_DRAWS))
    return [round(x, 3) for x in (figure(rows), draws[int(0.025 * _DRAWS)], draws[int(0.975 * _DRAWS)])]


def best_threshold(lobby: Lobby, ranking: Ranking, ignored: dict[str, set[str]]) -> float:
    """The threshold with the best F1, for a peer that brings none of its own."""
    grid = [n / 200 for n in range(40, 201)]
    return max(grid, key=lambda t: (f1(per_ask(lobby, ranking, ignored, t)), -t))


def direction(data: Path) -> dict[str, Any]:
    """Accuracy of the direction of a change against one reader's labels, and of always saying the commonest."""
    names = {"stronger": "strengthened", "weaker": "weakened", "neutral": "neutral"}
    rows = [r for r in table(data / "lobbyplag" / "direction.csv") if r["direction_ms"] in names]
    outcome = [(names[r["direction_ms"]], change_direction(r["old"], r["new"], "en")[0]) for r in rows]
    counts = {name: sum(t == name for t, _ in outcome) for name in names.values()}
    commonest = max(counts, key=lambda name: counts[name])

    def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
        return sum(a == b for a, b in pairs) / len(pairs)

    return {
        "n": len(rows),
        "accuracy": interval(outcome, accuracy),
        "majority": round(counts[commonest] / len(rows), 3),
        "shall_to_may": _swaps(rows),
    }


def _swaps(rows: Sequence[dict[str, str]]) -> dict[str, int]:
    """Changes of at most three words that turn "shall" into a weaker word: how many we call weakened."""
    weak = {"may", "should", "can", "could", "might"}
    found = seen = 0
    for row in rows:
        old, new = row["old_norm"].split(), row["new_norm"].split()
        gone = [w for w in old if w not in new]
        come = [w for w in new if w not in old]
        if old.count("shall") > new.count("shall") and len(come) <= 3 and weak & set(come) and len(gone) <= 3:
            seen += 1
            found += change_direction(row["old"], row["new"], "en")[0] == "weakened"
    return {"changes": seen, "called_weakened": found}


def run(data: Path, out: Path) -> dict[str, Any]:
    """All figures as one object, also written to `out`/uptake.json."""
    lobby = load(data)
    ranking, ms, bad_spans = ours(lobby)
    rival, rival_ms = peer(lobby)
    figures: dict[str, Any] = {
        "measured_on": "LobbyPlag, development half",
        "asks": len(lobby.asks),
        "pairs": sum(map(len, lobby.gold.values())),
        "texts": len(lobby.rows),
        "threshold": THRESHOLD,
        "bad_spans": bad_spans,
        "ms_an_ask": round(ms, 2),
        "peer_ms_an_ask": round(rival_ms, 2),
        "ratio_to_peer": round(ms / rival_ms, 2) if rival_ms else None,
        "intervals": "95 %, resampling asks 2,000 times",
    }
    for name, ignored in (("raw", {}), ("identical_ignored", identical(lobby))):
        mine = per_ask(lobby, ranking, ignored, THRESHOLD)
        theirs = per_ask(lobby, rival, ignored, best_threshold(lobby, rival, ignored))
        figures[name] = {
            "hit_at_1": interval(mine, hit),
            "f1": interval(mine, f1),
            "peer_hit_at_1": interval(theirs, hit),
            "peer_f1_at_its_best": interval(theirs, f1),
        }
    figures["direction"] = direction(data)
    # A folder, or the file itself.
    out = out if out.suffix == ".json" else out / "uptake.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return figures


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2])), indent=1, ensure_ascii=False))
