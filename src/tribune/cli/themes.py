"""Find themes in free text of six languages: label, size, exact quotes, members, and what fits nowhere.

CONTRIBUTIONS is a CSV with the columns id,text[,lang], in UTF-8 or an older encoding, or - for standard input.
Offsets of quotes are half-open, in code points of the text in NFC.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

from tribune.engine.text import decode
from tribune.engine.themes import Contribution, Quote, Themes, find_themes, read_contributions
from tribune.engine.types import Unreadable

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `tribune themes`."""
    parser.add_argument("contributions", metavar="CONTRIBUTIONS", help="CSV id,text[,lang]; - reads standard input")
    parser.add_argument("--strict", action="store_true", help="refuse the file when a row of it is bad")
    parser.add_argument("--format", choices=("json", "text"), help="default: text on a terminal, json elsewhere")


def run(options: argparse.Namespace) -> int:
    """Print the themes."""
    name = options.contributions
    text, notice = decode(_bytes(name))
    if notice:
        print(f"{name}: {notice.message}", file=sys.stderr)
    # newline="" keeps line ends inside cells as they are, so that offsets count.
    contributions, bad = read_contributions(io.StringIO(text, newline=""))
    if bad and options.strict:
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        raise Unreadable("bad_row", f"{name}, line {bad[0].line}: {bad[0].message}{more}.",
                         "Correct it, or leave out --strict to skip such rows.")
    for row in bad:
        print(f"{name}, line {row.line}: {row.message}; left out", file=sys.stderr)
    found = find_themes(contributions, progress=_bar if sys.stderr.isatty() else None)
    for _, message in found.notices:
        print(f"{name}: {message}", file=sys.stderr)
    if (options.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps(_shape(found), ensure_ascii=False, indent=1))
    else:
        print(_for_people(found, contributions))
    return 0


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable("no_file", f"{name}: {error.strerror or error}.", "Check the name.") from None


def _bar(step: str, done: int, of: int) -> None:
    filled = 30 * done // max(of, 1)
    end = "\n" if done >= of else ""
    print(f"\r{step:<9} [{'#' * filled}{'.' * (30 - filled)}] {done} of {of}", end=end, file=sys.stderr, flush=True)


def _shape(found: Themes) -> dict[str, Any]:
    def quotes(of: tuple[Quote, ...]) -> list[dict[str, Any]]:
        return [{"id": quote.id, "start": quote.start, "end": quote.end} for quote in of]

    return {
        "themes": [{"id": one.id, "label": one.label, "size": one.size, "quotes": quotes(one.quotes),
                    "members": list(one.members)} for one in found.themes],
        "unassigned": list(found.unassigned),
    }


def _for_people(found: Themes, contributions: tuple[Contribution, ...]) -> str:
    texts = {one.id: one.text for one in contributions}
    lines = []
    for theme in found.themes:
        lines.append(f"{theme.label}  ({theme.size})")
        lines += [f"    {quote.id}: {' '.join(texts[quote.id][quote.start : quote.end].split())}"
                  for quote in theme.quotes]
    lines.append(f"unassigned: {', '.join(found.unassigned) or 'none'}")
    return "\n".join(lines)
