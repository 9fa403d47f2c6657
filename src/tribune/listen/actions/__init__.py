"""How consultations change: prepared, opened, spoken in, moderated, closed."""

from ._about import tell_about
from ._answers import answer_question, review_summary
from ._consultations import (
    change_consultation,
    close_consultation,
    close_due,
    missing_before_opening,
    open_consultation,
    prepare_consultation,
)
from ._contributions import contribute, send_position, withdraw_contribution
from ._exchange import MOST_DATA_MEGABYTES, receive_data, stop_data
from ._intake import ItemGiven, bring_in, leave_out, take_in
from ._joining import join_twins, part_twins
from ._missing import invite_cities, set_target
from ._moderation import appeal_statement, moderate_contribution, moderate_statement
from ._phases import PhaseGiven, QuestionGiven, publish_summary, set_phases, set_questions
from ._priorities import give_points
from ._revising import bring_back, restore_wording, revise_contribution
from ._settling import settle, undo_settlement
from ._statements import propose_statement, withdraw_statement
from ._voices import choose_voting_mode, make_codes, new_voice, take_voice_as_member, take_voice_with_code
from ._votes import Ballot, cast_together, vote, withdraw_vote

__all__ = [
    "MOST_DATA_MEGABYTES",
    "Ballot",
    "ItemGiven",
    "PhaseGiven",
    "QuestionGiven",
    "answer_question",
    "appeal_statement",
    "bring_back",
    "bring_in",
    "cast_together",
    "change_consultation",
    "choose_voting_mode",
    "close_consultation",
    "close_due",
    "contribute",
    "give_points",
    "invite_cities",
    "join_twins",
    "leave_out",
    "make_codes",
    "missing_before_opening",
    "moderate_contribution",
    "moderate_statement",
    "new_voice",
    "open_consultation",
    "part_twins",
    "prepare_consultation",
    "propose_statement",
    "publish_summary",
    "receive_data",
    "restore_wording",
    "review_summary",
    "revise_contribution",
    "send_position",
    "set_phases",
    "set_questions",
    "set_target",
    "settle",
    "stop_data",
    "take_in",
    "take_voice_as_member",
    "take_voice_with_code",
    "tell_about",
    "undo_settlement",
    "vote",
    "withdraw_contribution",
    "withdraw_statement",
    "withdraw_vote",
]
