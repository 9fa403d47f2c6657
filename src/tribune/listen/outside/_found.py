"""What a reader finds in a file from outside."""

from __future__ import annotations

from dataclasses import dataclass, field


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
