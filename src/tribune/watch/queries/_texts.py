"""Versions, renditions and paragraphs; `visible_versions` is the one gate for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404
from django.shortcuts import get_object_or_404

from tribune.engine import types
from tribune.people.rules import Viewer

from ..choices import Distribution, EditState, RenditionStatus, TextLanguage, VersionState
from ..importing import EarlierParagraph, EarlierReading, Edit, Upload
from ..layout import Line
from ..models import Draft, Paragraph, Passage, Rendition, Version

# Passages by uid: the public id of the version, and the path in it. Slots about paragraphs may be handed it.
Places = Mapping[str, tuple[str, str]]


def visible_versions(viewer: Viewer) -> QuerySet[Version]:
    """Return the published versions whose text this viewer may see: the gate of every room (GROUND.md, Texts).

    Public ones for all; those for members for whoever belongs to a city or an organisation; those for named
    people for these; and all of its own processes for an officer of the organisation.
    """
    may_see = Q(distribution=Distribution.PUBLIC)
    if viewer.user_id is not None:
        named = Version.readers.through.objects.filter(user_id=viewer.user_id).values("version_id")
        may_see |= Q(distribution=Distribution.NAMED, pk__in=named)
    if viewer.is_member:
        may_see |= Q(distribution=Distribution.MEMBERS)
    if viewer.officer_of:
        may_see |= Q(draft__process__organisation_id__in=viewer.officer_of)
    return Version.objects.filter(may_see, state=VersionState.PUBLISHED)


def versions_for(viewer: Viewer, draft: Draft) -> QuerySet[Version]:
    """Return the versions of a draft that the viewer may see, oldest first, with their renditions."""
    return (visible_versions(viewer).filter(draft=draft).select_related("draft__process")
            .prefetch_related("renditions").order_by("order"))


def version_for(viewer: Viewer, process_slug: str, draft_slug: str, version_slug: str | None = None) -> Version:
    """Return one version with its draft and process, the latest without a name; raise Http404 where none is seen."""
    found = (visible_versions(viewer)
             .filter(draft__process__slug=process_slug, draft__slug=draft_slug)
             .select_related("draft__process__organisation").prefetch_related("renditions"))
    if version_slug is not None:
        found = found.filter(slug=version_slug)
    version = found.order_by("-order").first()
    if version is None:
        raise Http404
    return version


def version_in_row(viewer: Viewer, process_slug: str, draft_slug: str,
                   version_slug: str) -> tuple[Version, list[Version]]:
    """Return one version, and all of its draft that the viewer may see, oldest first; Http404 where it is not seen."""
    row = list(visible_versions(viewer)
               .filter(draft__process__slug=process_slug, draft__slug=draft_slug)
               .select_related("draft__process__organisation")
               .prefetch_related(Prefetch("renditions", Rendition.objects.annotate(n_earlier=Count("earlier"))))
               .order_by("order"))
    for version in row:
        if version.slug == version_slug:
            return version, row
    raise Http404


def _own_versions(viewer: Viewer) -> QuerySet[Version]:
    return Version.objects.filter(draft__process__organisation_id__in=viewer.officer_of)


def preview_for(viewer: Viewer, process_slug: str, draft_slug: str, version_slug: str) -> Version:
    """Return a version that is not published yet, for an officer of its organisation; Http404 for all others."""
    return get_object_or_404(
        _own_versions(viewer).select_related("draft__process__organisation").prefetch_related("renditions"),
        draft__process__slug=process_slug, draft__slug=draft_slug, slug=version_slug, state=VersionState.PREVIEW)


def own_version_for(viewer: Viewer, process_slug: str, draft_slug: str, version_slug: str) -> Version:
    """Return a version of the viewer's own organisation, published or not; Http404 for all others."""
    return get_object_or_404(
        _own_versions(viewer).select_related("draft__process__organisation").prefetch_related("renditions"),
        draft__process__slug=process_slug, draft__slug=draft_slug, slug=version_slug)


def upload_for(viewer: Viewer, public_id: str) -> Upload:
    """Return a file that arrived, for an officer of the organisation that it is for; Http404 for all others."""
    return get_object_or_404(
        Upload.objects.filter(draft__process__organisation_id__in=viewer.officer_of)
        .select_related("draft__process", "version__draft__process"), public_id=public_id)


def edits_of(rendition: Rendition) -> int:
    """Return how many acts hold on the reading of a rendition."""
    return Edit.objects.filter(reading__rendition=rendition, state=EditState.DONE).count()


def versions_named(viewer: Viewer, symbols: Collection[str], but: Version) -> list[Version]:
    """Return the versions with one of these symbols that the viewer may see: where a resolution came from."""
    if not symbols:
        return []
    return list(visible_versions(viewer).filter(symbol__in=symbols).exclude(pk=but.pk)
                .select_related("draft__process").order_by("symbol")[:10])


def previews_of(viewer: Viewer, drafts: Iterable[Draft]) -> QuerySet[Version]:
    """Return the versions of these drafts that wait for publication, for an officer of the organisation."""
    return (_own_versions(viewer).filter(draft__in=drafts, state=VersionState.PREVIEW)
            .select_related("draft__process").order_by("draft_id", "order"))


def original_rendition(version: Version) -> Rendition:
    """Return the text that others are measured against: the first official one, or the first at all."""
    renditions = sorted(version.renditions.all(), key=lambda r: (r.status != RenditionStatus.OFFICIAL, r.pk))
    if not renditions:
        raise Http404
    return renditions[0]


def rendition_for(version: Version, language: str = "", *, interface: str = "") -> Rendition:
    """Return the rendition in `language`, else in the interface's language, else the original.

    A `language` that is asked for and does not exist raises Http404: nobody reads one text for another.
    """
    by_language = {rendition.language: rendition for rendition in version.renditions.all()}
    if language:
        if language not in by_language:
            raise Http404
        return by_language[language]
    return by_language.get(interface.split("-")[0]) or original_rendition(version)


def rendition_or_other(version: Version, language: str, *, interface: str = "") -> tuple[Rendition, str]:
    """Return the rendition to show, and the language that was asked for and is missing ("" where it is there).

    A link may carry a language from another version. Who follows it reads the original and is told so, instead of
    standing before a closed door.
    """
    try:
        return rendition_for(version, language, interface=interface), ""
    except Http404:
        return rendition_for(version, interface=interface), language if language in TextLanguage.values else ""


def languages_of(version: Version) -> list[str]:
    """Return the languages in which a version can be read, the original first."""
    original = original_rendition(version)
    return [original.language, *sorted(r.language for r in version.renditions.all() if r.pk != original.pk)]


def paragraphs_of(version: Version, language: str) -> list[Paragraph]:
    """Return the paragraphs of a version in one language, in reading order, each with its passage."""
    return list(Paragraph.objects.filter(rendition__version=version, rendition__language=language)
                .select_related("passage").order_by("order"))


def lines_of(rendition: Rendition) -> list[Line]:
    """Return the paragraphs of a rendition as a page lays them out, in one query."""
    rows = (Paragraph.objects.filter(rendition=rendition).order_by("order")
            .values_list("passage__path", "kind", "number", "label", "headings", "n_explicit", "n_level",
                         "passage__uid", "text", "page", "mentions"))
    return [Line(path, kind, number, label, headings, len(text), n_explicit, n_level, uid, text, page, mentions)
            for path, kind, number, label, headings, n_explicit, n_level, uid, text, page, mentions in rows]


def strips_of(renditions: Collection[Rendition]) -> dict[int, list[Line]]:
    """Return what the strips of several renditions need, by id of the rendition, in one query and without texts."""
    rows = (Paragraph.objects.filter(rendition__in=renditions).order_by("rendition_id", "order")
            .values_list("rendition_id", "passage__path", "kind", "number", "headings", Length("text"), "n_explicit",
                         "n_level", "passage__uid"))
    lines: dict[int, list[Line]] = defaultdict(list)
    for rendition_id, path, kind, number, headings, size, n_explicit, n_level, uid in rows:
        lines[rendition_id].append(Line(path, kind, number, "", headings, size, n_explicit, n_level, uid))
    return lines


def paragraph_for(viewer: Viewer, process_slug: str, draft_slug: str, version_slug: str, path: str,
                  language: str = "", *, interface: str = "") -> Paragraph:
    """Return one paragraph with its passage, rendition, version, draft and process; Http404 where none is seen."""
    version = version_for(viewer, process_slug, draft_slug, version_slug)
    shown, _missing = rendition_or_other(version, language, interface=interface)
    return get_object_or_404(
        Paragraph.objects.select_related("passage", "rendition__version__draft__process"),
        rendition=shown, passage__path=path)


def retired_passage(version: Version, path: str) -> Passage | None:
    """Return a place of a version that a corrected file no longer has, None where there is none at this path."""
    return version.passages.filter(path=path, retired_at__isnull=False).select_related("became").first()


def places_of(uids: Collection[str]) -> Places:
    """Return for passages (by uid) the public id of their version and their path in it."""
    rows = Passage.objects.filter(uid__in=uids).values_list("uid", "version__public_id", "path")
    return {uid: (version, path) for uid, version, path in rows}


def earlier_words(passage: Passage, rendition: Rendition | None = None) -> list[EarlierParagraph]:
    """Return the words that earlier files had at a passage, the latest first."""
    found = EarlierParagraph.objects.filter(passage=passage).select_related("reading__rendition")
    if rendition is not None:
        found = found.filter(reading__rendition=rendition)
    return list(found.order_by("-reading__replaced_at", "-pk"))


def earlier_readings(rendition: Rendition) -> list[EarlierReading]:
    """Return the files that corrected ones replaced, the latest first; none are sought where none were counted."""
    return list(rendition.earlier.all()) if getattr(rendition, "n_earlier", 1) else []


@dataclass(frozen=True, slots=True)
class Side:
    """One place in two languages; None where a language has nothing there."""

    uid: str
    one: Line | None
    other: Line | None


def sides_of(one: Rendition, other: Rendition) -> list[Side]:
    """Return the places of two renditions of a version side by side, in the order of the first, in two queries."""
    left, right = lines_of(one), lines_of(other)
    beside = {line.uid: line for line in right}
    here = {line.uid for line in left}
    # What only the other language has follows the place that it follows there.
    after: dict[str, list[Line]] = defaultdict(list)
    last = ""
    for line in right:
        if line.uid in here:
            last = line.uid
        else:
            after[last].append(line)
    found = [Side(line.uid, None, line) for line in after[""]]
    for line in left:
        found.append(Side(line.uid, line, beside.get(line.uid)))
        found += [Side(lone.uid, None, lone) for lone in after[line.uid]]
    return found


def engine_paragraphs(version: Version, language: str) -> tuple[types.Paragraph, ...]:
    """Return a version in one language as the engines take it, in reading order."""
    return tuple(
        types.Paragraph(
            id=paragraph.passage.path, number=paragraph.number, label=paragraph.label, kind=paragraph.kind,
            text=paragraph.text, headings=tuple(paragraph.headings), page=paragraph.page,
            mentions=tuple(types.Mention(**mention) for mention in paragraph.mentions))
        for paragraph in paragraphs_of(version, language))
