"""Reading this room; `verdicts_for` is the one gate for all of it."""

from ._asks import SHOWN, Outcome, handed_over, latest_words, listed_asks, voices_of, what_became
from ._gate import is_open, public_verdicts, signed_for, verdict_for, verdicts_for
from ._ledger import Cell, LedgerView, Row, ledger, numbers_of, path_of, public_counts
from ._opened import Shown, earlier_signatures, opened, to_sign, verdicts_of

__all__ = [
    "SHOWN",
    "Cell",
    "LedgerView",
    "Outcome",
    "Row",
    "Shown",
    "earlier_signatures",
    "handed_over",
    "is_open",
    "latest_words",
    "ledger",
    "listed_asks",
    "numbers_of",
    "opened",
    "path_of",
    "public_counts",
    "public_verdicts",
    "signed_for",
    "to_sign",
    "verdict_for",
    "verdicts_for",
    "verdicts_of",
    "voices_of",
    "what_became",
]
