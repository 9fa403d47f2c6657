"""How versions follow each other: alignments, their pairs, and the successors of a passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from tribune.people.rules import Viewer

from ..models import AlignedPair, Alignment, Passage, Succession, Version
from ._texts import visible_versions

# A text has seldom more readings; a permalink follows no longer chain.
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Successor:
    """A passage that another one became (or came from), how, and in which version it stands."""

    passage: Passage
    verdict: str
    score: float
    is_checked: bool

    @property
    def version(self) -> Version:
        return self.passage.version


def alignment_for(viewer: Viewer, old: Version, new: Version) -> Alignment | None:
    """Return the stored comparison of two versions if the viewer may see both, else None."""
    seen = visible_versions(viewer).values("pk")
    return (Alignment.objects.filter(old=old, new=new, old__in=seen, new__in=seen)
            .select_related("checked_by").first())


def alignments_to(viewer: Viewer, versions: Iterable[Version]) -> dict[int, Alignment]:
    """Return for each version its comparison with the nearest earlier one the viewer may see, by the version's id."""
    seen = visible_versions(viewer).values("pk")
    found = (Alignment.objects.filter(new__in=list(versions), old__in=seen, old__order__lt=F("new__order"))
             .select_related("old").order_by("old__order"))
    return {alignment.new_id: alignment for alignment in found}


def pairs_of(alignment: Alignment) -> QuerySet[AlignedPair]:
    """Return the pairs of a comparison, in reading order of the new text, dropped ones at their old place."""
    return alignment.pairs.order_by("order")


def successors_of(passage: Passage, viewer: Viewer) -> list[Successor]:
    """Return what a passage became in later versions that the viewer may see, nearest version first.

    A way that leads through a version the viewer may not see ends there.
    """
    return _walk(passage, viewer, forward=True)


def predecessors_of(passage: Passage, viewer: Viewer) -> list[Successor]:
    """Return what a passage came from in earlier versions that the viewer may see, nearest version first."""
    return _walk(passage, viewer, forward=False)


def _walk(passage: Passage, viewer: Viewer, *, forward: bool) -> list[Successor]:
    found: dict[int, Successor] = {}
    at: Iterable[int] = [passage.pk]
    for _ in range(_STEPS):
        edges = _edges(at, viewer, forward=forward)
        reached = [edge.new if forward else edge.old for edge in edges]
        fresh = {}
        for edge, other in zip(edges, reached, strict=True):
            if other.pk != passage.pk and other.pk not in found:
                fresh[other.pk] = Successor(other, edge.pair.verdict, edge.pair.score,
                                            edge.pair.alignment.checked_at is not None)
        if not fresh:
            break
        found.update(fresh)
        at = list(fresh)
    sign = 1 if forward else -1
    return sorted(found.values(), key=lambda one: (sign * one.version.order, one.passage.order))


def _edges(passages: Iterable[int], viewer: Viewer, *, forward: bool) -> list[Succession]:
    seen = visible_versions(viewer).values("pk")
    here, there = ("old", "new") if forward else ("new", "old")
    return list(Succession.objects.filter(**{f"{here}__in": list(passages), f"{there}__version__in": seen})
                .select_related("pair__alignment", f"{there}__version__draft__process").order_by("pair_id", "pk"))
