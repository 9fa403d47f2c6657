"""Doors of the listen room."""

from ._desk import bring_back, city_desk, mandate_document, revise, send, settle, undo_settlement
from ._keeping import add_statement, close, edit, manage, new, open_now
from ._letter import letter, letter_file
from ._light import light
from ._moderation import moderate, moderation
from ._questions import points, question, questions, review
from ._reading import consultation, consultations, qr, results
from ._receipts import receipt
from ._setting import phases, set_questions, summary, twins
from ._voting import cast, propose, vote
from ._writing import take_back, write

__all__ = [
    "add_statement", "bring_back", "cast", "city_desk", "close", "consultation", "consultations", "edit", "letter",
    "letter_file", "light", "manage", "mandate_document", "moderate", "moderation", "new", "open_now", "phases",
    "points", "propose", "qr", "question", "questions", "receipt", "results", "review", "revise", "send",
    "set_questions", "settle", "summary", "take_back", "twins", "undo_settlement", "vote", "write",
]
