"""How alike two paragraphs are, and which ones are worth asking about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import groupby
from math import fsum

from rapidfuzz.distance import Indel, LCSseq

from ._units import Texts, Unit

# An inverted index over the rarest words finds true partners; more words or candidates only cost time.
_RARE_WORDS = 12
_CANDIDATES = 6
_COMMON = 25
# Candidates with less than this share of the best one's rare words are not measured.
_WORTH_ASKING = 0.3
# Words in a row that must be shared to count as taken over: fewer come together by chance.
_RUN = 3
# Stands for a word that is already spoken for; no word has this code.
TAKEN = "\x00"


class Likeness:
    """Similarity of wording between units of both sides, asked for once and remembered."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._known: dict[tuple[int, int], float] = {}

    def of(self, old: Unit, new: Unit) -> float:
        """Similarity in 0..1: half the share of words in common order, half the share of rare words."""
        key = (old.at, new.at)
        if key not in self._known:
            self._known[key] = self._measure(old, new)
        return self._known[key]

    def _measure(self, old: Unit, new: Unit) -> float:
        if not old.codes or not new.codes:
            return float(old.wording == new.wording)
        in_order = Indel.normalized_similarity(old.codes, new.codes)
        rarity, one, two = self._texts.rarity, old.features, new.features
        # fsum, since the order of a set changes from run to run and a plain sum with it.
        shared = fsum([rarity[feature] * min(one[feature], two[feature]) for feature in one.keys() & two.keys()])
        return 0.5 * in_order + shared / (old.weight + new.weight)

    def candidates(self, asked: Iterable[Unit], among: Iterable[Unit]) -> dict[int, list[Unit]]:
        """For each asked unit (by place), the few units of the other side that share its rarest words."""
        postings: dict[str, list[Unit]] = {}
        for unit in among:
            for feature in unit.features:
                postings.setdefault(feature, []).append(unit)
        rarity = self._texts.rarity
        found: dict[int, list[Unit]] = {}
        for unit in asked:
            known = sorted([(len(postings[f]), f) for f in unit.features if f in postings])[:_RARE_WORDS]
            weights: dict[int, float] = {}
            units: dict[int, Unit] = {}
            for spread, feature in known:
                # A word that stands nearly everywhere tells nothing, unless there is no other.
                if spread > _COMMON and len(weights) >= _CANDIDATES:
                    break
                weight = rarity[feature]
                for other in postings[feature]:
                    at = other.at
                    if at in weights:
                        weights[at] += weight
                    elif other.heading == unit.heading:
                        weights[at] = weight
                        units[at] = other
            least = _WORTH_ASKING * max(weights.values(), default=0.0)
            best = nsmallest(_CANDIDATES, [(-weight, at) for at, weight in weights.items() if weight >= least])
            found[unit.at] = [units[at] for _, at in best]
        return found

    def shared(self, part: Unit, whole: Unit) -> float:
        """Share (by weight) of the words of `part` that `whole` has somewhere: quick, and never too low."""
        rarity, features = self._texts.rarity, part.features
        both = fsum([rarity[f] * features[f] for f in features.keys() & whole.features.keys()])
        return both / part.weight if part.weight else 0.0

    def taken_over(self, part: Unit, whole: str) -> tuple[float, list[tuple[int, int]]]:
        """Share (by weight) of `part` that stands in the codes `whole` in runs, and where in `whole`."""
        weight = self._texts.weight_of_code
        total = inside = 0.0
        for letter in part.codes:
            total += weight[letter]
        places: list[tuple[int, int]] = []
        for op in LCSseq.opcodes(part.codes, whole):
            if op.tag == "equal" and op.src_end - op.src_start >= min(_RUN, len(part.codes)):
                inside += sum([weight[letter] for letter in part.codes[op.src_start:op.src_end]])
                places.append((op.dest_start, op.dest_end))
        return (inside / total if total else 0.0), places


def left_over(whole: Unit, members: Sequence[Unit]) -> str:
    """The codes of `whole`, with TAKEN where its words already stand in one of the members."""
    codes = whole.codes
    for member in members:
        ops = LCSseq.opcodes(member.codes, codes)
        codes = blot(codes, [(op.dest_start, op.dest_end) for op in ops if op.tag == "equal"])
    return codes


def blot(codes: str, places: Iterable[tuple[int, int]]) -> str:
    """Mark places as spoken for."""
    for start, end in places:
        codes = codes[:start] + TAKEN * (end - start) + codes[end:]
    return codes


def longest_free_run(codes: str) -> int:
    """Length of the longest stretch that is not spoken for."""
    return max((len(list(run)) for taken, run in groupby(codes, TAKEN.__eq__) if not taken), default=0)
