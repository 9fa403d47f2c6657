"""Doors of the listen room."""

from ._desk import city_desk, send
from ._keeping import add_statement, close, edit, manage, new, open_now
from ._moderation import moderate, moderation
from ._reading import consultation, consultations, qr, results
from ._receipts import receipt
from ._voting import cast, propose, vote
from ._writing import take_back, write

__all__ = [
    "add_statement", "cast", "city_desk", "close", "consultation", "consultations", "edit", "manage", "moderate",
    "moderation", "new", "open_now", "propose", "qr", "receipt", "results", "send", "take_back", "vote", "write",
]
