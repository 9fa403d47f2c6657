"""What stands before the text proper: title, symbol, and the lines of a masthead."""

from __future__ import annotations

import re

from ._blocks import Block
from ._words import is_opener

__all__ = ["find_symbol", "front_end", "is_masthead", "title_of"]

_SYMBOL = re.compile(
    r"(?<![\w/(])(?:[A-Z]{1,8}(?:/[A-Z0-9][A-Za-z0-9.\-]*(?:\([IVX]+\)|\(\d+\))?){2,6}|[AES]/(?:L|RES|"
    r"C)\.?\d[\w.]*)(?![\w/])"
)
_SPONSORS = re.compile(
    r"draft (?:resolution|decision)\b|projet de résolution|proyecto de resolución|проект резолюции|决议草案|مشروع قرار",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"^(?:(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|联合国|الأمم المتحدة|"
    r"General Assembly|Assemblée générale|Asamblea General|Генеральная Ассамблея|"
    r"Economic and Social Council|Security Council)"
    r"(?=$|\s+[A-Z]+/|\s+Distr)|Distr\b|Original:|Resolution adopted|Agenda item|Item \d|\[|"
    r"[\w-]+ session$|[\w-]+ Committee$|\d{1,2} \w+ \d{4}$)",
    re.IGNORECASE,
)
_NUMBERED_TITLE = re.compile(r"^\d{1,3}/\d{1,4}(?:\s?[A-Z])?\.?\s+(\S.*)$", re.DOTALL)


def find_symbol(text: str) -> str:
    """Return the first document symbol in a masthead, "" if none.

    >>> find_symbol("United Nations A/C.2/80/L.17")
    'A/C.2/80/L.17'
    """
    hit = _SYMBOL.search(text)
    return hit[0].rstrip(".") if hit else ""


def is_masthead(text: str) -> bool:
    """Whether a line certainly belongs to the masthead of a UN document."""
    return bool(_MASTHEAD.match(text) or _SPONSORS.search(text))


def front_end(blocks: list[Block]) -> int:
    """Return the index of the line that opens the text ("The General Assembly,"); 0 when there is none.

    Only a text with a masthead before that line has a front.
    """
    for index, block in enumerate(blocks[:60]):
        if block.level:
            return 0  # a format that states its headings has no masthead to guess at
        if block.note is None and is_opener(block.text):
            return index if any(is_masthead(before.text) for before in blocks[:index]) else 0
    return 0


def title_of(blocks: list[Block], front: int, stated: str) -> tuple[str, range]:
    """Return the title and the places of the blocks that hold it (none when it is no block of its own)."""
    title, first, last = _title(blocks, front, stated)
    return title, range(first, last + 1) if first >= 0 else range(0)


def _title(blocks: list[Block], front: int, stated: str) -> tuple[str, int, int]:
    for index, block in enumerate(blocks[:front]):
        hit = _NUMBERED_TITLE.match(block.text)
        if hit and (block.bold or block.size == 0):
            # Long titles are set in two paragraphs; nothing else stands between a title and the opening line.
            last = index
            while last + 1 < front and blocks[last + 1].bold and blocks[last + 1].size == block.size and block.size:
                last += 1
            return " ".join([hit[1], *(item.text for item in blocks[index + 1 : last + 1])]), index, last
    title, place = _plain_title(blocks, front, stated)
    return title, place, place


def _plain_title(blocks: list[Block], front: int, stated: str) -> tuple[str, int]:
    if front:
        # An outcome document may bring its own, larger title right after "Adopts the following …:".
        near = [
            (index, block)
            for index, block in enumerate(blocks[: front + 4])
            if block.bold
            and not is_masthead(block.text)
            and not is_opener(block.text)
            and len(block.text.split()) >= 2
            and len(block.text) < 400
        ]
        if near:
            largest = max(block.size for _, block in near)
            index, block = next(item for item in reversed(near) if item[1].size == largest)
            return block.text, index
        sponsor = next((block.text for block in blocks[:front] if _SPONSORS.search(block.text)), "")
        return sponsor or stated, -1
    if stated:
        return stated, next((index for index, block in enumerate(blocks[:30]) if block.text == stated), -1)
    first = [(index, block) for index, block in enumerate(blocks[:25]) if block.note is None and len(block.text) <= 300]
    leveled = [item for item in first if item[1].level]
    if leveled:
        index, block = min(leveled, key=lambda item: (item[1].level, item[0]))
        return block.text, index
    page = [
        (index, block)
        for index, block in first
        if block.page in (None, 1) and not is_masthead(block.text) and not is_opener(block.text)
    ]
    if page:
        usual = sum(block.size * len(block.text) for block in blocks) / max(sum(len(block.text) for block in blocks), 1)
        largest = max(block.size for _, block in page)
        index, block = next(item for item in page if item[1].size == largest)
        if len(block.text) <= 200 and (block.bold or largest > 1.1 * usual):
            return block.text, index
        if page[0][0] == 0 and len(page[0][1].text) <= 120 and page[0][1].text[-1:] not in ".;:,":
            return page[0][1].text, -1
    return "", -1
