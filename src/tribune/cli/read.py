"""Read a PDF, DOCX, HTML, Akoma Ntoso, Markdown or text file into numbered paragraphs.

FILE may be - for standard input. The bytes decide what the file is, not its name.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tribune.common.reading import Limits, read_document
from tribune.engine.text import to_json
from tribune.engine.types import Document, Unreadable

__all__ = ["add_arguments", "bytes_of", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare FILE and --format."""
    parser.add_argument("file", metavar="FILE", help="the text, or - for standard input")
    parser.add_argument("--format", choices=("json", "text"), help="default: text on a terminal, json elsewhere")


def run(options: argparse.Namespace) -> int:
    """Print the document."""
    name = "" if options.file == "-" else Path(options.file).name
    document = read_document(bytes_of(options.file), name=name)
    form = options.format or ("text" if sys.stdout.isatty() else "json")
    if form == "json":
        print(json.dumps(to_json(document), ensure_ascii=False, indent=1))
    else:
        print(_for_people(document))
    return 0


def bytes_of(file: str, limit: int = Limits().file_bytes) -> bytes:
    """Return the bytes of a file or of standard input ("-"); raise `Unreadable` where there is none."""
    if file == "-":
        return sys.stdin.buffer.read(limit + 1)
    path = Path(file)
    try:
        if path.is_dir():
            raise Unreadable("not_a_document", f"{file} is a folder.", "Name a file.")
        if path.stat().st_size > limit:
            raise Unreadable(
                "too_big",
                f"{file} has {path.stat().st_size / 1e6:.1f} MB; {limit / 1e6:g} MB are allowed.",
                "Cut it into parts or leave out pictures.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("not_found", f"There is no file {file}.", "Check the name.") from None
    except OSError as error:
        raise Unreadable(
            "not_found", f"{file} cannot be opened ({error.strerror}).", "Check the name and your rights."
        ) from None


def _for_people(document: Document) -> str:
    lines = [document.title or "(no title)"]
    about = [document.symbol, document.language, document.source.media_type]
    if document.source.pages:
        about.append(f"{document.source.pages} pages")
    lines += ["  ".join(part for part in about if part), ""]
    for item in document.paragraphs:
        page = f"  [p. {item.page}]" if item.page else ""
        if item.kind in ("heading", "annex"):
            lines += ["", f"# {item.label} {item.text}".replace("#  ", "# ") + page]
            continue
        mentions = "".join(f" <{mention.tier}: {item.text[mention.start : mention.end]}>" for mention in item.mentions)
        lines.append(f"{item.id:>12}  {item.label + ' ' if item.label else ''}{item.text}{mentions}{page}")
    if document.warnings:
        lines += ["", "Notices:"]
        lines += [f"  {notice.message}{f' [p. {notice.page}]' if notice.page else ''}" for notice in document.warnings]
    return "\n".join(lines)
