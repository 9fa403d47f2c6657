"""How well and how fast mentions are found, on sentences labelled by hand in real UN texts.

The labels (tests/engine/mentions) hold facts only: symbol or line, hash, offsets, tier. The sentences come
from the folder of real material. The peer is a plain regular expression over the same domain's term list.
Run: `python -m benchmarks.mentions DATA OUT`.
"""

import argparse
import csv
import gzip
import hashlib
import json
import math
import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tribune.engine.mentions import TERMS_VERSION, find_mentions, n_terms
from tribune.engine.types import LANGUAGES

__all__ = ["english_cases", "other_cases", "pieces", "plain_list", "run", "score", "wilson"]

LABELS = Path(__file__).resolve().parent.parent / "tests" / "engine" / "mentions"

_END = re.compile(r"(?<=[.;:])\s+(?=[A-Z0-9(“])")
_FURNITURE = re.compile(r"_{5,}|\b\d+/\d+ \d\d-\d{5}\b|\b\d\d-\d{5} \d+/\d+\b")

Span = tuple[int, int, str]
Case = tuple[str, tuple[Span, ...]]
Finder = Callable[[str, str], Iterable[Span]]


def pieces(text: str) -> Iterator[str]:
    """Give the sentences of a resolution's raw text; one of more than 35 words is cut at its next comma.

    The labels name sentences by the hash of exactly these strings: change nothing here without labelling anew.
    """
    flat = " ".join(_FURNITURE.sub(" ", " ".join(text.split())).split())
    for sentence in _END.split(flat):
        words, start = sentence.split(" "), 0
        for index, word in enumerate(words):
            if index - start >= 35 and word.endswith(","):
                yield " ".join(words[start : index + 1])
                start = index + 1
        yield " ".join(words[start:])


def _key(sentence: str) -> str:
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def english_cases(data: Path, half: str = "") -> list[Case]:
    """Give the labelled English sentences with their spans; `half` is "tune", "held", "fresh" or all if empty.

    "tune" was open while list 1.0 was written, "held" until it was finished; "fresh" was drawn and labelled
    after 1.0 and has changed no list.
    """
    gold: dict[str, list[Span]] = defaultdict(list)
    symbols: set[str] = set()
    with (LABELS / "labels_en.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if half and row["half"] != half:
                continue
            spans = gold[row["sentence"]]
            symbols.add(row["symbol"])
            if row["tier"] != "none":
                spans.append((int(row["start"]), int(row["end"]), row["tier"]))
    found: dict[str, str] = {}
    with gzip.open(data / "un" / "ga-fulltext-1202.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["symbol"] in symbols:
                found.update((k, s) for s in pieces(record["text"]) if (k := _key(s)) in gold)
    return [(found[key], tuple(spans)) for key, spans in gold.items()]


def other_cases(data: Path, language: str) -> list[Case]:
    """Give the labelled aligned sentences of one language with their explicit spans."""
    raw = (data / "multilingual" / f"UNv1.0.devset.{language}").read_text(encoding="utf-8")
    lines = unicodedata.normalize("NFC", raw).split("\n")
    gold: dict[int, list[Span]] = defaultdict(list)
    with (LABELS / "labels_other.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["language"] != language:
                continue
            spans = gold[int(row["line"])]
            if row["start"]:
                spans.append((int(row["start"]), int(row["end"]), "explicit"))
    return [(text, tuple(gold.get(number, ()))) for number, text in enumerate(lines, 1) if text]


def wilson(right: int, total: int) -> tuple[float, float]:
    """Give the 95 % interval of a share by Wilson's score method; (0, 1) for nothing seen."""
    if not total:
        return 0.0, 1.0
    z, p = 1.959964, right / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    width = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return round(max(0.0, middle - width), 3), round(min(1.0, middle + width), 3)


def _share(right: int, total: int) -> dict[str, Any]:
    low, high = wilson(right, total)
    return {"value": round(right / total, 3) if total else None, "of": total, "low": low, "high": high}


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < o[1] and o[0] < span[1] and span[2] == o[2] for o in others)


def score(cases: Iterable[Case], finder: Finder, language: str) -> dict[str, Any]:
    """Give precision and recall by tier; a span is right if it overlaps a labelled one of the same tier.

    `exact` is the share of right spans with the labelled ends; "counted" is explicit and level together.
    """
    tally: dict[str, list[int]] = {tier: [0, 0, 0, 0, 0] for tier in ("explicit", "level", "excluded")}
    for text, gold in cases:
        found = tuple(finder(text, language))
        for span in found:
            if span[2] in tally:
                tally[span[2]][1] += 1
                tally[span[2]][0] += _touches(span, gold)
                tally[span[2]][4] += span in gold
        for span in gold:
            tally[span[2]][3] += 1
            tally[span[2]][2] += _touches(span, found)
    tally["counted"] = [a + b for a, b in zip(tally["explicit"], tally["level"], strict=True)]
    return {
        tier: {"precision": _share(t[0], t[1]), "recall": _share(t[2], t[3]), "exact": _share(t[4], t[0])}
        for tier, t in tally.items()
    }


def _ours(text: str, language: str) -> Iterator[Span]:
    return ((m.start, m.end, m.tier) for m in find_mentions(text, language))


def plain_list(data: Path) -> Finder:
    """Give the obvious alternative: one regular expression of all listed terms, with word boundaries."""
    tiers = {"false_positive": "excluded", "level": "level", "place": "level", "topic": "level", "practice": "level"}
    by_language: dict[str, dict[str, str]] = defaultdict(dict)
    with (data / "domain" / "lrg_terms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_language[row["lang"]][row["term"].lower()] = tiers.get(row["category"], "explicit")
    compiled: dict[str, re.Pattern[str]] = {}
    for language, terms in by_language.items():
        longest = sorted(terms, key=len, reverse=True)
        edge = "" if language == "zh" else r"\b"
        compiled[language] = re.compile(edge + "(" + "|".join(map(re.escape, longest)) + ")" + edge, re.I)

    def find(text: str, language: str) -> Iterator[Span]:
        terms = by_language[language]
        for match in compiled[language].finditer(text):
            yield match.start(), match.end(), terms[match.group(1).lower()]

    return find


def _speed(data: Path, language: str) -> dict[str, float]:
    """Megabytes of UTF-8 a second, paragraph by paragraph; the best of three."""
    if language == "en":
        with gzip.open(data / "un" / "ga-fulltext-1202.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [p for line in lines for p in pieces(json.loads(line)["text"])]
    else:
        path = data / "multilingual" / f"UNv1.0.devset.{language}"
        texts = path.read_text(encoding="utf-8").split("\n")
    size = sum(len(t.encode()) for t in texts) / 1e6
    find_mentions(texts[0], language)
    best = math.inf
    for _ in range(3):
        begun = time.perf_counter()
        for text in texts:
            find_mentions(text, language)
        best = min(best, time.perf_counter() - begun)
    return {"megabytes": round(size, 2), "megabytes_a_second": round(size / best, 1)}


def run(data: Path, out: Path) -> dict[str, Any]:
    """Measure everything, write `mentions.json` into `out`, print a table and give the figures."""
    peer = plain_list(data)
    figures: dict[str, Any] = {
        "terms_version": TERMS_VERSION,
        "n_terms": {one: n_terms(one) for one in LANGUAGES},
        "english": {},
        "aligned": {},
        "speed": {},
    }
    for half in ("fresh", "held", "tune"):
        cases = english_cases(data, half)
        figures["english"][half] = {"ours": score(cases, _ours, "en"), "peer": score(cases, peer, "en")}
    for language in LANGUAGES:
        cases = other_cases(data, language)
        figures["aligned"][language] = {
            who: score(cases, finder, language)["explicit"] for who, finder in (("ours", _ours), ("peer", peer))
        }
        figures["speed"][language] = _speed(data, language)
    # A folder, or the file itself.
    out = out if out.suffix == ".json" else out / "mentions.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _print(figures)
    return figures


def _print(figures: dict[str, Any]) -> None:
    def line(name: str, who: str, part: dict[str, Any]) -> None:
        shares = "  ".join(
            f"{m} {p['value']} [{p['low']}, {p['high']}] of {p['of']}" for m, p in part.items() if p["of"]
        )
        print(f"{name:<16} {who:<5} {shares}")

    for half, both in figures["english"].items():
        for who, tiers in both.items():
            for tier, part in tiers.items():
                line(f"en {half} {tier}", who, part)
    for language, both in figures["aligned"].items():
        for who, part in both.items():
            line(f"{language} aligned", who, part)
    for language, speed in figures["speed"].items():
        print(f"{language} {speed['megabytes_a_second']} MB a second over {speed['megabytes']} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    run(options.data, options.out)
