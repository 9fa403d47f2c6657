"""How binding a passage is: modality, polarity, hedges and brackets, each found with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tribune.engine.search import guess_language

from ._force_words import LEVELS
from ._turning_words import EXCEPTIONS, HEDGES, NEGATORS

_SENTENCE_END = re.compile(r"[.!?;。；！？؛؟]+(?=\s|$|[\u4e00-\u9fff])|[。；！？]")
_OPEN, _CLOSE = re.compile(r"\["), re.compile(r"\]")
# Footnote marks and references stand in brackets too: "[12]", "[A/80/L.41]".
_REFERENCE = re.compile(r"\[\s*(?:\d{1,4}|[A-Z0-9./()-]{1,24}|sic|\.{3}|…)\s*\]")


@dataclass(frozen=True, slots=True)
class Marker:
    """One word or phrase that carries force; `level` is 0 unless `kind` is "level"."""

    kind: str
    level: float
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shift:
    """How a passage differs in force from what it is compared with, and the words that show it."""

    weaker: tuple[str, ...] = ()
    stronger: tuple[str, ...] = ()
    hedged: tuple[str, ...] = ()
    bracketed: bool = False
    reversed: tuple[str, ...] = ()

    @property
    def short_of(self) -> bool:
        """Whether the passage must not count as the same in substance."""
        return bool(self.weaker or self.hedged or self.bracketed or self.reversed)


@lru_cache(maxsize=32)
def _patterns(language: str) -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    def compiled(phrases: Iterable[str]) -> re.Pattern[str]:
        body = "|".join(sorted(phrases, key=len, reverse=True))
        if language == "zh":
            return re.compile(body)
        if language == "ar":
            return re.compile(rf"(?<!\w)[وفبل]?(?:{body})(?!\w)")
        return re.compile(rf"(?<!\w)(?:{body})(?!\w)")

    found: list[tuple[str, float, re.Pattern[str]]] = [
        ("hedge", 0, compiled(HEDGES[language])),
        ("negator", 0, compiled(NEGATORS[language])),
    ]
    found += [("level", level, compiled(words)) for level, words in LEVELS[language].items()]
    found.append(("exception", 0, compiled(EXCEPTIONS[language])))
    return tuple(found)


@lru_cache(maxsize=4096)
def markers(text: str, language: str = "") -> tuple[Marker, ...]:
    """All words of force in `text`, in order; longer phrases hide shorter ones inside them.

    >>> [(m.kind, m.level, m.phrase) for m in markers("Parties should, as appropriate, not wait.", "en")]
    [('level', 3, 'should'), ('hedge', 0, 'as appropriate'), ('negator', 0, 'not')]
    """
    lower = text.lower()
    if len(lower) != len(text):  # "İ" grows, and with it every offset after it
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found: list[Marker] = []
    for kind, level, pattern in _patterns(language or guess_language(text)):
        found += [Marker(kind, level, m.group(), m.start(), m.end()) for m in pattern.finditer(lower) if m.group()]
    found.sort(key=lambda m: (m.start, -m.end, m.kind))
    kept: list[Marker] = []
    for marker in found:
        overlaps = kept and marker.start < kept[-1].end
        if overlaps and "exception" not in (marker.kind, kept[-1].kind):
            continue
        kept.append(marker)
    return tuple(kept)


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The half-open bounds of the sentence or clause after a semicolon that holds `start:end`."""
    left = 0
    right = len(text)
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def bracketed(text: str, start: int, end: int) -> bool:
    """Whether the passage stands in square brackets or holds one; references like "[12]" do not count.

    >>> bracketed("[shall] consult", 0, 15), bracketed("shall consult [12]", 0, 18)
    (True, False)
    """
    plain = _REFERENCE.sub(lambda m: " " * len(m.group()), text)
    if _OPEN.search(plain, start, end) or _CLOSE.search(plain, start, end):
        return True
    before = plain[:start]
    return before.count("[") > before.count("]") and "]" in plain[end:]


def compare_force(
    asked: str,
    text: str,
    region: tuple[int, int],
    *,
    asked_language: str = "",
    language: str = "",
    chapeau: str = "",
    known: tuple[str, ...] = (),
) -> Shift:
    """How `text[region]` differs in force from `asked`.

    `chapeau` is the paragraph that governs a sub-paragraph ("Calls upon Member States to:"); `known` are
    phrases that stood in the older text around the region and so are no new weakening.
    """
    start, end = region
    left, right = sentence_bounds(text, start, end)
    wanted = markers(asked, asked_language)
    same = (asked_language or guess_language(asked)) == (language or guess_language(text))
    here = [m for m in markers(text, language) if left <= m.start < right]
    statement = any(m.kind == "level" for m in wanted)
    inside = [m for m in here if m.start < end and m.end > start]

    levels = [m for m in inside if m.kind == "level"]
    if statement:
        governing = [m for m in here if m.kind == "level" and m.end <= start]
        first_asked = min(m.start for m in wanted if m.kind == "level")
        if governing and (not levels or first_asked < 30):
            levels = (
                [governing[-1], *levels]
                if not levels or governing[-1].level not in {m.level for m in levels}
                else levels
            )
        if not levels and chapeau:
            levels = [m for m in markers(chapeau, language) if m.kind == "level"][-1:]
    weaker, stronger = _compare_levels([m for m in wanted if m.kind == "level"], levels, statement, same)

    margin = 60 if len(asked) > 40 or statement else 25
    near = [m for m in here if m.kind == "hedge" and m.start < end + margin and m.end > start - margin]
    hedges = _surplus([m.phrase for m in near], [m.phrase for m in wanted if m.kind == "hedge"])
    if not same:
        n_wanted = sum(m.kind == "hedge" for m in wanted)
        hedges = hedges[n_wanted:]
    hedges = [h for h in hedges if h not in known]

    nots = [m for m in here if m.kind == "negator" and m.start < end and m.end > start - 25]
    extra = _surplus([m.phrase for m in nots], [m.phrase for m in wanted if m.kind == "negator"])
    lost = _surplus([m.phrase for m in wanted if m.kind == "negator"], [m.phrase for m in nots])
    n_here, n_wanted = _polarity(nots), _polarity([m for m in wanted if m.kind == "negator"])
    turned = tuple(extra + lost) if (n_here - n_wanted) % 2 else ()
    if turned and all(p in known for p in turned):
        turned = ()
    return Shift(
        weaker=weaker,
        stronger=stronger,
        hedged=tuple(hedges),
        bracketed=bracketed(text, start, end) and "[" not in asked,
        reversed=turned,
    )


def _polarity(found: list[Marker]) -> int:
    """How often a passage is turned round; French says it twice ("ne … pas")."""
    phrases = Counter(m.phrase for m in found)
    double = min(phrases["ne"] + phrases["n"], sum(phrases[p] for p in ("pas", "jamais", "aucun", "aucune", "ni")))
    return len(found) - double


def _surplus(have: list[str], other: list[str]) -> list[str]:
    left = Counter(other)
    extra = []
    for phrase in have:
        if left[phrase] > 0:
            left[phrase] -= 1
        else:
            extra.append(phrase)
    return extra


def _compare_levels(
    wanted: list[Marker], here: list[Marker], statement: bool, same: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if same:
        phrases = Counter(_stem_of(m) for m in here)
        asked = Counter(_stem_of(m) for m in wanted)
        missing = [m for m in wanted if phrases[_stem_of(m)] < asked[_stem_of(m)]]
        added = [m for m in here if asked[_stem_of(m)] < phrases[_stem_of(m)]]
    else:
        missing, added = wanted, here
    if missing and added:
        low_asked, low_here = min(missing, key=lambda m: m.level), min(added, key=lambda m: m.level)
        words = f"{low_asked.phrase} → {low_here.phrase}"
        # Across languages one step is within what a translation may do.
        slack = 0 if same else 1
        if low_here.level < low_asked.level - slack:
            return (words,), ()
        if low_here.level > low_asked.level + slack:
            return (), (words,)
        return (), ()
    if missing and statement:
        strongest = max(missing, key=lambda m: m.level)
        if strongest.level >= 3 and not here:
            return (f"{strongest.phrase} → –",), ()
        return (), ()
    if added and same:
        loose = [m for m in added if m.level == 1]
        if loose and statement:
            return (f"+ {loose[0].phrase}",), ()
    return (), ()


def _stem_of(marker: Marker) -> str:
    """Inflected forms of one verb count as one word ("urge", "urges", "urging")."""
    return f"{marker.level}:{marker.phrase[:4]}"
