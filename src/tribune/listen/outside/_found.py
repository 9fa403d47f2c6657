"""What a reader finds, and which reader takes a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from tribune.engine.types import Unreadable

MOST_ITEMS = 2000
MOST_LETTERS = 20_000


@dataclass(slots=True)
class Found:
    """One answer as it stood in a file. `paragraph`: what the file said, or "uid:…" where it bears our own mark."""

    place: str = ""
    paragraph: str = ""
    city: str = ""
    by: str = ""
    sender: str = ""
    act: str = "COMMENT"
    strength: str = ""
    language: str = ""
    read_text: str = ""
    wording: str = ""
    why: str = ""


@dataclass(slots=True)
class Letter:
    """All that a file says: its sender, and what was found in it. Warnings are (code, message)."""

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    sent_at: str = ""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    items: list[Found] = field(default_factory=list)


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
    from . import _mail, _notes, _table, _word

    kind = name.lower().rpartition(".")[2]
    if kind == "eml":
        if depth > 2:
            raise Unreadable("too_deep", "This mail holds mails that hold mails.", "Save the inner one as a file.")
        return _mail.read(data, depth=depth)
    if kind == "docx":
        return _word.read(data, name)
    if kind in ("csv", "tsv"):
        return _table.read(data, name)
    if kind in ("json", "jsonld"):
        return _notes.read(data, name)
    if kind in ("txt", "md"):
        from ._prose import decoded, in_parts

        return Letter(items=in_parts(decoded(data), name))
    raise Unreadable("kind", f"“{name}” is no kind of file that is read here.",
                     "Bring an .eml, .docx, .csv, .txt or .jsonld file.")
