"""What Word keeps apart from the text: styles, and the numbers of automatic lists."""

from __future__ import annotations

import re

from lxml import etree

from ._labels import roman

__all__ = ["Numbering", "Styles"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|titre|título|заголовок|标题|عنوان|überschrift)\s?_?(\d)?", re.IGNORECASE)
_DEPTH = 12


class Styles:
    """The style sheet: names, heading levels, and what is bold or italic by style."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            self._styles[str(style.get(f"{W}styleId"))] = style

    def chain(self, style: str) -> list[etree._Element]:
        """The style and those it is based on, nearest first."""
        out: list[etree._Element] = []
        while style in self._styles and len(out) < _DEPTH:
            element = self._styles[style]
            out.append(element)
            based = element.find(f"{W}basedOn")
            style = str(based.get(f"{W}val")) if based is not None else ""
        return out

    def name(self, style: str) -> str:
        element = self._styles.get(style)
        found = element.find(f"{W}name") if element is not None else None
        return str(found.get(f"{W}val") or "") if found is not None else style

    def is_title(self, style: str) -> bool:
        return self.name(style).lower() in (
            "title",
            "titre",
            "titulo",
            "título",
            "название",
            "标题",
            "rec_title",
            "rectitle",
        )

    def heading_level(self, style: str, properties: etree._Element | None) -> int:
        """Return 1–9 for headings, 0 for text."""
        for element in [properties, *(item.find(f"{W}pPr") for item in self.chain(style))]:
            outline = element.find(f"{W}outlineLvl") if element is not None else None
            if outline is not None:
                level = _int(outline.get(f"{W}val"), 9)
                return level + 1 if level < 9 else 0
        hit = _HEADING.match(self.name(style))
        return int(hit[1] or 2) if hit else 0

    def on(self, run: etree._Element | None, style: str, what: str) -> bool:
        """Whether a run is bold ("b") or italic ("i"), by itself or by its styles."""
        character = run.find(f"{W}rStyle") if run is not None else None
        sheets = [run]
        if character is not None:
            sheets += [item.find(f"{W}rPr") for item in self.chain(str(character.get(f"{W}val")))]
        sheets += [item.find(f"{W}rPr") for item in self.chain(style)]
        for sheet in sheets:
            found = sheet.find(f"{W}{what}") if sheet is not None else None
            if found is not None:
                return found.get(f"{W}val") not in ("0", "false", "off")
        return False


class Numbering:
    """Counts automatic lists the way Word does, so that numbers which are not in the text are not lost."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            self._levels[str(abstract.get(f"{W}abstractNumId"))] = {
                _int(level.get(f"{W}ilvl"), 0): (
                    _val(level, "numFmt", "decimal"),
                    _val(level, "lvlText", "%1."),
                    _int(_val(level, "start", "1"), 1),
                )
                for level in abstract.iter(f"{W}lvl")
            }
        for item in root.iter(f"{W}num"):
            number = str(item.get(f"{W}numId"))
            self._lists[number] = _val(item, "abstractNumId", "")
            for override in item.iter(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._overrides[number, _int(override.get(f"{W}ilvl"), 0)] = _int(start.get(f"{W}val"), 1)

    def label(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        """Return the printed mark of a paragraph ("", "•", "3.", "(b)") and its depth; counts on."""
        number, depth = self._list_of(properties, style)
        abstract = self._lists.get(number, "")
        levels = self._levels.get(abstract)
        if not levels or number == "0":
            return "", 0
        form, pattern, start = levels.get(depth, ("decimal", "%1.", 1))
        if form == "bullet":
            return "•", depth
        counts = self._counts.setdefault(abstract, {})
        if (number, depth) in self._overrides and (number, depth) not in self._begun:
            counts[depth] = self._overrides[number, depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else start
        self._begun.add((number, depth))
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if form == "none":
            return "", depth

        def one(hit: re.Match[str]) -> str:
            level = int(hit[1]) - 1
            kind, _, first = levels.get(level, ("decimal", "", 1))
            return _spelt(
                counts.get(level, first), kind if level == depth else ("decimal" if kind == "bullet" else kind)
            )

        return re.sub(r"%(\d)", one, pattern).strip(), depth

    def _list_of(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        number, depth = "", None
        for element in [properties, *(item.find(f"{W}pPr") for item in self._styles.chain(style))]:
            found = element.find(f"{W}numPr") if element is not None else None
            if found is None:
                continue
            number = number or _val(found, "numId", "")
            if depth is None and found.find(f"{W}ilvl") is not None:
                depth = _int(_val(found, "ilvl", "0"), 0)
            if number:
                break
        return number, depth or 0


def _spelt(value: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 52:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < value < 400:
        return roman(value) if form == "lowerRoman" else roman(value).upper()
    if form in ("russianLower", "russianUpper") and 0 < value <= 28:
        letter = "абвгдежзиклмнопрстуфхцчшщэюя"[value - 1]
        return letter.upper() if form == "russianUpper" else letter
    if form in ("arabicAlpha", "arabicAbjad") and 0 < value <= 28:
        return "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"[value - 1]
    return str(value)


def _val(element: etree._Element, name: str, otherwise: str) -> str:
    found = element.find(f"{W}{name}")
    value = found.get(f"{W}val") if found is not None else None
    return otherwise if value is None else str(value)


def _int(value: str | bytes | None, otherwise: int) -> int:
    try:
        return int(value) if value is not None else otherwise
    except ValueError:
        return otherwise
