"""The import workbench: a reading before it is published, and the acts that put it right."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.engine.types import PARAGRAPH_KINDS
from tribune.people.queries import viewer_of

from .. import actions, queries
from ..choices import ParagraphKind
from ..layout import Counts
from ..models import Rendition, Version
from ..said import act_words
from ..strips import draw
from ..workbench import Bench, bench_address, bench_of
from .texts import answered, origins_of

_BARS = 300


@require_safe
def preview(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """A text as it was read, to be put right before anybody else sees it."""
    found = queries.preview_for(viewer_of(request), process, draft, version)
    rendition = queries.rendition_for(found, request.GET.get("text", ""))
    return _page(request, found, rendition, request.GET.get("at", ""))


def _page(request: HttpRequest, version: Version, rendition: Rendition, at: str, *, refused: str = "",
          kept: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    number = request.GET.get("page", "")
    bench = bench_of(rendition, at=at, page=int(number) if number.isdecimal() and len(number) < 6 else 0)
    lines = queries.lines_of(rendition)
    response = answered(request, "watch/preview.html", {
        "version": version, "rendition": rendition, "bench": bench, "refused": refused, "kept": kept or {},
        **origins_of(viewer_of(request), version, lines),
        "found": Counts(rendition.n_paragraphs, rendition.n_naming, rendition.n_maybe), "strip": _strip(
            version, rendition, bench, lines),
        "n_unnumbered": sum(line.kind == "other" for line in lines), "focus": request.GET.get("do", ""),
        "kinds": ParagraphKind.choices, "levels": range(1, 7),
        "pages": _pages(version, rendition, bench)}, version)
    response.status_code = status
    return response


def _strip(version: Version, rendition: Rendition, bench: Bench, lines: list[Any]) -> Any:
    # Each bar is a link: a long text has its picture on its own page, once it is published.
    if rendition.n_paragraphs > _BARS:
        return ""
    return draw(lines, lambda path: bench_address(version, rendition.language, path), height=30)


def _pages(version: Version, rendition: Rendition, bench: Bench) -> list[tuple[int, str]]:
    if bench.n_pages == 1:
        return []
    return [(n, bench_address(version, rendition.language, page=str(n))) for n in range(1, bench.n_pages + 1)]


@require_POST
def edit(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """One act on a reading; what cannot be done keeps what was typed."""
    viewer = viewer_of(request)
    found = queries.preview_for(viewer, process, draft, version)
    rendition = queries.rendition_for(found, request.POST.get("text", ""))
    act, key, typed = request.POST.get("act", ""), request.POST.get("key", ""), request.POST.get("revision", "")
    revision = int(typed) if typed.isdecimal() and len(typed) < 10 else -1
    shared: dict[str, Any] = {"rendition": rendition, "revision": revision, "by": viewer, "at": timezone.now()}
    at = key
    before = next((row for row in bench_of(rendition, at=key).rows if row.key == key), None)
    try:
        if act in ("undo", "redo"):
            turned = (actions.undo_edit if act == "undo" else actions.redo_edit)(**shared)
            at = turned.key if turned else key
        else:
            actions.edit_reading(act=act, key=key, data=_data(act, request, before.text if before else ""), **shared)
            if act in ("merge", "drop"):
                at = _neighbour(request)
            messages.info(request, act_words(act, before.called if before else ""))
    except Refusal as refusal:
        fresh = queries.rendition_for(queries.preview_for(viewer, process, draft, version), rendition.language)
        return _page(request, found, fresh, key, refused=str(refusal), kept=request.POST.dict(),
                     status=refusal.status)
    return redirect(bench_address(found, rendition.language, at))


def _neighbour(request: HttpRequest) -> str:
    return request.POST.get("neighbour", "") or request.POST.get("key", "")


def _data(act: str, request: HttpRequest, text: str) -> dict[str, Any]:
    post = request.POST
    if act == "split":
        offset = post.get("offset", "")
        if offset.isdecimal() and len(offset) < 10:
            return {"at": [int(offset)]}
        return {"at": places_of(text, post.get("words", ""))}
    if act == "number":
        return {"number": post.get("number", "")[:40], "following": bool(post.get("following"))}
    if act == "kind":
        kind = post.get("kind", "")
        if kind not in PARAGRAPH_KINDS:
            raise Http404
        return {"kind": kind, "number": post.get("number", "")[:40]}
    if act == "level":
        level = post.get("level", "")
        return {"level": int(level) if level.isdecimal() and len(level) == 1 else 0}
    return {"path": post.get("path", "")[:60]} if act == "join" else {}


def places_of(text: str, typed: str) -> list[int]:
    """Return where new paragraphs begin in `text`, from the same words typed with line breaks between them.

    Nothing else may be changed: the words are the host's. Then the list is empty, which is refused.

    >>> places_of("One two three", "One two\\n\\nthree")
    [8]
    >>> places_of("One two three", "One\\n2 three")
    []
    """
    pieces = [piece.strip() for piece in re.split(r"[\r\n]+", typed) if piece.strip()]
    if re.sub(r"\s", "", "".join(pieces)) != re.sub(r"\s", "", text) or len(pieces) < 2:
        return []
    places, at = [], 0
    for piece in pieces[:-1]:
        letters = len(re.sub(r"\s", "", piece))
        while letters:
            letters -= not text[at].isspace()
            at += 1
        while text[at].isspace():
            at += 1
        places.append(at)
    return places
