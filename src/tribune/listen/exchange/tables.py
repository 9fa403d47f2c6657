"""Tables of others as rows: whatever encoding, separators and quotes, with the line each row begins on."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from tribune.engine.text import decode
from tribune.engine.types import Unreadable

__all__ = ["MOST_BYTES", "MOST_TOLD", "Report", "Table", "members", "tables_of"]

# Bad rows are counted all, and told one by one up to this many.
MOST_TOLD = 500
# Of all files together, unpacked: a bomb of a few kilobytes ends here.
MOST_BYTES = 1_500_000_000
_MOST_FILES = 50
# One limit in all readers: the module `csv` keeps it for the whole process.
_CELL_LIMIT = 16_000_000
_SAMPLE = 1 << 20


@dataclass(slots=True)
class Report:
    """What was left out, by file and line, and what else is to be known, as codes (`exchange.words`)."""

    bad: list[tuple[str, int, str, str]] = field(default_factory=list)
    n_bad: int = 0
    notices: list[tuple[str, str]] = field(default_factory=list)

    def add(self, file: str, line: int, code: str, what: str = "") -> None:
        """Note one row that is left out."""
        self.n_bad += 1
        if len(self.bad) < MOST_TOLD:
            self.bad.append((file, line, code, _shown(what)))

    def note(self, code: str, what: str = "") -> None:
        """Note something that is no row, once."""
        if (code, what) not in self.notices and len(self.notices) < MOST_TOLD:
            self.notices.append((code, what))


def _shown(words: str) -> str:
    # Direction marks and the like in what is quoted would turn the report around.
    short = words if len(words) <= 60 else words[:60] + "…"
    return short if short.isprintable() else ascii(short)[1:-1]


@dataclass(slots=True)
class Table:
    """One table in an archive: `name` of its file, `head` as it stands there, and its rows, read as they are asked."""

    name: str
    head: list[str]
    size: int
    archive: zipfile.ZipFile
    member: str
    encoding: str
    delimiter: str

    def columns(self) -> dict[str, int]:
        """Return the place of each column by its name in small letters; the first of two counts."""
        return {cell.strip().lower(): at for at, cell in reversed(list(enumerate(self.head)))}

    def rows(self, report: Report) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells) after the heading; what is no row is noted, empty lines are skipped."""
        with self.archive.open(self.member) as raw:
            yield from _rows(raw, self, report, skip=True)


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files in an archive that may be tables. Raises Unreadable for what is too large unpacked."""
    found = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    if len(found) > _MOST_FILES or sum(info.file_size for info in found) > MOST_BYTES:
        raise Unreadable("too_large", "Unpacked, these files are too large.", "Bring one conversation at a time.")
    if any(info.flag_bits & 1 for info in found):
        raise Unreadable("locked", "The archive asks for a password.", "Pack it without one.")
    return found


def tables_of(archive: zipfile.ZipFile, report: Report) -> list[Table]:
    """Return the tables in an archive with their headings; a file that is none is noted."""
    found = []
    for info in members(archive):
        name = info.filename.rpartition("/")[2]
        with archive.open(info) as raw:
            sample = raw.read(_SAMPLE)
        if not sample.strip(b"\x00\xef\xbb\xbf \t\r\n"):
            report.note("empty_file", name)
            continue
        if sample[:4] in (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0") or b"\x00\x00\x00" in sample[:400]:
            report.note("no_table", name)
            continue
        encoding, guessed = _encoding(archive, info, sample)
        if guessed:
            report.note("encoding_guessed", f"{name}: {encoding}")
        table = Table(name, [], info.file_size, archive, info.filename, encoding, ",")
        first = sample.decode(encoding, "replace").lstrip("\ufeff").split("\n", 1)[0]
        table.delimiter = max(",;\t", key=first.count)
        with archive.open(info) as raw:
            table.head = next((row for _line, row in _rows(raw, table, Report(), skip=False)), [])
        found.append(table)
    return found


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


def _encoding(archive: zipfile.ZipFile, info: zipfile.ZipInfo, sample: bytes) -> tuple[str, bool]:
    """The encoding of a file, and whether it had to be guessed from its letters."""
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", False
    if sample[:400].count(0) > 20:
        return ("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"), True
    decoder = codecs.getincrementaldecoder("utf-8")()
    foreign = b""
    with archive.open(info) as raw:
        try:
            for piece in iter(lambda: raw.read(_SAMPLE), b""):
                if not foreign and not piece.isascii():
                    foreign = piece
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _old_encoding(foreign), True
    return "utf-8-sig", False


def _old_encoding(piece: bytes) -> str:
    text = decode(piece)[0]
    for name in ("cp1252", "cp1251", "koi8-r", "cp1256", "iso-8859-6", "gb18030", "cp866", "mac-roman"):
        try:
            if piece.decode(name, "replace")[:2000].split() == text[:2000].split():
                return name
        except LookupError:
            continue
    return "cp1252"


def _rows(raw: IO[bytes], table: Table, report: Report, *, skip: bool) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_CELL_LIMIT)
    text = io.TextIOWrapper(raw, encoding=table.encoding, errors="replace", newline="")
    # A file without line ends comes in pieces, so that it is never held as a whole.
    lines = iter(lambda: text.readline(_CELL_LIMIT), "")
    reader = csv.reader((line.replace("\0", "") for line in lines), delimiter=table.delimiter)
    while True:
        begin = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            report.add(table.name, begin, "not_csv")
            continue
        if not row or not any(cell.strip() for cell in row):
            continue
        if skip:
            skip = False
            continue
        yield begin, row
