"""Doors of the listen room."""

from ._codes import codes, mode, voting
from ._desk import bring_back, city_desk, mandate_document, revise, send, settle, undo_settlement
from ._exchange import bring_data, data, data_file, data_import, data_report, polis_file
from ._intake import annotation_file, bring_answers, intake, intake_file, text_file
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
    "about_you", "add_statement", "annotation_file", "bring_answers", "bring_back", "bring_data", "cast", "city_desk",
    "close", "code", "codes", "consultation", "consultations", "data", "data_file", "data_import", "data_report",
    "edit", "intake", "intake_file", "invite", "letter", "letter_file", "light", "manage", "mandate_document",
    "map_embed", "map_live", "mode", "moderate", "moderation", "moderation_log", "new", "open_now", "opinion_map",
    "phases", "points", "polis_file", "propose", "qr", "question", "questions", "receipt", "results", "review",
    "revise", "send", "set_questions", "settle", "summary", "take_back", "target", "text_file", "twins",
    "undo_settlement", "voices", "vote", "voting", "write",
]
