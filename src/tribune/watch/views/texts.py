"""The page of a version, of a paragraph, the permalink of a passage, and the official file."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tribune.common import slots
from tribune.engine.mentions import n_terms
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from .. import queries
from ..blocks import Block, blocks, notes_of
from ..choices import Distribution, VersionState
from ..layout import Counts, Line
from ..models import Passage, Rendition, Version
from ..rules import may_run_process
from ..strips import draw
from .front import address_of, lines_strip


def _is_for_all(version: Version) -> bool:
    return version.state == VersionState.PUBLISHED and version.distribution == Distribution.PUBLIC


def answered(request: HttpRequest, template: str, context: dict[str, Any], *versions: Version) -> HttpResponse:
    """Render a page about texts; no cache between here and the reader keeps one that is not for the public."""
    response = render(request, template, context)
    if not all(map(_is_for_all, versions)):
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def draft(request: HttpRequest, process: str, draft: str) -> HttpResponse:
    """The way to the latest version that the viewer may see; links on its page stand under its own address."""
    address = address_of(queries.version_for(viewer_of(request), process, draft))
    query = request.META.get("QUERY_STRING", "")
    answer = redirect(f"{address}?{query}" if query else address)
    # Whom it leads where depends on who asks.
    patch_cache_control(answer, private=True, no_store=True)
    return answer


@require_safe
def version(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    return _version(request, queries.version_for(viewer_of(request), process, draft, version))


def _version(request: HttpRequest, version: Version) -> HttpResponse:
    viewer = viewer_of(request)
    rendition = queries.rendition_for(version, request.GET.get("text", ""), interface=get_language() or "en")
    versions = list(queries.versions_for(viewer, version.draft))
    earlier = [one for one in reversed(versions) if one.order < version.order]
    alignment = queries.alignments_to(viewer, [version]).get(version.pk)
    lines = queries.lines_of(rendition)
    only_naming = request.GET.get("show") == "naming"
    asked = set(slots.ask("strip.asked", [line.uid for line in lines], viewer))
    page = address_of(version)
    rows = blocks(lines, notes_of(alignment.pairs.all()) if alignment else {}, only_naming=only_naming)
    _fill(rows, viewer)
    found = Counts(rendition.n_paragraphs, rendition.n_naming, rendition.n_maybe)
    may_run = may_run_process(viewer, version.draft.process.organisation_id)
    return answered(request, "watch/version.html", {
        "version": version, "rendition": rendition, "found": found, "blocks": rows, "lines": lines,
        "strip": draw(lines, lambda path: f"#p{path}" if not only_naming else f"{page}#p{path}", height=58,
                      asked=asked),
        "asked": bool(asked), "history": _history(earlier, rendition.language), "alignment": alignment,
        "newer": versions[-1] if versions and versions[-1].order > version.order else None,
        "compare_with": alignment.old if alignment else earlier[0] if earlier else None,
        "may_choose": len(versions) > 1, "only_naming": only_naming,
        "tabs_": _tabs(request, rendition, found, only_naming), "n_terms": n_terms(rendition.language),
        "maybe": _maybe(lines), "excluded": _excluded(lines),
        "sections": slots.ask("version.sections", [version.public_id], viewer)[version.public_id],
        "may_run": may_run}, version)


def _fill(rows: list[Block], viewer: Viewer) -> None:
    """Ask other rooms once for the whole page."""
    uids = [line.uid for block in rows if not block.is_heading for line in block.unit.lines]
    actions = slots.ask("paragraph.actions", [block.head.uid for block in rows if not block.is_heading], viewer)
    margin = slots.ask("paragraph.margin", uids, viewer)
    for block in rows:
        # What is said about a sub-paragraph stands beside its paragraph; acts are for the whole paragraph.
        block.actions = list(actions.get(block.head.uid, ()))
        block.margin = [piece for line in block.unit.lines for piece in margin.get(line.uid, ())]


def _tabs(request: HttpRequest, rendition: Rendition, found: Counts, only_naming: bool) -> list[tuple[Any, ...]]:
    text = f"text={rendition.language}" if request.GET.get("text") else ""
    return [(_("All"), f"?{text}" if text else request.path, not only_naming, found.paragraphs),
            (_("Naming local governments"), f"?show=naming&{text}".rstrip("&"), only_naming, found.naming)]


def _history(earlier: list[Version], language: str) -> list[tuple[Version, Rendition, Any]]:
    """Earlier versions with their strips, in the same language where there is one."""
    renditions = [queries.rendition_for(version, interface=language) for version in earlier]
    lines = queries.strips_of(renditions) if renditions else {}
    return [(version, rendition, lines_strip(version, lines[rendition.pk], 14))
            for version, rendition in zip(earlier, renditions, strict=True)]


def _maybe(lines: list[Line]) -> list[tuple[Block, list[str]]]:
    """Paragraphs that may mean local governments, and by which words."""
    return [(block, block.maybe) for block in blocks(lines, {}) if block.unit.is_counted and block.unit.may_mean]


def _excluded(lines: list[Line]) -> list[tuple[Line, str, str]]:
    """Hits that do not count, each word once, with the reason."""
    found: dict[tuple[str, str], Line] = {}
    for line in lines:
        for mention in line.mentions:
            if mention["tier"] == "excluded":
                words = line.text[mention["start"]:mention["end"]]
                found.setdefault((words, mention["reason"]), line)
    return [(line, words, reason) for (words, reason), line in found.items()]


@require_safe
def paragraph(request: HttpRequest, process: str, draft: str, version: str, path: str) -> HttpResponse:
    """One paragraph with its subs, where it came from and what it became."""
    viewer = viewer_of(request)
    shown = queries.paragraph_for(viewer, process, draft, version, path, request.GET.get("text", ""),
                                  interface=get_language() or "en")
    its_version = shown.rendition.version
    lines = queries.lines_of(shown.rendition)
    # A sub-paragraph asked for by its own path stands alone.
    [block] = ([block for block in blocks(lines, {}) if block.head.path == path]
               or blocks([line for line in lines if line.path == path], {}))
    _fill([block], viewer)
    passage = shown.passage
    passage.version = its_version
    return answered(request, "watch/paragraph.html", {
        "paragraph": shown, "passage": passage, "version": its_version, "rendition": shown.rendition, "row": block,
        # Never "languages": that is the interface's.
        "readable": list(its_version.renditions.filter(paragraphs__passage=passage).order_by("pk")),
        "successors": queries.successors_of(passage, viewer),
        "predecessors": queries.predecessors_of(passage, viewer)}, its_version)


@require_safe
def passage(request: HttpRequest, uid: str) -> HttpResponse:
    """The permalink of a passage: for ever, in no language; leads to its page in the reader's."""
    found = get_object_or_404(
        Passage.objects.filter(version__in=queries.visible_versions(viewer_of(request)))
        .select_related("version__draft__process"), uid=uid)
    its = found.version
    query = request.META.get("QUERY_STRING", "")
    address = reverse("watch:paragraph", args=[its.draft.process.slug, its.draft.slug, its.slug, found.path])
    return redirect(f"{address}?{query}" if query else address)


@require_safe
def file(request: HttpRequest, process: str, draft: str, version: str, language: str) -> FileResponse:
    """The official file as it was sent, to keep, never to open in this site's name."""
    found = queries.version_for(viewer_of(request), process, draft, version)
    return send_file(queries.rendition_for(found, language), found)


def send_file(rendition: Rendition, version: Version) -> FileResponse:
    """Return an original file as an attachment; Http404 where it is not kept."""
    if not rendition.file:
        raise Http404
    try:
        opened = rendition.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(opened, as_attachment=True, filename=rendition.file_name,
                            content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if not _is_for_all(version):
        patch_cache_control(response, private=True, no_store=True)
    return response
