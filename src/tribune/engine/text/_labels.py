"""The mark in front of a paragraph: "12.", "9bis.", "(a)", "(ii)", "A.", "[7.", "الفقرة", "（一）", ".3" …

A mark may be read in several ways ("(i)" is the letter after (h) or the first Roman numeral); all readings are
given, and the sequence decides (see `_sequence`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Label", "Reading", "looks_labelled", "parse_label", "roman"]

_BIS = ("", "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HAN = "零一二三四五六七八九十"
_ROMAN = re.compile(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")

_SUFFIX = r"(?:[ .]?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\b(?:[ .]?(?:bis|ter))?)?"
_DIGITS = r"[0-9\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]{1,3}"
_LETTERS = r"[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,7}|[а-яА-Я]|[ء-ي]ـ?ـ?"

# Each pattern: what surrounds the mark names its style, so that "1." and "(1)" are different levels.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (".", rf"({_DIGITS}(?:\.{_DIGITS})+{_SUFFIX})\.?(?=\s|$)"),
        (".", rf"({_DIGITS}{_SUFFIX})\s?[.．](?=\s|$|[^\W\d_]|[\[“\"«(*])"),
        (".", rf"\.{{1,2}}({_DIGITS})(?=\s)"),
        ("、", rf"({_DIGITS}|[一二三四五六七八九十]{{1,3}})[、](?=\s?\S)"),
        ("/", rf"({_DIGITS})/(?=\s)"),
        ("-", rf"([\u0660-\u0669]{{1,3}}|{_DIGITS})\s?[-–](?=\s)"),
        (
            "()",
            rf"[(（]\s?({_DIGITS}{_SUFFIX}|{_DIGITS}[a-z]|(?:{_LETTERS}){_SUFFIX}|"
            rf"[一二三四五六七八九十]{{1,3}})\s?[)）](?=\s|$|[^\W\d_]|[\[“\"«(])",
        ),
        (")", rf"({_DIGITS}{_SUFFIX}|(?:{_LETTERS}){_SUFFIX})[)）](?=\s|$|[^\W\d_])"),
        ("a.", rf"((?:[A-Za-zА-Я]|[IVXLC]{{1,7}}|[ivxlc]{{1,7}}){_SUFFIX})\.(?=\s)"),
    )
)
_LOOSE = re.compile(rf"({_DIGITS}{_SUFFIX}|[*]?{_DIGITS}{_SUFFIX})(?=\s+\S)")
_BULLET = re.compile(r"([•●▪◦‣·–—−\-*\u25a0\u25cf])\s+(?=\S)")
_BRACKETS = re.compile(r"^[\[{(]*[\[{]\s?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a mark: the style of its level, its place in the sequence, and how an id spells it."""

    style: str
    value: int
    bis: int
    spelt: str

    def follows(self, other: Reading) -> bool:
        """Whether this comes directly after `other` at the same level."""
        if self.spelt.rpartition(".")[0] != other.spelt.rpartition(".")[0]:
            return False
        if self.value == other.value:
            return self.bis == other.bis + 1 or (other.bis == 0 and self.bis > 0)
        return self.value == other.value + 1 and self.bis <= 1


@dataclass(frozen=True, slots=True)
class Label:
    """A mark as printed, what people say for it, its possible readings, and the text after it."""

    printed: str
    said: str
    readings: tuple[Reading, ...]
    rest: str
    bullet: bool = False


def roman(value: int) -> str:
    """Return a Roman numeral in small letters.

    >>> roman(14)
    'xiv'
    """
    out = ""
    for size, mark in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while value >= size:
            out, value = out + mark, value - size
    return out


def parse_label(text: str, *, loose: bool = False) -> Label | None:
    """Return the mark in front of `text`, or None; `loose` also takes a bare number ("1 that …").

    >>> parse_label("12. Decides").said, parse_label("(ii) Water").readings[0].spelt
    ('12', 'ii')
    >>> parse_label("[9bis. Notes]").rest
    '[Notes]'
    >>> parse_label("2015 was dry") is None
    True
    """
    opening = _BRACKETS.match(text)
    lead = opening[0].strip() if opening else ""
    body = text[opening.end() :] if opening else text
    for style, pattern in _PATTERNS:
        hit = pattern.match(body)
        if hit:
            readings = _readings(hit[1], style)
            if readings:
                rest = lead + body[hit.end() :].lstrip()
                return Label(_printed(hit[0]), _said(hit[1]), readings, rest)
    if loose:
        hit = _LOOSE.match(body)
        if hit:
            readings = _readings(hit[1].lstrip("*"), ".")
            if readings:
                return Label(hit[0], _said(hit[1].lstrip("*")), readings, lead + body[hit.end() :].lstrip())
    hit = _BULLET.match(body)
    if hit and not lead:
        return Label(hit[1], "", (), body[hit.end() :], bullet=True)
    return None


def looks_labelled(text: str) -> bool:
    """Whether a line begins with a mark that could open a paragraph; a dash may just be a dash."""
    label = parse_label(text.strip())
    return label is not None and (not label.bullet or label.printed in "•●▪◦\u25a0\u25cf")


def _printed(mark: str) -> str:
    swapped = re.fullmatch(rf"\.{{1,2}}({_DIGITS})", mark.strip())
    return f"{swapped[1]}." if swapped else mark.strip()


def _said(core: str) -> str:
    return re.sub(r"\s+", " ", core.replace("ـ", "").replace("．", ".")).strip()


def _readings(core: str, style: str) -> tuple[Reading, ...]:
    core = core.strip().replace("ـ", "")
    body, bis = _without_bis(core)
    digits = _as_digits(body)
    if re.fullmatch(r"\d+", digits):
        value = int(digits)
        return (Reading(f"1{style}", value, bis, str(value) + _spelt_bis(bis)),) if 0 < value < 1000 else ()
    if re.fullmatch(r"\d+(?:\.\d+)+", digits):
        parts = digits.split(".")
        if any(int(part) > 199 or (part[0] == "0") for part in parts):
            return ()
        return (Reading("1" + ".1" * (len(parts) - 1), int(parts[-1]), bis, digits + _spelt_bis(bis)),)
    if hit := re.fullmatch(r"(\d+)([a-z])", digits):  # (83a)
        place = _LATIN.index(hit[2]) + 1
        return (Reading(f"1{style}", int(hit[1]), place, digits),)
    if style == "a.":
        style = "."
    if _han(body):
        return (Reading(f"1{style}", _han(body), bis, str(_han(body))),)
    return _letter_readings(body, bis, style)


def _letter_readings(body: str, bis: int, style: str) -> tuple[Reading, ...]:
    case = "A" if body[:1].isupper() else "a"
    low = body.lower()
    out: list[Reading] = []
    if len(body) == 1 or (len(body) == 2 and low[0] == low[1]):
        for letters in (_LATIN, _RUSSIAN, _ARABIC):
            found = letters.find({"ا": "أ", "إ": "أ", "آ": "أ"}.get(low[0], low[0]))
            if found >= 0 and found < 26:
                value = found + 1 + (26 if len(body) == 2 else 0)
                # Russian and Arabic letters take the Latin letter of their place: 12.c is 12.c in all languages.
                spelt = _LATIN[found] * len(body)
                out.append(
                    Reading(f"{case}{style}", value, bis, (spelt.upper() if case == "A" else spelt) + _spelt_bis(bis))
                )
                break
    if _ROMAN.fullmatch(low) and (body.islower() or body.isupper()):
        value = _roman_value(low)
        spelt = roman(value)
        out.append(
            Reading(
                f"{'I' if case == 'A' else 'i'}{style}",
                value,
                bis,
                (spelt.upper() if case == "A" else spelt) + _spelt_bis(bis),
            )
        )
    return tuple(out)


def _without_bis(core: str) -> tuple[str, int]:
    hit = re.search(
        r"^(.+?)[ .]?(bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)(?:[ .]?(bis|ter))?$", core
    )
    if not hit:
        return core, 0
    return hit[1], _BIS.index(hit[2]) * (1 if not hit[3] else 10)


def _spelt_bis(bis: int) -> str:
    return _BIS[bis] if bis < 10 else _BIS[bis // 10] + "bis"


def _as_digits(text: str) -> str:
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _han(text: str) -> int:
    if not text or any(char not in _HAN for char in text):
        return 0
    if "十" not in text:
        return _HAN.index(text) if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    return (_HAN.index(tens) if tens else 1) * 10 + (_HAN.index(ones) if ones else 0)


def _roman_value(low: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    for char, after in zip(low, [*low[1:], ""], strict=True):
        value = values[char]
        total += -value if after and values[after] > value else value
    return total
