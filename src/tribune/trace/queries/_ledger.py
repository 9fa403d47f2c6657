"""The ledger of a process: its asks by its versions, as one viewer may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from tribune.people.rules import Viewer
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import Behind, asks_for, behind
from tribune.watch.choices import StageKind
from tribune.watch.models import Paragraph, Process, Stage, Version
from tribune.watch.queries import visible_versions

from ..choices import VerdictState, VerdictWord
from ..models import Ledger, Verdict
from ..rules import IN_THE_TEXT, is_asked_of, may_keep_ledger
from ._gate import public_verdicts, verdicts_for

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

    @property
    def is_shown(self) -> bool:
        return self.opened_at is not None or self.may_keep


def ledger(viewer: Viewer, process: Process) -> LedgerView:
    """Return the ledger of a process: in a closed one, nothing but that it is closed (officers see it all)."""
    row = Ledger.objects.filter(process=process).first()
    view = LedgerView(process, row.opened_at if row else None,
                      may_keep_ledger(viewer, process.organisation_id))
    if not view.is_shown:
        return view
    asks = list(asks_for(viewer).filter(process=process, organisation_id=process.organisation_id, is_public=True)
                .order_by("number"))
    versions = list(visible_versions(viewer).filter(draft__process=process).select_related("draft__process")
                    .order_by("draft_id", "order"))
    view.versions = [version for version in versions if any(is_asked_of(ask, version) for ask in asks)]
    found = {(verdict.ask_id, verdict.version_id): verdict
             for verdict in verdicts_for(viewer).filter(ask__in=asks, version__in=view.versions)}
    numbers = numbers_of(found.values())
    stands_behind = behind(asks)
    view.rows = [Row(ask, stands_behind[ask.pk], _cells(ask, view.versions, found, numbers)) for ask in asks]
    view.n_proposed = sum(verdict.state == VerdictState.PROPOSED for verdict in found.values())
    if view.versions:
        view.latest = max(view.versions, key=lambda version: (version.dated_on, version.order, version.pk))
        at = view.versions.index(view.latest)
        cells = [each.cells[at] for each in view.rows]
        view.counts = Counter(cell.word for cell in cells if cell.state == SIGNED)
        view.n_waiting = sum(cell.state in (WAITING, PROPOSED) for cell in cells)
        view.to_come = [stage for stage in process.stages.all()
                        if stage.kind in _TEXTS and stage.starts_on > view.latest.dated_on][:2]
    return view


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
