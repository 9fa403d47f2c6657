"""Two versions of a text: what was kept, edited, moved, split, merged, dropped and added."""

from ._align import align
from ._redline import redline
from ._weakening import weakening
from ._words import words

__all__ = ["align", "redline", "weakening", "words"]
