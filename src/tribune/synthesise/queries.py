"""Reading asks and what carries them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Prefetch, Q, QuerySet
from django.http import Http404

from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer
from tribune.watch.models import Process
from tribune.watch.queries import visible_versions

from .choices import Stance
from .models import Ask, AskSource
from .rules import Support, support


@dataclass(frozen=True, slots=True)
class Voice:
    """A source as counting sees it."""

    city_id: int | None
    city_kind: str
    level: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind an ask and who says otherwise."""

    for_it: Support
    against: Support


def asks_for(viewer: Viewer) -> QuerySet[Ask]:
    """Return the asks a viewer may see: public ones, and all of the organisations they are an officer of.

    An ask points at words of a version; where that version may not be seen, the ask may not either.
    """
    mine = Q(organisation_id__in=viewer.officer_of)
    seen = Q(passage__isnull=True) | Q(passage__version__in=visible_versions(viewer))
    return (Ask.objects.filter(mine | Q(is_public=True)).filter(seen)
            .select_related("process", "organisation", "passage__version__draft"))


def asks_on(viewer: Viewer, versions: Iterable[str]) -> list[Ask]:
    """Return the asks on paragraphs of versions (public ids), by number; read once for all slots of a page."""
    asked = frozenset(versions)
    return viewer.once(("asks on", asked), lambda: list(
        asks_for(viewer).filter(passage__version__public_id__in=asked).order_by("number")) if asked else [])


def ask_for(viewer: Viewer, public_id: str) -> Ask:
    """Return one ask that the viewer may see, or raise Http404."""
    ask = asks_for(viewer).filter(public_id=public_id).first()
    if ask is None:
        raise Http404
    return ask


def asks_of(viewer: Viewer, process: Process) -> list[Ask]:
    """Return the asks of a process by number."""
    return list(asks_for(viewer).filter(process=process).order_by("number"))


def next_number(process: Process) -> int:
    """Return the number of the next ask of a process."""
    return (Ask.objects.filter(process=process).aggregate(last=Max("number"))["last"] or 0) + 1


def counted_sources() -> QuerySet[AskSource]:
    """Return sources that count: a contribution that was withdrawn or refused carries nothing."""
    return AskSource.objects.filter(contribution__state=ContributionState.PUBLISHED)


def sources_seen(viewer: Viewer | None) -> QuerySet[AskSource]:
    """Return the sources that count and that a viewer may know of; all that count, without a viewer.

    Distribution governs what is derived from a text too: an answer to a version that may not be read, or given in
    a consultation on one, is not counted for those who may not read it.
    """
    rows = counted_sources()
    if viewer is None:
        return rows
    readable = visible_versions(viewer)
    return rows.filter(Q(contribution__passage__isnull=True) | Q(contribution__passage__version__in=readable),
                       Q(contribution__consultation__version__isnull=True)
                       | Q(contribution__consultation__version__in=readable))


def behind(asks: Iterable[Ask], viewer: Viewer | None = None) -> dict[int, Behind]:
    """Return who stands behind each ask, by its id, in one query: as far as `viewer` may know, else all."""
    ids = [ask.pk for ask in asks]
    found: dict[int, dict[str, list[Voice]]] = defaultdict(lambda: defaultdict(list))
    rows = sources_seen(viewer).filter(ask_id__in=ids).values_list(
        "ask_id", "stance", "contribution__city_id", "contribution__city__kind", "contribution__level")
    for ask_id, stance, city_id, kind, level in rows:
        found[ask_id][stance].append(Voice(city_id, kind or "", level))
    return {ask_id: Behind(support(found[ask_id][Stance.FOR]), support(found[ask_id][Stance.AGAINST]))
            for ask_id in ids}


def sources_of(ask: Ask) -> Sequence[AskSource]:
    """Return the sources of an ask that count, with contribution, city and passage, oldest first."""
    return list(counted_sources().filter(ask=ask)
                .select_related("contribution__city", "contribution__passage", "contribution__rendition")
                .order_by("stance", "contribution__made_at", "pk"))


def authors_of(ask: Ask) -> QuerySet[Contribution]:
    """Return the contributions whose authors hear what became of an ask."""
    return Contribution.objects.filter(asks__ask=ask, asks__stance=Stance.FOR,
                                       state=ContributionState.PUBLISHED).select_related("author", "city")


def to_gather(viewer: Viewer, process: Process) -> list[Contribution]:
    """Return the published contributions of a process that a viewer may read, with city, passage and their asks."""
    readable = visible_versions(viewer)
    return list(Contribution.objects
                .filter(consultation__process=process, state=ContributionState.PUBLISHED)
                .filter(Q(passage__isnull=True) | Q(passage__version__in=readable),
                        Q(consultation__version__isnull=True) | Q(consultation__version__in=readable))
                .select_related("city", "passage", "rendition", "consultation")
                .prefetch_related(Prefetch("asks", AskSource.objects.select_related("ask")))
                .order_by("passage__order", "made_at", "pk"))
