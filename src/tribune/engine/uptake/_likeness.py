"""How much of what an ask names has a counterpart in a passage: by concept, by stem, by likeness of words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from tribune.engine.search import analyse

from ._asked import Asked
from ._concepts import concepts
from ._meaning import vector

# Words that open an ask put in prose and say nothing about its object.
_FRAME = "say name mention point speak refer clear ask let put count"
_STEM = 5
_AKIN = 0.8


@lru_cache(maxsize=1)
def _frame() -> frozenset[str]:
    return frozenset(analyse(_FRAME, "en").keys)


def named_words(asked: Asked) -> tuple[int, ...]:
    """Positions of the words of content, without those that only open an ask ("say that …")."""
    frame = _frame() if asked.language == "en" else frozenset()
    return tuple(i for i in asked.content if asked.words.keys[i] not in frame) or asked.content


def akin(one: str, other: str) -> bool:
    """Whether two keys share a long beginning, or one is part of the other.

    >>> akin("consume", "consumption"), akin("crime", "cybercrime"), akin("consult", "contain")
    (True, True, False)
    """
    if min(len(one), len(other)) < _STEM:
        return False
    if one in other or other in one:
        return True
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= _STEM and same >= 0.5 * max(len(one), len(other))


@lru_cache(maxsize=200_000)
def _word_likeness(one: str, other: str) -> float:
    return round(float(vector(one) @ vector(other)), 4)


def counterparts(asked: Asked, positions: Sequence[int], keys: Iterable[str], printed: Iterable[str]) -> list[float]:
    """For each of the ask's words at `positions`, how like the nearest word of the passage is, in 0..1."""
    here = list(dict.fromkeys(zip(keys, printed, strict=True)))
    held = {key for key, _ in here}
    groups = set(concepts(held, asked.language))
    wanted = concepts(asked.words.keys, asked.language)
    found = []
    for i in positions:
        key = asked.words.keys[i]
        if key in held or wanted[i] in groups:
            found.append(1.0)
            continue
        best = max((_word_likeness(asked.words.printed[i], word) for _, word in here), default=0.0)
        if any(akin(key, other) for other in held):
            best = max(best, _AKIN)
        found.append(max(0.0, best))
    return found


def logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    """A probability from a weighted sum whose last weight is the offset."""
    return 1 / (1 + math.exp(-(float(np.dot(weights[:-1], features)) + weights[-1])))
