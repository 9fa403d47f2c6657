"""The table of a form: one answer a row and column, whatever the columns are called."""

from __future__ import annotations

import csv
import io
import re

from tribune.engine.types import Unreadable

from ._found import Found, Letter
from ._prose import decoded

# What people call a column; everything else with words in it is a question.
_NAMES: dict[str, tuple[str, ...]] = {
    "paragraph": ("paragraph", "para", "paragraphe", "párrafo", "пункт", "الفقرة", "段落", "paragraph_id", "target"),
    "act": ("act", "kind", "type", "action"),
    "strength": ("strength", "importance", "how important"),
    "wording": ("wording", "proposed wording", "proposal", "new", "new text", "your wording", "proposed text"),
    "why": ("why", "reason", "comment", "comments", "rationale", "your comment", "commentaire", "comentario",
            "комментарий", "تعليق", "评论", "justification"),
    "city": ("city", "municipality", "local government", "ville", "ciudad", "город", "المدينة", "城市", "region"),
    "by": ("name", "your name", "nom", "nombre", "имя", "الاسم", "姓名"),
    "sender": ("e-mail", "email", "email address", "e-mail address", "courriel", "correo", "почта"),
    "language": ("language", "lang", "langue", "idioma", "язык", "اللغة", "语言"),
}
_NOT_ANSWERS = re.compile(r"^(timestamp|id|date|time|start time|completion time|ip|user agent|score|token|"
                          r"horodateur|marca temporal|consent.*|privacy.*)$", re.IGNORECASE)
_ACTS = frozenset({"COMMENT", "KEEP", "ADD", "CHANGE", "DELETE"})


def read(data: bytes, name: str) -> Letter:
    """Return the answers of a table; a row that cannot be used is told by its line, the others are kept."""
    text = decoded(data)
    if "\0" in text[:10_000]:
        raise Unreadable("no_table", f"“{name}” is no table of text.", "Save it as CSV.")
    csv.field_size_limit(16_000_000)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if name.lower().endswith(".tsv") else csv.excel
    rows = csv.reader(io.StringIO(text), dialect)
    letter = Letter()
    try:
        head = [" ".join(cell.split()) for cell in next(rows)]
    except (StopIteration, csv.Error):
        raise Unreadable("empty", f"“{name}” has no rows.", "Bring the table with its first line.") from None
    places = {_field(cell): at for at, cell in reversed(list(enumerate(head))) if _field(cell)}
    questions = [(at, cell) for at, cell in enumerate(head)
                 if cell and not _field(cell) and not _NOT_ANSWERS.match(cell)]
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            letter.warnings.append(("row", f"Line {rows.line_num}: {error}."))
            continue
        line = rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(head):
            letter.warnings.append(("row", f"Line {line} has {len(row)} cells, the first line has {len(head)}."))
            continue
        _row(row, line, places, questions, letter)
    if not letter.items and not questions and not {"why", "wording", "act"} & set(places):
        raise Unreadable("no_answers", f"“{name}” has no column with answers.",
                         "Name one column “comment” or “wording”, or bring the questions as columns.")
    return letter


def _row(row: list[str], line: int, places: dict[str, int], questions: list[tuple[int, str]], letter: Letter) -> None:
    def cell(name: str) -> str:
        at = places.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    # A spreadsheet's guard against formulas is not part of what was said.
    shared = {name: _unguarded(cell(name)) for name in ("city", "by", "sender", "language")}
    shared["language"] = shared["language"].lower()[:2]
    act = cell("act").upper()
    wording, why = _unguarded(cell("wording")), _unguarded(cell("why"))
    if wording or why or act in ("KEEP", "DELETE"):
        if act and act not in _ACTS:
            letter.warnings.append(("row", f"Line {line}: “{cell('act')[:40]}” is no act; read as a comment."))
        strength = cell("strength").lower()
        letter.items.append(Found(
            place=f"line {line}", paragraph=cell("paragraph"), act=act if act in _ACTS else
            ("CHANGE" if wording else "COMMENT"), strength=strength if strength in ("must", "should") else "",
            wording=wording, why=why, **shared))
    answered = [(title, _unguarded(row[at].strip())) for at, title in questions if at < len(row) and row[at].strip()]
    letter.items += [Found(place=f"line {line}", paragraph=f"question {title}", why=words, **shared)
                     for title, words in answered]
    if not (wording or why or answered or act in ("KEEP", "DELETE")):
        letter.warnings.append(("row", f"Line {line} holds no answer."))


def _field(title: str) -> str:
    plain = title.casefold().strip(" :*")
    return next((name for name, known in _NAMES.items() if plain in known), "")


def _unguarded(words: str) -> str:
    return words[1:] if words[:1] == "'" and words[1:2] in ("=", "+", "-", "@") else words
