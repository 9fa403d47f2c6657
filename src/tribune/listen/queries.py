"""Reading consultations: one function a noun filters what the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from tribune.common.models import Link, LinkContent
from tribune.engine.align import redline
from tribune.people.models import City, User
from tribune.people.rules import Viewer
from tribune.watch.models import Process
from tribune.watch.queries import visible_versions

from . import routing
from .choices import Act, ConsultationState, ContributionState, StatementState
from .counts import Row, Tally, counts_by_statement, n_voices, shown, tallies
from .models import Consultation, Contribution, Statement, Voice, Vote

__all__ = [
    "Tally",
    "appealed_statements",
    "consultation_for",
    "consultations_for",
    "contributions_for",
    "desk_of",
    "is_overdue",
    "journal_of",
    "moderates",
    "n_open",
    "n_spoken",
    "n_voices",
    "n_waiting",
    "next_statement",
    "of_receipt",
    "published_contributions",
    "redline_of",
    "result_of",
    "spoken_on",
    "statements_for",
    "tallies",
    "votes_of",
    "waiting_by_age",
    "waiting_contributions",
    "waiting_statements",
]


# A list shows at most this many.
A_PAGE = 12


def consultations_for(viewer: Viewer) -> QuerySet[Consultation]:
    """Return what a person may see: opened ones on texts they may read, and those whose officer they are.

    Open ones first, the next to close first; then those being prepared, then closed ones, newest first.
    """
    readable = Q(version__isnull=True) | Q(version__in=visible_versions(viewer))
    opened = ~Q(state=ConsultationState.PREPARED)
    kept = Q(organisation_id__in=viewer.officer_of)
    return (Consultation.objects.filter(opened & readable | kept)
            .select_related("organisation", "process", "version__draft__process")
            .prefetch_related("phases")
            .annotate(place=_place_of_state())
            .order_by("place", "closes_at", "-closed_at", "-pk"))


def consultation_for(viewer: Viewer, slug: str) -> Consultation:
    """Return one consultation that the viewer may see; raise Http404 for any other, there or not."""
    found = consultations_for(viewer).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def n_open(consultations: QuerySet[Consultation], at: datetime) -> int:
    """Return how many of them people may speak in at that moment."""
    return consultations.filter(state=ConsultationState.OPEN).exclude(closes_at__lte=at).count()


def n_spoken(consultations: Iterable[Consultation]) -> dict[int, int]:
    """Return how many published contributions each consultation (by primary key) has, in one query."""
    rows = (Contribution.objects.filter(consultation__in=list(consultations), state=ContributionState.PUBLISHED)
            .order_by().values("consultation_id").annotate(n=Count("pk")))
    return {row["consultation_id"]: row["n"] for row in rows}


def contributions_for(viewer: Viewer, consultation: Consultation) -> QuerySet[Contribution]:
    """Return what the viewer may see of what was said, oldest first.

    Published words are for all who see the consultation. Inner versions, and positions taken back, are for the
    people of that city alone: no officer, moderator or administrator. What waits or was refused is for its
    author and for those who moderate.
    """
    allowed = Q(state=ContributionState.PUBLISHED)
    allowed |= Q(state__in=(ContributionState.INNER, ContributionState.WITHDRAWN, ContributionState.ASIDE),
                 city_id__in=list(viewer.cities))
    waiting = Q(state__in=(ContributionState.WAITING, ContributionState.REFUSED))
    if consultation.organisation_id in viewer.moderator_of | viewer.officer_of:
        allowed |= waiting
    if viewer.user_id is not None:
        allowed |= waiting & Q(author_id=viewer.user_id)
    return (Contribution.objects.filter(allowed, consultation=consultation)
            .select_related("city", "passage", "rendition")
            .order_by("pk"))


def published_contributions(process: Process) -> QuerySet[Contribution]:
    """Return all published contributions of a process, oldest first, for those who gather them into asks."""
    return (Contribution.objects.filter(consultation__process=process, state=ContributionState.PUBLISHED)
            .select_related("city", "passage", "rendition", "consultation")
            .order_by("pk"))


def spoken_on(consultation: Consultation) -> dict[int, int]:
    """Return how many published contributions stand on each passage (by its primary key), in one query."""
    rows = (Contribution.objects.filter(consultation=consultation, state=ContributionState.PUBLISHED)
            .order_by().values("passage_id").annotate(n=Count("pk")))
    return {row["passage_id"]: row["n"] for row in rows if row["passage_id"] is not None}


def redline_of(contribution: Contribution, current: str = "") -> tuple[tuple[str, str], ...]:
    """Return the pieces ("=", "-" or "+", text) of what a contribution does to the paragraph that was read.

    `current` stands in where the words that were read are not kept.
    """
    read = contribution.read_text or current
    if contribution.act in (Act.ADD, Act.CHANGE) or (contribution.act == Act.DELETE and contribution.wording):
        return redline(read, contribution.wording)
    sign = "-" if contribution.act == Act.DELETE else "="
    return ((sign, read),) if read else ()


def statements_for(viewer: Viewer, consultation: Consultation) -> QuerySet[Statement]:
    """Return published statements; those who moderate see the waiting and the refused ones too."""
    statements = Statement.objects.filter(consultation=consultation).order_by("pk")
    if consultation.organisation_id in viewer.moderator_of | viewer.officer_of:
        return statements.exclude(state=StatementState.WITHDRAWN)
    return statements.filter(state=StatementState.PUBLISHED)


def next_statement(voice: Voice | None, consultation: Consultation) -> Statement | None:
    """Return the statement this voice sees next, or None when it has voted on all: a draw by `listen.routing`.

    The same draw for the same voice until somebody votes, so that a page can be loaded again.
    """
    counted = counts_by_statement(consultation)
    if voice is not None:
        for seen in Vote.objects.filter(voice=voice).values_list("statement__public_id", flat=True):
            counted.pop(seen, None)
    found = routing.first(counted, seed=voice.uid if voice else consultation.public_id)
    return Statement.objects.get(public_id=found) if found else None


def votes_of(voice: Voice | None) -> QuerySet[Vote]:
    """Return what a voice has voted, by the order of the statements."""
    if voice is None:
        return Vote.objects.none()
    return Vote.objects.filter(voice=voice).select_related("statement").order_by("statement_id")


def waiting_contributions(viewer: Viewer) -> QuerySet[Contribution]:
    """Return what waits for a person in the organisations the viewer moderates, oldest first."""
    return (Contribution.objects.filter(state=ContributionState.WAITING, consultation__in=_moderated(viewer))
            .select_related("consultation", "passage", "rendition")
            .order_by("made_at", "pk"))


def waiting_statements(viewer: Viewer) -> QuerySet[Statement]:
    """Return statements that wait for a person in the organisations the viewer moderates, oldest first."""
    return (Statement.objects.filter(state=StatementState.WAITING, consultation__in=_moderated(viewer))
            .select_related("consultation")
            .order_by("made_at", "pk"))


def appealed_statements(viewer: Viewer) -> QuerySet[Statement]:
    """Return refused statements whose authors ask for a second reading, oldest first."""
    return (Statement.objects.filter(state=StatementState.REFUSED, appeal__decided_at=None, appeal__isnull=False,
                                     consultation__in=_moderated(viewer))
            .select_related("consultation", "appeal")
            .order_by("appeal__made_at", "pk"))


def is_overdue(thing: Contribution | Statement, at: datetime) -> bool:
    """Whether something waits longer than its consultation promised."""
    return thing.made_at + timedelta(days=thing.consultation.answer_days) < at


def waiting_by_age(consultation: Consultation, at: datetime) -> tuple[int, int]:
    """Return how many things wait for a person in a consultation, and how many of them longer than promised."""
    promised = at - timedelta(days=consultation.answer_days)
    n = late = 0
    for model, state in ((Contribution, ContributionState.WAITING), (Statement, StatementState.WAITING)):
        waiting = model._default_manager.filter(consultation=consultation, state=state)
        row = waiting.aggregate(n=Count("pk"), late=Count("pk", filter=Q(made_at__lt=promised)))
        n, late = n + row["n"], late + row["late"]
    return n, late


def result_of(statement: Statement) -> Row:
    """Return what may be shown of the votes on one statement."""
    consultation = statement.consultation
    exact = [tally for tally in tallies(consultation) if tally.statement.pk == statement.pk]
    return shown(exact, 0, closed=consultation.state == ConsultationState.CLOSED).rows[0]


def n_waiting(viewer: Viewer) -> int:
    """Return how much waits for a person in the organisations the viewer moderates."""
    return (waiting_contributions(viewer).count() + waiting_statements(viewer).count()
            + appealed_statements(viewer).count())


def of_receipt(purpose: str, thing: str) -> Contribution | Statement | None:
    """Return what a found receipt is bound to."""
    if purpose == "contribution":
        return (Contribution.objects.filter(public_id=thing)
                .select_related("consultation__process", "passage", "rendition").first())
    return Statement.objects.filter(public_id=thing).select_related("consultation__process").first()


def desk_of(viewer: Viewer, city: City) -> QuerySet[Contribution]:
    """Return all that one's own city has written, by consultation and paragraph; raise Http404 for others."""
    if city.pk not in viewer.cities:
        raise Http404
    return (Contribution.objects.filter(city=city)
            .select_related("consultation__process", "consultation__version", "city", "passage", "rendition", "author",
                            "question")
            .order_by("-consultation_id", "passage__order", "pk"))


def journal_of(viewer: Viewer, city: City,
               contributions: Iterable[Contribution]) -> dict[str, list[tuple[str, str, Link]]]:
    """Return who did what with the city's contributions: by public id, (name, id of the person, entry), oldest first.

    Only for the people of that city; others get nothing.
    """
    found: dict[str, list[tuple[str, str, Link]]] = defaultdict(list)
    ids = [contribution.public_id for contribution in contributions if contribution.city_id == city.pk]
    if city.pk not in viewer.cities or not ids:
        return found
    entries = list(LinkContent.objects.filter(link__chain="journal", link__subject__in=ids)
                   .select_related("link").order_by("link__sequence"))
    people = User.objects.filter(public_id__in={entry.content.get("by", "") for entry in entries})
    names = {user.public_id: str(user) for user in people}
    for entry in entries:
        who = entry.content.get("by", "")
        found[entry.link.subject].append((names.get(who, ""), who, entry.link))
    return found


def moderates(viewer: Viewer, consultation: Consultation) -> bool:
    """Whether the viewer decides on what arrives there: a moderator only where the text may be read too."""
    return _moderated(viewer).filter(pk=consultation.pk).exists()


def _moderated(viewer: Viewer) -> QuerySet[Consultation]:
    return consultations_for(viewer).filter(organisation_id__in=viewer.moderator_of | viewer.officer_of)


def _place_of_state() -> Case:
    order = (ConsultationState.OPEN, ConsultationState.PREPARED, ConsultationState.CLOSED)
    return Case(*(When(state=state, then=Value(place)) for place, state in enumerate(order)),
                output_field=IntegerField())
