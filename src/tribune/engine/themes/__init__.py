"""Free text in six languages into themes: a label, exact quotes, members, and what fits nowhere."""

from ._find import find_themes
from ._rows import BadRow, read_contributions
from ._types import Contribution, Decisions, Quote, Theme, Themes, themes_from_json, to_json

__all__ = [
    "BadRow",
    "Contribution",
    "Decisions",
    "Quote",
    "Theme",
    "Themes",
    "find_themes",
    "read_contributions",
    "themes_from_json",
    "to_json",
]
