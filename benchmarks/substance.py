"""Measure substance: does a passage make the same point in other words? On ArgKP, topics held out in turn.

Run `tribune bench substance`, or `python -m benchmarks.substance DATA OUT`. The figure of the KPA 2021 shared task,
track 1, as its description has it: within a topic and stance each argument takes its best key point; of the
better-scored half of the arguments the average precision is taken; pairs without a label count as wrong (strict) or
right (relaxed); the mean goes over topics and stances. Later versions of the organisers' program multiply each
average precision by the share of right ones; that is the figure that our peer row has been known by, so both are
given. Ours is always a model that did not see the topic. Peer: cosine of TF-IDF over 3 to 5 characters.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.argkp import Argument, KeyPoint, Topic, load
from benchmarks.train_themes import fit

from tribune.engine.uptake import _substance

Array = npt.NDArray[np.float64]
_FOLDS = 7
_DRAWS = 5_000
_PULL = 30.0
# Products of single numbers count for less than likenesses: they are many.
_PRODUCTS = 0.1
Group = tuple[list[Argument], list[KeyPoint], Array]


def groups_of(topic: Topic) -> list[Group]:
    """Arguments, key points and features (key point × argument × number) for each stance that has both."""
    found = []
    for stance in ("-1", "1"):
        arguments = [one for one in topic.arguments if one.stance == stance]
        points = [one for one in topic.key_points if one.stance == stance]
        if arguments and points:
            texts = [one.text for one in arguments]
            found.append((arguments, points, np.stack([_substance.features(p.text, texts) for p in points])))
    return found


def learn(groups: Sequence[Group]) -> dict[str, Any]:
    """A logistic function of the features over all labelled pairs, with a pull to zero."""
    rows: list[Array] = []
    labels: list[float] = []
    for arguments, points, table in groups:
        for k, point in enumerate(points):
            for n, argument in enumerate(arguments):
                if point.id in argument.labels:
                    rows.append(table[k, n])
                    labels.append(float(argument.labels[point.id]))
    data = np.array(rows)
    plain = data.shape[1] - 512
    middle, spread = data.mean(axis=0), data.std(axis=0)
    middle[plain:], spread[plain:] = 0.0, 1 / _PRODUCTS
    spread[spread < 1e-6] = 1.0
    theta = fit((data - middle) / spread, np.array(labels), _PULL)
    return {"middle": middle, "spread": spread, "weights": theta[:-1], "offset": theta[-1]}


def apply(model: dict[str, Any], table: Array) -> Array:
    """Scores by argument and key point."""
    return np.asarray((((table - model["middle"]) / model["spread"]) @ model["weights"] + model["offset"]).T)


def beside(scores: Array) -> Array:
    """Scores plus their lead over the next best key point: only where all asks are known at once."""
    if scores.shape[1] < 2:
        return scores
    return np.asarray(2 * scores - np.sort(scores, axis=1)[:, -2:-1])


def average_precision(right: Sequence[int], scores: Array) -> float:
    """Mean precision at each right one, best score first; arguments of equal score count together."""
    order = np.argsort(-scores, kind="stable")
    hits, values = np.asarray(right)[order], scores[order]
    ends = np.append(np.flatnonzero(np.diff(values)), len(values) - 1)
    true, seen = np.cumsum(hits)[ends], ends + 1
    steps = np.diff(np.concatenate([[0], true]))
    return float((steps * true / seen).sum() / hits.sum()) if hits.sum() else 0.0


def figures(group: Group, scores: Array) -> list[float]:
    """Strict and relaxed, times the share of right ones; strict and relaxed alone."""
    arguments, points, _ = group
    best = scores.argmax(axis=1)
    value = scores[np.arange(len(arguments)), best]
    kept = np.argsort(-value, kind="stable")[: len(arguments) // 2]
    found = []
    for missing in (0, 1):
        right = [arguments[n].labels.get(points[best[n]].id, missing) for n in kept]
        found.append((average_precision(right, value[kept]), float(np.mean(right))))
    return [found[0][0] * found[0][1], found[1][0] * found[1][1], found[0][0], found[1][0]]


def tfidf(topics: Sequence[Topic]) -> Callable[[Group], Array]:
    """The peer: one vocabulary over all arguments and key points."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [one.text for topic in topics for one in (*topic.arguments, *topic.key_points)]
    rows = TfidfVectorizer(analyzer="char", ngram_range=(3, 5)).fit(texts)
    return lambda group: np.asarray((rows.transform([a.text for a in group[0]])
                                     @ rows.transform([p.text for p in group[1]]).T).toarray())


def summary(rows: Sequence[Sequence[float]]) -> dict[str, list[float]]:
    """Means with 95 % intervals by resampling topics (two rows each), seeded."""
    table = np.array(rows)
    dice = np.random.default_rng(7)
    draws = np.array([table[dice.integers(0, len(table), len(table))].mean(axis=(0, 1)) for _ in range(_DRAWS)])
    names = ("strict_times_share", "relaxed_times_share", "strict", "relaxed")
    return {name: [round(float(x), 3) for x in (table[:, :, k].mean(), *np.quantile(draws[:, k], (0.025, 0.975)))]
            for k, name in enumerate(names)}


def run(data: Path, out: Path) -> dict[str, Any]:
    """Print and return the figures."""
    topics = load(data)
    groups = [groups_of(topic) for topic in topics]
    columns = ("ours", "ours_beside_other_points", "tfidf_char", "cosine")
    rows: dict[str, list[list[list[float]]]] = {column: [] for column in columns}
    peer = tfidf(topics)
    models = [learn([g for k, gs in enumerate(groups) if k % _FOLDS != fold for g in gs]) for fold in range(_FOLDS)]
    for k, mine in enumerate(groups):
        rows["ours"].append([figures(g, apply(models[k % _FOLDS], g[2])) for g in mine])
        rows["ours_beside_other_points"].append([figures(g, beside(apply(models[k % _FOLDS], g[2]))) for g in mine])
        rows["tfidf_char"].append([figures(g, peer(g)) for g in mine])
        rows["cosine"].append([figures(g, g[2][:, :, 0].T) for g in mine])
    result: dict[str, Any] = {name: summary(values) for name, values in rows.items()}
    gain = np.array(rows["ours"]) - np.array(rows["tfidf_char"])
    result["gain_over_tfidf_char"] = summary(gain.tolist())
    dev = [k for k, topic in enumerate(topics) if topic.part == "dev"]
    result["dev_part"] = {name: [round(float(np.array(values)[dev].mean(axis=(0, 1))[j]), 3) for j in range(4)]
                          for name, values in rows.items()}
    result["topics"], result["known_peer_row"] = len(topics), {"test": [0.413, 0.540], "dev": [0.430, 0.631]}
    for name in ("tfidf_char", "cosine", "ours", "ours_beside_other_points", "gain_over_tfidf_char", "dev_part"):
        print(name, result[name], flush=True)
    return result


if __name__ == "__main__":
    done = run(Path(sys.argv[1]), Path(sys.argv[2]))
    Path(sys.argv[2]).write_text(json.dumps(done, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
