"""Statements of others as statements of ours: what is kept as it stands, what is tidied, what is left out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from ..statement_text import MOST_POINTS, Unfit, clean, tidy
from .tables import Report

__all__ = ["Words", "fit_words"]


@dataclass(slots=True)
class Words:
    """One statement as it stood in a file: its id there, its words, how it was moderated (1, 0, -1), its moment."""

    id: str
    text: str
    moderated: int = 1
    seed: bool = False
    time_ms: int | None = None


def fit_words(text: str, *, file: str, line: int, report: Report, voted: bool) -> str:
    """Return the words that are kept of a statement; "" where it is left out, which is noted.

    What people have voted on (`voted`) keeps its words as they were read, also where it is longer than we would let
    anybody write, or has no words: another text would falsify their votes. What turns the direction of reading, hides
    markup or covers its neighbours is left out in any case.
    """
    try:
        plain = clean(text)
    except Unfit as unfit:
        plain = tidy(text)
        if unfit.code in ("long", "signs") and voted and plain and len(text) <= MOST_POINTS:
            report.note("kept_long" if unfit.code == "long" else "kept_signs", f"{file}, {line}")
        else:
            report.add(file, line, f"statement_{unfit.code}", text)
            return ""
    if not voted:
        return plain
    if " ".join(text.split()) == plain or " ".join(unicodedata.normalize("NFC", text).split()) == plain:
        return text if len(text) <= MOST_POINTS else plain
    report.note("hidden_removed", f"{file}, {line}")
    return plain
