"""Plain text: paragraphs by empty lines, and by numbers where there are none."""

from __future__ import annotations

import re
from statistics import median

from ._blocks import Block, Raw, clean
from ._detect import PLAIN
from ._labels import looks_labelled

__all__ = ["read_plain", "unwrapped"]

_RULE = re.compile(r"^[\s_=*#~\-.]{3,}$")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}\s*$")
_ENDS = tuple('.;:!?。；：！？؛؟”"»)]')
_HEADING = re.compile(r"^[^\W\d_a-zа-я][^.;:!?。；]{2,79}$")
_CJK = re.compile("[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")


def read_plain(text: str) -> Raw:
    """Return the blocks of a plain text; wrapped lines are joined, numbered lines begin a paragraph."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u0085", "…" if "\u0085 " in text else "\n")
    pieces = re.split(r"\n[^\S\f]*\n|(?=\f)", text)
    lines = [line for line in text.split("\n") if line.strip()]
    width = median(len(line) for line in lines) if lines else 0.0
    blocks: list[Block] = []
    # A form feed ends a page: printers and OCR write them.
    page = 1 if "\f" in text else None
    for piece in pieces:
        while piece.startswith("\f"):
            page, piece = (page or 1) + 1, piece[1:]
        found = _blocks(piece, width, single=len(pieces) > 2)
        for block in found:
            block.page = page
        blocks += found
    return Raw(blocks, PLAIN)


def _blocks(piece: str, width: float, *, single: bool) -> list[Block]:
    out: list[Block] = []
    for paragraph in unwrapped([line for line in piece.split("\n") if line.strip() and not _RULE.match(line)], width):
        text = clean(paragraph)
        if text:
            out.append(
                Block(
                    text,
                    kind="other" if _CONTENTS.search(text) else "",
                    indent=6.0 * (len(paragraph) - len(paragraph.lstrip())),
                )
            )
    # A short line between empty lines, without an end, is a heading.
    if (
        single
        and len(out) == 1
        and _HEADING.match(out[0].text)
        and not looks_labelled(out[0].text)
        and "\n" not in piece.strip()
    ):
        words = out[0].text.split()
        if len(words) <= 12 and not out[0].text.endswith(","):
            out[0].level = 3 if len(words) > 1 or len(words[0]) > 3 else 0
    return out


def unwrapped(lines: list[str], width: float) -> list[str]:
    """Join the lines of paragraphs that were wrapped at a fixed width."""
    out: list[str] = []
    last = ""
    for line in lines:
        joins = bool(out) and not _starts(line, last, width)
        if joins and re.search(r"[^\W\d_]-$", last.rstrip()) and line.strip()[:1].islower():
            out[-1] = out[-1].rstrip() + line.strip()
        elif joins:
            gap = "" if _CJK.match(out[-1].rstrip()[-1:]) and _CJK.match(line.strip()[:1]) else " "
            out[-1] = out[-1].rstrip() + gap + line.strip()
        else:
            out.append(line.rstrip())
        last = line
    return out


def _starts(line: str, before: str, width: float) -> bool:
    """Whether a line begins a paragraph although no empty line stands before it."""
    short = len(before.rstrip()) < 0.7 * width or width > 150
    ended = before.rstrip().endswith(_ENDS)
    if looks_labelled(line) and (ended or short or before.rstrip().endswith((",", "and", "or"))):
        return True
    if len(line) - len(line.lstrip()) >= 3 + len(before) - len(before.lstrip()) and ended:
        return True
    return short and (ended or not line.strip()[:1].islower())
