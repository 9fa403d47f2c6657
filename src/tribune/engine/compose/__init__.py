"""Sentences that cannot say more than their sources: what a sentence claims, against who said it."""

from ._claims import Claim, claims
from ._counts import Counts, Excess, excesses, phrase

__all__ = ["Claim", "Counts", "Excess", "claims", "excesses", "phrase"]
