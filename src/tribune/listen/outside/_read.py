"""Which reader takes a file from outside, and how much of it is kept."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from tribune.engine.types import Unreadable

from . import _mail, _notes, _table, _word
from ._found import Letter
from ._prose import decoded, in_parts

MOST_ITEMS = 2000
MOST_LETTERS = 20_000


def read_answers(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Return what a file says, as plain values. Raises Unreadable for a kind of file that nobody reads.

    `options`: {"name": the name of the file}. Runs in the child of `common.reading.in_child`.
    """
    letter = read_one(data, str(options["name"]), depth=0)
    if len(letter.items) > MOST_ITEMS:
        letter.warnings.append(("too_many", f"Only the first {MOST_ITEMS} of {len(letter.items)} answers were read."))
        del letter.items[MOST_ITEMS:]
    for item in letter.items:
        for name in ("read_text", "wording", "why"):
            if len(getattr(item, name)) > MOST_LETTERS:
                setattr(item, name, getattr(item, name)[:MOST_LETTERS])
                letter.warnings.append(("cut", f"{item.place}: cut after {MOST_LETTERS} characters."))
    return asdict(letter)


def read_one(data: bytes, name: str, *, depth: int) -> Letter:
    """Return what one file says; attachments of a mail come here too."""
    kind = name.lower().rpartition(".")[2]
    if kind == "eml":
        if depth > 2:
            raise Unreadable("too_deep", "This mail holds mails that hold mails.", "Save the inner one as a file.")
        return _mail.read(data, inner=partial(read_one, depth=depth + 1))
    if kind == "docx":
        return _word.read(data, name)
    if kind in ("csv", "tsv"):
        return _table.read(data, name)
    if kind in ("json", "jsonld"):
        return _notes.read(data, name)
    if kind in ("txt", "md"):
        return Letter(items=in_parts(decoded(data), name))
    raise Unreadable("kind", f"“{name}” is no kind of file that is read here.",
                     "Bring an .eml, .docx, .csv, .txt or .jsonld file.")
