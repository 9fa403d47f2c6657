"""Writing the generated pages of the manual: settings, permissions, events, commands."""

from __future__ import annotations

from pathlib import Path

from tribune.people.rules import VIEWERS
from tribune.project import configuration
from tribune.project.permissions import TABLE

DOCS = Path(__file__).resolve().parents[3] / "docs" / "reference"


def permissions_page() -> str:
    """Return the permission table in Markdown: a row for each address, a mark for each role."""
    lines = ["# Who may open which address", "",
             "Generated from `tribune.project.permissions`; `./tribune dev docs` writes it again. Rules in the rooms "
             "narrow it further (this process, this city, this text's distribution).", "",
             "| address | " + " | ".join(VIEWERS) + " |", "|---|" + "---|" * len(VIEWERS)]
    for name in sorted(TABLE):
        marks = " | ".join("●" if viewer in TABLE[name] or "anyone" in TABLE[name] else "" for viewer in VIEWERS)
        lines.append(f"| `{name}` | {marks} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Return the list of commands in Markdown."""
    from ._main import COMMANDS

    lines = ["# Commands", "", "Generated from `tribune.cli`; `./tribune dev docs` writes it again.", "",
             "| command | what it does |", "|---|---|"]
    lines += [f"| `tribune {name}` | {words} |" for name, (_, words) in COMMANDS.items()]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {"settings.md": configuration.page(), "permissions.md": permissions_page(), "commands.md": commands_page()}


def write() -> list[Path]:
    """Write all generated pages; return their paths."""
    DOCS.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        path = DOCS / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
