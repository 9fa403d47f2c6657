"""One page of a PDF as lines with their place, size and weight.

Only a few characters of each line are asked for their geometry: asking for all of them costs three times
as much as extracting the text itself.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

__all__ = ["BREAK", "MARK_END", "MARK_START", "Line", "lines_of"]

# Private characters of our own (those of the file are removed first): around a raised footnote mark …
MARK_START, MARK_END = "\ue000", "\ue001"
# … and where a line ended in a hyphen, so that the whole document can say whether the hyphen stays.
BREAK = "\ue002"

_PRIVATE = re.compile("[\ue000-\uf8ff\ud800-\udfff]")
_MARKS = re.compile(r"\d{1,3}(?!\d)|\*{1,3}")
# Lam-alef and lam-alef-maksura come out of the font's ligature in the wrong order.
_LIGATURES = re.compile("[اأإآى]ل")
_SPACE_IN_WORD = re.compile(r"(?<=\w) (?=[\w-])")
_BARCODE = re.compile(r"barcode|3 ?of ?9|code ?39", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line of print; coordinates in points from the lower left corner, `y` is the base line."""

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    barcode: bool = False


class _Probe:
    """Geometry of single characters of one text page."""

    def __init__(self, textpage: Any, rotation: int, width: float, height: float) -> None:
        self._page = textpage
        self._rotation, self._width, self._height = rotation, width, height
        self._d = [ctypes.c_double() for _ in range(4)]
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, bottom, top, turned the way a reader holds the page."""
        left, right, bottom, top = self._d
        pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        values = (left.value, right.value, bottom.value, top.value)
        if self._rotation == 0:
            return values
        x0, x1, y0, y1 = values
        if self._rotation == 1:
            return y0, y1, self._height - x1, self._height - x0
        if self._rotation == 2:
            return self._width - x1, self._width - x0, self._height - y1, self._height - y0
        return self._width - y1, self._width - y0, x0, x1

    def origin(self, index: int) -> tuple[float, float]:
        x, y = self._d[0], self._d[1]
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        if self._rotation == 0:
            return x.value, y.value
        if self._rotation == 1:
            return y.value, self._height - x.value
        if self._rotation == 2:
            return self._width - x.value, self._height - y.value
        return self._width - y.value, x.value

    def size(self, index: int) -> float:
        pdfium.FPDFText_GetMatrix(self._page, index, self._matrix)
        scale = float((self._matrix.c**2 + self._matrix.d**2) ** 0.5) or 1.0
        return float(pdfium.FPDFText_GetFontSize(self._page, index)) * scale

    def generated(self, index: int) -> bool:
        return bool(pdfium.FPDFText_IsGenerated(self._page, index) == 1)

    def font(self, index: int) -> str:
        n = pdfium.FPDFText_GetFontInfo(self._page, index, self._name, 128, self._flags)
        return self._name.raw[: max(min(n, 128) - 1, 0)].decode("utf-8", "replace")

    def weight(self, index: int) -> int:
        return int(pdfium.FPDFText_GetFontWeight(self._page, index))


def lines_of(textpage: Any, number: int, rotation: int, width: float, height: float) -> list[Line]:
    """Return the lines of one page in the order of its content stream."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return []
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: max(got - 1, 0) * 2].decode("utf-16-le", "surrogatepass")
    if got - 1 != count or _has_surrogates(text):
        text = _one_by_one(textpage, count)
    probe = _Probe(textpage, rotation, width, height)
    segments = []
    start = 0
    for piece in re.split("(\r\n|\r|\n|\ufffe\r?\n?)", text):
        if piece and piece[0] not in "\r\n\ufffe":
            line = _line(piece, start, number, probe)
            if line is not None:
                segments.append(line)
        elif piece.startswith("\ufffe") and segments:
            segments[-1].text += BREAK
        start += len(piece)
    return _merge(segments)


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and re.search("[\ud800-\udfff]", text) is not None


def _one_by_one(textpage: Any, count: int) -> str:
    codes = (pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


def _line(raw: str, start: int, number: int, probe: _Probe) -> Line | None:
    body = raw.strip()
    if not body:
        return None
    first = start + raw.index(body[0])
    last = start + len(raw.rstrip()) - 1
    places = sorted({first, (first + last) // 2, last})
    places = [place for place in places if not raw[place - start].isspace()] or [first]
    sizes = [round(probe.size(place), 1) for place in places]
    size = Counter(sizes).most_common(1)[0][0] if len(set(sizes)) < len(sizes) else max(sizes)
    main = [place for place, value in zip(places, sizes, strict=True) if value == size]
    y = probe.origin(main[len(main) // 2])[1]
    left, right = probe.box(first), probe.box(last)
    main = sorted({main[0], main[len(main) // 2], main[-1]})
    fonts = [probe.font(place) for place in main]
    bold = all(
        "bold" in font.lower() or "black" in font.lower() or probe.weight(place) >= 600
        for font, place in zip(fonts, main, strict=True)
    )
    italic = all("italic" in font.lower() or "oblique" in font.lower() for font in fonts)
    return Line(
        _repair(raw, start, size, y, probe),
        number,
        min(left[0], right[0]),
        max(left[1], right[1]),
        y,
        size,
        bold,
        italic,
        any(_BARCODE.search(font) for font in fonts),
    )


def _repair(raw: str, start: int, size: float, y: float, probe: _Probe) -> str:
    """Put ligatures in order, drop spaces that no eye sees, and bracket raised marks."""
    chars = list(_PRIVATE.sub(" ", raw) if _PRIVATE.search(raw) else raw)
    for hit in _LIGATURES.finditer(raw):
        a, b = hit.start(), hit.start() + 1
        if abs(probe.origin(start + a)[0] - probe.origin(start + b)[0]) < 0.01:
            chars[a], chars[b] = chars[b], chars[a]
    for hit in _SPACE_IN_WORD.finditer(raw):
        index = start + hit.start()
        if probe.generated(index):
            one, two = probe.box(index - 1), probe.box(index + 1)
            # Letters may come right to left; the gap is between the facing edges.
            gap = max(two[0] - one[1], one[0] - two[1])
            if gap < 0.07 * size:
                chars[hit.start()] = ""
    for hit in _MARKS.finditer(raw):
        index = start + hit.start()
        mark = probe.size(index)
        raised = mark < 0.8 * size and probe.origin(index)[1] > y + 0.1 * size
        if raised or (hit[0][0] == "*" and mark <= size + 0.1 and _alone(raw, hit.start(), hit.end())):
            chars[hit.start()] = MARK_START + chars[hit.start()]
            chars[hit.end() - 1] += MARK_END
    return "".join(chars)


def _alone(raw: str, start: int, end: int) -> bool:
    """An asterisk glued to the word before it, or standing first, is a mark; "a * b" is not."""
    before, after = raw[start - 1 : start], raw[end : end + 1]
    return (
        (not before and after in " \t")
        or (bool(before.strip()) and not after.strip() and before != "*")
        or (not before and bool(after.strip()))
    )


def _merge(segments: list[Line]) -> list[Line]:
    """Join pieces that stand on one line of print: raised marks make the text extraction cut there."""
    lines: list[Line] = []
    for piece in segments:
        if lines:
            a, size = lines[-1], max(lines[-1].size, piece.size)
            small = min(a.size, piece.size) < 0.8 * size
            level = abs(a.y - piece.y) < (0.6 if small else 0.2) * size
            gap = max(piece.x0 - a.x1, a.x0 - piece.x1)
            if level and -0.6 * size < gap < 1.5 * size and not a.text.endswith(BREAK) and not a.barcode:
                lines[-1] = _joined(a, piece, gap)
                continue
        lines.append(piece)
    return lines


def _joined(a: Line, b: Line, gap: float) -> Line:
    big = a if a.size >= b.size else b
    raised = re.compile(rf"{MARK_START}?(\d{{1,3}}|\*{{1,3}}){MARK_END}?\s*$")
    left, right = a.text, b.text
    if a.size < 0.8 * b.size and a.y > b.y and (hit := raised.fullmatch(left.strip())):
        left = MARK_START + hit[1] + MARK_END
    if b.size < 0.8 * a.size and b.y > a.y and (hit := raised.fullmatch(right.strip())):
        right = MARK_START + hit[1] + MARK_END
    space = "" if left[-1:].isspace() or right[:1].isspace() or gap < 0.12 * big.size else " "
    return replace(
        big,
        text=left + space + right,
        x0=min(a.x0, b.x0),
        x1=max(a.x1, b.x1),
        bold=a.bold and b.bold,
        italic=a.italic and b.italic,
    )
