"""Bytes of a text into characters, also where nobody said which of the old encodings they are in."""

from __future__ import annotations

import re
import unicodedata

from ..types import Notice

__all__ = ["decode", "utf16_order"]

_META = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Only encodings of the six languages; order breaks ties.
_CANDIDATES = ("cp1252", "cp1251", "koi8-r", "cp1256", "iso-8859-6", "gb18030", "cp866", "mac-roman")
# Characters of the six languages, and what stands between sentences and lines.
_OURS = re.compile("[\t\n\r -~\xa0-\xff\u0400-\u045f\u0600-\u06ff\u2010-\u2030\u3000-\u3011\u4e00-\u9fff\uff01-\uff1f]")
_STOPS = re.compile("[ \n\u3001\u3002\uff0c]")
_HIGH = re.compile("[^\x00-\x7f]+")
_COMMON = {
    "cp1252": set("éèàçêâîôûùëïüáíóúñãõ’‘“”–—…·•«»°§€¿¡"),
    "mac-roman": set("éèàçêâîôûùëïüáíóúñãõ’‘“”–—…•«»¿¡"),
    "cp1251": set("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё«»–№"),
    "koi8-r": set("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"),
    "cp866": set("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё№"),
    "cp1256": set("اليمونرتبةعدسفهكقأحجشطصإذضثئىغآظؤءز،؛؟–“”"),
    "iso-8859-6": set("اليمونرتبةعدسفهكقأحجشطصإذضثئىغآظؤءز،؛؟"),
    "gb18030": set("的一是在和国不有人中大为以会各其对于与及权利应发展组织、，。：；“”（）"),
}


def utf16_order(data: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" for text in UTF-16 that does not say so, "" for anything else.

    Latin letters leave every second byte empty. In other scripts the characters tell: nearly all of them must belong
    to the six languages, with spaces, line ends or full stops among them.
    """
    head = data[:4096]
    head = head[: len(head) // 2 * 2]
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0) / len(head) * 2, head[1::2].count(0) / len(head) * 2
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    if len(head) < 40 or _is_utf8(head):
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        if len(_OURS.findall(text)) >= 0.97 * len(text) and len(_STOPS.findall(text)) >= 0.01 * len(text):
            return name
    return ""


def _is_utf8(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(head) - 4
    return True


def decode(data: bytes) -> tuple[str, Notice | None]:
    """Return the text and, where the encoding had to be guessed, a notice that says so.

    Never fails: as a last resort unknown bytes become "\\ufffd".

    >>> decode("Москва".encode("koi8-r"))[0]
    'Москва'
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace"), None
    if order := utf16_order(data):
        return data.decode(order, "replace"), None
    if b"\0" in data[:4096]:
        name = "utf-16-le" if data[1:4096:2].count(0) >= data[0:4096:2].count(0) else "utf-16-be"
        return data.decode(name, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    stated = _META.search(data[:4096])
    if stated:
        try:
            return data.decode(stated[1].decode("ascii")), None
        except (LookupError, UnicodeDecodeError):
            pass
    best = max(_CANDIDATES, key=lambda name: (_score(data[:60_000], name), -_CANDIDATES.index(name)))
    text = data.decode(best, "replace")
    words = {"cp1252": "Windows-1252", "cp1251": "Windows-1251", "cp1256": "Windows-1256"}.get(best, best.upper())
    return text, Notice(
        "encoding",
        f"The file does not say how its letters are stored; it was read as {words}. "
        "Check letters with accents and quotation marks.",
        values=(words,),
    )


def _score(data: bytes, name: str) -> float:
    text = data.decode(name, "replace")
    common, score = _COMMON[name], 0.0
    for run in _HIGH.finditer(text):
        before = text[run.start() - 1 : run.start()] or " "
        # "cafй": a Cyrillic, Arabic or Han letter glued to a Latin one is a wrong guess.
        if name not in ("cp1252", "mac-roman") and before.isascii() and before.isalpha() and run[0][0].isalpha():
            score -= 2
        for char in run[0]:
            if char == "\ufffd":
                score -= 6
            elif char in common:
                score += 1.0
            elif unicodedata.category(char)[0] == "L":
                score += 0.2 if name == "gb18030" else -0.3
                if char.isupper() and before.islower():
                    score -= 1.5
            elif unicodedata.category(char) in ("Cc", "Co", "Cn"):
                score -= 4
            else:
                score -= 0.8
            before = char
    # One Han character eats two bytes; count what is explained per byte.
    return score * 2 if name == "gb18030" else score
