"""Blocks into numbered paragraphs: what each is, what people call it, and an id that stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from ..types import Notice, Paragraph
from ._blocks import Block
from ._front import front_end, title_of
from ._headings import Headings, heading_of, look_of
from ._labels import Label, parse_label
from ._sequence import Level, Place, Sequence
from ._words import Part, is_formula, is_opener, is_operative_verb, is_preamble_heading, is_preambular, option_of

__all__ = ["structure"]


_FIRST = ("premier", "première", "первая")


@dataclass(slots=True)
class _Scope:
    """A part with numbers of its own: how its ids begin and how people name it."""

    what: str
    spelt: str
    said: str


@dataclass(frozen=True, slots=True)
class _Leader:
    """An unmarked paragraph or heading that marks may hang on; `leads` when it ends in a colon."""

    id: str
    leads: bool
    heading: bool = False


def structure(blocks: list[Block], stated_title: str) -> tuple[str, tuple[Paragraph, ...], list[Notice]]:
    """Return title, paragraphs (footnotes last) and notices about odd numbering."""
    builder = _Builder(blocks)
    title = builder.run(stated_title)
    return title, tuple(builder.paragraphs), _few(builder.notices)


def _few(notices: list[Notice], most: int = 20) -> list[Notice]:
    """At most twenty of a kind; a last one says how many there are beyond."""
    out: list[Notice] = []
    counts: Counter[str] = Counter()
    for notice in notices:
        counts[notice.code] += 1
        if counts[notice.code] <= most:
            out.append(notice)
    out += [Notice(code, f"{n - most} more notices of this kind.") for code, n in counts.items() if n > most]
    return out


class _Builder:
    def __init__(self, blocks: list[Block]) -> None:
        self.notes = [block for block in blocks if block.note is not None]
        self.blocks = [block for block in blocks if block.note is None]
        self.look = look_of(self.blocks)
        self.paragraphs: list[Paragraph] = []
        self.notices: list[Notice] = []
        self.headings = Headings()
        self.sequence = Sequence()
        self.scopes: list[_Scope] = []
        self.seen: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.annexes = 0
        self.preamble = "maybe"  # "yes" after an opener, "maybe" before the first number, "no" afterwards
        self.leader: _Leader | None = None  # what stands unmarked since the last marked paragraph
        self.base = ""  # id of the unmarked paragraph that the current marks hang on
        self.colon = False  # the last marked paragraph announces a list
        self.awaits_body = False  # an article was opened, and its first paragraph has not come
        self.run_number = 0  # how often the numbering began again
        self.run_of: dict[str, int] = {}
        self.option_start: Level | None = None  # where the numbering stood when the options began
        self.articles_restart = _articles_restart(self.blocks)

    def run(self, stated: str) -> str:
        front = front_end(self.blocks)
        title, place = title_of(self.blocks, front, stated)
        for index, block in enumerate(self.blocks):
            after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if block.scope:
                self._open_root(block)
            if index in place and (front or not block.level or block.level == 1):
                self._add(block, self._counted("h"), "", "", "heading", block.text)
                continue
            if index < front:
                self._other(block)
            else:
                self._block(block, after)
        for note in self.notes:
            mark = note.note or ""
            self._add(
                note, f"note.{mark}" if mark.isdigit() else self._counted("note.s"), "", mark, "note", note.text, ()
            )
        return title

    # -- one block -----------------------------------------------------------------------------------

    def _block(self, block: Block, after: Block | None) -> None:
        found = heading_of(block, self.look, after) if not block.label else None
        option = option_of(block.text) if self.preamble != "yes" else None
        if option is not None and (not option[1] or not block.level):
            self._option(block, option, after)
        elif found is not None:
            self._heading(block, *found)
        elif block.kind == "other":
            self._other(block)
        elif not block.label and is_formula(block.text):
            self._other(block)
            self.preamble = "no"
        elif is_opener(block.text) and not block.label:
            self._other(block)
            self.preamble = "yes" if self.preamble != "no" else "no"
        else:
            self._paragraph(block)

    def _heading(self, block: Block, part: Part | None, label: Label | None) -> None:
        if part is not None and part.what == "annex":
            self._annex(block, part)
            return
        self.headings.push(block, part, label)
        while self.scopes and self.scopes[-1].what in ("article", "option"):
            self.scopes.pop()
        self._close_front()
        if part is not None and part.what == "article" and self.articles_restart:
            self.sequence.restart()
            number = "1" if part.number.lower() in _FIRST else part.number.lower()
            number = number if number.isascii() else str(_number(number))
            self._open_scope(_Scope("article", f"art{number or '1'}", part.printed))
            self.awaits_body = True
        elif is_preamble_heading(block.text):
            self.preamble = "yes"
        elif part is not None:
            self.preamble = "no" if self.preamble == "maybe" else self.preamble
        id_ = self._counted("h")
        printed, text = (label.printed, label.rest) if label and label.rest and not part else ("", block.text)
        id_ = self._add(block, id_, "", printed, "heading", text, self.headings.texts[:-1])
        self.leader = _Leader(id_, False, True)

    def _annex(self, block: Block, part: Part) -> None:
        self.annexes += 1
        self.headings.clear()
        self.headings.push(block, part, None)
        value = _number(part.number) if part.number else self.annexes
        spelt = f"annex{value}" if value else f"annex{part.number}"
        self.scopes = [scope for scope in self.scopes if scope.what == "root"]
        # A second annex without a number is told from the first by counting.
        said = part.printed if part.number or self.annexes == 1 else f"{part.printed} {self.annexes}"
        self._open_scope(_Scope("annex", spelt, said))
        self.sequence.restart()
        self.preamble, self.leader, self.awaits_body = "maybe", None, False
        self.counts.pop(self._prefixed("pre"), None)
        self._add(block, self._path(), said, "", "annex", block.text, ())

    def _option(self, block: Block, option: tuple[str, str], after: Block | None) -> None:
        number, rest = option
        value = _number(number) or 0
        following = parse_label(after.text) if after is not None and not after.label else None
        decimal = bool(
            after
            and (
                after.label[:1].isdigit() or (following and following.readings and following.readings[0].style == "1.")
            )
        )
        if not rest and decimal:
            nth = self.scopes and self.scopes[-1].what == "option"
            while self.scopes and self.scopes[-1].what == "option":
                self.scopes.pop()
            # Options replace each other: each begins where the first one began.
            if not nth or value <= 1:
                self.option_start = self.sequence.last_top
            self._open_scope(_Scope("option", f"opt{number.lower()}", f"option {number}"))
            self.sequence.restart(self.option_start)
            self._add(block, self._counted("h"), "", "", "heading", block.text)
            self.leader = None
            return
        place = self.sequence.option(number, value)
        self._add(block, self._path(place.spelt), self._said(place.said.lstrip(", ")), "", "sub", block.text)
        self.leader = None

    def _paragraph(self, block: Block) -> None:
        label = parse_label(f"{block.label} {block.text}" if block.label else block.text, loose=block.loose)
        if label is not None and not label.rest:
            label = None
        if label is not None and label.bullet:
            self._add(block, self._counted("u"), "", label.printed, "sub", label.rest)
            return
        if label is None:
            self._unmarked(block)
            return
        below = self._hangs_on_leader(label, block.indent)
        place = self.sequence.place(label, block.indent, below=below, long=len(label.rest) > 60)
        if place is None:
            self._unmarked(block)
            return
        if below or (self.leader is not None and len(place.levels) == 1 and not self.base):
            self.base = self.leader.id if self.leader else ""
        if place.oddity:
            self._odd(place, block.page)
        # "3. (a) Each State …": two marks open two levels at once.
        inner = parse_label(label.rest)
        if (
            inner is not None
            and any(item.value == 1 and item.style[-1] == ")" for item in inner.readings)
            and inner.rest
        ):
            label = replace(label, printed=f"{label.printed} {inner.printed}", rest=inner.rest)
            place = self.sequence.place(inner, block.indent + 12) or place
        self._marked(block, label, place)

    def _hangs_on_leader(self, label: Label, indent: float) -> bool:
        """Whether a mark opens a list below the unmarked paragraph or heading just before it."""
        leader = self.leader
        if leader is None or self.sequence.peek(label, indent):
            return False
        return leader.leads or not self.sequence.levels or (leader.heading and not self.colon)

    def _marked(self, block: Block, label: Label, place: Place) -> None:
        top = place.levels[0].reading.style
        decimal = top[0] == "1"
        self.leader, self.colon = None, _announces(label.rest)
        if self.preamble != "no" and not decimal and top[0] in "AI" and len(place.levels) == 1:
            self._add(block, self._counted("pre"), place.said.strip("()"), label.printed, "preamble", label.rest)
            return
        if decimal:
            if (self.preamble != "yes" or not is_preambular(label.rest)) and not self._under_preamble_heading():
                self.preamble = "no"
            self.awaits_body, self.base = False, ""
        in_body = decimal or not self.base or self.base == self._path()
        path = self._path(place.spelt) if decimal or not self.base else f"{self.base}.{place.spelt}"
        said = self._said(place.said) if in_body else place.said
        kind = "operative" if decimal and len(place.levels) == 1 else "sub"
        if block.kind == "preamble" or (kind == "operative" and self._under_preamble_heading()):
            kind = "preamble"
        self._add(block, path, said, label.printed, kind, label.rest)

    def _unmarked(self, block: Block) -> None:
        text = f"{block.label} {block.text}".strip() if block.label else block.text
        leads = _announces(text)
        if self.awaits_body and self.scopes and self.scopes[-1].what == "article":
            self.awaits_body = False
            self.preamble = "no"
            id_ = self._add(
                block,
                self._path(),
                self.scopes[-1].said if len(self.scopes) == 1 else self._said(""),
                "",
                "operative",
                text,
            )
            self.leader, self.base = _Leader(id_, True), id_
            return
        if self.preamble == "yes" and is_operative_verb(text):
            id_, kind = self._counted("u"), "operative"
        elif self.preamble == "yes" or (self.preamble == "maybe" and is_preambular(text)) or block.kind == "preamble":
            id_, kind = self._counted("pre"), "preamble"
        else:
            id_, kind = self._counted("u"), "other"
        id_ = self._add(block, id_, "", block.label if block.label else "", kind, block.text if block.label else text)
        self.leader = _Leader(id_, leads)

    def _other(self, block: Block) -> None:
        self._add(block, self._counted("u"), "", block.label, "other", block.text)

    # -- parts ---------------------------------------------------------------------------------------

    def _open_root(self, block: Block) -> None:
        self.headings.clear()
        self.scopes = []
        self._open_scope(_Scope("root", block.scope, ""))
        self.sequence.restart()
        self.preamble, self.leader, self.awaits_body = "maybe", None, False

    def _open_scope(self, scope: _Scope) -> None:
        path = ".".join([*(item.spelt for item in self.scopes), scope.spelt])
        self.seen["scope " + path] += 1
        if (n := self.seen["scope " + path]) > 1:
            scope.spelt += f"~{n}"
        self.scopes.append(scope)

    def _close_front(self) -> None:
        self.awaits_body = False

    def _under_preamble_heading(self) -> bool:
        texts = self.headings.texts
        return bool(texts) and is_preamble_heading(texts[-1])

    def _prefixed(self, local: str) -> str:
        return ".".join([*(scope.spelt for scope in self.scopes if scope.what in ("root", "annex")), local])

    def _path(self, local: str = "") -> str:
        return ".".join([*(scope.spelt for scope in self.scopes), *([local] if local else [])])

    def _said(self, local: str) -> str:
        words = [scope.said for scope in self.scopes if scope.said]
        out = ""
        for word in words:
            out += (", " if out else "") + word
        if not out or not local:
            return out or local
        if local[0] == "(":
            return out + local
        last = self.scopes[-1].what
        return f"{out}.{local}" if last == "article" and out[-1].isdigit() else f"{out}, {local}"

    def _counted(self, what: str) -> str:
        key = self._prefixed(what) if what == "pre" else what
        self.counts[key] += 1
        separator = "" if what.endswith(".s") else "."
        return f"{key}{separator}{self.counts[key]}"

    # -- results -------------------------------------------------------------------------------------

    def _odd(self, place: Place, page: int | None) -> None:
        if place.oddity is None:
            return
        code, last, this = place.oddity
        scope = self._said("")
        where = f" in {scope}" if scope else ""
        if code == "restart":
            self.run_number += 1
            self.notices.append(Notice("restart", f"Numbering starts again at {this} after {last}{where}.", page))
        elif code == "start":
            self.notices.append(Notice("start", f"Numbering starts at {this}{where}.", page))
        else:
            above = place.levels[:-1]
            below = f" in {replace(place, levels=above, oddity=None).said}" if above else ""
            self.notices.append(Notice("gap", f"{this} follows {last}{below}{where}.", page))

    def _add(
        self,
        block: Block,
        id_: str,
        number: str,
        label: str,
        kind: str,
        text: str,
        headings: tuple[str, ...] | None = None,
    ) -> str:
        self.seen[id_] += 1
        if (n := self.seen[id_]) > 1:
            if kind in ("operative", "sub") and number and self.run_of.get(id_) == self.run_number:
                self.notices.append(
                    Notice("repeat", f"{number} comes {'twice' if n == 2 else f'{n} times'}.", block.page)
                )
            while self.seen[f"{id_}~{n}"]:
                n += 1
            id_ = f"{id_}~{n}"
            self.seen[id_] += 1
        else:
            self.run_of[id_] = self.run_number
        above = self.headings.texts if headings is None else headings
        self.paragraphs.append(
            Paragraph(id=id_, number=number, label=label, kind=kind, text=text, headings=above, page=block.page)
        )
        return id_


def _announces(text: str) -> bool:
    return text.rstrip(" *]").endswith((":", "：", "—", "–"))


def _number(printed: str) -> int:
    label = parse_label(f"({printed})") if printed else None
    if label is None or not label.readings:
        return 0
    reading = next((item for item in label.readings if item.style[0] in "1iI"), label.readings[0])
    return reading.value if reading.style[0] in "1iI" else 0


def _articles_restart(blocks: list[Block]) -> bool:
    """Whether each article counts from 1; false where one numbering runs through all of them."""
    starts: list[int] = []
    waiting = False
    look = look_of(blocks)
    for index, block in enumerate(blocks):
        found = (
            heading_of(block, look, blocks[index + 1] if index + 1 < len(blocks) else None) if not block.label else None
        )
        if found and found[0] is not None and found[0].what == "article":
            waiting = True
        elif waiting:
            label = parse_label(f"{block.label} {block.text}" if block.label else block.text)
            if label and label.readings and label.readings[0].style == "1.":
                starts.append(label.readings[0].value)
                waiting = False
    return not starts or sum(value == 1 for value in starts) * 2 >= len(starts)
