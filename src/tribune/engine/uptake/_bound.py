"""Who is bound by which verb: what a change does to duties, rights and their limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Indel

from tribune.engine.search import analyse, guess_language

from ._bound_words import HARDENERS, HOLDERS, LIMITS, MAKERS
from ._force import Marker, markers

# What one mark weighs: a duty, prohibition or right that comes strengthens; a permission of who else is bound, or a
# limit, weakens; words that harden count less. Set by hand.
_WEIGHT = {"duty": 1.0, "ban": 1.0, "right": 1.0, "permission": -1.0, "burden": -0.3, "limit": -1.0, "hardener": 0.4}
_ENOUGH = 0.3
# Characters before a verb in which its subject is sought, and after it in which a power to make rules is.
_BEFORE, _AFTER, _NEAR = 35, 120, 12
# So many more words cut than put in: a cut.
_CUT = 1.5
_SHOWN = 6

Mark = tuple[str, str]


@lru_cache(maxsize=64)
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    words = {"holder": HOLDERS, "maker": MAKERS, "limit": LIMITS, "hardener": HARDENERS}[kind]
    found = words.get(language, words["en"])
    body = "|".join(sorted(found, key=len, reverse=True))
    return re.compile(body if language == "zh" else rf"(?<!\w)(?:{body})(?!\w)")


def marks(text: str, language: str = "") -> Counter[Mark]:
    """What binds and loosens in a text: (kind, words) with how often.

    Kinds: duty, ban, permission (of who owes something), right and burden (of who is owed), limit, hardener. The
    subject is sought in the words before the verb; without one that we know, the verb binds who owes.

    >>> sorted(marks("States shall consult cities, unless urgent. Cities may object.", "en"))
    [('duty', 'shall'), ('limit', 'unless'), ('right', 'may')]
    """
    language = language or guess_language(text)
    lower = text.lower()
    found: Counter[Mark] = Counter()
    all_markers = markers(text, language)
    limits = list(_pattern("limit", language).finditer(lower))
    for marker in all_markers:
        if any(hit.start() <= marker.start < hit.end() for hit in limits):
            continue  # "upon request" asks for nothing
        if marker.kind != "level" or not (marker.level >= 3 or marker.level <= 1):
            continue
        if _pattern("maker", language).search(lower[marker.start : marker.start + _AFTER]):
            continue
        found[_kind(marker, all_markers, lower, language), marker.phrase] += 1
    found.update(("limit", hit.group()) for hit in limits)
    found.update(("hardener", hit.group()) for hit in _pattern("hardener", language).finditer(lower))
    return found


def _kind(marker: Marker, others: Iterable[Marker], lower: str, language: str) -> str:
    owed = bool(_pattern("holder", language).search(lower, max(0, marker.start - _BEFORE), marker.start))
    turned = any(m.kind == "negator" and marker.end <= m.start < marker.end + _NEAR for m in others)
    only = lower[marker.end : marker.end + _NEAR].lstrip().startswith("only")
    if turned:
        return "limit" if owed else "ban"
    if marker.level <= 1 and not only:
        return "right" if owed else "permission"
    return "burden" if owed and not only else "duty"


def bound_direction(old: str, new: str, language: str = "") -> tuple[int, tuple[str, ...]]:
    """1 where a change binds more, -1 where it binds less, 0 where we see neither; and the words that show it.

    Empty `old` is a new passage, empty `new` one that went: without what it bound, the text binds less. Powers to
    make further rules count for nothing; words cut from a passage with no mark of ours weaken it.

    >>> bound_direction("States shall act.", "States shall act, on request.", "en")
    (-1, ('+ on request',))
    >>> bound_direction("States shall consult cities and regions.", "States shall consult cities.", "en")
    (-1, ('− and regions',))
    """
    language = language or guess_language(new or old)
    maker = _pattern("maker", language)
    if not new.strip():
        return (0, ()) if not old.strip() or maker.search(old.lower()) else (-1, ("−",))
    before, after = marks(old, language), marks(new, language)
    come, gone = after - before, before - after
    score = sum(_WEIGHT[kind] * n for (kind, _), n in come.items()) - sum(
        _WEIGHT[kind] * n for (kind, _), n in gone.items())
    rules = maker.search(old.lower() if old.strip() else new.lower())
    if rules and (not old.strip() or abs(score) < 0.5):
        return 0, ()
    if abs(score) > _ENOUGH:
        sign = 1 if score > 0 else -1
        shown = [f"{mark} {words}" for mark, side, way in (("+", come, sign), ("−", gone, -sign))
                 for (kind, words), _ in sorted(side.items()) if _WEIGHT[kind] * way > 0]
        return sign, tuple(shown)
    return _cut(old, new, language) if old.strip() else (0, ())


def _cut(old: str, new: str, language: str) -> tuple[int, tuple[str, ...]]:
    """A passage from which much more went than came."""
    a, b = analyse(old, language), analyse(new, language)
    came = 0
    lost: list[str] = []
    for step in Indel.opcodes(a.keys, b.keys):
        if step.tag in ("delete", "replace"):
            lost += a.printed[step.src_start : step.src_end]
        if step.tag in ("insert", "replace"):
            came += step.dest_end - step.dest_start
    if not lost or len(lost) <= _CUT * came:
        return 0, ()
    words = "".join(lost) if language == "zh" else " ".join(lost[:_SHOWN]) + (" …" if len(lost) > _SHOWN else "")
    return -1, (f"− {words}",)
