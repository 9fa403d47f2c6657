"""The page of a version, of a paragraph, the permalink of a passage, and the official file."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tribune.common import slots
from tribune.engine.align import redline
from tribune.engine.mentions import n_terms
from tribune.engine.text import came_from
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from .. import actions, queries
from ..blocks import Block, blocks, notes_of
from ..choices import Distribution, VersionState
from ..importing import EarlierParagraph, EarlierReading
from ..layout import Counts, Line
from ..models import Paragraph, Passage, Rendition, Version
from ..queries import Places
from ..rules import may_run_process
from ..strips import draw
from .front import address_of, lines_strip


def is_for_all(version: Version) -> bool:
    """Whether everybody may read it."""
    return version.state == VersionState.PUBLISHED and version.distribution == Distribution.PUBLIC


def answered(request: HttpRequest, template: str, context: dict[str, Any], *versions: Version) -> HttpResponse:
    """Render a page about texts; no cache between here and the reader keeps one that is not for the public."""
    response = render(request, template, context)
    if not all(map(is_for_all, versions)):
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
    viewer = viewer_of(request)
    found, row = queries.version_in_row(viewer, process, draft, version)
    return _version(request, viewer, found, row)


def _version(request: HttpRequest, viewer: Viewer, version: Version, versions: list[Version]) -> HttpResponse:
    rendition, missing = queries.rendition_or_other(version, request.GET.get("text", ""),
                                                    interface=get_language() or "en")
    earlier = [one for one in reversed(versions) if one.order < version.order]
    alignment = queries.alignments_to(viewer, [version]).get(version.pk)
    lines = queries.lines_of(rendition)
    only_naming = request.GET.get("show") == "naming"
    places = {line.uid: (version.public_id, line.path) for line in lines}
    asked = set(slots.ask("strip.asked", list(places), viewer, places=places))
    page = address_of(version)
    rows = blocks(lines, notes_of(alignment.pairs.all()) if alignment else {}, only_naming=only_naming)
    _fill(rows, viewer, places)
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
        "may_run": may_run, "missing": missing, "earlier": queries.earlier_readings(rendition),
        **origins_of(viewer, version, lines)}, version)


def origins_of(viewer: Viewer, version: Version, lines: list[Line]) -> dict[str, Any]:
    """What a resolution says it came from: symbols, and the versions with them that the viewer may see."""
    symbols = came_from(line.text for line in lines[:20])
    found = queries.versions_named(viewer, symbols, version)
    known = {one.symbol for one in found}
    return {"origins": found, "origin_symbols": [symbol for symbol in symbols if symbol not in known]}


def _fill(rows: list[Block], viewer: Viewer, places: Places) -> None:
    """Ask other rooms once for the whole page."""
    uids = [line.uid for block in rows if not block.is_heading for line in block.unit.lines]
    heads = [block.head.uid for block in rows if not block.is_heading]
    actions = slots.ask("paragraph.actions", heads, viewer, places=places)
    margin = slots.ask("paragraph.margin", uids, viewer, places=places)
    for block in rows:
        # What is said about a sub-paragraph stands beside its paragraph; acts are for the whole paragraph.
        block.actions = list(actions.get(block.head.uid, ()))
        block.margin = [piece for line in block.unit.lines for piece in margin.get(line.uid, ())]


def _tabs(request: HttpRequest, rendition: Rendition, found: Counts, only_naming: bool) -> list[tuple[Any, ...]]:
    text = f"text={rendition.language}" if request.GET.get("text") == rendition.language else ""
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
    its = queries.version_for(viewer, process, draft, version)
    if (gone := queries.retired_passage(its, path)) is not None:
        return _retired(request, its, gone)
    shown = queries.paragraph_for(viewer, process, draft, version, path, request.GET.get("text", ""),
                                  interface=get_language() or "en")
    its_version = shown.rendition.version
    lines = queries.lines_of(shown.rendition)
    # A sub-paragraph asked for by its own path stands alone.
    [block] = ([block for block in blocks(lines, {}) if block.head.path == path]
               or blocks([line for line in lines if line.path == path], {}))
    _fill([block], viewer, {line.uid: (its_version.public_id, line.path) for line in lines})
    passage = shown.passage
    passage.version = its_version
    return answered(request, "watch/paragraph.html", {
        "paragraph": shown, "passage": passage, "version": its_version, "rendition": shown.rendition, "row": block,
        # Never "languages": that is the interface's.
        "readable": list(its_version.renditions.filter(paragraphs__passage=passage).order_by("pk")),
        "before": _before(shown),
        "successors": queries.successors_of(passage, viewer),
        "predecessors": queries.predecessors_of(passage, viewer)}, its_version)


def _before(paragraph: Paragraph) -> list[tuple[EarlierParagraph, Any]]:
    """What earlier files had here in other words, as redlines."""
    return [(one, redline(one.text, paragraph.text))
            for one in queries.earlier_words(paragraph.passage, paragraph.rendition) if one.sha256 != paragraph.sha256]


def _retired(request: HttpRequest, version: Version, passage: Passage) -> HttpResponse:
    """A place that a corrected file no longer has: its words as they were pointed at, and what it went into."""
    passage.version = version
    heir = passage.became
    while heir is not None and heir.became is not None:
        heir = heir.became
    return answered(request, "watch/retired.html", {
        "version": version, "passage": passage, "heir": heir, "before": queries.earlier_words(passage),
        "successors": queries.successors_of(heir or passage, viewer_of(request))}, version)


@require_safe
def sides(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """A version in two languages, place beside place."""
    viewer = viewer_of(request)
    found = queries.version_for(viewer, process, draft, version)
    one, missing = queries.rendition_or_other(found, request.GET.get("text", ""), interface=get_language() or "en")
    others = [rendition for rendition in found.renditions.all() if rendition.pk != one.pk]
    if not others:
        return answered(request, "watch/sides.html", {"version": found, "one": one, "missing": missing}, found)
    asked = request.GET.get("beside", "")
    other = next((rendition for rendition in others if rendition.language == asked), None) or (
        queries.original_rendition(found) if queries.original_rendition(found).pk != one.pk else others[0])
    rows = queries.sides_of(one, other)
    may_run = may_run_process(viewer, found.draft.process.organisation_id)
    only = request.GET.get("show") == "alone"
    lone = [row for row in rows if row.one is None or row.other is None]
    return answered(request, "watch/sides.html", {
        "version": found, "one": one, "other": other, "others": others, "missing": missing, "n_lone": len(lone),
        "rows": lone if only else rows, "only": only, "may_run": may_run, "n_rows": len(rows),
        "free": [row for row in lone if row.other is None] if may_run else []}, found)


@require_POST
def join(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """An officer puts a paragraph of one language beside its counterpart in another."""
    viewer = viewer_of(request)
    found = queries.own_version_for(viewer, process, draft, version)
    rendition = queries.rendition_for(found, request.POST.get("text", ""))
    actions.join_languages(rendition=rendition, uid=request.POST.get("uid", ""), to=request.POST.get("to", ""),
                           by=viewer, at=timezone.now())
    other = request.POST.get("beside", "")
    return redirect(f"{reverse('watch:sides', args=[process, draft, version])}?text={other}"
                    f"&beside={rendition.language}")


@require_safe
def earlier_file(request: HttpRequest, process: str, draft: str, version: str, language: str,
                 number: int) -> FileResponse:
    """A file that a corrected one replaced, as it was sent."""
    found = queries.version_for(viewer_of(request), process, draft, version)
    earlier = get_object_or_404(queries.rendition_for(found, language).earlier, pk=number)
    return send_file(earlier, found)


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


def send_file(rendition: Rendition | EarlierReading, version: Version) -> FileResponse:
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
    if not is_for_all(version):
        patch_cache_control(response, private=True, no_store=True)
    return response
