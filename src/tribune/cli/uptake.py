"""Judge what became of asks in a text: verbatim, in substance, partly, none, removed, kept.

ASKS is a CSV with the columns id,kind,target,old,new,text; kind is KEEP, ADD, CHANGE or DELETE. TEXT is a
readable document, or a CSV with the columns id,text[,old]. One JSON object a line, in the order of ASKS.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tribune.common.reading import read_document
from tribune.engine.types import Ask, Document, Judgement, Unreadable
from tribune.engine.uptake import BadRow, Row, judge, judge_rows, read_asks, read_rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `tribune uptake`."""
    parser.add_argument(
        "asks", metavar="ASKS", help="CSV with id,kind,target,old,new,text; - reads standard input"
    )
    parser.add_argument("text", metavar="TEXT", help="the text to judge: a document, or CSV id,text[,old]")
    parser.add_argument(
        "--old", metavar="OLD", help="the older text; evidence must then lie in what TEXT inserted"
    )
    parser.add_argument("--top", metavar="K", type=_positive, default=3, help="places of evidence an ask (3)")
    parser.add_argument(
        "--previous",
        metavar="FILE",
        help="this command's output for the version before, "
        "so that an ask that was there and is no more is called removed",
    )
    parser.add_argument("--strict", action="store_true", help="refuse the file when a row of it is bad")
    parser.add_argument(
        "--format", choices=("json", "text"), default=None, help="json a line, or text for people"
    )


def run(options: argparse.Namespace) -> int:
    """Judge the asks and print them; bad rows go to standard error with their line number."""
    if [options.asks, options.text, options.old].count("-") > 1:
        raise Unreadable("two_inputs", "Only one file can be standard input.", "Name the others.")
    asks, bad = read_asks(_lines(options.asks, "ASKS"))
    _report(options.asks, bad, options.strict)
    previous = _previous(options.previous) if options.previous else {}
    text = _text(options.text, options.strict)
    if isinstance(text, Document):
        old = _text(options.old, options.strict) if options.old else None
        if old is not None and not isinstance(old, Document):
            raise Unreadable("mixed_texts", "OLD is a table and TEXT is a document.", "Give two documents.")
        judgements = judge(
            asks,
            text.paragraphs,
            old=old.paragraphs if old else None,
            language=text.language,
            top=options.top,
            previous=previous,
            progress=_bar if sys.stderr.isatty() else None,
        )
        shown = Shown(
            {p.id: p.text for p in text.paragraphs}, {p.id: p.text for p in old.paragraphs} if old else {}
        )
    else:
        if options.old:
            raise Unreadable(
                "mixed_texts",
                "TEXT is a table, so --old does not apply.",
                "Put the words that each row replaces in its column old.",
            )
        judgements = judge_rows(
            asks, text, top=options.top, previous=previous, progress=_bar if sys.stderr.isatty() else None
        )
        shown = Shown({r.id: r.text for r in text}, {r.id: r.old or "" for r in text})
    style = options.format or ("text" if sys.stdout.isatty() else "json")
    for ask, judgement in zip(asks, judgements, strict=True):
        line = _as_text(ask, judgement, shown) if style == "text" else _as_json(judgement)
        sys.stdout.write(line + "\n")
    return 0


@dataclass(frozen=True, slots=True)
class Shown:
    """Paragraph texts by id, for quoting evidence."""

    text: dict[str, str]
    old: dict[str, str]


def _bar(done: int, of: int) -> None:
    if done == of or not done % max(1, of // 200):
        sys.stderr.write(f"\r{done}/{of} asks" + ("\n" if done == of else ""))
        sys.stderr.flush()


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable("no_file", f"{name}: {error.strerror or error}.", "Check the name.") from None


def _lines(name: str, what: str, data: bytes | None = None) -> Iterable[str]:
    try:
        text = (_bytes(name) if data is None else data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "not_utf8", f"{what} {name}: byte {error.start} is not UTF-8.", "Save it as CSV in UTF-8."
        ) from None
    return text.splitlines(keepends=True)


def _text(name: str, strict: bool) -> Document | tuple[Row, ...]:
    data = _bytes(name)
    if _looks_like_table(name, data):
        rows, bad = read_rows(_lines(name, "TEXT", data))
        _report(name, bad, strict)
        return rows
    document = read_document(data, name=name)
    assert isinstance(document, Document)
    return document


def _looks_like_table(name: str, data: bytes) -> bool:
    head = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    columns = {cell.strip().strip(b'"').lower() for cell in head.split(b",")}
    return name.lower().endswith(".csv") or {b"id", b"text"} <= columns


def _report(name: str, bad: Sequence[BadRow], strict: bool) -> None:
    if bad and strict:
        first = bad[0]
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        raise Unreadable(
            "bad_row",
            f"{name}, line {first.line}: {first.message}{more}.",
            "Correct it, or leave out --strict to skip such rows.",
        )
    for row in bad:
        print(f"{name}, line {row.line}: {row.message}; left out", file=sys.stderr)


def _previous(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for n, line in enumerate(_lines(name, "--previous"), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            found[str(entry["ask"])] = str(entry["verdict"])
        except (ValueError, KeyError, TypeError):
            raise Unreadable(
                "bad_previous",
                f"{name}, line {n}: not a line of this command's output.",
                "Give the JSON that tribune uptake printed.",
            ) from None
    return found


def _as_json(judgement: Judgement) -> str:
    entry: dict[str, Any] = {
        "ask": judgement.ask,
        "verdict": judgement.verdict,
        "direction": judgement.direction,
        "confidence": judgement.confidence,
        "already_there": judgement.already_there,
        "reasons": [{"code": r.code, "message": r.message} for r in judgement.reasons],
        "evidence": [
            {
                "in": e.where,
                "paragraph": e.paragraph,
                "score": float(f"{e.score:.6g}"),
                "spans": [list(span) for span in e.spans],
            }
            for e in judgement.evidence
        ],
    }
    return json.dumps(entry, ensure_ascii=False)


def _as_text(ask: Ask, judgement: Judgement, shown: Shown) -> str:
    marks = [judgement.verdict]
    if judgement.already_there:
        marks.append("already there")
    if judgement.direction and judgement.direction != "neutral":
        marks.append(judgement.direction)
    lines = [f"{ask.id}  {ask.kind}  {', '.join(marks)}  ({judgement.confidence:.2f})"]
    lines += [f"    {reason.message}" for reason in judgement.reasons]
    for evidence in judgement.evidence:
        texts = shown.text if evidence.where == "text" else shown.old
        words = " … ".join(texts[evidence.paragraph][a:b] for a, b in evidence.spans)
        lines.append(f"    {evidence.where} {evidence.paragraph}: {' '.join(words.split())}")
    return "\n".join(lines)
