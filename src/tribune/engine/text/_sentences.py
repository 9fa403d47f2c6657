"""Where sentences begin and end."""

from __future__ import annotations

import re

__all__ = ["sentences"]

_STOP = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s)|[。！？；]+[”’」』）]*|[؟!]+(?=\s)|\n+")
_ABBREVIATIONS = frozenset(
    """
    no nos art arts para paras p pp vol vols ch chap sect sec fig figs e.g i.e cf etc et al vs mr mrs ms dr prof
    st u.s u.n u.k op cit ibid ed eds rev add corr res doc suppl approx inc ltd co dept gen gov m mm mme mlle n°
    art par ss sr sra dres núm núms págs pág ст п пп г гг т.е т.д т.п др стр рис см им тыс млн млрд ул
    """.split()  # noqa: SIM905 - one word a line would hide the rest
)
_OPENS = re.compile(r"\s*[\"“‘«(\[¿¡]*\s*(\S)")
_DIGIT_LABEL = re.compile(r"(?:^|\s)[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5})$", re.IGNORECASE)


def sentences(text: str, language: str = "") -> tuple[tuple[int, int], ...]:
    """Return half-open spans of the sentences of a paragraph, without the white space around them.

    Abbreviations ("para. 12", "e.g.", "им."), initials and decimal numbers end nothing. Chinese sentences also end at
    the full-width semicolon; elsewhere semicolons join. An empty text has none.

    >>> [("See para. 4. It ends."[a:b]) for a, b in sentences("See para. 4. It ends.", "en")]
    ['See para. 4.', 'It ends.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for hit in _STOP.finditer(text):
        if _ends(text, start, hit, language):
            start = _add(spans, text, start, hit.end())
    _add(spans, text, start, len(text))
    return tuple(spans)


def _ends(text: str, start: int, hit: re.Match[str], language: str) -> bool:
    mark = hit[0]
    if mark[0] == "；":
        return language in ("zh", "")
    if mark[0] in "。！？؟\n":
        return True
    following = _OPENS.match(text, hit.end())
    if following is None:
        return True
    if mark[0] == "." and mark.strip('"”’»)]') == ".":
        before = text[start : hit.start()]
        word = re.split(r"[\s(\[“«]", before)[-1].lower()
        if word in _ABBREVIATIONS or (
            re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", word)
            and not following[1].islower()
            and len(before) < 200
            and re.search(r"[^\W\d_]$", before)
            and before.strip()[-1].isupper()
        ):
            return False
        if _DIGIT_LABEL.fullmatch(before.strip()):
            return False
    return not following[1].islower()


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    piece = text[start:end]
    if piece.strip():
        spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return end
