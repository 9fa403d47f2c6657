"""What this room has to say on pages upstream: by paragraph, by version, on the front page, on a city's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tribune.common import agenda
from tribune.common.slots import fills
from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.watch.queries import Places, places_of

from . import queries, when
from .choices import ConsultationState, ContributionState
from .formats import AMEND, COMMENT, ON_PARAGRAPHS, VOTE
from .models import Consultation, Contribution
from .rules import is_open, permits_for, permitted

Pieces = dict[str, list[tuple[str, dict[str, Any]]]]
# On the front page; the list has the rest.
_ON_FRONT = 3
# In one calendar; more than any process has.
_ON_CALENDAR = 500


@fills("paragraph.actions")
def paragraph_actions(ids: Sequence[str], viewer: Viewer, *, places: Places | None = None) -> Pieces:
    """Return, for paragraphs (uids of passages) that an open consultation asks about, the ways to speak."""
    places = places_of(ids) if places is None else places
    asking: dict[str, tuple[Consultation, frozenset[str]]] = {}
    for consultation in _speaking(viewer, {places[uid][0] for uid in ids if uid in places}):
        permits = permits_for(viewer, consultation.phases.all(), audience=consultation.audience, at=timezone.now())
        if permits & ON_PARAGRAPHS and consultation.version is not None:
            asking.setdefault(consultation.version.public_id, (consultation, permits))
    pieces: Pieces = {}
    for uid in ids:
        version, path = places.get(uid, ("", ""))
        if version in asking:
            consultation, permits = asking[version]
            pieces[uid] = [("listen/slots/paragraph_actions.html", {
                "slug": consultation.slug, "path": path, "may_comment": COMMENT in permits,
                "may_amend": AMEND in permits and viewer.is_signed_in})]
    return pieces


@fills("paragraph.margin")
def paragraph_margin(ids: Sequence[str], viewer: Viewer, *, places: Places | None = None) -> Pieces:
    """Return, for paragraphs on which somebody spoke in public, how many did and the first words."""
    del places
    rows = (Contribution.objects.filter(
        passage__uid__in=ids, state=ContributionState.PUBLISHED, consultation__in=_visible(viewer))
        .annotate(n=Window(Count("pk"), partition_by="passage_id"),
                  place=Window(RowNumber(), partition_by="passage_id", order_by=[
                      Case(When(why="", then=1), default=0), "pk"]))
        .filter(place=1).select_related("city", "consultation", "passage").order_by("pk"))
    # A page shows one paragraph of each, its first words; the window counts the others.
    return {row.passage.uid: [("listen/slots/paragraph_margin.html", {"n": row.n, "first": row})]
            for row in rows if row.passage is not None}


@fills("front.sections")
def front_sections(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return the open consultations that close next."""
    now = timezone.now()
    open_ones = _visible(viewer).filter(state=ConsultationState.OPEN).exclude(closes_at__lte=now)
    shown = list(open_ones[:_ON_FRONT])
    if not shown:
        return {}
    spoken = queries.n_spoken(shown)
    # Fewer than a full list are all there are: nothing more to count.
    n = len(shown) if len(shown) < _ON_FRONT else open_ones.count()
    piece = ("listen/slots/consultations.html", {
        "rows": [_row(consultation, spoken) for consultation in shown], "n": n})
    return {thing: [piece] for thing in ids}


@fills("version.sections")
def version_sections(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return, for versions (public ids), what was or is asked about them."""
    found = [one for one in _about(viewer, ids) if one.state != ConsultationState.PREPARED]
    spoken = queries.n_spoken(found)
    pieces: Pieces = {}
    for consultation in found:
        assert consultation.version is not None
        pieces.setdefault(consultation.version.public_id, [("listen/slots/consultations.html", {
            "rows": [], "n": None})])[0][1]["rows"].append(_row(consultation, spoken))
    return pieces


@fills("city.sections")
def city_sections(ids: Sequence[str], viewer: Viewer) -> Pieces:
    """Return, for cities (public ids), their published positions, and the way to the desk for their people."""
    counted = (Contribution.objects.filter(city__public_id__in=ids, state=ContributionState.PUBLISHED,
                                           consultation__in=_visible(viewer))
               .order_by().values("city__public_id").annotate(n=Count("pk")))
    n = {row["city__public_id"]: row["n"] for row in counted}
    pieces: Pieces = {}
    for city in City.objects.filter(public_id__in=ids):
        inside = city.pk in viewer.cities
        if inside or n.get(city.public_id):
            latest = (Contribution.objects.filter(city=city, state=ContributionState.PUBLISHED,
                                                  consultation__in=_visible(viewer))
                      .select_related("consultation", "passage", "question").order_by("-published_at", "-pk"))
            pieces[city.public_id] = [("listen/slots/city.html", {
                "city": city, "n": n.get(city.public_id, 0), "inside": inside,
                "positions": list(latest[:queries.A_PAGE])})]
    return pieces


def _visible(viewer: Viewer) -> Any:
    return queries.consultations_for(viewer)


def _about(viewer: Viewer, versions: Iterable[str]) -> list[Consultation]:
    """Consultations on versions (public ids), open ones first; one reading for all slots of a page."""
    asked = frozenset(versions)
    return viewer.once(("consultations on", asked), lambda: list(
        _visible(viewer).filter(version__public_id__in=asked)[:queries.A_PAGE]))


def _speaking(viewer: Viewer, versions: Iterable[str]) -> list[Consultation]:
    now = timezone.now()
    return [one for one in _about(viewer, versions) if one.state == ConsultationState.OPEN and is_open(one, now)]


def _row(consultation: Consultation, spoken: dict[int, int]) -> dict[str, Any]:
    permits = permitted(consultation.phases.all(), timezone.now())
    return {"it": consultation, "closing": when.closing(consultation, None), "n": spoken.get(consultation.pk, 0),
            "open": is_open(consultation, timezone.now()), "may_vote": VOTE in permits}


@fills("calendar.entries")
def calendar_entries(ids: Sequence[str], viewer: Viewer, *, since: datetime, until: datetime | None = None) -> Pieces:
    """Return when consultations of these processes (public ids, or ALL) close, as entries of a calendar."""
    found = (_visible(viewer).filter(closes_at__gte=since).exclude(state=ConsultationState.PREPARED)
             .select_related("process"))
    if until is not None:
        found = found.filter(closes_at__lt=until)
    if agenda.ALL not in ids:
        found = found.filter(process__public_id__in=ids)
    pieces: Pieces = {}
    for consultation in found[:_ON_CALENDAR]:
        thing = agenda.ALL if agenda.ALL in ids else consultation.process.public_id
        pieces.setdefault(thing, []).append(("", {"entry": _entry(consultation)}))
    return pieces


def _entry(consultation: Consultation) -> agenda.Entry:
    process = consultation.process
    assert consultation.closes_at is not None
    local = consultation.closes_at.astimezone(ZoneInfo(process.time_zone))
    return agenda.Entry(
        uid=f"{consultation.public_id}.closes", title=str(consultation),
        label=_("Consultation closes: %(consultation)s") % {"consultation": consultation},
        on=local.date(), time=local.time().replace(second=0, microsecond=0), zone=process.time_zone,
        at=consultation.closes_at, path=reverse("listen:consultation", args=[consultation.slug]),
        written_at=consultation.opened_at or consultation.made_at, process=process.public_id,
        process_name=str(process), is_deadline=True)
