"""A Word file: tracked changes and comments become answers on paragraphs; a letter without any is read as prose."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tribune.engine.types import Unreadable

from ._found import Found, Letter
from ._prose import in_parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Marks and comments that our own export put in bear the public id of what they show: they are not the reader's.
_OURS = re.compile(r"\[[0-9a-z]{10}\]$")
_BOOKMARK = re.compile(r"^tribune_([0-9a-z]{10})$")
_MOST_PART = 60_000_000
_KEEP = re.compile(r"^\s*keep\b\s*[:.\-–—]?\s*", re.IGNORECASE)


@dataclass(slots=True)
class _Paragraph:
    place: int
    uid: str = ""
    old: str = ""
    new: str = ""
    authors: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    language: str = ""


def read(data: bytes, name: str) -> Letter:
    """Return an answer for each paragraph that was changed or commented on; prose is cut by what it names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml")
            remarks = _part(archive, "word/comments.xml", there=False)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Unreadable("no_word", f"“{name}” is no Word file.", "Save it as .docx and try again.") from None
    comments = _comments(remarks)
    paragraphs = _paragraphs(body)
    marked = bool(comments) or next(body.iter(f"{_W}ins", f"{_W}del"), None) is not None
    if not marked and not any(row.uid for row in paragraphs):
        return Letter(items=in_parts("\n".join(row.new for row in paragraphs), name))
    letter = Letter()
    before: _Paragraph | None = None
    for row in paragraphs:
        letter.items += _answers(row, before, comments, name)
        if row.old.strip():
            before = row
    return letter


def _answers(row: _Paragraph, before: _Paragraph | None, comments: dict[str, tuple[str, str]],
             name: str) -> list[Found]:
    place = f"{name}, paragraph {row.place}"
    found: list[Found] = []
    by = ", ".join(dict.fromkeys(filter(None, row.authors)))
    said = [comments[key] for key in row.comments if key in comments]
    old, new = row.old.strip(), row.new.strip()
    if old != new:
        one = Found(place=place, paragraph=f"uid:{row.uid}" if row.uid else "", by=by, read_text=old, wording=new)
        if not old and before is not None:
            # A paragraph put in after another: the wording of that one grows.
            one.paragraph = f"uid:{before.uid}" if before.uid else ""
            one.read_text, one.act = before.old.strip(), "ADD"
            one.wording = f"{before.new.strip() or before.old.strip()}\n\n{new}"
        elif not new:
            one.act, one.wording = "DELETE", ""
        else:
            one.act = "CHANGE"
        # One comment beside a change is its reason.
        if said:
            one.why = "\n\n".join(words for _author, words in said)
        found.append(one)
        return found
    for author, words in said:
        one = Found(place=place, paragraph=f"uid:{row.uid}" if row.uid else "", by=author, read_text=old, why=words)
        if keeps := _KEEP.match(words):
            one.act, one.why = "KEEP", words[keeps.end():].strip()
        found.append(one)
    return found


def _part(archive: zipfile.ZipFile, name: str, *, there: bool = True) -> Any:
    if name not in archive.namelist():
        if there:
            raise KeyError(name)
        return None
    if archive.getinfo(name).file_size > _MOST_PART:
        raise Unreadable("too_heavy", "This file holds more text than can be handled (too_heavy).",
                         "Cut it into parts.")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError:
        raise Unreadable("no_word", "The text of this Word file is damaged.", "Save it again as .docx.") from None


def _comments(root: Any) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for comment in root.iterfind(f"{_W}comment") if root is not None else ():
        author = comment.get(f"{_W}author", "")
        if _OURS.search(author):
            continue
        words = "\n".join("".join(_plain(paragraph)) for paragraph in comment.iter(f"{_W}p")).strip()
        if words:
            found[comment.get(f"{_W}id", "")] = (author, words)
    return found


def _paragraphs(root: Any) -> list[_Paragraph]:
    rows: list[_Paragraph] = []
    open_comments: list[str] = []
    for place, paragraph in enumerate(root.iter(f"{_W}p"), start=1):
        row = _Paragraph(place, comments=list(open_comments))
        _walk(paragraph, row, old=True, new=True)
        for mark in paragraph.iter(f"{_W}bookmarkStart", f"{_W}commentRangeStart", f"{_W}commentRangeEnd",
                                   f"{_W}commentReference"):
            key = mark.get(f"{_W}id", "")
            if mark.tag == f"{_W}bookmarkStart":
                named = _BOOKMARK.match(mark.get(f"{_W}name", ""))
                row.uid = named[1] if named else row.uid
            elif mark.tag == f"{_W}commentRangeEnd":
                open_comments = [other for other in open_comments if other != key]
            elif mark.tag == f"{_W}commentRangeStart":
                open_comments.append(key)
                row.comments.append(key)
            elif not any(key in other.comments for other in [*rows, row]):
                row.comments.append(key)
        # A comment over several paragraphs is said once, where it begins.
        row.comments = [key for key in dict.fromkeys(row.comments) if not any(key in other.comments for other in rows)]
        rows.append(row)
    return rows


def _walk(node: Any, row: _Paragraph, *, old: bool, new: bool) -> None:
    for child in node:
        tag = child.tag
        if tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}del", f"{_W}moveFrom"):
            author = child.get(f"{_W}author", "")
            added = tag in (f"{_W}ins", f"{_W}moveTo")
            if _OURS.search(author):
                # Shown by our export: the text that is asked about has no insertion and keeps what was struck.
                if not added:
                    _walk(child, row, old=old, new=new)
                continue
            before = len(row.old) + len(row.new)
            _walk(child, row, old=old and not added, new=new and added)
            if len(row.old) + len(row.new) > before:
                row.authors.append(author)
        elif tag in (f"{_W}t", f"{_W}delText"):
            row.old += (child.text or "") if old else ""
            row.new += (child.text or "") if new else ""
        elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            row.old += " " if old else ""
            row.new += " " if new else ""
        elif tag in (f"{_W}p", f"{_W}footnoteReference", f"{_W}rPr", f"{_W}pPr"):
            continue
        else:
            _walk(child, row, old=old, new=new)


def _plain(node: Any) -> list[str]:
    return [child.text or "" for child in node.iter(f"{_W}t")]
