"""Themes as an officer sees them: what was found, in whose exact words, who says it, and what fits nowhere."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tribune.engine import themes as engine
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer
from tribune.watch.models import Process

from .choices import ReadingState
from .deciding import Decided, from_stored
from .queries import Voice, to_gather
from .rules import Support, support
from .theme_models import ThemesDecision, ThemesReading


def text_of(contribution: Contribution) -> str:
    """Return the words that themes are found in: why somebody wants something, or the answer itself; in NFC."""
    return unicodedata.normalize("NFC", contribution.why or contribution.wording)


def texts_of(viewer: Viewer, process: Process) -> dict[str, Contribution]:
    """Return the published contributions of a process that have words and that the viewer may read, by public id."""
    return {row.public_id: row for row in to_gather(viewer, process) if text_of(row).strip()}


def digest_of(text: str) -> str:
    """Return a short digest that tells whether a text changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def decisions_of(process: Process) -> list[ThemesDecision]:
    """Return the acts on the themes of a process that stand, the latest first."""
    return list(ThemesDecision.objects.filter(process=process, undone_at__isnull=True).select_related("made_by")
                .order_by("-pk")[:50])


def decided_in(acts: Sequence[ThemesDecision]) -> Decided:
    """Return all that is decided after these acts, the latest first."""
    return from_stored(acts[0].decided if acts else None)


def readings_of(process: Process) -> tuple[ThemesReading | None, ThemesReading | None]:
    """Return the latest reading that is ready, and the one asked for after it that is not."""
    rows = list(ThemesReading.objects.filter(process=process).select_related("asked_by").order_by("-pk")[:5])
    ready = next((row for row in rows if row.state == ReadingState.READY), None)
    newest = rows[0] if rows and rows[0].state != ReadingState.READY else None
    return ready, newest


@dataclass(frozen=True, slots=True)
class Said:
    """Exact words of a contribution: the passage alone, and where it stands in the whole."""

    contribution: Contribution
    words: str
    spans: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Shown:
    """A theme on the page. `key` is hers ("" for the machine's alone); `members` that are still there and unchanged."""

    id: str
    key: str
    label: str
    language: str
    quotes: list[Said]
    members: list[Contribution]
    behind: Support
    distinct: int = 0
    # For each member (public id), the exact words of it that speak of the theme most.
    passages: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def is_hers(self) -> bool:
        return bool(self.key)


@dataclass(slots=True)
class ThemesShown:
    """Themes, largest first; who fits nowhere; and how far what was read is still what is there."""

    themes: list[Shown] = field(default_factory=list)
    unassigned: list[Contribution] = field(default_factory=list)
    n_texts: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_gone: int = 0

    @property
    def is_old(self) -> bool:
        return bool(self.n_new or self.n_changed or self.n_gone)

    @property
    def most(self) -> int:
        return max((theme.size for theme in self.themes), default=0)


def shown(reading: ThemesReading, there: dict[str, Contribution], decided: Decided) -> ThemesShown:
    """Return what a reading found, as far as its texts still stand as they were read. One thing is never quoted:
    words that were withdrawn or changed since."""
    now = {public_id: digest_of(text_of(row)) for public_id, row in there.items()}
    same = {public_id for public_id, digest in reading.texts.items() if now.get(public_id) == digest}
    result = ThemesShown(
        n_texts=len(there), n_new=len(set(there) - set(reading.texts)), n_gone=len(set(reading.texts) - set(there)),
        n_changed=sum(public_id in there for public_id in reading.texts if public_id not in same))
    found = engine.themes_from_json(reading.found or {"themes": [], "unassigned": [], "notices": []})
    for theme in found.themes:
        members = [there[one] for one in theme.members if one in same]
        if not members:
            continue
        result.themes.append(Shown(
            theme.id, theme.name, decided.themes[theme.name].label if theme.name in decided.themes else theme.label,
            next((code for code, label in theme.labels.items() if label == theme.label), ""),
            [_said(there[quote.id], quote) for quote in theme.quotes if quote.id in same], members,
            who_says(members), min(theme.distinct, len(members)),
            # The most typical passage of a contribution comes first.
            {quote.id: text_of(there[quote.id])[quote.start:quote.end]
             for quote in reversed(theme.passages) if quote.id in same}))
    result.themes.sort(key=lambda theme: (-theme.size, theme.id))
    result.unassigned = [there[one] for one in found.unassigned if one in same]
    return result


def who_says(rows: Iterable[Contribution]) -> Support:
    """Return who stands behind contributions, each local or regional government once."""
    return support([Voice(row.city_id, row.city.kind if row.city else "", row.level) for row in rows])


def themes_for(viewer: Viewer, process: Process) -> list[Shown]:
    """Return the themes of a process as an officer last saw them, largest first; none where nobody looked for any."""
    ready, _waiting = readings_of(process)
    if ready is None:
        return []
    return shown(ready, texts_of(viewer, process), decided_in(decisions_of(process))).themes


def _said(row: Contribution, quote: engine.Quote) -> Said:
    text = text_of(row)
    # The engine cut these words from this very text; its digest is the same.
    return Said(row, text[quote.start:quote.end], ((quote.start, quote.end),))
