"""Did a change make a passage more or less binding? By words of force, then by who is bound and what limits it."""

from __future__ import annotations

from collections import Counter

from ._body import Body
from ._bound import bound_direction
from ._finding import Finding
from ._force import Marker, bracketed, markers

STRENGTHENED, WEAKENED, NEUTRAL = "strengthened", "weakened", "neutral"


def change_direction(old: str, new: str, language: str = "") -> tuple[str, str]:
    """Direction of a change of wording, and the words that show it.

    >>> change_direction("States shall consult cities.", "States may consult cities.", "en")
    ('weakened', 'shall → may')
    >>> change_direction("States shall consult.", "States shall consult unless it is urgent.", "en")
    ('weakened', '+ unless')
    >>> change_direction("States shall act.", "States shall act on broadband.", "en")
    ('neutral', '')
    """
    direction, words = force_direction(old, new, language)
    if direction != NEUTRAL:
        return direction, words
    sign, shown = bound_direction(old, new, language)
    return {1: STRENGTHENED, -1: WEAKENED, 0: NEUTRAL}[sign], ", ".join(shown)


def force_direction(old: str, new: str, language: str = "") -> tuple[str, str]:
    """The same by words of force alone: modality, hedges, exceptions, brackets."""
    before, after = markers(old, language), markers(new, language)
    gone, come = _surplus(before, after), _surplus(after, before)
    levels_gone = [m for m in gone if m.kind == "level"]
    levels_come = [m for m in come if m.kind == "level"]
    score = 0.0
    shown: list[str] = []
    if levels_gone and levels_come:
        low_gone, low_come = (min(ms, key=lambda m: (m.level, m.start)) for ms in (levels_gone, levels_come))
        step = low_come.level - low_gone.level
        score += step
        if step:
            shown.append(f"{low_gone.phrase} → {low_come.phrase}")
    elif (levels_gone or levels_come) and old.strip() and new.strip():
        # A duty that goes without another in its place weakens, one that comes strengthens.
        strongest = max(levels_gone or levels_come, key=lambda m: (m.level, -m.start))
        if strongest.level >= 3:
            score += 1.0 if levels_come else -1.0
            shown.append(f"{'+' if levels_come else '−'} {strongest.phrase}")
    for kind, weight in (("hedge", 2.0), ("exception", 1.0)):
        for sign, found in ((-1, come), (1, gone)):
            for m in found:
                if m.kind == kind:
                    score += sign * weight
                    shown.append(f"{'+' if sign < 0 else '−'} {m.phrase}")
    if bracketed(new, 0, len(new)) and not bracketed(old, 0, len(old)):
        score -= 2.0
        shown.append("+ [ ]")
    elif bracketed(old, 0, len(old)) and not bracketed(new, 0, len(new)):
        score += 2.0
        shown.append("− [ ]")
    if score > 0:
        return STRENGTHENED, ", ".join(shown)
    if score < 0:
        return WEAKENED, ", ".join(shown)
    return NEUTRAL, ""


def _surplus(have: tuple[Marker, ...], other: tuple[Marker, ...]) -> list[Marker]:
    left = Counter((m.kind, m.phrase) for m in other)
    extra = []
    for marker in have:
        key = (marker.kind, marker.phrase)
        if left[key] > 0:
            left[key] -= 1
        else:
            extra.append(marker)
    return extra


def direction_of(found: Finding, body: Body) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Direction for a finding: against the ask first, and where both agree, against the older wording."""
    if found.verdict in ("none", "removed"):
        return None, ()
    shift = found.shift
    if shift.short_of:
        return WEAKENED, ()
    if shift.stronger:
        return STRENGTHENED, ()
    old, new = "", ""
    if found.unit is not None and body.units[found.unit].before:
        unit = body.units[found.unit]
        old, new = "\n".join(body.olds[n].text for n in unit.before), unit.text
    elif found.change is not None:
        before = body.olds[found.change]
        old, new = before.text, "\n".join(body.units[n].text for n in before.after)
    if not old or not new:
        return NEUTRAL, ()
    direction, words = change_direction(old, new, body.language)
    if direction == NEUTRAL:
        return NEUTRAL, ()
    return direction, ((f"change_{direction}", f"against the older text: {words}"),)
