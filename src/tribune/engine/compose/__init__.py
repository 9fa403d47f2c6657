"""Sentences that cannot say more than their sources: what a sentence claims, against who said it."""

from ._claims import Claim, claims
from ._counts import Counts, Excess, excesses, phrase
from ._merge import merge
from ._propose import Proposal, propose, propose_from_votes

__all__ = ["Claim", "Counts", "Excess", "Proposal", "claims", "excesses", "merge", "phrase", "propose",
           "propose_from_votes"]
