"""Doors of the listen room."""

from ._codes import codes, mode, voting
from ._desk import bring_back, city_desk, mandate_document, revise, send, settle, undo_settlement
from ._keeping import add_statement, close, edit, manage, new, open_now
from ._letter import letter, letter_file
from ._light import light
from ._map import map_embed, map_live, opinion_map
from ._missing import about_you, invite, target, voices
from ._moderation import moderate, moderation, moderation_log
from ._questions import points, question, questions, review
from ._reading import consultation, consultations, qr, results
from ._receipts import receipt
from ._setting import phases, set_questions, summary, twins
from ._voting import cast, code, propose, vote
from ._writing import take_back, write

__all__ = [
    "about_you", "add_statement", "bring_back", "cast", "city_desk", "close", "code", "codes", "consultation",
    "consultations", "edit", "invite", "letter", "letter_file", "light", "manage", "mandate_document", "map_embed",
    "map_live", "mode", "moderate", "moderation", "moderation_log", "new", "open_now", "opinion_map", "phases",
    "points", "propose", "qr", "question", "questions", "receipt", "results", "review", "revise", "send",
    "set_questions", "settle", "summary", "take_back", "target", "twins", "undo_settlement", "voices", "vote",
    "voting", "write",
]
