"""The index finds what scoring every document finds, to the bit, and grows."""

import random

import numpy as np
import pytest

from tribune.engine.search import Bm25

WORDS = [f"w{n}" for n in range(400)]


def _documents(n, seed):
    dice = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    return [dice.choices(WORDS, weights, k=dice.randrange(25)) for _ in range(n)]


def _by_scoring_all(index, query, k):
    scores = index.scores(query)
    order = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return [(int(i), float(scores[i])) for i in order if scores[i] > 0]


@pytest.mark.parametrize("n", [3, 500, 20_000])
def test_pruning_leaves_out_nothing_and_changes_no_digit(n):
    index = Bm25(_documents(n, 1))
    dice = random.Random(2)
    for size in (1, 2, 5, 30):
        for _ in range(15):
            query = dice.choices(WORDS, k=size)
            for k in (1, 12, 200):
                assert index.top(query, k) == _by_scoring_all(index, query, k)


def test_many_copies_of_one_document_are_ranked_by_position():
    index = Bm25([["a", "b"]] * 9_000 + [["a", "b", "b"]])
    assert [place for place, _ in index.top(["b"], 3)] == [9_000, 0, 1]


def test_added_in_pieces_or_at_once_is_the_same_index():
    documents = _documents(12_000, 3)
    whole, grown = Bm25(documents), Bm25(documents[:100])
    for start in range(100, 12_000, 900):
        grown.top(["w1"], 1)
        grown.add(documents[start : start + 900])
    assert grown.size == whole.size
    for query in (["w1"], ["w7", "w300", "w300"], WORDS[5:40]):
        assert grown.top(query, 50) == whole.top(query, 50)
        assert grown.documents_with(query[0]) == whole.documents_with(query[0])


def test_nothing_added_nothing_found():
    index = Bm25()
    index.add([])
    assert index.top(["w1"], 3) == []
    index.add([[], ["w1"]])
    assert [place for place, _ in index.top(["w1"], 3)] == [1]
    assert index.top(["w1"], 0) == []
