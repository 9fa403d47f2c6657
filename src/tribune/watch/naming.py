"""Where and how a text names local and regional governments: the facts of its one-page picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tribune.engine.mentions import VERB_CLASSES, verb_for

from .layout import Line, Unit, units
from .strips import called, sections

TIERS = ("explicit", "level", "excluded")


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that was found: its words, tier, why it is in this tier, and the verb it stands under."""

    line: Line
    called: str
    words: str
    tier: str
    reason: str
    kind: str = ""
    verb: str = ""
    verb_class: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text under its outermost heading: how many paragraphs, and how many name local governments."""

    title: str
    n: int
    naming: int
    path: str


@dataclass(frozen=True, slots=True)
class Naming:
    """All hits of a text by tier, its sections, and verbs of explicit mentions by class, most frequent first."""

    hits: Mapping[str, Sequence[Hit]]
    sections: Sequence[Section]
    verbs: Sequence[tuple[str, int, Sequence[tuple[str, int]]]] = field(default_factory=tuple)


def naming_of(lines: Sequence[Line], language: str) -> Naming:
    """Return where and in which verbs a text names local governments; `lines` with words and mentions.

    Headings and notes are searched as well: their hits are listed, and not counted.
    """
    found = units(lines)
    hits: dict[str, list[Hit]] = {tier: [] for tier in TIERS}
    for unit in found:
        for line in unit.lines:
            above = "" if line is unit.head else unit.head.text
            for mention in line.mentions:
                verb, kind = verb_for(line.text, mention["start"], language, above)
                hits[mention["tier"]].append(Hit(
                    line, called(line), line.text[mention["start"]:mention["end"]], mention["tier"],
                    mention.get("reason", ""), mention.get("kind", ""), verb, kind))
    return Naming(hits, _sections(found), _verbs(hits["explicit"]))


def _sections(found: Sequence[Unit]) -> list[Section]:
    counted = [unit for unit in found if unit.is_counted]
    rows: list[Section] = []
    for unit, title in zip(counted, sections(counted), strict=True):
        if rows and rows[-1].title == title:
            last = rows.pop()
            rows.append(Section(title, last.n + 1, last.naming + unit.names, last.path))
        else:
            rows.append(Section(title, 1, int(unit.names), unit.head.path))
    return rows


def _verbs(hits: Sequence[Hit]) -> list[tuple[str, int, list[tuple[str, int]]]]:
    by_class = {name: Counter(hit.verb for hit in hits if hit.verb_class == name) for name in (*VERB_CLASSES, "")}
    return [(name, counts.total(), counts.most_common(6)) for name, counts in by_class.items() if counts]


def class_words(name: str) -> str:
    """Return what a class of verbs says, in the reader’s language."""
    return {
        "binds": pgettext("class of verbs", "decides, commits or binds"),
        "asks": pgettext("class of verbs", "asks or urges"),
        "invites": pgettext("class of verbs", "invites, encourages or allows"),
        "values": pgettext("class of verbs", "recognizes, welcomes or supports"),
        "notes": pgettext("class of verbs", "notes or recalls"),
    }.get(name, _("no verb of our list"))
