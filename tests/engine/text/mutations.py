"""Files bent out of shape: each mutation is a function of its seed, so that a bad case can be made again."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from pathlib import Path

from tests.engine.text import samples

_ENDINGS = (".pdf", ".docx", ".html", ".xml", ".md", ".txt")
_LARGEST = 250_000
_PIECES = (b"<", b">", b"<div>" * 400, b"&#0;", b"\xff\xfe", b"\0" * 64, b"(a)" * 50, b"1.\n" * 80, b"[[[[", b"endobj",
           b"stream\n", b"\xe2\x80\xae", b"<w:p>" * 200, b"%PDF-1.7", b"PK\x03\x04", b"9" * 400, "\u0661.".encode() * 40)  # noqa: E501


def seeds(folder: Path | None = None) -> list[tuple[str, bytes]]:
    """Return files to bend, by name: made ones, and the smaller real ones below `folder`."""
    words = [f"{n}. We resolve to involve local authorities in thing {n}." for n in range(1, 12)]
    html = b"<html><body><h1>Act</h1>" + b"".join(b"<p>%s</p>" % word.encode() for word in words) + b"</body></html>"
    akn = (b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body><section><num>1.</num>'
           b"<content><p>We act.</p></content></section></body></act></akomaNtoso>")
    made = [("made.pdf", samples.pdf([words, words])), ("made.docx", samples.docx("".join(map(samples.paragraph, words)))),  # noqa: E501
            ("made.html", html), ("made.xml", akn), ("made.md", "\n\n".join(["# Act", *words]).encode()),
            ("made.txt", "\n\n".join(words).encode("utf-16"))]
    if folder is not None:
        real = sorted(path for part in ("parser", "multilingual", "un") for path in (folder / part).rglob("*")
                      if path.suffix.lower() in _ENDINGS and path.is_file() and path.stat().st_size <= _LARGEST)
        made += [(path.name, path.read_bytes()) for path in real]
    return made


def bent(data: bytes, other: bytes, seed: int) -> bytes:
    """Return the file with one to six mutations; a ZIP is now and then bent in its parts, behind its checksums."""
    chance = random.Random(seed)
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _bent_zip(data, other, chance)
    for _ in range(chance.randint(1, 6)):
        data = _once(data, other, chance)
    return data


def _once(data: bytes, other: bytes, chance: random.Random) -> bytes:
    if not data:
        return other[:1000]
    at = chance.randrange(len(data))
    size = min(len(data) - at, int(chance.expovariate(1 / 40)) + 1)
    what = chance.randrange(8)
    if what == 0:
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    if what == 1:
        return data[:at] + data[at + size :]
    if what == 2:
        return data[: at + size] + data[at : at + size] * chance.randint(1, 30) + data[at + size :]
    if what == 3:
        return data[:at] + chance.randbytes(size) + data[at + size :]
    if what == 4:
        return data[:at] + chance.choice(_PIECES) + data[at:]
    if what == 5 and other:
        start = chance.randrange(len(other))
        return data[:at] + other[start : start + 50 * size] + data[at:]
    if what == 6:
        return data[:at]
    digits = [place for place in range(at, min(at + 400, len(data))) if 48 <= data[place] <= 57]
    for place in digits[:4]:
        data = data[:place] + str(chance.choice((0, 9, 7, -1, 99999999999))).encode() + data[place + 1 :]
    return data


def _bent_zip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            parts = {item.filename: opened.read(item) for item in opened.infolist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError):
        return _once(data, other, chance)
    name = chance.choice(sorted(name for name in parts if name.endswith(".xml")) or sorted(parts))
    for _ in range(chance.randint(1, 4)):
        parts[name] = _once(parts[name], other, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part, body in parts.items():
            made.writestr(part, body)
    return out.getvalue()
