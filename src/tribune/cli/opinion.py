"""Find opinion groups in votes, what unites and divides, and how far to trust it.

VOTES is a CSV of votes (participant,statement,vote, or Polis's timestamp,datetime,comment-id,voter-id,vote), a matrix
with one row a participant and one column a statement, or Parquet with participant, statement, vote. A vote is 1 agree,
0 pass, -1 disagree; the last vote of a pair counts. With --output, the long tables go to Parquet in that folder.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

# The engine has threads of its own; those of the algebra library, set before it is loaded, only wait on each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tribune.engine.opinion import (
    PROFILES,
    BadVote,
    Opinion,
    StatementTexts,
    fit,
    read_statements,
    read_units,
    read_votes,
    to_json,
)
from tribune.engine.types import Unreadable

__all__ = ["add_arguments", "run"]

_TOLD = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `tribune opinion`."""
    parser.add_argument("votes", metavar="VOTES", help="CSV or Parquet; - reads standard input")
    parser.add_argument("--statements", metavar="FILE", help="CSV with statement,text[,moderated], or comments.csv")
    parser.add_argument("--units", metavar="FILE",
                        help="CSV with participant,unit: leave out one unit (a city) at a time")
    parser.add_argument("--profile", choices=PROFILES, default="tribune",
                        help="tribune can say “one group”; polis draws the map as Polis does")
    parser.add_argument("--seed", type=int, default=0, help="start of all lots that are drawn (0)")
    parser.add_argument("--output", metavar="DIR", type=Path, help="folder for participants and statements as Parquet")
    parser.add_argument("--strict", action="store_true", help="refuse the file when a row of it is bad")
    parser.add_argument("--format", choices=("json", "text"), help="default: text on a terminal, json elsewhere")


def run(options: argparse.Namespace) -> int:
    """Print the result; bad rows go to standard error with their line number."""
    if [options.votes, options.statements, options.units].count("-") > 1:
        raise Unreadable("two_inputs", "Only one file can be standard input.", "Name the others.")
    reading = read_votes(_source(options.votes), name=_name(options.votes), strict=options.strict)
    _report(_name(options.votes), reading.bad, reading.n_bad)
    texts = StatementTexts({}, (), ())
    if options.statements:
        texts = read_statements(_source(options.statements), name=_name(options.statements), strict=options.strict)
        _report(_name(options.statements), texts.bad, len(texts.bad))
    units = None
    if options.units:
        units, bad = read_units(_source(options.units), name=_name(options.units), strict=options.strict)
        _report(_name(options.units), bad, len(bad))
    if reading.votes.n_votes == 0:
        raise Unreadable("no_votes", f"{_name(options.votes)} has no vote that can be read.",
                         "Check the columns, and that votes are 1, 0 or -1.")
    opinion = fit(reading.votes, profile=options.profile, moderated=texts.moderated, units=units, seed=options.seed)
    form = options.format or ("text" if sys.stdout.isatty() else "json")
    found = to_json(opinion, places=options.output is None)
    for row in found["statements"]:
        if str(row["id"]) in texts.texts:
            row["text"] = texts.texts[str(row["id"])]
    found["read"] = {"bad_rows": reading.n_bad, "replaced_votes": reading.n_replaced, "notices": list(reading.notices)}
    if options.output:
        found["tables"] = _write(options.output, opinion, texts)
        del found["statements"]
        for group in found["groups"]:
            del group["votes"]
    if form == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        print(_for_people(opinion, texts.texts, found))
    return 0


def _source(file: str) -> str | bytes:
    return sys.stdin.buffer.read() if file == "-" else file


def _name(file: str) -> str:
    return "standard input" if file == "-" else file


def _report(name: str, bad: tuple[BadVote, ...], n_bad: int) -> None:
    for row in bad[:_TOLD]:
        print(f"{name}, line {row.line}: {row.message}; left out", file=sys.stderr)
    if n_bad > _TOLD:
        print(f"{name}: {n_bad - _TOLD} more rows left out", file=sys.stderr)


def _write(folder: Path, opinion: Opinion, texts: StatementTexts) -> dict[str, str]:
    """Write the long tables; return their paths by name."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    places = opinion.places
    people = pa.table({
        "participant": places.participant,
        "group": pa.array(places.group, mask=places.group < 0, type=pa.int32()),
        "x": places.x, "y": places.y, "votes": places.n_votes, "flagged": places.flagged})
    rows = opinion.statements
    columns: dict[str, Any] = {
        "statement": [row.id for row in rows], "text": [texts.texts.get(str(row.id)) for row in rows],
        "agree": [row.agree for row in rows], "disagree": [row.disagree for row in rows],
        "pass": [row.passed for row in rows], "x": [row.x for row in rows], "y": [row.y for row in rows]}
    for group in opinion.groups:
        for at, answer in enumerate(("agree", "disagree", "pass")):
            columns[f"group_{group.id}_{answer}"] = [counts[at] for counts in group.votes]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(people, folder / "participants.parquet", compression="zstd")
        pq.write_table(pa.table(columns), folder / "statements.parquet", compression="zstd")
    except OSError as error:
        raise Unreadable("cannot_write", f"{folder} cannot be written to ({error.strerror}).",
                         "Name another folder.") from None
    return {"participants": str(folder / "participants.parquet"), "statements": str(folder / "statements.parquet")}


def _for_people(opinion: Opinion, texts: dict[str, str], found: dict[str, Any]) -> str:
    def named(statement: Any) -> str:
        words = "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in texts.get(str(statement), ""))
        return f"[{statement}] {' '.join(words.split())[:160]}".rstrip()

    lines = [f"{opinion.n_participants} participants, {opinion.n_statements} statements, {opinion.n_votes} votes."]
    if opinion.reason:
        lines.append(opinion.reason_message)
    elif opinion.n_groups == 1:
        lines.append("One group.")
    else:
        lines.append(f"{opinion.n_groups} groups.")
    if opinion.n_groups > 1:
        for group in opinion.groups:
            lines += ["", f"Group {group.id}: {group.size} people. What tells it from the others:"]
            for one in group.statements:
                range_ = "" if one.low is None else f" ({one.low:+.0%} to {one.high:+.0%})"
                value = f"{one.representativeness:+.0%}" if one.low is not None else f"×{one.representativeness:.2f}"
                lines.append(f"  {one.share:4.0%} {one.side}, {one.elsewhere:.0%} elsewhere, {value}{range_}  "
                             f"{named(one.statement)}")
    for title, rows in (
            ("What unites", [(f"{c.share:4.0%} {c.side}", c.statement) for c in opinion.consensus]),
            ("What divides", [(f"{d.score:.2f}", d.statement) for d in opinion.divisive]),
            ("Where groups meet", [(f"groups {b.groups[0]} and {b.groups[1]}, {b.side}", b.statement)
                                   for b in opinion.bridges]),
            ("Views of one group", [(f"group {m.group}: {m.share:.0%} {m.side}, all {m.everyone:.0%}", m.statement)
                                    for m in opinion.minorities])):
        if rows:
            lines += ["", f"{title}:", *(f"  {figure}  {named(statement)}" for figure, statement in rows)]
    if opinion.trust.findings:
        lines += ["", "How far to trust it:", *(f"  {one.message}" for one in opinion.trust.findings)]
    if "tables" in found:
        lines += ["", "Tables: " + ", ".join(found["tables"].values())]
    return "\n".join(lines)
