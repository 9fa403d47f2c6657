"""Reading submissions: every sentence with who said it, who says otherwise, and whether it says more."""

from tribune.submit.participation import n_took_part

from ._gate import drafting_for, submission_for, submissions_for
from ._people import cities_of_process, cities_without_answer, sentences_on
from ._signatures import Signatures, change_of_mind, signatures, staying_out, stays_out
from ._table import Missing, Part, Quote, Row, history_of, table, words_of

__all__ = [
    "Missing",
    "Part",
    "Quote",
    "Row",
    "Signatures",
    "change_of_mind",
    "cities_of_process",
    "cities_without_answer",
    "drafting_for",
    "history_of",
    "n_took_part",
    "sentences_on",
    "signatures",
    "staying_out",
    "stays_out",
    "submission_for",
    "submissions_for",
    "table",
    "words_of",
]
