"""The ledger of a process: its asks by its versions, as one viewer may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from tribune.engine.search import analyse
from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.synthesise.choices import AskKind, Stance
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import Behind, asks_for, behind
from tribune.watch.choices import StageKind
from tribune.watch.models import Paragraph, Process, Stage, Version
from tribune.watch.queries import visible_versions

from ..choices import VerdictState, VerdictWord
from ..models import Ledger, Verdict
from ..rules import IN_THE_TEXT, is_asked_of, may_keep_ledger
from ._gate import public_verdicts, sources_for, verdicts_for
from ._history import History, history

NOT_ASKED, WAITING, PROPOSED, SIGNED = "not_asked", "waiting", "proposed", "signed"
# Stages of a process that end in a text.
_TEXTS = (StageKind.REVISION, StageKind.COMMITTEE, StageKind.ADOPTION)


@dataclass(slots=True)
class Cell:
    """One ask in one version.

    `state` is "not_asked" (the ask came with this version or later), "waiting" (nothing signed that the viewer
    may see), "proposed" (for officers) or "signed"; `path` and `number` are the paragraph where it stands, or,
    for "removed", where it stood in `was_in`.
    """

    version: Version
    state: str
    word: str = ""
    verdict: Verdict | None = None
    path: str = ""
    number: str = ""
    was_in: Version | None = None

    @property
    def mark(self) -> str:
        return self.word or "waiting"


@dataclass(slots=True)
class Row:
    """One ask, who stands behind it, and a cell for each version."""

    ask: Ask
    behind: Behind
    cells: list[Cell]
    history: History = field(default_factory=History)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows of a ledger to show: of one city, of a kind, with a word in the newest version, with a history, or
    with these words in the ask (stems count, in any of six languages). Empty fields choose all."""

    city: City | None = None
    kind: str = ""
    word: str = ""
    history: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.city or self.kind or self.word or self.history or self.words)


@dataclass(slots=True)
class LedgerView:
    """A ledger as a page shows it. `counts` and `n_waiting` are of `latest`, the newest version, signed only."""

    process: Process
    opened_at: datetime | None
    may_keep: bool
    versions: list[Version] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    to_come: list[Stage] = field(default_factory=list)
    latest: Version | None = None
    counts: Counter[str] = field(default_factory=Counter)
    n_waiting: int = 0
    n_proposed: int = 0
    n_all: int = 0
    chosen: Chosen = field(default_factory=Chosen)
    histories: Counter[str] = field(default_factory=Counter)
    # KEEP asks that still stand in the newest version, and all of them that were judged there.
    n_kept: int = 0
    n_keep: int = 0

    @property
    def is_shown(self) -> bool:
        return self.opened_at is not None or self.may_keep


def ledger(viewer: Viewer, process: Process, chosen: Chosen | None = None) -> LedgerView:
    """Return the ledger of a process: in a closed one, nothing but that it is closed (officers see it all).

    Page, CSV, XLSX and JSON all show what this returns. Counts are of the rows chosen.
    """
    row = Ledger.objects.filter(process=process).first()
    view = LedgerView(process, row.opened_at if row else None,
                      may_keep_ledger(viewer, process.organisation_id), chosen=chosen or Chosen())
    if not view.is_shown:
        return view
    asks = list(asks_for(viewer).filter(process=process, organisation_id=process.organisation_id, is_public=True)
                .order_by("number"))
    view.n_all = len(asks)
    versions = list(visible_versions(viewer).filter(draft__process=process).select_related("draft__process")
                    .order_by("draft_id", "order"))
    view.versions = [version for version in versions if any(is_asked_of(ask, version) for ask in asks)]
    asks = _chosen(viewer, asks, view.chosen)
    found = {(verdict.ask_id, verdict.version_id): verdict
             for verdict in verdicts_for(viewer).filter(ask__in=asks, version__in=view.versions)}
    numbers = numbers_of(found.values())
    stands_behind = behind(asks, viewer)
    view.latest = max(view.versions, key=lambda version: (version.dated_on, version.order, version.pk), default=None)
    rows = [_row(ask, stands_behind[ask.pk], _cells(ask, view.versions, found, numbers)) for ask in asks]
    view.rows = [each for each in rows if _fits(each, view)]
    view.n_proposed = sum(cell.state == PROPOSED for each in view.rows for cell in each.cells)
    view.histories = Counter(each.history.code for each in view.rows if each.history.code)
    if view.latest:
        cells = [(each, _newest(each, view.latest)) for each in view.rows]
        view.counts = Counter(cell.word for _, cell in cells if cell.state == SIGNED)
        view.n_waiting = sum(cell.state in (WAITING, PROPOSED) for _, cell in cells)
        keep = [cell for each, cell in cells if each.ask.kind == AskKind.KEEP and cell.state == SIGNED]
        view.n_keep, view.n_kept = len(keep), sum(cell.word == VerdictWord.KEPT for cell in keep)
        view.to_come = [stage for stage in process.stages.all()
                        if stage.kind in _TEXTS and stage.starts_on > view.latest.dated_on][:2]
    return view


def _chosen(viewer: Viewer, asks: list[Ask], chosen: Chosen) -> list[Ask]:
    if chosen.city is not None:
        theirs = set(sources_for(viewer).filter(ask__in=asks, stance=Stance.FOR, contribution__city=chosen.city)
                     .values_list("ask_id", flat=True))
        asks = [ask for ask in asks if ask.pk in theirs]
    if chosen.kind:
        asks = [ask for ask in asks if ask.kind == chosen.kind]
    wanted = set(analyse(chosen.words).keys) if chosen.words else set()
    return [ask for ask in asks if wanted <= _keys(ask)] if wanted else asks


def _keys(ask: Ask) -> set[str]:
    words = (ask.name, ask.old, ask.new, ask.text, *ask.names.values(), *ask.texts.values())
    return {key for text in words if text for key in analyse(text).keys}


def _row(ask: Ask, stands_behind: Behind, cells: list[Cell]) -> Row:
    signed = [cell.verdict for cell in cells if cell.state == SIGNED and cell.verdict is not None]
    return Row(ask, stands_behind, cells, history(ask.kind, signed))


def _newest(row: Row, latest: Version) -> Cell:
    return next(cell for cell in row.cells if cell.version == latest)


def _fits(row: Row, view: LedgerView) -> bool:
    chosen = view.chosen
    if chosen.history and row.history.code != chosen.history:
        return False
    if not chosen.word:
        return True
    if view.latest is None:
        return chosen.word == WAITING
    cell = _newest(row, view.latest)
    return cell.state in (WAITING, PROPOSED) if chosen.word == WAITING else (
        cell.state == SIGNED and cell.word == chosen.word)


def _cells(ask: Ask, versions: Sequence[Version], found: dict[tuple[int, int], Verdict],
           numbers: dict[tuple[int, str], str]) -> list[Cell]:
    cells: list[Cell] = []
    stood: Cell | None = None
    for version in versions:
        if not is_asked_of(ask, version):
            cells.append(Cell(version, NOT_ASKED))
            continue
        verdict = found.get((ask.pk, version.pk))
        if verdict is None:
            cells.append(Cell(version, WAITING))
            continue
        is_signed = verdict.state != VerdictState.PROPOSED
        path = path_of(verdict)
        cell = Cell(version, SIGNED if is_signed else PROPOSED, verdict.signed or verdict.proposed, verdict, path,
                    numbers.get((version.pk, path), path))
        if cell.word == VerdictWord.REMOVED and stood is not None and stood.version.draft_id == version.draft_id:
            cell.path, cell.number, cell.was_in = stood.path, stood.number, stood.version
        elif path:
            stood = cell
        cells.append(cell)
    return cells


def path_of(verdict: Verdict) -> str:
    """Return the paragraph a verdict points at: the signer's, or, where nobody signed, the first evidence."""
    if verdict.state != VerdictState.PROPOSED:
        return verdict.signed_paragraph
    if verdict.proposed not in IN_THE_TEXT:
        return ""
    return next((str(one["paragraph"]) for one in verdict.evidence if one["in"] == "text"), "")


def numbers_of(verdicts: Iterable[Verdict]) -> dict[tuple[int, str], str]:
    """Return how people call the paragraphs that verdicts point at, by version and path, in one query."""
    wanted = {(verdict.version_id, path_of(verdict)) for verdict in verdicts}
    rows = (Paragraph.objects.filter(passage__version__in={version for version, _ in wanted},
                                     passage__path__in={path for _, path in wanted if path})
            .order_by("pk").values_list("passage__version_id", "passage__path", "number"))
    found: dict[tuple[int, str], str] = {}
    for version, path, number in rows:
        if (version, path) in wanted and number:
            found.setdefault((version, path), number)
    return found


def public_counts(process: Process, version: Version) -> Counter[str]:
    """Return how many asks have each word in a version, as everybody may know it."""
    rows = (public_verdicts(Viewer()).filter(ask__process=process, version=version, ask__is_public=True)
            .order_by().values("signed").annotate(n=Count("pk")))
    return Counter({row["signed"]: row["n"] for row in rows})
