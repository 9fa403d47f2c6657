"""Foreign bytes read in a child process that can do no harm; its death is an answer, not an accident."""

from ._documents import read_document
from ._limits import Limits
from ._process import in_child

__all__ = ["Limits", "in_child", "read_document"]
