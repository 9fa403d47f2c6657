"""What this room shows on pages upstream: signed verdicts of open ledgers, for those who may see them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time
from textwrap import shorten
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from tribune.common import agenda
from tribune.common.search import searchable
from tribune.common.slots import fills
from tribune.listen.models import Contribution
from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.synthesise.queries import asks_for, asks_on
from tribune.watch.models import Process
from tribune.watch.queries import Places, places_of

from . import queries
from .choices import FollowUpState, VerdictState
from .models import FollowUp, Ledger
from .rules import may_keep_ledger
from .searching import ASKS
from .words import ORDER, said, whose

searchable(ASKS)

Pieces = dict[str, list[tuple[str, dict[str, Any]]]]
# One mark an ask, up to a few lines of marks; the list has the rest.
_MARKS = 200
_TOLD = 3
_ON_CALENDAR = 200


@fills("front.sections")
def front_sections(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return one mark for each ask of which something is signed, and the three signed last."""
    asks = list(queries.listed_asks(viewer).filter(latest__isnull=False)[:_MARKS])
    if not asks:
        return {}
    latest = queries.latest_words(viewer, asks)
    groups = [{"word": word.value, "label": word.label,
               "asks": [ask for ask in asks if latest[ask.pk].signed == word]} for word in ORDER]
    news = sorted(latest.values(), key=lambda verdict: (verdict.signed_at, verdict.pk), reverse=True)[:_TOLD]
    numbers = queries.numbers_of(news)
    told = [{"verdict": verdict, "path": queries.path_of(verdict),
             "number": numbers.get((verdict.version_id, queries.path_of(verdict)), queries.path_of(verdict))}
            for verdict in news]
    piece = ("trace/slots/front.html", {"n": len(asks), "groups": [one for one in groups if one["asks"]], "told": told})
    return {thing: [piece] for thing in ids}


@fills("contribution.became")
def contribution_became(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return, for contributions (public ids), what became of the public asks they carry: the holder of a receipt
    reads it there, since guests left no address to write to."""
    pieces: Pieces = {}
    for row in Contribution.objects.filter(public_id__in=ids).select_related("city"):
        outcomes = queries.what_became(row, viewer)
        if not outcomes:
            continue
        verdicts = [one.verdict for one in outcomes if one.verdict is not None]
        numbers = queries.numbers_of(verdicts)
        contests = queries.contests_of(viewer, verdicts)
        lines = [{"outcome": one, "said": said(one.verdict, numbers) if one.verdict else "",
                  "answers": [contest for contest in contests[one.verdict.pk] if contest.contribution_id == row.pk]
                  if one.verdict else []} for one in outcomes]
        pieces[row.public_id] = [("trace/slots/became.html", {"lines": lines, "whose": whose([row])})]
    return pieces


@fills("process.sections")
def process_sections(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return, for processes (public ids) with public asks, the way to the ledger, and what waits for officers."""
    processes = list(Process.objects.filter(public_id__in=ids).select_related("ledger"))
    n_asks = _count(asks_for(viewer).filter(process__in=processes, is_public=True), "process_id")
    n_signed = _count(queries.signed_for(viewer).filter(ask__process__in=processes), "ask__process_id")
    # What waits for a signature is shown to those who may sign, and sought for them only.
    waiting = _count(queries.verdicts_for(viewer).filter(ask__process__in=processes, state=VerdictState.PROPOSED),
                     "ask__process_id") if viewer.officer_of else Counter()
    return {process.public_id: [("trace/slots/process.html", {
        "process": process, "n_asks": n_asks[process.pk], "n_signed": n_signed[process.pk],
        "n_waiting": waiting[process.pk], "is_open": _is_open(process),
        "may_keep": may_keep_ledger(viewer, process.organisation_id)})]
        for process in processes if n_asks[process.pk]}


@fills("process.sections")
def process_promises(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return, for processes (public ids), the way to promises that are followed up, and what waits for officers."""
    rows = queries.follow_ups_for(viewer).filter(version__draft__process__public_id__in=ids)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows.order_by().values("version__draft__process", "state").annotate(n=Count("pk")):
        counts[row["version__draft__process"]][row["state"]] = row["n"]
    pieces: Pieces = {}
    for process in Process.objects.filter(pk__in=counts) if counts else ():
        n = counts[process.pk]
        waiting = n[FollowUpState.PROPOSED] if may_keep_ledger(viewer, process.organisation_id) else 0
        public = n[FollowUpState.CONFIRMED] + n[FollowUpState.DONE]
        if public or waiting:
            pieces[process.public_id] = [("trace/slots/commitments.html", {
                "process": process, "n": public, "n_waiting": waiting})]
    return pieces


@fills("calendar.entries")
def calendar_entries(ids: Sequence[str], viewer: Viewer, *, since: datetime, until: datetime | None = None) -> Pieces:
    """Return the promises to follow up of these processes (public ids, or ALL), as entries of a calendar."""
    found = queries.follow_ups_for(viewer).filter(state=FollowUpState.CONFIRMED, due_on__gte=since.date())
    if until is not None:
        found = found.filter(due_on__lt=until.date())
    if agenda.ALL not in ids:
        found = found.filter(version__draft__process__public_id__in=ids)
    pieces: Pieces = {}
    for row in found[:_ON_CALENDAR]:
        thing = agenda.ALL if agenda.ALL in ids else row.version.draft.process.public_id
        pieces.setdefault(thing, []).append(("", {"entry": _entry(row)}))
    return pieces


def _entry(row: FollowUp) -> agenda.Entry:
    process = row.version.draft.process
    assert row.due_on is not None
    said = shorten(row.sentence, 90, placeholder="…")
    ends = datetime.combine(row.due_on, time(23, 59), tzinfo=ZoneInfo(process.time_zone)).astimezone(UTC)
    return agenda.Entry(
        uid=f"{row.public_id}.due", title=said, label=_("Promised by this day: %(sentence)s") % {"sentence": said},
        on=row.due_on, zone=process.time_zone, at=ends,
        path=f"{reverse('trace:commitments')}?process={process.slug}#{row.public_id}",
        written_at=row.decided_at or row.proposed_at, process=process.public_id, process_name=str(process),
        is_deadline=False)


def _is_open(process: Process) -> bool:
    ledger: Ledger | None = getattr(process, "ledger", None)
    return ledger is not None and ledger.opened_at is not None


def _count(rows: Any, by: str) -> Counter[int]:
    return Counter({row[by]: row["n"] for row in rows.order_by().values(by).annotate(n=Count("pk", distinct=True))})


@fills("city.sections")
def city_sections(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return, for cities (public ids), what they asked and what became of it, per process and year."""
    pieces: Pieces = {}
    for city in City.objects.filter(public_id__in=ids):
        record = queries.record_of(viewer, city)
        if record.lines:
            pieces[city.public_id] = [("trace/slots/city.html", {"city": city, "record": record})]
    return pieces


@fills("paragraph.margin")
def paragraph_margin(ids: Sequence[str], viewer: Viewer, *, places: Places | None = None) -> Pieces:
    """Return, for paragraphs (uids), the asks that point at them and the signed verdicts that rest on them."""
    pieces: Pieces = defaultdict(list)
    wanted = frozenset(ids)
    places = {uid: place for uid, place in (places_of(ids) if places is None else places).items() if uid in wanted}
    for ask in asks_on(viewer, (version for version, _path in places.values())):
        if ask.is_public and ask.passage is not None and ask.passage.uid in wanted:
            pieces[ask.passage.uid].append(("trace/slots/ask.html", {"ask": ask}))
    uids = {place: uid for uid, place in places.items()}
    if uids:
        rows = (queries.signed_for(viewer).filter(version__public_id__in={version for version, _path in uids})
                .exclude(signed_paragraph="").order_by("ask__number"))
        for verdict in rows:
            uid = uids.get((verdict.version.public_id, verdict.signed_paragraph))
            if uid:
                pieces[uid].append(("trace/slots/verdict.html", {"verdict": verdict}))
    return dict(pieces)
