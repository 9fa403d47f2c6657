"""Votes on statements → opinion groups, what unites and divides, and how far to trust it."""

from ._complaints import BadVote, Reading
from ._live import Conversation
from ._profiles import PROFILES, fit
from ._read import StatementTexts, read_statements, read_units, read_votes
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
from ._routing import draw_next, next_statement_weights, polis_priorities
from ._sums import Sums, may_be_pooled, no_sums, pool, sums_of
from ._votes import Votes, votes_from

__all__ = [
    "PROFILES",
    "BadVote",
    "Bridge",
    "Consensus",
    "Conversation",
    "Divisive",
    "Finding",
    "Flag",
    "Group",
    "LeftOut",
    "Minority",
    "Opinion",
    "Places",
    "Reading",
    "Representative",
    "Statement",
    "StatementTexts",
    "Sums",
    "Trust",
    "Votes",
    "WithFlagged",
    "draw_next",
    "fit",
    "may_be_pooled",
    "next_statement_weights",
    "no_sums",
    "polis_priorities",
    "pool",
    "read_statements",
    "read_units",
    "read_votes",
    "sums_of",
    "to_json",
    "votes_from",
]
