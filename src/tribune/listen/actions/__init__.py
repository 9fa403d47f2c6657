"""How consultations change: prepared, opened, spoken in, moderated, closed."""

from ._about import tell_about
from ._consultations import (
    change_consultation,
    close_consultation,
    close_due,
    missing_before_opening,
    open_consultation,
    prepare_consultation,
)
from ._contributions import contribute, send_position, withdraw_contribution
from ._moderation import appeal_statement, moderate_contribution, moderate_statement
from ._statements import propose_statement, withdraw_statement
from ._voices import choose_voting_mode, make_codes, new_voice, take_voice_as_member, take_voice_with_code
from ._votes import Ballot, cast_together, vote, withdraw_vote

__all__ = [
    "Ballot",
    "appeal_statement",
    "cast_together",
    "change_consultation",
    "choose_voting_mode",
    "close_consultation",
    "close_due",
    "contribute",
    "make_codes",
    "missing_before_opening",
    "moderate_contribution",
    "moderate_statement",
    "new_voice",
    "open_consultation",
    "prepare_consultation",
    "propose_statement",
    "send_position",
    "take_voice_as_member",
    "take_voice_with_code",
    "tell_about",
    "vote",
    "withdraw_contribution",
    "withdraw_statement",
    "withdraw_vote",
]
