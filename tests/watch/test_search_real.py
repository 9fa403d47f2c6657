"""200 listed queries over real texts give the same first 20 on every database.

The list holds for each query how many paragraphs hold its words and a fingerprint of the first 20 (symbol and place, by
words and by meaning); the same file is right on SQLite and on PostgreSQL. TRIBUNE_WRITE_FACTS=1 writes it anew after
the analysis or the ranking has changed on purpose.
"""

import csv
import hashlib
import os
from pathlib import Path

import pytest
from benchmarks.search import paragraphs_of, store, texts

from tribune.common import search
from tribune.people.rules import Viewer
from tribune.watch.models import Passage

pytestmark = [pytest.mark.django_db, pytest.mark.real]
LIST = Path(__file__).with_name("search_200.csv")
# By words all 200; by meaning the first 40, since each costs an encoding.
MEANT = 40


@pytest.fixture
def library(real_data):
    named = [(one["symbol"], paragraphs_of(one["text"])) for one in texts(real_data)[::10]]
    n = store(named, n=sum(len(found) for _, found in named))
    search.sweep()
    while search.index_due():
        pass
    while search.join_segments():
        pass
    for _ in range(4):
        search.encode_some(most=250)
    return n


def _found(typed, *, by_meaning):
    found = search.find(typed, Viewer(), by_meaning=by_meaning)
    hits = [*found.hits, *found.near]
    places = {uid: f"{symbol}#{path}" for uid, symbol, path in
              Passage.objects.filter(uid__in=[hit.thing for hit in hits])
              .values_list("uid", "version__symbol", "path")}
    rows = [f"{places.get(hit.thing, hit.kind)} {hit.score:.6g}" for hit in hits]
    return found.n, hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def test_200_queries_give_the_same_first_20(library):
    assert library > 4_000
    with LIST.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len({row["query"] for row in listed}) == 200
    got = []
    for at, row in enumerate(listed):
        n, first = _found(row["query"], by_meaning=at < MEANT)
        got.append({"query": row["query"], "n": str(n), "first20": first})
    if os.environ.get("TRIBUNE_WRITE_FACTS"):
        with LIST.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, ["query", "n", "first20"], lineterminator="\n")
            out.writeheader()
            out.writerows(got)
        pytest.fail("the list was written; look at what changed")
    wrong = [(was, is_) for was, is_ in zip(listed, got, strict=True) if was != is_]
    assert not wrong, wrong[:3]
