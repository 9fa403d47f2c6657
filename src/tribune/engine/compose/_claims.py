"""What a sentence claims about how many speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ._words import ABSOLUTE, DEFAULT_GAP, GAP, NEAR, NUMBERS, OF, PART_ZH, QUANTIFIERS, WHO, WHOLE_GAP


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim in a sentence: `kind` is "all", "none", "most", "many", "several", "number" or "absolute".

    `start` and `end` are half-open code points of the claiming words; `number` is set for "number", and `whole`
    where the sentence says of how many ("five of nine cities").
    """

    kind: str
    start: int
    end: int
    number: int | None = None
    whole: int | None = None


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str], int | None], ...]:
    gap = GAP.get(language, DEFAULT_GAP)
    edge, end = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    # Arabic joins "and", "for", "in" to the word that follows.
    edge = r"(?<!\w)[وفلب]?" if language == "ar" else edge
    flags = re.IGNORECASE
    found: list[tuple[str, re.Pattern[str], int | None]] = [
        (kind, re.compile(f"{edge}(?P<claim>{words}){gap}{WHO[language]}{end}", flags), None)
        for kind, words in QUANTIFIERS[language]]
    found += [("number", re.compile(f"{edge}(?P<claim>{words}){NEAR[language]}{WHO[language]}{end}", flags), n)
              for n, words in enumerate(NUMBERS[language], start=1)]
    digits = r"(?P<claim>\d[\d  ,.]*\d|\d)(?:\s*个)?"
    found.append(("number", re.compile(f"{edge}{digits}{NEAR[language]}{WHO[language]}{end}", flags), None))
    if language == "zh":
        found.append(("number", re.compile(PART_ZH), None))
    else:
        whole = f"{OF[language]}(?P<whole>\\d+){WHOLE_GAP.get(language, DEFAULT_GAP)}{WHO[language]}{end}"
        found.append(("number", re.compile(f"{edge}(?P<claim>\\d+){whole}", flags), None))
        found += [("number", re.compile(f"{edge}(?P<claim>{words}){whole}", flags), n)
                  for n, words in enumerate(NUMBERS[language], start=1)]
    found.append(("absolute", re.compile(f"{edge}(?P<claim>{ABSOLUTE[language]})", flags), None))
    return tuple(found)


def claims(text: str, language: str) -> tuple[Claim, ...]:
    """Return what `text` claims about how many speak, in order; overlapping ones once, the longest.

    A number counts only before a noun for who speaks ("twelve cities"), so that years and amounts do not.
    Languages other than the six are read as English.

    >>> [(claim.kind, claim.number) for claim in claims("All cities and 12 regions ask for it.", "en")]
    [('all', None), ('number', 12)]
    """
    language = language if language in WHO else "en"
    found = []
    for kind, pattern, number in _patterns(language):
        for match in pattern.finditer(text):
            start, end = match.span("claim")
            value = number
            if kind == "number" and value is None:
                value = int(re.sub(r"\D", "", match["claim"]))
            whole = match.groupdict().get("whole")
            found.append((match.start(), match.end(), Claim(kind, start, end, value, int(whole) if whole else None)))
    found.sort(key=lambda row: (row[0], -(row[1] - row[0])))
    kept: list[Claim] = []
    reach = -1
    for start, end, claim in found:
        if start >= reach:
            kept.append(claim)
            reach = end
    return tuple(kept)
