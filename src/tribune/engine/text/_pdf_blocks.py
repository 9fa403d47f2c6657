"""Lines of print into paragraphs: by gaps, indents, weight and numbers; over page ends; hyphens healed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median

from ._blocks import Block, clean
from ._healing import Healer
from ._labels import looks_labelled
from ._pdf_furniture import body_size
from ._pdf_page import BREAK, MARK_END, MARK_START, Line
from ._words import part_of

__all__ = ["blocks_of"]

_MARK = re.compile(rf"\s?{MARK_START}\s*(\d{{1,3}}|\*{{1,3}})\s*{MARK_END}")
_NOTE_LABEL = re.compile(rf"^\s*(?:{MARK_START}\s*(\d{{1,3}}|\*{{1,3}})\s*{MARK_END}|(\*{{1,3}}|\d{{1,3}})(?=\s))\s*")
_ENDS = tuple('.;:!?…。；：！？؛؟”"»)]')
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def blocks_of(body: list[Line], notes: list[Line]) -> list[Block]:
    """Return the paragraphs of the text in reading order, then its footnotes."""
    groups = _grouped(body)
    note_groups = _grouped_notes(notes)
    marks = {mark for mark, _ in note_groups}
    texts = [_marked(_join(group), marks) for group in groups]
    note_texts = [_join(group) for _, group in note_groups]
    healer = Healer([*texts, *note_texts])
    margins = _margins(body)
    blocks = []
    for group, text in zip(groups, texts, strict=True):
        text = clean(healer.heal(text))
        if text:
            blocks.append(_block(group, text, margins))
    for (mark, group), text in zip(note_groups, note_texts, strict=True):
        text = clean(healer.heal(_MARK.sub("", _NOTE_LABEL.sub("", text, count=1))))
        if text:
            blocks.append(Block(text, page=group[0].page, note=mark, size=group[0].size))
    return blocks


def _block(group: list[Line], text: str, margins: dict[int, tuple[float, float]]) -> Block:
    first = group[0]
    left, right = margins[first.page]
    centred = all(line.x0 - left > 15 and abs((line.x0 - left) - (right - line.x1)) < 18 for line in group)
    size = Counter(line.size for line in group).most_common(1)[0][0]
    return Block(
        text,
        page=first.page,
        bold=all(line.bold for line in group),
        italic=all(line.italic for line in group),
        size=size,
        centred=centred,
        indent=round(first.x0 - left, 1),
    )


def _margins(lines: list[Line]) -> dict[int, tuple[float, float]]:
    """Left and right edge of the text on each page; from the whole document where a page has little."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    if not lines:
        return {}
    overall = _edges(lines)
    return {page: _edges(items) if len(items) >= 12 else overall for page, items in by_page.items()}


def _edges(lines: list[Line]) -> tuple[float, float]:
    starts = Counter(round(line.x0 / 3) * 3 for line in lines)
    often = [x for x, n in starts.items() if n >= max(2, 0.12 * len(lines))] or [min(starts)]
    ends = sorted(line.x1 for line in lines)
    return float(min(often)), ends[int(0.9 * (len(ends) - 1))]


def _grouped(lines: list[Line]) -> list[list[Line]]:
    if not lines:
        return []
    size = body_size(lines)
    leading = _leading(lines, size)
    margins = _margins(lines)
    groups: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _starts_block(groups[-1], before, line, leading, margins, size):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _leading(lines: list[Line], size: float) -> float:
    """The usual distance of two base lines inside a paragraph."""
    gaps = [
        round(a.y - b.y, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and abs(a.size - size) < 0.5 and abs(b.size - size) < 0.5 and 0 < a.y - b.y < 3 * size
    ]
    if not gaps:
        return 1.25 * size
    common = Counter(round(gap * 2) / 2 for gap in gaps)
    # Tight lines and paragraph gaps may be equally frequent in short texts: the smaller one is the leading.
    often = [gap for gap, n in common.items() if n >= 0.25 * len(gaps)]
    return min(often) if often else median(gaps)


def _starts_block(
    group: list[Line], before: Line, line: Line, leading: float, margins: dict[int, tuple[float, float]], size: float
) -> bool:
    gap = before.y - line.y
    if line.page != before.page or gap < -0.5 * size:
        return not _continues(group, before, line, margins)
    tight = max(leading, 1.2 * max(before.size, line.size)) if before.size > 1.15 * size else leading
    # Double-spaced typescript: a full line without an end goes on in small letters.
    spaced = (
        gap < 2.4 * tight
        and _full(before, margins)
        and not _tail(before).endswith(_ENDS)
        and line.text.strip()[:1].islower()
    )
    if (gap > 1.3 * tight + 0.5 and not spaced) or abs(line.size - before.size) > 0.12 * max(line.size, before.size):
        return True
    if abs(gap) < 0.3 * size:
        return True  # another cell of the same row
    if line.bold != before.bold and (line.bold or all(item.bold for item in group)):
        return len(before.text.strip()) > 2
    if (line.bold and before.bold) or (line.italic and before.italic and all(item.italic for item in group)):
        return part_of(line.text) is not None  # the lines of one heading
    left, right = margins[line.page]
    full = _full(before, margins)
    ended = _tail(before).endswith(_ENDS)
    if looks_labelled(line.text) and (not full or ended) and _label_place(group, line):
        return True
    if len(group) >= 2:
        edge = group[1].x0
        if line.x0 > edge + 8 and ended and not line.bold:
            return True
    elif line.x0 > before.x0 + 8 and ended and not full and not looks_labelled(before.text):
        return True
    return ended and not full and before.x1 < left + 0.75 * (right - left) and _tail(before)[-1:] in ".;:。；："


def _full(line: Line, margins: dict[int, tuple[float, float]]) -> bool:
    left, right = margins[line.page]
    return line.x1 > right - 0.15 * (right - left)


def _tail(line: Line) -> str:
    """The line without raised marks and spaces at its end."""
    return (_MARK.sub("", line.text) if MARK_START in line.text else line.text).rstrip()


def _label_place(group: list[Line], line: Line) -> bool:
    """A number at the edge of running text ("resolution\\n12.") is a label only where labels stand."""
    if len(group) < 2:
        return True
    return abs(line.x0 - group[1].x0) > 4 or abs(line.x0 - group[0].x0) <= 4


def _continues(group: list[Line], before: Line, line: Line, margins: dict[int, tuple[float, float]]) -> bool:
    """Whether a paragraph runs on over the end of a page or column."""
    if abs(line.size - before.size) > 0.12 * max(line.size, before.size):
        return False
    if line.bold != before.bold and (line.bold or all(item.bold for item in group)):
        return False
    if (line.italic and not all(item.italic for item in group)) or (
        part_of(line.text) is not None and not line.text[:1].islower() and _tail(before).endswith(_ENDS)
    ):
        return False
    if before.text.endswith(BREAK) or re.search(r"\w-\s*$", before.text):
        return True
    left, right = margins[line.page]
    full = before.x1 > margins[before.page][1] - 0.12 * (right - left)
    ended = _tail(before).endswith(_ENDS)
    if looks_labelled(line.text):
        # "to connect the remaining | 2.6 billion people": a paragraph before a label has an end.
        return full and not ended and not re.search(r"(?:,|\b(?:and|or|et|ou|y|o|и|или))$", _tail(before))
    indented = line.x0 > left + 12
    start = line.text.lstrip()[:1]
    if not ended:
        if _tail(before).endswith(",") and indented and start.isupper() and not full:
            return False
        return not (_tail(before).endswith(",") and indented and (start.isupper() or line.italic))
    return full and not indented and (start.islower() or (len(group) >= 2 and _tail(before)[-1:] in ".)]”"))


def _join(lines: list[Line]) -> str:
    parts = [lines[0].text.strip()]
    for line in lines[1:]:
        text, before = line.text.strip(), parts[-1]
        if before.endswith(BREAK):
            parts.append(text)
        elif re.search(r"\w-$", before) and text[:1].isalnum():
            parts[-1] = before[:-1] + BREAK
            parts.append(text)
        elif re.search(r"[^\W\d_] -$", before) and text[:1].islower():  # "seventy -|eighth": kerning, not a dash
            parts[-1] = before[:-2] + BREAK
            parts.append(text)
        elif _CJK.match(before[-1:]) and _CJK.match(text[:1]):
            parts.append(text)
        else:
            parts.append(" " + text)
    return "".join(parts)


def _marked(text: str, marks: set[str]) -> str:
    """Take raised marks out of running text; a raised digit that no footnote bears ("m²") stays."""

    def drop(hit: re.Match[str]) -> str:
        if hit[1] not in marks and not hit[1].startswith("*"):
            return hit[0].replace(MARK_START, "").replace(MARK_END, "")
        after = text[hit.end() : hit.end() + 1]
        return " " if after.isalnum() or after in "([“‘«" else ""

    return _MARK.sub(drop, text) if MARK_START in text else text


def _grouped_notes(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    groups: list[tuple[str, list[Line]]] = []
    page = 0
    for line in lines:
        hit = _NOTE_LABEL.match(line.text)
        raised = bool(hit and hit[1])
        mark = (hit[1] or hit[2]) if hit else ""
        plausible = raised or line.page != page or mark.startswith("*") or mark == _next_mark(groups)
        if (mark and plausible) or not groups:
            groups.append((mark, [line]))
        else:
            groups[-1][1].append(line)
        page = line.page
    return groups


def _next_mark(groups: list[tuple[str, list[Line]]]) -> str:
    last = groups[-1][0] if groups else "0"
    return str(int(last) + 1) if last.isdigit() else "1"
