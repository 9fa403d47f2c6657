"""How likely each of several passages makes the point that an ask makes, in other words: a small learned model."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tribune.engine.meaning import SIZE, MemoryCache, encode
from tribune.engine.search import Words, analyse, terms

__all__ = ["N_FEATURES", "features", "likelihoods"]

Array = npt.NDArray[np.float64]
_CACHE = MemoryCache(40_000)
# Likeness of two texts: meaning (plain, and less what all passages share), words of the ask met by the passage and
# of the passage by the ask (exactly or by the vectors of single words), words and runs of 3 to 5 characters by rarity.
_LIKENESSES = 7
_GRAMS = (3, 5)
# Each likeness as such, and against the other passages; lengths; words that turn a sentence round.
_PLAIN = 2 * _LIKENESSES + 4
N_FEATURES = _PLAIN + SIZE
_TURNING = frozenset(
    ("not", "no", "never", "cannot", "nothing", "without", "neither", "nor", "less", "fewer", "hardly", "lack",
     "against")
)
_FLOOR = 1e-6


def features(ask: str, passages: Sequence[str], language: str = "en") -> Array:
    """One row of `N_FEATURES` numbers for each passage: how it compares with the ask, also beside the others.

    The passages are each other's background: words that all of them have say little.
    """
    if not passages:
        return np.zeros((0, N_FEATURES))
    vectors = encode([ask, *passages], cache=_CACHE).astype(np.float64)
    words = [analyse(text, language) for text in (ask, *passages)]
    bags = [Counter(terms(one)) for one in words]
    rarity = _rarity(bags[1:])
    like = np.zeros((len(passages), _LIKENESSES))
    like[:, 0] = vectors[1:] @ vectors[0]
    middle = vectors[1:].mean(axis=0)
    like[:, 1] = _unit(vectors[1:] - middle) @ _unit((vectors[0] - middle)[None])[0]
    like[:, 2:5] = _words_met(words, rarity)
    like[:, 5] = _tfidf(bags, rarity)
    grams = [_grams(text) for text in (ask, *passages)]
    like[:, 6] = _tfidf(grams, _rarity(grams[1:]))
    spread = like.std(axis=0)
    beside = (like - like.mean(axis=0)) / np.where(spread > _FLOOR, spread, 1.0)
    turned = np.array([_turned(one) for one in words], dtype=float)
    sizes = np.log([max(len(text), 1) for text in (ask, *passages)])
    rest = np.stack([np.full(len(passages), sizes[0]), sizes[1:], np.full(len(passages), turned[0]),
                     np.abs(turned[1:] - turned[0])], axis=1)
    return np.hstack([like, beside, rest, vectors[1:] * vectors[0] * SIZE])


def likelihoods(ask: str, passages: Sequence[str], language: str = "en") -> list[float]:
    """For each passage a probability in 0..1, to 4 digits, that it makes the point of the ask.

    Learned from key points and arguments in English (docs/engine/uptake.md); polarity and force are not its
    business. Needs passages to compare: of fewer than three, its figure says little.

    >>> said = ["The town should plant more trees.", "Buses must run at night.", "Taxes are high."]
    >>> found = likelihoods("More night buses", said)
    >>> found.index(max(found))
    1
    """
    rows = features(ask, passages, language)
    model = _model()
    scores = ((rows - model["middle"]) / model["spread"]) @ model["weights"] + model["offset"]
    return [round(float(p), 4) for p in 1 / (1 + np.exp(-np.clip(scores, -50, 50)))]


@lru_cache(maxsize=1)
def _model() -> Mapping[str, Array]:
    text = files(__package__).joinpath("substance.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    return {name: np.asarray(stored[name], dtype=np.float64) for name in ("middle", "spread", "weights", "offset")}


def _unit(rows: Array) -> Array:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > _FLOOR, norms, 1.0))


def _rarity(bags: Sequence[Counter[str]]) -> dict[str, float]:
    spread = Counter(key for bag in bags for key in bag)
    return {key: 1 + math.log((1 + len(bags)) / (1 + n)) for key, n in spread.items()}


def _tfidf(bags: Sequence[Counter[str]], rarity: Mapping[str, float]) -> Array:
    """Cosine of the first bag with each other one; keys of the first that no other has count in its length."""
    place = {key: n for n, key in enumerate(sorted({key for bag in bags for key in bag}))}
    rarest = max(rarity.values(), default=1.0)
    cells = [(row, place[key], n * rarity.get(key, rarest)) for row, bag in enumerate(bags) for key, n in bag.items()]
    cells.sort()
    table = sparse.csr_array(([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])),
                             shape=(len(bags), max(1, len(place))))
    norms = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    products = np.asarray((table[1:] @ table[:1].T).toarray()).ravel()
    likeness: Array = products / np.maximum(norms[1:] * norms[0], _FLOOR)
    return likeness


def _grams(text: str) -> Counter[str]:
    plain = " ".join(text.lower().split())
    return Counter(plain[k : k + n] for n in range(_GRAMS[0], _GRAMS[1] + 1) for k in range(len(plain) - n + 1))


def _content(words: Words) -> list[tuple[str, str]]:
    return list(dict.fromkeys((words.keys[i], words.printed[i]) for i in range(len(words)) if words.weights[i] == 1.0))


def _words_met(words: Sequence[Words], rarity: Mapping[str, float]) -> Array:
    """Shares of weight: of the ask's words by likeness, of the passage's words by likeness, of the ask's exactly."""
    bags = [_content(one) for one in words]
    printed = sorted({word for bag in bags for _, word in bag})
    rows = encode(printed, cache=_CACHE)
    place = {word: n for n, word in enumerate(printed)}
    rarest = max(rarity.values(), default=1.0)
    found = np.zeros((len(words) - 1, 3))
    wanted = bags[0]
    if not wanted:
        return found
    left = rows[[place[word] for _, word in wanted]]
    weight = np.array([rarity.get(key, rarest) for key, _ in wanted])
    for n, bag in enumerate(bags[1:]):
        if not bag:
            continue
        same = np.array([[a == b for b, _ in bag] for a, _ in wanted])
        like = np.where(same, 1.0, np.maximum(left @ rows[[place[word] for _, word in bag]].T, 0.0))
        other = np.array([rarity.get(key, rarest) for key, _ in bag])
        found[n] = (weight @ like.max(axis=1) / weight.sum(), other @ like.max(axis=0) / other.sum(),
                    weight @ same.any(axis=1) / weight.sum())
    return found


def _turned(words: Words) -> bool:
    return any(key in _TURNING for key in words.keys) or any(word in _TURNING for word in words.printed)
