"""Indicators of a city → values in their unit, share of a cited target, doubts with their reason, what is missing."""

from ._observations import QUALITIES, SEXES, BadRow, Observation, plain_code, read_observations, read_targets
from ._report import (
    BANDS,
    NO_BENCHMARK,
    NOT_REPORTED,
    Coverage,
    Report,
    Result,
    Value,
    band,
    report,
    share_of_target,
)
from ._rules import Doubt, in_unit
from ._set import Indicator, Target, published_targets, u4ssc

__all__ = [
    "BANDS",
    "NOT_REPORTED",
    "NO_BENCHMARK",
    "QUALITIES",
    "SEXES",
    "BadRow",
    "Coverage",
    "Doubt",
    "Indicator",
    "Observation",
    "Report",
    "Result",
    "Target",
    "Value",
    "band",
    "in_unit",
    "plain_code",
    "published_targets",
    "read_observations",
    "read_targets",
    "report",
    "share_of_target",
    "u4ssc",
]
