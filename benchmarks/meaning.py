"""Measure sentence vectors on 4,000 aligned UN sentences: is the translation the first of 4,000, and how fast?

Run `tribune bench meaning`, or `python -m benchmarks.meaning DATA OUT`. Thirty pairs of languages; a hit is the
aligned sentence or one equal to it to the letter. The peer is the plain cosine; ours takes the mean of each
language away, adds a tenth of agreement in numbers, and scores by margins.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from tribune.engine.meaning import MemoryCache, counterparts, encode
from tribune.engine.types import LANGUAGES

_POOL = 4_000
_WORDS = (22, 28)
_SPEED = 900
_DRAWS = 1_000
AIM = 0.97


def sentences(data: Path, language: str) -> list[str]:
    """The aligned sentences in one language."""
    text = (data / "multilingual" / f"UNv1.0.devset.{language}").read_text(encoding="utf-8")
    return text.split("\n")[:_POOL]


def speed(texts: list[str]) -> dict[str, Any]:
    """Sentences of about 25 words a second, one thread, nothing cached."""
    chosen = [text for text in texts if _WORDS[0] <= len(text.split()) <= _WORDS[1]][:_SPEED]
    encode(chosen[:20])
    start = time.perf_counter()
    encode(chosen)
    spent = time.perf_counter() - start
    words = sum(len(text.split()) for text in chosen) / len(chosen)
    cache = MemoryCache()
    encode(chosen, cache=cache)
    start = time.perf_counter()
    encode(chosen, cache=cache)
    return {"sentences": len(chosen), "words_each": round(words, 1), "a_second": round(len(chosen) / spent),
            "a_second_from_cache": round(len(chosen) / (time.perf_counter() - start)), "threads": 1}


def share(hits: np.ndarray) -> list[float]:
    """Share of hits with its 95 % interval by resampling sentences, seeded."""
    dice = np.random.default_rng(7)
    draws = dice.binomial(len(hits), hits.mean(), _DRAWS) / len(hits)
    return [round(float(x), 4) for x in (hits.mean(), *np.quantile(draws, (0.025, 0.975)))]


def run(data: Path, out: Path) -> dict[str, Any]:
    """Print and return the figures."""
    texts = {language: sentences(data, language) for language in LANGUAGES}
    result: dict[str, Any] = {"speed": speed(texts["en"]), "pool": _POOL, "aim": AIM, "pairs": {}}
    print(f"{result['speed']['a_second']} sentences of {result['speed']['words_each']} words a second, one thread")
    cache = MemoryCache(6 * _POOL)
    rows = {language: encode(texts[language], cache=cache) for language in LANGUAGES}
    for one, other in itertools.permutations(LANGUAGES, 2):
        wanted = np.array(texts[other], dtype=object)
        plain = (rows[one] @ rows[other].T).argmax(axis=1)
        better = [n for n, _ in counterparts(texts[one], texts[other], cache=cache)]
        pair = {
            "cosine": share(wanted[plain] == wanted),
            "margin": share(wanted[better] == wanted),
            "margin_same_line_only": round(float((np.array(better) == np.arange(_POOL)).mean()), 4),
        }
        result["pairs"][f"{one}-{other}"] = pair
        print(f"{one} → {other}  cosine {pair['cosine']}  margin {pair['margin']}", flush=True)
    for way in ("cosine", "margin"):
        found = [pair[way][0] for pair in result["pairs"].values()]
        result[way] = {"mean": round(float(np.mean(found)), 4), "least": min(found),
                       "pairs_at_aim": sum(value >= AIM for value in found)}
        print(way, result[way])
    return result


if __name__ == "__main__":
    done = run(Path(sys.argv[1]), Path(sys.argv[2]))
    Path(sys.argv[2]).write_text(json.dumps(done, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
