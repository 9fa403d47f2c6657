"""Two versions of a text: what was kept, edited, moved, split, merged, dropped and added."""

from ._redline import redline
from ._words import words

__all__ = ["redline", "words"]
