"""How consultations change: prepared, opened, spoken in, moderated, closed."""

from ._consultations import (
    change_consultation,
    close_consultation,
    close_due,
    missing_before_opening,
    open_consultation,
    prepare_consultation,
)
from ._contributions import contribute, send_position, withdraw_contribution
from ._moderation import moderate_contribution, moderate_statement
from ._statements import propose_statement, withdraw_statement
from ._votes import new_voice, vote, withdraw_vote

__all__ = [
    "change_consultation",
    "close_consultation",
    "close_due",
    "contribute",
    "missing_before_opening",
    "moderate_contribution",
    "moderate_statement",
    "new_voice",
    "open_consultation",
    "prepare_consultation",
    "propose_statement",
    "send_position",
    "vote",
    "withdraw_contribution",
    "withdraw_statement",
    "withdraw_vote",
]
