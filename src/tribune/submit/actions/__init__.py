"""Changing submissions: drafting, signing, handing over."""

from ._drafting import (
    add_sentence,
    add_source,
    change_sentence,
    prepare_submission,
    propose_sentences,
    remove_sentence,
    remove_source,
    take_sentence,
)
from ._sending import contest_endorsement, hand_over
from ._signing import ask_for_code, open_signing, sign

__all__ = [
    "add_sentence",
    "add_source",
    "ask_for_code",
    "change_sentence",
    "contest_endorsement",
    "hand_over",
    "open_signing",
    "prepare_submission",
    "propose_sentences",
    "remove_sentence",
    "remove_source",
    "sign",
    "take_sentence",
]
