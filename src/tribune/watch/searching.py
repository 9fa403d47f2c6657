"""What of this room can be found: processes, and paragraphs through the gate of their versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tribune.common.search import Batch, Entry, Filters, Kind, Piece
from tribune.people.rules import Viewer

from . import queries, vocabulary
from .choices import StageKind, VersionState
from .models import Paragraph, Process, Rendition

# Bits of an entry: what a paragraph says of local governments.
EXPLICIT, LEVEL = 1, 2


def _paragraph_stamps() -> Iterable[tuple[int, str]]:
    return [(pk, f"{sha}{n}") for pk, sha, n in Rendition.objects.filter(version__state=VersionState.PUBLISHED)
            .values_list("pk", "sha256", "n_paragraphs")]


def _paragraphs_of(ref: int) -> Batch | None:
    rendition = Rendition.objects.filter(pk=ref, version__state=VersionState.PUBLISHED).first()
    if rendition is None:
        return None
    rows = (Paragraph.objects.filter(rendition=rendition).order_by("order")
            .values_list("passage__uid", "text", "n_explicit", "n_level"))
    return Batch(rendition.language, [
        Entry(uid, ((text, rendition.language),), EXPLICIT * bool(explicit) | LEVEL * bool(level))
        for uid, text, explicit, level in rows])


def _renditions_for(viewer: Viewer, filters: Filters) -> object:
    versions = queries.visible_versions(viewer)
    if filters.process:
        versions = versions.filter(draft__process__slug=filters.process)
    if filters.since:
        versions = versions.filter(dated_on__gte=filters.since)
    if filters.until:
        versions = versions.filter(dated_on__lte=filters.until)
    if filters.agreed:
        versions = versions.filter(stage=StageKind.ADOPTION)
    renditions = Rendition.objects.filter(version__in=versions.values("pk"))
    return (renditions.filter(language=filters.language) if filters.language else renditions).values("pk")


def _show_paragraphs(found: Sequence[tuple[int, str]], viewer: Viewer) -> Mapping[tuple[int, str], Piece]:
    wanted: dict[int, list[str]] = defaultdict(list)
    for ref, uid in found:
        wanted[ref].append(uid)
    which = Q()
    for ref, uids in wanted.items():
        which |= Q(rendition_id=ref, passage__uid__in=uids)
    rows = (Paragraph.objects.filter(which, rendition__version__in=queries.visible_versions(viewer).values("pk"))
            .select_related("passage", "rendition__version__draft__process"))
    return {(row.rendition_id, row.passage.uid): ("watch/_found_paragraph.html", {"paragraph": row}) for row in rows}


PARAGRAPHS = Kind("paragraph", _("Paragraphs"), _paragraph_stamps, _paragraphs_of, _renditions_for, _show_paragraphs,
                  frozenset({"process", "language", "since", "until", "flags", "agreed"}))


def _process_stamps() -> Iterable[tuple[int, str]]:
    return [(pk, (changed or made).isoformat()) for pk, changed, made
            in Process.objects.values_list("pk", "changed_at", "made_at")]


def _process_words(ref: int) -> Batch | None:
    process = Process.objects.filter(pk=ref).first()
    if process is None:
        return None
    topics = ". ".join(vocabulary.label_of(vocabulary.TOPICS, code) for code in process.topics)
    english = ". ".join(part for part in (
        process.name, process.summary, process.host, process.place, process.entry_point, process.outputs, topics)
        if part)
    others = [(text, language[:2]) for names in (process.names, process.summaries)
              for language, text in sorted(names.items()) if text]
    return Batch("", [Entry(process.public_id, ((english, "en"), *others))])


def _processes_for(viewer: Viewer, filters: Filters) -> object:
    found = Process.objects.all()
    return (found.filter(slug=filters.process) if filters.process else found).values("pk")


def _show_processes(found: Sequence[tuple[int, str]], viewer: Viewer) -> Mapping[tuple[int, str], Piece]:
    rows = Process.objects.filter(pk__in=[ref for ref, _thing in found]).select_related("organisation")
    return {(row.pk, row.public_id): ("watch/_found_process.html", {"process": row}) for row in rows}


PROCESSES = Kind("process", pgettext_lazy("kind of thing found", "Processes"), _process_stamps, _process_words,
                 _processes_for, _show_processes, frozenset({"process"}))
