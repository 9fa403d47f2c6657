"""Frozen dataclasses that engines share, and the one error they raise for bad input."""

from ._asks import ASK_KINDS, VERDICTS, Ask, Evidence, Judgement, Reason
from ._pairs import PAIR_VERDICTS, Alignment, Pair, RedlinePiece
from ._texts import (
    LANGUAGES,
    PARAGRAPH_KINDS,
    TIERS,
    Document,
    Mention,
    Notice,
    Paragraph,
    Source,
    Unreadable,
)

__all__ = [
    "ASK_KINDS",
    "LANGUAGES",
    "PAIR_VERDICTS",
    "PARAGRAPH_KINDS",
    "TIERS",
    "VERDICTS",
    "Alignment",
    "Ask",
    "Document",
    "Evidence",
    "Judgement",
    "Mention",
    "Notice",
    "Pair",
    "Paragraph",
    "Reason",
    "RedlinePiece",
    "Source",
    "Unreadable",
]
