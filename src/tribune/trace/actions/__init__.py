"""Changing this room: proposing, signing, contesting, opening and closing ledgers."""

from ..rules import LEDGER
from ._commitments import decide_follow_up, find_promises
from ._contests import answer_contest, contest_verdict
from ._erasing import erase_contest, erase_reasons
from ._following import follow_places
from ._judging import judge_later_versions, judge_next, judge_version
from ._signing import close_ledger, open_ledger, sign_verdict

__all__ = [
    "LEDGER",
    "answer_contest",
    "close_ledger",
    "contest_verdict",
    "decide_follow_up",
    "erase_contest",
    "erase_reasons",
    "find_promises",
    "follow_places",
    "judge_later_versions",
    "judge_next",
    "judge_version",
    "open_ledger",
    "sign_verdict",
]
