"""What this room reads of the texts that people are asked about."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tribune.people.rules import Viewer
from tribune.watch.choices import Distribution, VersionState
from tribune.watch.models import Paragraph, Passage, Rendition, Version


def visible_versions(viewer: Viewer) -> QuerySet[Version]:
    """Return the versions that a person may read (GROUND.md, Distribution)."""
    allowed = Q(distribution=Distribution.PUBLIC)
    if viewer.is_member:
        allowed |= Q(distribution=Distribution.MEMBERS)
    if viewer.user_id is not None:
        allowed |= Q(pk__in=Version.readers.through.objects.filter(user_id=viewer.user_id).values("version_id"))
    return Version.objects.filter(
        Q(state=VersionState.PUBLISHED) & allowed | Q(draft__process__organisation_id__in=viewer.officer_of))


def rendition_of(version: Version, languages: Iterable[str]) -> Rendition | None:
    """Return the rendition in the first of `languages` that there is, or the first that was read."""
    found = {rendition.language: rendition for rendition in version.renditions.order_by("-pk")}
    for language in languages:
        if language.split("-")[0] in found:
            return found[language.split("-")[0]]
    return min(found.values(), key=lambda rendition: rendition.pk) if found else None


def paragraphs_of(rendition: Rendition) -> QuerySet[Paragraph]:
    """Return the paragraphs of a rendition in order, each with its passage."""
    return Paragraph.objects.filter(rendition=rendition).select_related("passage").order_by("order")


def successors_of(passage: Passage, viewer: Viewer) -> list[Passage]:
    """Return what a passage became in later versions that the viewer may read, newest version first."""
    return list(Passage.objects.filter(predecessors__old=passage, version__in=visible_versions(viewer))
                .select_related("version__draft__process")
                .order_by("-version__order", "order")
                .distinct()[:4])
