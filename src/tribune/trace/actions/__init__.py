"""Changing this room: proposing, signing, contesting, opening and closing ledgers."""

from ..rules import LEDGER
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
    "erase_contest",
    "erase_reasons",
    "follow_places",
    "judge_later_versions",
    "judge_next",
    "judge_version",
    "open_ledger",
    "sign_verdict",
]
