"""Votes on statements → opinion groups, what unites and divides, and how far to trust it."""

from ._profiles import PROFILES, fit
from ._result import (
    Bridge,
    Consensus,
    Divisive,
    Finding,
    Flag,
    Group,
    LeftOut,
    Minority,
    Opinion,
    Places,
    Representative,
    Statement,
    Trust,
    WithFlagged,
    to_json,
)
from ._sums import Sums, may_be_pooled, no_sums, pool, sums_of
from ._votes import Votes, votes_from

__all__ = [
    "PROFILES",
    "Bridge",
    "Consensus",
    "Divisive",
    "Finding",
    "Flag",
    "Group",
    "LeftOut",
    "Minority",
    "Opinion",
    "Places",
    "Representative",
    "Statement",
    "Sums",
    "Trust",
    "Votes",
    "WithFlagged",
    "fit",
    "may_be_pooled",
    "no_sums",
    "pool",
    "sums_of",
    "to_json",
    "votes_from",
]
