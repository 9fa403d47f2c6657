"""Foreign bytes read in a child process that can do no harm; its death is an answer, not an accident."""

from ._documents import can_recognise, draw_page, read_document, recognise_document
from ._limits import Limits
from ._process import in_child

__all__ = ["Limits", "can_recognise", "draw_page", "in_child", "read_document", "recognise_document"]
