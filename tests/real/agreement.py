"""How far the engine agrees with the truth found by hand, on each half of the asks.

Asks with an odd number may be looked at when the engine is changed. Those with an even number are held back:
their rows are never printed, only their totals. `TRIBUNE_TEST_DATA=… python -m tests.real.agreement` prints
both totals, and with --rows what is wrong in the odd half.
"""

import os
import sys
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from tests.real.material import OLDER, Truth, asks, ids_of, judged, paragraphs, truths

from tribune.engine.types import Judgement

HALVES = ("development", "held back")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One ask in one version, by hand and by the engine; `same_place` is None where the truth names no place."""

    truth: Truth
    kind: str
    said: Judgement
    same_verdict: bool
    same_place: bool | None

    @property
    def half(self) -> str:
        """Odd numbers are for development, even ones are held back."""
        return HALVES[0] if int(self.truth.ask.lstrip("IPQW")) % 2 else HALVES[1]


@dataclass(frozen=True, slots=True)
class Share:
    """`agreed` of `n`, with the Wilson interval (Wilson 1927) at 95 %."""

    agreed: int
    n: int

    @property
    def value(self) -> float:
        """The share itself.

        >>> Share(3, 4).value
        0.75
        """
        return self.agreed / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound.

        >>> [round(x, 3) for x in Share(8, 10).interval]
        [0.49, 0.943]
        """
        z = 1.959964
        p, n = self.value, self.n
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return middle - reach, middle + reach

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.agreed}/{self.n} = {self.value:.2f} [{low:.2f}, {high:.2f}]"


def outcomes(folder: Path, name: str) -> list[Outcome]:
    """Every row of one set against the engine."""
    found = []
    for truth in truths(name):
        said = judged(folder, name, truth.version)[truth.ask]
        kind = asks(name)[truth.ask].kind
        place = None
        if truth.paragraphs:
            wanted = ids_of(truth, paragraphs(folder, name, truth.version))
            place = agrees_on_paragraph(truth, said, wanted, kind)
        found.append(Outcome(truth, kind, said, agrees_on_verdict(truth, said, kind), place))
    return found


def verdict_share(rows: list[Outcome]) -> Share:
    """Agreement on the verdict."""
    return Share(sum(row.same_verdict for row in rows), len(rows))


def paragraph_share(rows: list[Outcome]) -> Share:
    """Agreement on the paragraph, among rows whose truth names one."""
    placed = [row for row in rows if row.same_place is not None]
    return Share(sum(bool(row.same_place) for row in placed), len(placed))


def first_versions(rows: list[Outcome]) -> list[Outcome]:
    """Each ask once: A/RES/80/118 has the words of A/C.2/80/L.58, so its rows repeat those of the draft."""
    return [row for row in rows if row.truth.version != "A/RES/80/118"]


def agrees_on_verdict(truth: Truth, said: Judgement, kind: str) -> bool:
    """Whether the engine's verdict is the one found by hand, and since when."""
    if kind in ("KEEP", "DELETE"):
        return said.verdict == truth.verdict
    if truth.verdict == "none":
        # A part that stood in the older text already credits nothing either.
        return said.verdict == "none" or (said.verdict == "partly" and said.already_there)
    return said.verdict == truth.verdict and said.already_there == truth.already_there


def agrees_on_paragraph(truth: Truth, said: Judgement, places: set[str], kind: str) -> bool:
    """Whether the first evidence lies in a paragraph that the truth allows."""
    in_text = [evidence.paragraph for evidence in said.evidence if evidence.where == "text"]
    if in_text:
        return in_text[0] in places
    # Words that are gone can only be shown where they stood.
    gone = (kind, truth.verdict) in (("KEEP", "removed"), ("DELETE", "verbatim"))
    return gone and any(evidence.where == "old" for evidence in said.evidence)


def line(row: Outcome) -> str:
    """One row for a person who reads what went wrong."""
    truth, said = row.truth, row.said
    hand = f"{truth.verdict}{' already' * truth.already_there} {'|'.join(truth.paragraphs)}"
    places = " ".join(f"{e.where}:{e.paragraph}" for e in said.evidence[:2])
    engine = f"{said.verdict}{' already' * said.already_there} {places}"
    return f"{truth.ask:5} {row.kind:6} {truth.version:13} {hand[:28]:28} {engine:34} {truth.note}"


def summary(rows: list[Outcome]) -> list[str]:
    """Both shares of both halves."""
    found = []
    for half in HALVES:
        these = [row for row in rows if row.half == half]
        found.append(f"{half:12} verdict {verdict_share(these)}  paragraph {paragraph_share(these)}")
    return found


def main() -> None:
    """Print the totals, and on request the rows of the development half that disagree."""
    folder = Path(os.environ["TRIBUNE_TEST_DATA"])
    everything: list[Outcome] = []
    for name in OLDER:
        rows = outcomes(folder, name)
        everything += rows
        print(name, *summary(rows), sep="\n  ")
        if "--rows" in sys.argv:
            for row in rows:
                if row.half == HALVES[0] and not (row.same_verdict and row.same_place is not False):
                    print("   ", line(row))
    print("all", *summary(everything), sep="\n  ")
    print("all, each ask once", *summary(first_versions(everything)), sep="\n  ")


if __name__ == "__main__":
    main()
