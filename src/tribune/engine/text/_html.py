"""HTML: headings, paragraphs, lists with their numbers, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from ..types import Unreadable
from ._blocks import Block, Raw, clean, squeeze
from ._detect import HTML
from ._labels import parse_label, roman
from ._xml import text_of

__all__ = ["read_html"]

_SKIP = frozenset(
    """
    script style noscript template head nav svg math iframe object button select input textarea form
    """.split()  # noqa: SIM905 - one word a line would hide the rest
)
_BLOCKS = frozenset(
    """
    p div li dd dt blockquote pre section article main header footer aside figure figcaption address body html
    ol ul dl table tbody thead tfoot tr td th caption h1 h2 h3 h4 h5 h6 hr center fieldset details summary
    """.split()  # noqa: SIM905 - one word a line would hide the rest
)
_CELLS = frozenset(("td", "th"))
_LANGUAGES = {"cmn": "zh", "zh": "zh", "en": "en", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar"}


def read_html(text: str, media_type: str = HTML) -> Raw:
    """Return the blocks of an HTML page, without scripts, styles and navigation; nothing is fetched."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(
            text.replace("\0", ""),
            parser=html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("broken", "This HTML cannot be taken apart.", "Save the page again and try again.") from None
    walker = _Walker()
    body = root.find(".//body")
    walker.walk(body if body is not None else root)
    headings = [block for block in walker.blocks if block.level == 1]
    title = headings[0].text if headings else squeeze(root.findtext(".//title") or "")
    language = (root.get("lang") or "").split("-")[0].lower()
    return Raw(walker.blocks, media_type, title=title, language=_LANGUAGES.get(language, ""))


class _Walker:
    """Collects running text until a block element ends it; no recursion, so deep nests do no harm."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.text: list[str] = []
        self.plain = 0  # characters that are not bold
        self.slanted = 0
        self.label = ""
        self.lists: list[tuple[str, int]] = []

    def walk(self, root: etree._Element) -> None:
        bold = italic = raised = skipping = 0
        row: etree._Element | None = None  # the table row that was read as a whole
        for event, element in _events(root):
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            step = 1 if event == "start" else -1
            if tag in _SKIP:
                skipping += step
                if step < 0 and not skipping:
                    self._add(element.tail, bold, italic)
                continue
            if skipping and row is element and event == "end":
                skipping, row = skipping - 1, None
                self._add(element.tail, bold, italic)
            if skipping or (tag == "tr" and event == "end" and not skipping and row is None and _is_row(element)):
                continue
            if event == "start":
                if tag == "tr" and _is_row(element):
                    self.flush(element)
                    self._row(element)
                    skipping, row = skipping + 1, element
                    continue
                if tag in _BLOCKS:
                    self.flush(element)
                if tag in ("ol", "ul"):
                    self.lists.append(
                        (element.get("type") or ("1" if tag == "ol" else "•"), _int(element.get("start"), 1) - 1)
                    )
                elif tag == "li":
                    self._item(element)
                elif tag == "br":
                    self.text.append("\n")
                elif tag == "sup" and re.fullmatch(r"\s*\[?(?:\d{1,3}|\*{1,3})\]?\s*", text_of(element)):
                    raised += 1
            bold += step * (tag in ("b", "strong"))
            italic += step * (tag in ("i", "em"))
            if event == "start":
                if not raised:
                    self._add(element.text, bold, italic)
                continue
            if tag == "sup" and raised:
                raised -= 1
            if tag in _BLOCKS:
                self.flush(element)
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()
            if element is not root and not raised:
                self._add(element.tail, bold, italic)
        self.flush(root)

    def _add(self, text: str | None, bold: int, italic: int) -> None:
        if text:
            self.text.append(text)
            length = len(text.strip())
            self.plain += 0 if bold else length
            self.slanted += length if italic else 0

    def _item(self, element: etree._Element) -> None:
        if not self.lists:
            return
        kind, count = self.lists[-1]
        count = _int(element.get("value"), count + 1)
        self.lists[-1] = (kind, count)
        self.label = {
            "a": f"({_letter(count)})",
            "A": f"{_letter(count).upper()}.",
            "i": f"({roman(count)})",
            "I": f"{roman(count).upper()}.",
            "1": f"{count}.",
        }.get(kind, "•")

    def _row(self, element: etree._Element) -> None:
        """A row of several cells is one paragraph, cells parted by " | ": nothing of it is lost."""
        cells = [_cell(cell) for cell in element if cell.tag in _CELLS]
        text = " | ".join(cell for cell in cells if cell)
        if text:
            label = cells[0] if (found := parse_label(cells[0] + " x")) and found.rest == "x" and len(cells) > 1 else ""
            if label:
                self.blocks.append(Block(" | ".join(cell for cell in cells[1:] if cell) or label, label=label))
            else:
                self.blocks.append(Block(text, kind="other"))

    def flush(self, element: etree._Element) -> None:
        text = clean("".join(self.text))
        bold, italic = self.plain == 0, len(text) > 0 and self.slanted >= len(text) - 2
        self.text, self.plain, self.slanted = [], 0, 0
        if not text:
            return
        level = 0
        up: etree._Element | None = element
        for _ in range(4):
            if up is None or not isinstance(up.tag, str):
                break
            if re.fullmatch("h[1-6]", up.tag):
                level = int(up.tag[1])
                break
            up = up.getparent()
        label = self.label if self.lists and self.label != "•" else ""
        # "1. (a) Text": the list's number is only a bullet when the text brings its own.
        own = parse_label(text) if label else None
        if own is not None and not own.bullet and own.rest:
            label = ""
        self.blocks.append(
            Block(
                text,
                level=level,
                label=label,
                bold=bold,
                italic=italic,
                depth=len(self.lists),
                indent=18.0 * max(len(self.lists) - 1, 0),
            )
        )
        self.label = ""


def _events(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    yield from etree.iterwalk(root, events=("start", "end"))


def _is_row(element: etree._Element) -> bool:
    cells = [cell for cell in element if cell.tag in _CELLS]
    with_text = [cell for cell in cells if text_of(cell).strip()]
    return len(with_text) >= 2 and not element.findall(".//table")


def _cell(cell: etree._Element) -> str:
    inner = _Walker()
    inner.walk(cell)
    return " ".join(f"{block.label} {block.text}".strip() for block in inner.blocks)


def _int(value: str | None, otherwise: int) -> int:
    try:
        number = int(value) if value else otherwise
    except ValueError:
        return otherwise
    return number if abs(number) < 100_000 else otherwise


def _letter(value: int) -> str:
    letter = chr(ord("a") + (value - 1) % 26)
    return letter * ((value - 1) // 26 + 1) if 0 < value <= 52 else str(value)
