"""Two versions of a text, paired paragraph by paragraph."""

from dataclasses import dataclass, field

PAIR_VERDICTS = ("kept", "edited", "moved", "split", "merged", "dropped", "added")

# ("=", "-" or "+", text). Joining "=" and "-" gives the old text, "=" and "+" the new one.
RedlinePiece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Old paragraph ids and the new ones they became; one side is empty when dropped or added.

    `score` is similarity of wording in 0..1; `redline` runs over the old and new texts, several paragraphs
    of one side joined by a newline. `mentions` says what became of local governments here: any of
    "added", "kept", "weakened", "deleted"; `reasons` are words a person reads ("shall → may").
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    verdict: str
    score: float
    redline: tuple[RedlinePiece, ...]
    mentions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """All pairs in reading order of the new text, dropped ones at their old place; and the counts.

    `summary` has one count of pairs for each of PAIR_VERDICTS; `mentions` counts mentions added, kept,
    weakened and deleted.
    """

    pairs: tuple[Pair, ...]
    summary: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
