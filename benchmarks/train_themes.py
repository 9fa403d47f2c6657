"""Learn which numbers of a sentence vector tell points apart: `python -m benchmarks.train_themes DATA`.

Writes `src/tribune/engine/themes/weights.json`. Pairs of arguments of one topic, of the development half of
ArgKP, that share a key point against pairs that share none, as many of both; a logistic function of the products
of their centred vectors, number by number, with a strong pull to zero. What is kept is a weight for each of the
512 numbers and no text. ArgKP is published under CDLA-Sharing 1.0, which leaves results of computing free.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.argkp import Topic, load
from scipy.optimize import minimize

from tribune.engine.meaning import SIZE, MemoryCache, encode

Array = npt.NDArray[np.float64]
PLACE = Path(__file__).resolve().parents[1] / "src" / "tribune" / "engine" / "themes" / "weights.json"
_MOST_PAIRS = 3_000
# A pull of 1 / 0.003 over all pairs; the plateau reaches from 0.001 to 0.01.
_PULL = 1 / 0.003


def weights(topics: Sequence[Topic], cache: MemoryCache) -> Array:
    """A weight for each of the 512 numbers, learned from these topics."""
    rows: list[Array] = []
    same: list[Array] = []
    for topic in topics:
        vectors = encode([argument.text for argument in topic.arguments], cache=cache).astype(np.float64)
        vectors -= vectors.mean(axis=0)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        matched = [n for n, argument in enumerate(topic.arguments) if argument.key_points]
        yes, no = [], []
        for k, one in enumerate(matched):
            for other in matched[k + 1 :]:
                shared = topic.arguments[one].key_points & topic.arguments[other].key_points
                (yes if shared else no).append((one, other))
        dice = np.random.default_rng(0)
        n_pairs = min(len(yes), len(no), _MOST_PAIRS)
        for pairs, label in ((yes, 1.0), (no, 0.0)):
            chosen = np.array(pairs)[dice.permutation(len(pairs))[:n_pairs]]
            rows.append(vectors[chosen[:, 0]] * vectors[chosen[:, 1]] * SIZE)
            same.append(np.full(n_pairs, label))
    products, labels = np.concatenate(rows), np.concatenate(same)
    return fit(products, labels, _PULL)[:-1]


def fit(features: Array, labels: Array, pull: float) -> Array:
    """Weights and offset of a logistic function, by L-BFGS from zero; the offset is not pulled."""
    signs = 2 * labels - 1

    def loss(theta: Array) -> tuple[float, Array]:
        margin = signs * (features @ theta[:-1] + theta[-1])
        error = -signs / (1 + np.exp(np.clip(margin, -500, 500)))
        slope = np.append(features.T @ error + pull * theta[:-1], error.sum())
        return float(np.logaddexp(0, -margin).sum() + 0.5 * pull * theta[:-1] @ theta[:-1]), slope

    return np.asarray(minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B",
                               options={"maxiter": 500}).x)


def main(data: Path) -> dict[str, Any]:
    """Learn from all topics and write the file."""
    found = weights(load(data), MemoryCache())
    kept = {"weights": [float(f"{max(0.0, w):.3g}") for w in found],
            "made_by": "python -m benchmarks.train_themes DATA", "learned_from": "ArgKP (KPA 2021), development half"}
    PLACE.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    return kept


if __name__ == "__main__":
    done = main(Path(sys.argv[1]))
    print(sum(w > 0 for w in done["weights"]), "of", len(done["weights"]), "numbers count")
