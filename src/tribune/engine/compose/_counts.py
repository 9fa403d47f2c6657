"""Claims against counts, and the phrase that counts allow."""

from __future__ import annotations

from dataclasses import dataclass

from ._claims import Claim, claims

# "Most" needs more than half of those asked, "many" a third and at least five, "several" at least three. Our
# own convention, written on the page beside the sentence; a stricter house may only raise them.
MOST_SHARE = 0.5
MANY_SHARE = 1 / 3
MANY_LEAST = 5
SEVERAL_LEAST = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """Local and regional governments: how many say so, how many say otherwise, how many took part at all."""

    said: int
    otherwise: int
    took_part: int


@dataclass(frozen=True, slots=True)
class Excess:
    """A claim that goes further than its sources: where, and `code`: "unsupported", "all", "none", "most",
    "many", "several", "number" or "absolute"."""

    code: str
    start: int
    end: int


def _holds(claim: Claim, counts: Counts) -> bool:
    if claim.kind == "all":
        return counts.said == counts.took_part and not counts.otherwise
    if claim.kind in ("none", "absolute"):
        # Who did not speak may think otherwise: only a whole house without a contrary voice bears this.
        return counts.said == counts.took_part and not counts.otherwise
    if claim.kind == "most":
        return counts.said > MOST_SHARE * counts.took_part
    if claim.kind == "many":
        return counts.said >= max(MANY_LEAST, MANY_SHARE * counts.took_part)
    if claim.kind == "several":
        return counts.said >= SEVERAL_LEAST
    if claim.whole is not None and claim.whole != counts.took_part:
        # Fewer would make the share larger than it is, more would invent people who took part.
        return False
    return claim.number is not None and claim.number <= counts.said


def excesses(text: str, language: str, counts: Counts) -> tuple[Excess, ...]:
    """Return where `text` says more than `counts` bear; empty when it does not.

    A sentence without any source is one excess over its whole length. What a sentence claims about the world
    (rather than about who speaks) is not judged here: that is what its quotes are for.

    >>> [e.code for e in excesses("All cities ask for it.", "en", Counts(said=3, otherwise=0, took_part=9))]
    ['all']
    >>> excesses("Three cities ask for it.", "en", Counts(said=3, otherwise=0, took_part=9))
    ()
    """
    if not counts.said:
        return (Excess("unsupported", 0, len(text)),)
    return tuple(Excess(claim.kind, claim.start, claim.end) for claim in claims(text, language)
                 if not _holds(claim, counts))


def phrase(counts: Counts) -> str:
    """Return the strongest word that counts bear: "all", "most", "many", "several", "number" or "nobody"."""
    if not counts.said:
        return "nobody"
    for kind in ("all", "most", "many", "several"):
        if _holds(Claim(kind, 0, 0), counts):
            return kind
    return "number"
