"""Changing submissions: drafting, signing, handing over."""

from ._drafting import (
    add_sentence,
    change_sentence,
    move_sentence,
    prepare_submission,
    remove_sentence,
    take_sentence,
)
from ._history import undo
from ._prizes import keep_form_answers
from ._proposing import propose_sentences
from ._sending import contest_endorsement, hand_over, note_answer
from ._signing import ask_for_code, open_signing, reopen_drafting, sign
from ._sources import add_source, remove_source
from ._translating import AlreadySent, Written, write_in

__all__ = [
    "AlreadySent",
    "Written",
    "add_sentence",
    "add_source",
    "ask_for_code",
    "change_sentence",
    "contest_endorsement",
    "hand_over",
    "keep_form_answers",
    "move_sentence",
    "note_answer",
    "open_signing",
    "prepare_submission",
    "propose_sentences",
    "remove_sentence",
    "remove_source",
    "reopen_drafting",
    "sign",
    "take_sentence",
    "undo",
    "write_in",
]
