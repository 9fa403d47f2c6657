"""Align two versions of a text: what was kept, edited, moved, split, merged, dropped and added.

OLD and NEW are readable files (PDF, DOCX, HTML, Akoma Ntoso, Markdown, text); one of them may be - for
standard input. In the text form, [-struck-] and {+put in+} mark the words; kept paragraphs are only counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tribune.cli.read import bytes_of
from tribune.common.reading import read_document
from tribune.engine.align import align
from tribune.engine.types import PAIR_VERDICTS, Alignment, Document, Pair, Paragraph, Unreadable

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare OLD, NEW and --format."""
    parser.add_argument("old", metavar="OLD", help="the older text, or - for standard input")
    parser.add_argument("new", metavar="NEW", help="the newer text, or - for standard input")
    parser.add_argument("--format", choices=("json", "text"), help="default: text on a terminal, json elsewhere")


def run(options: argparse.Namespace) -> int:
    """Print the pairs and the counts."""
    if options.old == options.new == "-":
        raise Unreadable("two_inputs", "Only one of OLD and NEW can be standard input.", "Name the other file.")
    old, new = _document(options.old), _document(options.new)
    alignment = align(old.paragraphs, new.paragraphs)
    form = options.format or ("text" if sys.stdout.isatty() else "json")
    if form == "json":
        print(json.dumps(_as_json(alignment, old, new), ensure_ascii=False, indent=1))
    else:
        print(_for_people(alignment, old, new))
    return 0


def _document(file: str) -> Document:
    return read_document(bytes_of(file), name="" if file == "-" else Path(file).name)


def _as_json(alignment: Alignment, old: Document, new: Document) -> dict[str, Any]:
    return {
        "pairs": [{
            "old": pair.old, "new": pair.new, "verdict": pair.verdict, "score": pair.score,
            "mentions": pair.mentions, "reasons": pair.reasons, "redline": pair.redline,
        } for pair in alignment.pairs],
        "summary": {**alignment.summary, "mentions": alignment.mentions},
        "numbered": _numbered(alignment, old, new),
    }


def _numbered(alignment: Alignment, old: Document, new: Document) -> dict[str, int]:
    """Count numbered paragraphs of the first level on both sides, and those kept word for word."""
    before, after = _first_level(old.paragraphs), _first_level(new.paragraphs)
    kept = sum(pair.verdict == "kept" and pair.old[0] in before and pair.new[0] in after
               for pair in alignment.pairs)
    return {"old": len(before), "new": len(after), "kept": kept}


def _first_level(paragraphs: Sequence[Paragraph]) -> set[str]:
    return {p.id for p in paragraphs if p.kind == "operative" and p.number and "(" not in p.number}


def _for_people(alignment: Alignment, old: Document, new: Document) -> str:
    counts = ", ".join(f"{alignment.summary[verdict]} {verdict}" for verdict in PAIR_VERDICTS)
    named = ", ".join(f"{count} {fate}" for fate, count in alignment.mentions.items())
    numbered = _numbered(alignment, old, new)
    lines = [
        f"{old.symbol or old.title or 'OLD'} → {new.symbol or new.title or 'NEW'}",
        f"Pairs of paragraphs: {counts}.",
        f"Numbered paragraphs: {numbered['old']} before, {numbered['new']} after, {numbered['kept']} kept.",
        f"Mentions of local and regional governments: {named}.",
    ]
    for pair in alignment.pairs:
        if pair.verdict != "kept":
            lines += ["", *_entry(pair)]
    return "\n".join(lines)


def _entry(pair: Pair) -> list[str]:
    sides = [" + ".join(side) or "–" for side in (pair.old, pair.new)]
    notes = [pair.verdict]
    if pair.old and pair.new:
        notes.append(f"wording {pair.score:.2f}")
    notes += [f"mention {fate}" for fate in pair.mentions]
    notes += pair.reasons
    return [f"{sides[0]} → {sides[1]}  {'; '.join(notes)}", *_drawn(pair).split("\n")]


def _drawn(pair: Pair) -> str:
    marks = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
    return "".join(marks[sign][0] + text + marks[sign][1] for sign, text in pair.redline)
