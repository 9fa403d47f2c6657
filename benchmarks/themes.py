"""Measure themes: agreement with the key points of ArgKP, exact quotes on NETmundial, speed on 10,000 texts.

Run `tribune bench themes`, or `python -m benchmarks.themes DATA OUT`. B-cubed for overlapping groups (Amigó and
others 2009), over arguments with a key point; an argument in no theme is a group of its own. Even topics (by
name) were used to choose the limits; odd topics are reported with weights learned on the even ones only. The
peers are TF-IDF with k-means (scikit-learn), given as many groups as ours found, and one group for all.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.argkp import Topic, load
from benchmarks.train_themes import weights

from tribune.engine.meaning import MemoryCache
from tribune.engine.text import read
from tribune.engine.themes import Contribution, Themes, find_themes
from tribune.engine.types import LANGUAGES

_MANY = 10_000
_DRAWS = 2_000
Groups = list[set[Any]]


def b_cubed(groups: Groups, gold: Sequence[frozenset[str]]) -> tuple[float, float, float]:
    """F1, precision and recall over the items that have a gold group."""
    items = [n for n, points in enumerate(gold) if points]
    precision, recall = [], []
    for n in items:
        right, wanted = [], []
        for m in items:
            together, same = len(groups[n] & groups[m]), len(gold[n] & gold[m])
            if together:
                right.append(min(together, same) / together)
            if same:
                wanted.append(min(together, same) / same)
        precision.append(float(np.mean(right)) if right else 1.0)
        recall.append(float(np.mean(wanted)))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return 2 * p * r / (p + r), p, r


def groups_of(found: Themes, ids: Sequence[str]) -> Groups:
    """The themes of each contribution; one in none is alone."""
    place: dict[str, set[Any]] = {i: set() for i in ids}
    for theme in found.themes:
        for i in theme.members:
            place[i].add(theme.id)
    return [place[i] or {("alone", i)} for i in ids]


def peer(texts: Sequence[str], n_groups: int) -> Groups:
    """Words by rarity and k-means, as a tutorial does it."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    return [{int(k)} for k in KMeans(n_groups, n_init=5, random_state=0).fit_predict(rows)]


def interval(values: Sequence[float]) -> list[float]:
    """Mean with its 95 % interval by resampling topics, seeded."""
    dice = np.random.default_rng(7)
    draws = [float(np.mean(dice.choice(values, len(values)))) for _ in range(_DRAWS)]
    return [round(float(x), 3) for x in (np.mean(values), *np.quantile(draws, (0.025, 0.975)))]


def agreement(topics: Sequence[Topic], cache: MemoryCache) -> dict[str, Any]:
    """F1 of ours and the peers over some topics, each with weights that never saw it."""
    rows: dict[str, list[float]] = {"ours": [], "precision": [], "recall": [], "unlearned": [], "peer": [], "one": []}
    n_themes, alone = [], []
    for n, topic in enumerate(topics):
        texts = [argument.text for argument in topic.arguments]
        given = [Contribution(argument.id, argument.text, "en") for argument in topic.arguments]
        gold = [argument.key_points for argument in topic.arguments]
        ids = [one.id for one in given]
        others = [t for k, t in enumerate(topics) if k % 7 != n % 7]
        learned = _EVEN[0] if _EVEN else weights(others, cache)
        found = find_themes(given, cache=cache, weights=[float(w) for w in learned])
        f1, p, r = b_cubed(groups_of(found, ids), gold)
        plain = find_themes(given, cache=cache, weights=[1.0] * 512)
        rows["ours"].append(f1)
        rows["precision"].append(p)
        rows["recall"].append(r)
        rows["unlearned"].append(b_cubed(groups_of(plain, ids), gold)[0])
        rows["peer"].append(b_cubed(peer(texts, max(2, len(found.themes))), gold)[0])
        rows["one"].append(b_cubed([{0}] * len(ids), gold)[0])
        n_themes.append(len(found.themes))
        alone.append(len(found.unassigned) / len(ids))
    result: dict[str, Any] = {name: interval(values) for name, values in rows.items()}
    return {**result, "themes_a_topic": round(float(np.mean(n_themes)), 1),
            "unassigned": round(float(np.mean(alone)), 3), "topics": len(topics)}


# Weights learned on the even topics while the odd ones are measured.
_EVEN: list[Any] = []


def exactness(found: Themes, given: Sequence[Contribution]) -> dict[str, int]:
    """Quotes and passages, and how many of them do not lie within their text or are blank."""
    texts = {one.id: one.text for one in given}
    spans = [quote for theme in found.themes for quote in (*theme.quotes, *theme.passages)]
    wrong = sum(not (0 <= q.start < q.end <= len(texts[q.id]) and texts[q.id][q.start : q.end].strip()) for q in spans)
    words = [part for theme in found.themes for part in theme.label.split(" · ")]
    strange = sum(not any(part in text for text in texts.values()) for part in words)
    return {"spans": len(spans), "wrong": wrong, "label_parts": len(words), "label_parts_in_no_text": strange}


def netmundial(data: Path) -> dict[str, Any]:
    """The contributions to NETmundial, long and in legacy encodings."""
    given = []
    for path in sorted((data / "contributions" / "netmundial").glob("*.txt")):
        document = read(path.read_bytes(), name=path.name)
        given.append(Contribution(path.stem, "\n".join(p.text for p in document.paragraphs), document.language))
    start = time.perf_counter()
    found = find_themes(given)
    spent = time.perf_counter() - start
    several = sum(sum(one.id in theme.members for theme in found.themes) > 1 for one in given)
    backwards = find_themes(given[::-1])
    return {"contributions": len(given), "letters": sum(len(one.text) for one in given), "seconds": round(spent, 1),
            "themes": len(found.themes), "unassigned": len(found.unassigned), "in_several": several,
            "same_backwards": found == backwards, "largest": [one.label for one in found.themes[:8]],
            **exactness(found, given)}


def many(data: Path, topics: Sequence[Topic]) -> dict[str, Any]:
    """10,000 distinct short texts in six languages: arguments, and UN sentences."""
    given = {argument.text: Contribution(f"a{argument.id}", argument.text, "en")
             for topic in topics for argument in topic.arguments}
    lines = {code: (data / "multilingual" / f"UNv1.0.devset.{code}").read_text(encoding="utf-8").split("\n")
             for code in LANGUAGES}
    for n in range(4_000):
        for code in LANGUAGES:
            text = lines[code][n]
            if len(given) < _MANY and text.strip():
                given.setdefault(text, Contribution(f"u{n}{code}", text, code))
    chosen = list(given.values())
    steps: dict[str, float] = {}
    start = last = time.perf_counter()

    def heard(step: str, done: int, of: int) -> None:
        nonlocal last
        now = time.perf_counter()
        steps[step] = round(steps.get(step, 0.0) + now - last, 2)
        last = now

    found = find_themes(chosen, progress=heard)
    return {"contributions": len(chosen), "seconds": round(time.perf_counter() - start, 1), "steps": steps,
            "themes": len(found.themes), "unassigned": len(found.unassigned), **exactness(found, chosen)}


def run(data: Path, out: Path) -> dict[str, Any]:
    """Print and return the figures."""
    topics, cache = load(data), MemoryCache()
    result: dict[str, Any] = {"chosen_on": agreement(topics[::2], cache)}
    _EVEN[:] = [weights(topics[::2], cache)]
    result["not_looked_at"] = agreement(topics[1::2], cache)
    _EVEN.clear()
    result["all_folds"] = agreement(topics, cache)
    for name in ("chosen_on", "not_looked_at", "all_folds"):
        print(name, result[name], flush=True)
    result["many"] = many(data, topics)
    print("many", result["many"], flush=True)
    result["netmundial"] = netmundial(data)
    print("netmundial", result["netmundial"], flush=True)
    return result


if __name__ == "__main__":
    done = run(Path(sys.argv[1]), Path(sys.argv[2]))
    Path(sys.argv[2]).write_text(json.dumps(done, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
