"""Reading this room; `verdicts_for` is the one gate for all of it."""

from ._asks import SHOWN, Outcome, cities_in, handed_over, latest_words, listed_asks, voices_of, what_became
from ._city import Counts, Line, Record, record_of
from ._commitments import commitments, follow_up_for, follow_ups_for, is_overdue, promises_to_read
from ._contests import contest_for, contests_of, has_a_voice_in, may_read, open_contests
from ._gate import is_open, public_verdicts, signed_for, sources_for, verdict_for, verdicts_for
from ._history import HISTORIES, History, history
from ._ledger import Cell, Chosen, LedgerView, Row, ledger, numbers_of, path_of, public_counts
from ._opened import Shown, changed_since, earlier_signatures, opened, to_sign, verdicts_of

__all__ = [
    "HISTORIES",
    "SHOWN",
    "Cell",
    "Chosen",
    "Counts",
    "History",
    "LedgerView",
    "Line",
    "Outcome",
    "Record",
    "Row",
    "Shown",
    "changed_since",
    "cities_in",
    "commitments",
    "contest_for",
    "contests_of",
    "earlier_signatures",
    "follow_up_for",
    "follow_ups_for",
    "handed_over",
    "has_a_voice_in",
    "history",
    "is_open",
    "is_overdue",
    "latest_words",
    "ledger",
    "listed_asks",
    "may_read",
    "numbers_of",
    "open_contests",
    "opened",
    "path_of",
    "promises_to_read",
    "public_counts",
    "public_verdicts",
    "record_of",
    "signed_for",
    "sources_for",
    "to_sign",
    "verdict_for",
    "verdicts_for",
    "verdicts_of",
    "voices_of",
    "what_became",
]
