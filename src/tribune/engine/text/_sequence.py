"""Where a mark belongs: after which one, and below which one."""

from __future__ import annotations

from dataclasses import dataclass

from ._labels import Label, Reading

__all__ = ["Level", "Place", "Sequence"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the path to the current paragraph."""

    reading: Reading
    said: str
    indent: float


@dataclass(frozen=True, slots=True)
class Place:
    """The path of a marked paragraph, and what is odd about it: (code, last, this) or None.

    Codes: "gap" (34 follows 32), "start" (begins at 5), "restart" (1 again after 12)."""

    levels: tuple[Level, ...]
    oddity: tuple[str, str, str] | None = None

    @property
    def spelt(self) -> str:
        return ".".join(level.reading.spelt for level in self.levels)

    @property
    def said(self) -> str:
        first, *others = self.levels
        out = first.said if first.reading.style[0] == "1" else f"({first.said})"
        for level in others:
            out += f", option {level.said}" if level.reading.style == "opt" else f"({level.said})"
        return out


class Sequence:
    """The open levels of a numbered text; `place` finds the level of the next mark.

    Texts use one style a level, so a mark continues the deepest level whose next value it is; a first value opens a
    level below. Indents settle "(i)" after "(h)".
    """

    def __init__(self) -> None:
        self.levels: tuple[Level, ...] = ()
        self.last_top: Level | None = None

    def restart(self, after: Level | None = None) -> None:
        """Forget everything: a new part begins, with numbers of its own or going on after one."""
        self.levels, self.last_top = (), after

    def option(self, number: str, value: int) -> Place:
        """Put "Option 2" below the current number."""
        base = self.levels[:1] if self.levels and self.levels[0].reading.style != "opt" else ()
        self.levels = (*base, Level(Reading("opt", value, 0, f"opt{number.lower()}"), number, 0.0))
        return Place(self.levels)

    def place(self, label: Label, indent: float = 0.0, *, below: bool = False, long: bool = True) -> Place | None:
        """Return the place of a mark, or None when it cannot be one here ("V. Smith").

        `below` says that an unmarked leader ("We will:") came just before; `long` that a whole paragraph follows.
        """
        return self._next(label, indent) or self._first(label, indent, below, long) or self._odd(label, indent, long)

    def peek(self, label: Label, indent: float = 0.0) -> bool:
        """Whether a mark continues an open level; changes nothing."""
        levels, top = self.levels, self.last_top
        found = self._next(label, indent)
        self.levels, self.last_top = levels, top
        return found is not None

    def _next(self, label: Label, indent: float) -> Place | None:
        found: list[tuple[int, int, Reading]] = []
        for index, level in enumerate(self.levels):
            for reading in label.readings:
                if reading.style != level.reading.style or not reading.follows(level.reading):
                    continue
                opens = any(other.value == 1 and other.bis == 0 for other in label.readings if other != reading)
                if not (opens and indent > level.indent + 8):
                    # The same "5." may continue two levels: the nearer edge wins, then the deeper level.
                    found.append((round(abs(indent - level.indent) / 8), index, reading))
        if found:
            _, index, reading = min(found, key=lambda item: (item[0], -item[1]))
            return self._accept((*self.levels[:index], Level(reading, label.said, indent)))
        top = self.last_top
        if top is not None:
            for reading in label.readings:
                if reading.style == top.reading.style and reading.follows(top.reading):
                    return self._accept((Level(reading, label.said, indent),))
        return None

    def _first(self, label: Label, indent: float, below: bool, long: bool) -> Place | None:
        for reading in sorted(
            label.readings, key=lambda reading: reading.style[0] not in "1iI" and len(label.readings) > 1
        ):
            if reading.value != 1 or reading.bis:
                continue
            if reading.style[0] in "AI" and reading.style.endswith(".") and not long:
                continue
            level = Level(reading, label.said, indent)
            if reading.style.endswith(".1"):
                return self._accept((Level(reading, label.said, indent),))
            if reading.style == "1.":
                nested = self.levels and self.levels[0].reading.style == "1." and indent > self.levels[0].indent + 12
                if nested:
                    return self._accept((self.levels[0], level))
                top = self.last_top
                again = ("restart", top.said, label.said) if top is not None and top.reading.style == "1." else None
                return self._accept((level,), again)
            if below:
                return self._accept((level,))
            same = [index for index, open_ in enumerate(self.levels) if open_.reading.style == reading.style]
            return self._accept((*self.levels[: same[-1]], level) if same else (*self.levels, level))
        return None

    def _odd(self, label: Label, indent: float, long: bool) -> Place | None:
        for reading in label.readings:
            if reading.style.endswith(".1"):
                return self._decimal(label, reading, indent)
        for index in range(len(self.levels) - 1, -1, -1):
            level = self.levels[index]
            for reading in label.readings:
                if reading.style == level.reading.style and (reading.value, reading.bis) != (
                    level.reading.value,
                    level.reading.bis,
                ):
                    if reading.style[0] in "AI" and reading.style.endswith("."):
                        continue
                    odd = ("gap", level.said, label.said)
                    return self._accept((*self.levels[:index], Level(reading, label.said, indent)), odd)
        for reading in label.readings:
            top = self.last_top
            if reading.style[0] == "1" and not reading.style.endswith(("-", "/")):
                odd = (
                    ("gap", top.said, label.said)
                    if top and top.reading.style == reading.style
                    else ("start", "", label.said)
                )
                path: tuple[Level, ...] = (Level(reading, label.said, indent),)
                if reading.style != "1." and self.levels and self.levels[0].reading.style == "1.":
                    path = (self.levels[0], *path)
                return self._accept(path, odd)
            if reading.style in ("a()", "i()") and self.levels and long:
                return self._accept((*self.levels[:1], Level(reading, label.said, indent)), ("start", "", label.said))
        return None

    def _decimal(self, label: Label, reading: Reading, indent: float) -> Place | None:
        """ "3.2" is a mark where 3, 3.1 or a neighbour of it came before; else it may be "2.6 billion"."""
        parent = reading.spelt.rpartition(".")[0]
        known = [level.reading.spelt for level in (*self.levels, self.last_top) if level is not None]
        if not any(spelt == parent or spelt.rpartition(".")[0] == parent for spelt in known):
            return None
        return self._accept((Level(reading, label.said, indent),))

    def _accept(self, levels: tuple[Level, ...], odd: tuple[str, str, str] | None = None) -> Place:
        self.levels = levels
        if levels[0].reading.style[0] == "1":
            self.last_top = levels[0]
        return Place(levels, odd)
