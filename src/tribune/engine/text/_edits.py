"""A reading put right by hand: acts on its paragraphs, replayed over what the file said.

The reading itself never changes; what an officer did is a list of acts. Undoing is replaying fewer of them, so
nothing that was read is ever lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..types import Paragraph
from ._paths import bare, local_path, said, scope_of
from ._rows import Row, fresh, rows_of, trails, unique

__all__ = ["ACTS", "Edit", "EditRefused", "replay"]

ACTS = ("merge", "split", "number", "kind", "level", "drop", "restore", "join")
_HEADINGS = ("heading", "annex")


class EditRefused(ValueError):
    """An act that cannot be done on this text; `code` says why.

    Codes: gone (no such paragraph), first (nothing before it), place (no place to split), number (not a number),
    taken (the place is taken), level (not a heading), kind (no such kind), act (no such act).
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Edit:
    """One act on one paragraph. `key` is the paragraph's id in the reading, or for parts that a split made
    "<key>+<serial>.<n>"; `serial` is unique in the log. `data` by act: split {"at": [offsets]}, number {"number",
    "following"}, kind {"kind", "number"}, level {"level"}, join {"path"}; none for merge, drop and restore.
    """

    serial: int
    act: str
    key: str
    data: Mapping[str, Any] = field(default_factory=dict)


def replay(paragraphs: Sequence[Paragraph], edits: Sequence[Edit]) -> tuple[Row, ...]:
    """Return the rows of a reading after the given acts, in reading order; dropped ones stay, marked so.

    Ids are made unique again at the end; without acts the reading comes back unchanged. Mentions of changed texts
    are empty: they must be looked for again. Raises EditRefused.

    >>> text = [Paragraph("1", "1", "1.", "operative", "We act in"), Paragraph("u.1", "", "", "other", "all cities.")]
    >>> [row.paragraph.text for row in replay(text, [Edit(1, "merge", "u.1")])]
    ['We act in all cities.']
    """
    rows = list(rows_of(paragraphs))
    if not edits:
        return tuple(rows)
    rows = [replace(row, paragraph=replace(row.paragraph, id=_plain(row.paragraph.id))) for row in rows]
    touched = False
    for edit in edits:
        at = next((index for index, row in enumerate(rows) if row.key == edit.key), None)
        if at is None or (rows[at].dropped and edit.act != "restore"):
            raise EditRefused("gone")
        headings = [(row.key, row.level, row.entry, row.dropped) for row in rows if row.level]
        _ACTS.get(edit.act, _unknown)(rows, at, edit)
        touched = touched or headings != [(row.key, row.level, row.entry, row.dropped) for row in rows if row.level]
    return unique(trails(rows) if touched else rows)


def _unknown(rows: list[Row], at: int, edit: Edit) -> None:
    raise EditRefused("act")


def _plain(path: str) -> str:
    return scope_of(path) + bare(path)


# -- merge, split, drop ----------------------------------------------------------------------------------


def _merge(rows: list[Row], at: int, edit: Edit) -> None:
    before = next((index for index in range(at - 1, -1, -1) if not rows[index].dropped), None)
    this = rows[at].paragraph
    if before is None or (this.kind == "note") != (rows[before].paragraph.kind == "note"):
        raise EditRefused("first")
    kept = rows[before].paragraph
    text = glued(kept.text, f"{this.label} {this.text}" if this.label else this.text)
    entry = glued(rows[before].entry, rows[at].text) if rows[before].entry else ""
    rows[before] = replace(rows[before], entry=entry, paragraph=replace(kept, text=text, mentions=()))
    if kept.kind not in _HEADINGS and this.kind not in _HEADINGS:
        _adopt(rows, at, this, kept.id, kept.number)
    del rows[at]


def glued(first: str, second: str) -> str:
    """Join two texts as a reader would: no space within a word that was cut, nor between Han characters."""
    if not first or not second:
        return first + second
    if re.search(r"\w-$", first) and second[:1].islower():
        return first + second
    han = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
    return first + second if han.match(first[-1]) and han.match(second[0]) else f"{first} {second}"


def _split(rows: list[Row], at: int, edit: Edit) -> None:
    row = rows[at]
    text, scope = row.paragraph.text, scope_of(row.paragraph.id)
    places = sorted({int(place) for place in edit.data.get("at", ())})
    if not places or places[0] <= 0 or places[-1] >= len(text):
        raise EditRefused("place")
    pieces = [text[a:b].strip() for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    if not all(pieces):
        raise EditRefused("place")
    entry = pieces[0] if row.entry == row.paragraph.text else row.entry
    rows[at] = replace(row, entry=entry if row.level else "",
                       paragraph=replace(row.paragraph, text=pieces[0], mentions=()))
    made: list[Row] = []
    top = bare(row.paragraph.id).partition(".")[0]
    for n, piece in enumerate(pieces[1:], start=1):
        part = _part(piece, row.paragraph, scope, top, rows + made)
        if part.kind == "operative":
            top = bare(part.id)
        made.append(Row(f"{edit.key}+{edit.serial}.{n}", part, (row.level if part.kind == "heading" else 0),
                        part.text if part.kind == "heading" else ""))
    rows[at + 1 : at + 1] = made


def _part(text: str, of: Paragraph, scope: str, top: str, rows: Sequence[Row]) -> Paragraph:
    """What a piece that was cut off is: its own mark decides, else it is like what it was cut from."""
    from ._labels import parse_label

    label = parse_label(text)
    found = local_path(label.said if label and label.said[:1].isdigit() else f"({label.said})") if label else None
    if label and found and label.rest and of.kind not in ("note", *_HEADINGS):
        path, _ = found
        if path[0].isdigit():
            return replace(of, id=scope + path, number=_worded(rows, scope, path), label=label.printed,
                           kind="operative", text=label.rest, mentions=())
        if top[:1].isdigit():
            path = f"{top}.{path}"
            return replace(of, id=scope + path, number=_worded(rows, scope, path), label=label.printed,
                           kind="sub", text=label.rest, mentions=())
    kind = "other" if of.kind in ("operative", "sub", *_HEADINGS) else of.kind
    stem = {"preamble": f"{scope if scope.startswith('annex') else ''}pre", "note": "note.s"}.get(kind, "u")
    return replace(of, id=fresh(rows, stem), number="", label="", kind=kind, text=text, mentions=())


def _drop(rows: list[Row], at: int, edit: Edit) -> None:
    rows[at] = replace(rows[at], dropped=True)


def _restore(rows: list[Row], at: int, edit: Edit) -> None:
    rows[at] = replace(rows[at], dropped=False)


# -- numbers, kinds, levels ------------------------------------------------------------------------------


def _number(rows: list[Row], at: int, edit: Edit) -> None:
    row, number = rows[at].paragraph, str(edit.data.get("number", "")).strip()
    scope, old = scope_of(row.id), bare(row.id)
    if row.kind in _HEADINGS or row.kind == "note":
        raise EditRefused("kind")
    if not number:
        kind = "other" if row.kind == "operative" else row.kind
        rows[at] = replace(rows[at], paragraph=replace(row, id=fresh(rows, "u"), number="", kind=kind))
        return
    path, label = _path_of(rows, at, number)
    kind = "sub" if "." in path and not said(path)[-1].isdigit() else "operative"
    after = list(range(at + 1, len(rows)))
    _adopt(rows, at, row, scope + path, _worded(rows, scope, path))
    rows[at] = replace(rows[at], paragraph=replace(
        row, id=scope + path, number=_worded(rows, scope, path), label=label, kind=kind))
    if edit.data.get("following"):
        _shift(rows, after, scope, old, path)


def _path_of(rows: Sequence[Row], at: int, number: str) -> tuple[str, str]:
    """Id within its part and printed mark; "(c)" alone hangs below the number before it."""
    scope = scope_of(rows[at].paragraph.id)
    found = local_path(number)
    if found is None:
        raise EditRefused("number")
    path, label = found
    if not path[0].isdigit():
        above = next((bare(row.paragraph.id) for row in reversed(rows[:at])
                      if row.paragraph.kind == "operative" and scope_of(row.paragraph.id) == scope
                      and not row.dropped), "")
        path = f"{above}.{path}" if above else path
    return path, label


def _shift(rows: list[Row], after: Sequence[int], scope: str, old: str, new: str) -> None:
    """Let the numbers that follow at the same level move by as much."""
    above, _, was = old.rpartition(".")
    above_new, _, now = new.rpartition(".")
    by = _value(now) - _value(was)
    if above != above_new or not _value(was) or not _value(now) or was.isdigit() != now.isdigit() or not by:
        return
    prefix = f"{above}." if above else ""
    for index in after:
        row = rows[index].paragraph
        path = bare(row.id)
        if scope_of(row.id) != scope or not row.number or not path.startswith(prefix):
            continue
        mark, dot, rest = path[len(prefix) :].partition(".")
        if not _value(mark) or mark.isdigit() != was.isdigit() or _value(mark) + by < 1:
            continue
        value = _value(mark) + by
        moved = str(value) if mark.isdigit() else chr(96 + value) if value <= 26 else mark
        path = f"{prefix}{moved}{dot}{rest}"
        label = row.label if dot else row.label.replace(mark, moved) if mark in row.label else f"{moved}."
        rows[index] = replace(rows[index], paragraph=replace(
            row, id=scope + path, number=_worded(rows, scope, path), label=label))


def _value(mark: str) -> int:
    if mark.isdigit():
        return int(mark)
    return ord(mark) - 96 if len(mark) == 1 and "a" <= mark <= "z" else 0


def _adopt(rows: list[Row], at: int, old: Paragraph, path: str, number: str) -> None:
    """Hang what stands below a paragraph under its new id."""
    stem = f"{_plain(old.id)}."
    for index in range(at + 1, len(rows)):
        row = rows[index].paragraph
        if not row.id.startswith(stem):
            break
        rest = row.id[len(stem) :]
        words = row.number
        if words.startswith(old.number) and old.number:
            words = number + words[len(old.number) :] if number else words[len(old.number) :]
        elif number:
            words = number + said(rest)
        rows[index] = replace(rows[index], paragraph=replace(row, id=f"{path}.{rest}", number=words))


def _worded(rows: Sequence[Row], scope: str, path: str) -> str:
    """How an id is said in its part: with the words that stand before other numbers there."""
    local = said(path)
    if not scope:
        return local
    for row in rows:
        item = row.paragraph
        if scope_of(item.id) == scope and item.number.endswith(said(bare(item.id))):
            return item.number[: len(item.number) - len(said(bare(item.id)))] + local
    named = next((row.paragraph.number for row in rows if row.paragraph.id == scope.rstrip(".")), "")
    return f"{named}, {local}" if named else local


def _kind(rows: list[Row], at: int, edit: Edit) -> None:
    row, kind = rows[at], str(edit.data.get("kind", ""))
    item, scope = row.paragraph, scope_of(row.paragraph.id)
    if item.kind == "annex" and kind != "annex":
        _close_annex(rows, at)
        scope = ""
    if kind in ("operative", "sub"):
        number = str(edit.data.get("number", "")).strip()
        item = replace(item, kind=kind)
        if number:
            rows[at] = replace(row, paragraph=replace(item, id=fresh(rows, "u")), level=0, entry="")
            path, label = _path_of(rows, at, number)
            item = replace(item, id=scope + path, number=_worded(rows, scope, path), label=label)
        elif not item.number or row.level:
            item = replace(item, id=fresh(rows, "u"), number="")
        rows[at] = replace(row, paragraph=item, level=0, entry="")
    elif kind == "annex":
        _open_annex(rows, at)
    elif kind in ("preamble", "other", "note", "heading"):
        annexed = scope if scope.startswith("annex") else ""
        stem = {"preamble": f"{annexed}pre", "other": "u", "note": "note.s", "heading": "h"}[kind]
        level = int(edit.data.get("level") or len(item.headings) + 1) if kind == "heading" else 0
        rows[at] = replace(row, level=level, entry=row.text if level else "", paragraph=replace(
            item, id=fresh(rows, stem), number="", kind=kind))
    else:
        raise EditRefused("kind")


def _open_annex(rows: list[Row], at: int) -> None:
    """Let an annex begin here: what follows, to the next annex, gets numbers of its own."""
    before = sum(row.paragraph.kind == "annex" for row in rows[:at])
    scope = f"annex{before + 1}."
    while any(row.paragraph.id.startswith(scope) or row.paragraph.id == scope[:-1] for row in rows):
        before += 1
        scope = f"annex{before + 1}."
    said_ = re.match(r"[^\W\d_]+(?:\s+(?:[IVXLC]+|[A-Z]|\d+)\b)?", rows[at].paragraph.text)
    words = said_[0] if said_ else f"Annex {before + 1}"
    rows[at] = replace(rows[at], level=1, entry=rows[at].text, paragraph=replace(
        rows[at].paragraph, id=scope[:-1], number=words, kind="annex"))
    for index in _until_annex(rows, at):
        item = rows[index].paragraph
        if item.number and item.kind in ("operative", "sub", "preamble"):
            rows[index] = replace(rows[index], paragraph=replace(
                item, id=scope + item.id, number=f"{words}, {item.number}"))


def _close_annex(rows: list[Row], at: int) -> None:
    scope = f"{rows[at].paragraph.id}."
    words = f"{rows[at].paragraph.number}, "
    for index in _until_annex(rows, at):
        item = rows[index].paragraph
        if item.id.startswith(scope):
            rows[index] = replace(rows[index], paragraph=replace(
                item, id=item.id[len(scope) :], number=item.number.removeprefix(words)))


def _until_annex(rows: Sequence[Row], at: int) -> list[int]:
    out = []
    for index in range(at + 1, len(rows)):
        if rows[index].paragraph.kind == "annex":
            break
        out.append(index)
    return out


def _level(rows: list[Row], at: int, edit: Edit) -> None:
    level = int(edit.data.get("level", 0))
    if rows[at].paragraph.kind != "heading" or not 1 <= level <= 9:
        raise EditRefused("level")
    rows[at] = replace(rows[at], level=level, entry=rows[at].entry or rows[at].text)


def _join(rows: list[Row], at: int, edit: Edit) -> None:
    path = str(edit.data.get("path", ""))
    if not path or any(row.paragraph.id == path and not row.dropped for row in rows):
        raise EditRefused("taken")
    rows[at] = replace(rows[at], paragraph=replace(rows[at].paragraph, id=path))


_ACTS = {"merge": _merge, "split": _split, "number": _number, "kind": _kind, "level": _level, "drop": _drop,
         "restore": _restore, "join": _join}
