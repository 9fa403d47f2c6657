"""Measure how well and how fast two versions of a text are paired.

Truth by making: real texts are renumbered, and their paragraphs edited, split, merged, moved, dropped and
joined by strangers, at known places (`revise`). The peer pairs lines greedily at 0.8, as a viewer of drafts in
use does. Run `tribune bench align`, or `python -m benchmarks.align DATA OUT`.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from tribune.engine.align import align, redline, words
from tribune.engine.types import Paragraph

__all__ = ["Revision", "edges", "greedy", "numbered", "revise", "run"]

Edge = tuple[str, str]

# Share of paragraphs to which each thing happens; the rest are only renumbered.
RATES = {"light": 0.10, "heavy": 0.04, "split": 0.05, "merge": 0.05, "drop": 0.06, "add": 0.06, "move": 0.05,
         "move and edit": 0.02}
SEEDS = range(5)


@dataclass(frozen=True)
class Revision:
    """A made version with what is true about it."""

    new: list[Paragraph]
    edges: set[Edge]
    verdict: dict[Edge, str]
    untouched: set[str] = field(default_factory=set)


def numbered(texts: Iterable[str], start: int = 1) -> list[Paragraph]:
    """Give texts the numbers start, start + 1 …"""
    return [Paragraph(str(n), str(n), f"{n}.", "operative", text) for n, text in enumerate(texts, start)]


def revise(old: Sequence[Paragraph], strangers: Sequence[str], seed: int, rates: dict[str, float] | None = None,
           ) -> Revision:
    """Make a new version of a text by a seeded draw; new numbers begin at 3001, so that none agrees by chance.

    Dropped and added paragraphs have no edge; a split or merged one has an edge for each part.
    """
    rng = random.Random(seed)
    rates = RATES if rates is None else rates
    vocabulary = [word for text in strangers for word in words(text) if len(word.strip()) > 3]
    vocabulary = vocabulary or ["municipal ", "annual ", "report "]
    rows: list[tuple[str, list[int], str]] = []  # text, old places, what happened
    movers: list[tuple[str, list[int], str]] = []
    place = 0
    while place < len(old):
        text = old[place].text
        act = _draw(rng, rates)
        size = len(words(text))
        if act == "split" and size >= 20:
            rows += [(part, [place], "split") for part in _cut(text, rng)]
        elif act == "merge" and place + 1 < len(old) and min(size, len(words(old[place + 1].text))) >= 8:
            rows.append((_joined(text, old[place + 1].text, rng), [place, place + 1], "merged"))
            place += 1
        elif act == "light":
            rows.append((_edited(text, rng, 0.12, vocabulary), [place], "edited"))
        elif act == "heavy" and size >= 20:
            rows.append((_edited(text, rng, 0.35, vocabulary), [place], "edited"))
        elif act == "drop":
            pass
        elif act == "move" and size >= 8:
            movers.append((text, [place], "moved"))
        elif act == "move and edit" and size >= 20:
            movers.append((_edited(text, rng, 0.06, vocabulary), [place], "moved"))
        else:
            rows.append((text, [place], "kept"))
        if rng.random() < rates.get("add", 0.0) and strangers:
            rows.append((rng.choice(strangers), [], "added"))
        place += 1
    for mover in movers:
        rows.insert(rng.choice(_far_places(rows, mover[1][0]) or [0]), mover)
    new = numbered([text for text, _, _ in rows], 3001)
    verdict = {(old[at].id, paragraph.id): ("edited" if act == "kept" and paragraph.text != old[at].text else act)
               for paragraph, (_, places, act) in zip(new, rows, strict=True) for at in places}
    untouched = {edge[0] for edge, act in verdict.items() if act == "kept"}
    return Revision(new, set(verdict), verdict, untouched)


def _far_places(rows: Sequence[tuple[str, list[int], str]], home: int) -> list[int]:
    """Where a paragraph moves past at least three that stay, for of two that change places either has moved."""
    stays = [bool(row[1]) and row[2] != "moved" for row in rows]
    here = sum(stay and row[1][0] < home for stay, row in zip(stays, rows, strict=True))
    return [k for k in range(len(rows) + 1) if abs(sum(stays[:k]) - here) >= 3]


def _draw(rng: random.Random, rates: dict[str, float]) -> str:
    point = rng.random()
    for act, share in rates.items():
        if act == "add":
            continue
        point -= share
        if point < 0:
            return act
    return "keep"


def _edited(text: str, rng: random.Random, share: float, vocabulary: Sequence[str]) -> str:
    """Replace, strike and put in a share of the words, in runs of one to four."""
    tokens = list(words(text))
    wanted = max(1, round(share * len(tokens)))
    while wanted > 0:
        length = min(wanted, rng.randint(1, 4))
        at = rng.randrange(max(1, len(tokens) - length + 1))
        fresh = [rng.choice(vocabulary) for _ in range(length)]
        act = rng.choice(("replace", "strike", "put in"))
        tokens[at:at + (0 if act == "put in" else length)] = [] if act == "strike" else fresh
        wanted -= length
    return "".join(tokens).strip() or text


def _cut(text: str, rng: random.Random) -> list[str]:
    """Cut in two or three near stops or commas, with a changed seam."""
    tokens = list(words(text))
    n_parts = 3 if len(tokens) >= 60 and rng.random() < 0.3 else 2
    parts, start = [], 0
    for n in range(1, n_parts):
        middle = round(len(tokens) * n / n_parts) + rng.randint(-len(tokens) // 10, len(tokens) // 10)
        stops = [k for k in range(start + 8, len(tokens) - 7) if tokens[k - 1].strip() in ",;.،，。；"]
        cut = min(stops, key=lambda k: abs(k - middle), default=max(start + 8, middle))
        parts.append("".join(tokens[start:cut]).rstrip(" ,;，；،") + ";")
        start = cut
    parts.append("".join(tokens[start:]))
    return [part[:1].upper() + part[1:] for part in parts]


def _joined(one: str, two: str, rng: random.Random) -> str:
    seam = rng.choice((" ", ", and ", "; "))
    return one.rstrip(" .,;，。；،") + seam + (two[:1].lower() + two[1:] if seam != " " else two)


def edges(pairs: Iterable[Any]) -> set[Edge]:
    """All (old id, new id) that pairs join."""
    return {(one, two) for pair in pairs for one in pair.old for two in pair.new}


def greedy(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> set[Edge]:
    """The peer: each old line takes the most similar free new line of ratio at least 0.8."""
    free = {paragraph.id: paragraph.text for paragraph in new}
    found = set()
    for paragraph in old:
        best = process.extractOne(paragraph.text, free, scorer=fuzz.ratio, score_cutoff=80)
        if best:
            found.add((paragraph.id, best[2]))
            del free[best[2]]
    return found


class _Tally:
    def __init__(self) -> None:
        self.right = self.found = self.true = self.kept = self.untouched = self.verdicts = self.judged = 0
        self.by_act: Counter[tuple[str, bool]] = Counter()

    def add(self, found: set[Edge], revision: Revision) -> None:
        self.right += len(found & revision.edges)
        self.found += len(found)
        self.true += len(revision.edges)
        for edge, act in revision.verdict.items():
            self.by_act[act, edge in found] += 1

    def figures(self) -> dict[str, Any]:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.true)
        acts = sorted({act for act, _ in self.by_act})
        out: dict[str, Any] = {
            "edges": self.true, "precision": round(precision, 4), "recall": round(recall, 4),
            "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
            "recall_by_act": {act: f"{self.by_act[act, True]} of {self.by_act[act, True] + self.by_act[act, False]}"
                              for act in acts}}
        if self.untouched:
            out["untouched_kept"] = f"{self.kept} of {self.untouched}"
            out["verdicts_right"] = f"{self.verdicts} of {self.judged}"
        return out


def _measure(texts: Sequence[list[str]], strangers_of: Callable[[int], list[str]], seeds: Iterable[int],
             ) -> dict[str, Any]:
    ours, peer = _Tally(), _Tally()
    for seed in seeds:
        for n, text in enumerate(texts):
            old = numbered(dict.fromkeys(text))
            revision = revise(old, strangers_of(n), 1000 * seed + n)
            alignment = align(old, revision.new)
            ours.add(edges(alignment.pairs), revision)
            peer.add(greedy(old, revision.new), revision)
            said = {(one, two): pair.verdict for pair in alignment.pairs for one in pair.old for two in pair.new}
            ours.kept += sum(said.get(edge) == "kept" for edge in revision.edges if edge[0] in revision.untouched)
            ours.untouched += len(revision.untouched)
            ours.verdicts += sum(said.get(edge) == act for edge, act in revision.verdict.items())
            ours.judged += len(revision.verdict)
    return {"ours": ours.figures(), "peer_greedy_0.8": peer.figures()}


def resolutions(data: Path) -> list[dict[str, Any]]:
    """The development pairs, draft and adopted text, with their paragraphs."""
    with gzip.open(data / "un" / "pairs-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def climate(data: Path) -> dict[str, list[str]]:
    """The Paris Agreement in its versions of 2015, by blank lines."""
    found = {}
    for folder in sorted((data / "un" / "cop21" / "agreement").iterdir()):
        if folder.is_dir():
            body = (folder / "index.md").read_text(encoding="utf-8").split("---", 2)[-1]
            found[folder.name] = [" ".join(block.split()) for block in re.split(r"\n\s*\n", body) if block.strip()]
    return found


def _parallel(data: Path) -> dict[str, list[str]]:
    """Aligned sentences of the six languages."""
    found: dict[str, list[str]] = {}
    for path in sorted((data / "multilingual").rglob("*")):
        match = re.fullmatch(r".*\.(ar|en|es|fr|ru|zh)", path.name)
        if match and path.is_file() and match[1] not in found:
            lines = path.read_text(encoding="utf-8").splitlines()
            found[match[1]] = [line.strip() for line in lines if len(line.strip()) > 30]
    return found


def _timed(work: Callable[[], Any]) -> float:
    """Median of five, in seconds of processor time: align uses one thread, and the machine is shared."""
    work()
    spans = []
    for _ in range(5):
        start = time.process_time()
        work()
        spans.append(time.process_time() - start)
    return round(sorted(spans)[2], 3)


def _speed(texts: Sequence[list[str]]) -> dict[str, float]:
    pool = list(dict.fromkeys(paragraph for text in texts for paragraph in text))
    old, strangers = numbered(pool[:500]), pool[500:900]
    usual = revise(old, strangers, 1).new
    every = revise(old, strangers, 2, {"light": 1.0}).new
    return {"words_in_old": sum(len(p.text.split()) for p in old),
            "usual_revision_s": _timed(lambda: align(old, usual)),
            "every_paragraph_edited_s": _timed(lambda: align(old, every)),
            "nothing_in_common_s": _timed(lambda: align(old, numbered(pool[500:1000], 3001))),
            "peer_usual_revision_s": _timed(lambda: greedy(old, usual))}


def _deletions(rows: Sequence[dict[str, Any]]) -> dict[str, bool]:
    """Two places where local authorities were struck between draft and adoption."""
    looked_for = {"A/C.2/80/L.28": "subnational and municipal levels", "A/C.2/80/L.40": "13 subnational authorities"}
    found = {}
    for row in rows:
        if row["draft"] in looked_for:
            pairs = align(numbered(t for _, t in row["draft_paras"]), numbered(t for _, t in row["final_paras"])).pairs
            struck = [text for pair in pairs for sign, text in pair.redline if sign == "-"]
            found[f"{row['draft']} → {row['final']}"] = any(looked_for[row["draft"]] in text for text in struck)
    return found


def run(data: Path, out: Path) -> dict[str, Any]:
    """Measure on resolutions, the Paris Agreement and six languages; print, write JSON to `out`, return it."""
    rows = resolutions(data)
    drafts = [[text for _, text in row["draft_paras"]] for row in rows]
    drafts = [text for text in drafts if len(text) >= 12]
    paris = list(climate(data).values())

    def others(texts: Sequence[list[str]]) -> Callable[[int], list[str]]:
        return lambda n: [p for p in texts[(n + len(texts) // 2) % len(texts)] if len(p) > 60]

    result: dict[str, Any] = {"resolutions": _measure(drafts, others(drafts), SEEDS),
                              "paris_agreement": _measure(paris, others(drafts), SEEDS)}
    for language, lines in _parallel(data).items():
        texts = [lines[k:k + 80] for k in range(0, 1600, 80)]
        result[f"sentences_{language}"] = _measure(texts, others(texts), SEEDS)
    result["deletions_found"] = _deletions(rows)
    result["speed_500_paragraphs"] = _speed(drafts)
    long_old, long_new = " ".join(drafts[0] * 8), " ".join(drafts[1] * 8)
    pieces = redline(long_old, long_new)
    result["redline_gives_both_back"] = (
        "".join(t for s, t in pieces if s != "+") == long_old and "".join(t for s, t in pieces if s != "-") == long_new)
    out.write_text(json.dumps(result, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return result


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
