"""Measure search over 100,000 real paragraphs: how fast, and how often the paragraph that was meant comes first.

Run `tribune bench search`, or `python -m benchmarks.search DATA OUT`. The 1,202 texts are stored as an instance stores
them, again and again with other numbers until there are 100,000 paragraphs. The peer is SQLite FTS5 with its own BM25
(tokeniser porter over unicode61) over the same paragraphs, asked in the same run. Known items: one query for a
paragraph drawn with a fixed seed: four of its words, rarer than average, then the same in other forms (plural or
singular, American or British spelling); found is any paragraph with the same words.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AIM_MS = 50
_N = 100_000
_SEED = 1202
_QUERIES = 400
_SUBJECTS = ("local authorities", "artificial intelligence", "human rights", "digital divide", "climate change",
             "sustainable development goals", "gender equality", "persons with disabilities", "the right to education",
             "international cooperation", "nuclear weapons", "indigenous peoples", "financing for development",
             "cities", "school connectivity", "water and sanitation", "States", "United Nations", "women and girls",
             '"local authorities"', '"information and communications technologies"', '"public-private partnerships"')


def texts(data: Path) -> list[dict[str, Any]]:
    """The 1,202 texts: symbol, title, text."""
    with gzip.open(data / "un" / "ga-fulltext-1202.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of one text as the reader cuts them."""
    from tribune.engine.text import read

    return [one.text for one in read(text.encode(), name="text.txt").paragraphs if one.text.strip()]


def store(named: list[tuple[str, list[str]]], *, n: int) -> int:
    """Store texts as published versions of one process, repeated until there are `n` paragraphs; say how many."""
    from tribune.people.models import Organisation
    from tribune.watch.models import Draft, Paragraph, Passage, Process, Rendition, Version

    at = datetime(2026, 1, 1, tzinfo=UTC)
    hub, _ = Organisation.objects.get_or_create(slug="hub", defaults={"name": "Hub"})
    process = Process.objects.create(organisation=hub, slug="assembly", name="Assembly", made_at=at)
    total = turn = 0
    while total < n:
        for symbol, found in named:
            if total >= n:
                break
            slug = f"{re.sub('[^a-z0-9]+', '-', symbol.lower())}-{turn}"[:50]
            draft = Draft.objects.create(process=process, slug=slug, name=symbol)
            version = Version.objects.create(
                draft=draft, slug="text", name=symbol, order=1, symbol=symbol[:60], dated_on=at.date(),
                stage="adoption", state="published", distribution="public", imported_at=at, published_at=at)
            rendition = Rendition.objects.create(
                version=version, language="en", file_name="text.txt", media_type="text/plain", terms_version="x",
                sha256=hashlib.sha256(f"{symbol}{turn}".encode()).hexdigest(), n_paragraphs=len(found))
            passages = Passage.objects.bulk_create(
                Passage(version=version, path=str(place), order=place) for place in range(1, len(found) + 1))
            Paragraph.objects.bulk_create(
                Paragraph(passage=passage, rendition=rendition, order=passage.order, number=passage.path,
                          kind="operative", text=text, sha256="0" * 64)
                for passage, text in zip(passages, found, strict=True))
            total += len(found)
        turn += 1
    return total


def other_form(word: str) -> str:
    """A word as somebody else would write it."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    for british, american in (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("programme", "program")):
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word + "s" if word.endswith(("t", "n", "r")) else word


def known_items(distinct: list[str]) -> list[tuple[str, str, str]]:
    """(paragraph, query, the same query in other forms), drawn with a fixed seed."""
    dice = random.Random(_SEED)
    words = [re.findall(r"[a-z]{4,}", text.lower()) for text in distinct]
    often = Counter(word for one in words for word in set(one))
    found = []
    for at in dice.sample(range(len(distinct)), len(distinct)):
        mine = sorted({word for word in words[at] if 3 <= often[word] <= len(distinct) // 100})
        if len(mine) >= 6:
            chosen = dice.sample(mine, 4)
            found.append((distinct[at], " ".join(chosen), " ".join(map(other_form, chosen))))
        if len(found) == _QUERIES:
            break
    return found


def quantiles(spent: list[float]) -> dict[str, float]:
    """Milliseconds: median, 95th and 99th of a hundred."""
    row = sorted(spent)
    return {f"p{p}": round(1000 * row[min(len(row) - 1, len(row) * p // 100)], 1) for p in (50, 95, 99)}


def reciprocal(places: list[int]) -> list[float]:
    """Mean reciprocal rank within ten, with its 95 % interval by resampling, seeded."""
    gains = [1 / place if place else 0.0 for place in places]
    dice = random.Random(_SEED)
    draws = sorted(sum(dice.choices(gains, k=len(gains))) / len(gains) for _ in range(1_000))
    return [round(value, 3) for value in (sum(gains) / len(gains), draws[25], draws[974])]


class Peer:
    """SQLite FTS5 as it comes, with its BM25; words are joined by AND, and by OR where that finds nothing."""

    def __init__(self, rows: list[str], folder: str) -> None:
        self.base = sqlite3.connect(Path(folder) / "fts.db")
        self.base.execute("create virtual table found using fts5(words, tokenize='porter unicode61')")
        self.base.executemany("insert into found values (?)", ((row,) for row in rows))
        self.base.commit()

    def ask(self, typed: str) -> list[str]:
        for joint in (" ", " OR "):
            words = joint.join(part if part.startswith('"') else f'"{part}"'
                               for part in re.findall(r'"[^"]+"|\S+', typed))
            rows = self.base.execute("select words from found where found match ? order by rank limit 20", (words,))
            if got := [row[0] for row in rows]:
                return got
        return []


def run(data: Path, out: Path) -> dict[str, Any]:
    """Print and return the figures."""
    folder = tempfile.mkdtemp(prefix="tribune-bench-")
    os.environ["TRIBUNE_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribune.project.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    named = [(one["symbol"], paragraphs_of(one["text"])) for one in texts(data)]
    return {"database": connection.vendor, **measure(named, folder)}


def measure(named: list[tuple[str, list[str]]], folder: str) -> dict[str, Any]:
    """Store, index and ask; needs a migrated database."""
    from tribune.common import search
    from tribune.common.models import SearchTerm
    from tribune.people.rules import Viewer
    from tribune.watch.models import Paragraph

    distinct = list(dict.fromkeys(text for _, found in named for text in found))
    n = store(named, n=_N)
    print(f"{len(named)} texts, {len(distinct)} different paragraphs, {n} stored", flush=True)
    start = time.perf_counter()
    search.sweep()
    while search.index_due():
        pass
    while search.join_segments():
        pass
    indexed = time.perf_counter() - start
    print(f"indexed in {indexed:.0f} s", flush=True)
    start, encoded = time.perf_counter(), 0
    while done := search.encode_some(most=2_000):
        encoded += done
        if time.perf_counter() - start > float(os.environ.get("TRIBUNE_BENCH_ENCODE", "3600")):
            break
    encoding = time.perf_counter() - start
    rows = list(Paragraph.objects.order_by("pk").values_list("text", flat=True))
    peer = Peer(rows, folder)
    items = known_items(distinct)
    subjects = [*_SUBJECTS, *(typed for _, typed, _ in items)]
    viewer = Viewer()
    search.find("warm up", viewer)

    def timed(by_meaning: bool) -> dict[str, float]:
        spent = []
        for typed in subjects:
            at = time.perf_counter()
            search.find(typed, viewer, by_meaning=by_meaning)
            spent.append(time.perf_counter() - at)
        return quantiles(spent)

    def peers() -> dict[str, float]:
        spent = []
        for typed in subjects:
            at = time.perf_counter()
            peer.ask(typed)
            spent.append(time.perf_counter() - at)
        return quantiles(spent)

    def ours(typed: str) -> list[str]:
        things = [hit.thing for hit in search.find(typed, viewer, by_meaning=False, kind="paragraph").hits]
        said = dict(Paragraph.objects.filter(passage__uid__in=things).values_list("passage__uid", "text"))
        return [said[thing] for thing in things]

    def place(found: list[str], meant: str) -> int:
        several = list(dict.fromkeys(found))[:10]
        return several.index(meant) + 1 if meant in several else 0

    result = {
        "texts": len(named), "paragraphs": n, "different": len(distinct), "queries": len(subjects),
        "seconds_to_index": round(indexed, 1), "encoded": encoded, "seconds_to_encode": round(encoding, 1),
        "megabytes_of_lists": round(sum(len(bytes(one)) for one in SearchTerm.objects.values_list(
            "occurrences", flat=True).iterator()) / 1e6, 1),
        "ms_words": timed(False), "ms_words_and_meaning": timed(True), "ms_fts5": peers(), "aim_p95_ms": AIM_MS,
        "known_items": len(items),
        "mrr10_same_forms": {"ours": reciprocal([place(ours(q), p) for p, q, _ in items]),
                             "fts5": reciprocal([place(peer.ask(q), p) for p, q, _ in items])},
        "mrr10_other_forms": {"ours": reciprocal([place(ours(q), p) for p, _, q in items]),
                              "fts5": reciprocal([place(peer.ask(q), p) for p, _, q in items])}}
    print(json.dumps(result, indent=1))
    return result


if __name__ == "__main__":
    figures = run(Path(sys.argv[1]), Path(sys.argv[2]))
    Path(sys.argv[2]).write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
