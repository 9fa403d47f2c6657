"""Where a machine helps: the register of all automatic proposals, their method cards, and the one language model."""

from ._cards import card, card_names
from ._model import Model, NoAnswer, ask_model, model
from ._register import Help, helps, register

__all__ = ["Help", "Model", "NoAnswer", "ask_model", "card", "card_names", "helps", "model", "register"]
