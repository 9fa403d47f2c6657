"""The opinion map: a page that is whole without script, a small fragment to poll, and one to embed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from tribune.common.middleware import CONTENT_SECURITY_POLICY
from tribune.people.choices import Region
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from .. import map_picture, map_words, missing, queries
from ..choices import Dimension, SizeClass
from ..models import Consultation, MapSnapshot, Statement
from ._reading import A_PAGE, frame_of, words_of

__all__ = ["map_embed", "map_live", "opinion_map"]
_LIVE_SECONDS = 5
_LABELS = {Dimension.REGION.value: dict(Region.choices), Dimension.SIZE.value: dict(SizeClass.choices)}
# On the timeline.
_MOMENTS = 24


@require_safe
def opinion_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Groups of people who vote alike, what unites and divides them, and how far to trust it."""
    found = queries.consultation_for(viewer_of(request), slug)
    part = request.GET.get("part", "")
    snapshots = MapSnapshot.objects.filter(consultation=found)
    snapshot = snapshots.filter(part=part).order_by("-made_at", "-pk").first()
    if part and snapshot is None:
        raise Http404
    context = {**frame_of(request, found), "snapshot": snapshot, "part": part}
    if snapshot is not None:
        offered = snapshots.exclude(part="").values_list("part", flat=True).order_by("part")
        moments = list(snapshots.filter(part="").order_by("-made_at", "-pk").values("made_at", "summary")[:_MOMENTS])
        context.update(_page(request, found, snapshot), filters=_filters(offered, part), label=_label(part),
                       moments=[{**row["summary"], "made_at": row["made_at"]} for row in moments],
                       tables=[table for table in missing.voice_tables(found) if table.n_short])
        context["timeline"] = map_picture.timeline(
            list(reversed(context["moments"])), _("Statements that unite all and that divide, moment by moment"))
    return render(request, "listen/map.html", context)


@require_safe
def map_live(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment of at most 2 kB: how many have voted and whether a newer map is there.

    Whoever asks again with its ETag gets a 304; for five seconds neither answer asks the database anything. Only
    what everybody may see is kept that way.
    """
    key = f"listen.live.{slug}.{translation.get_language()}"
    kept: tuple[str, str] | None = cache.get(key)
    if kept is None:
        kept, is_public = _fragment(request, slug)
        if is_public:
            cache.set(key, kept, _LIVE_SECONDS)
    etag, body = kept
    if request.headers.get("If-None-Match", "") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body)
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "private, no-cache"
    return response


@xframe_options_exempt
@require_safe
def map_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The map alone, for the pages of others: only what everybody may see."""
    found = queries.consultation_for(Viewer(), slug)
    snapshot = MapSnapshot.objects.filter(consultation=found, part="").order_by("-made_at", "-pk").first()
    context: dict[str, Any] = {"consultation": found, "snapshot": snapshot}
    if snapshot is not None:
        context.update(_page(request, found, snapshot))
    response = render(request, "listen/map_embed.html", context)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors *")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _page(request: HttpRequest, found: Consultation, snapshot: MapSnapshot) -> dict[str, Any]:
    shown = snapshot.shown
    rows = {row["statement"]: row for row in shown["table"]}
    statements = {each.public_id: each for each in Statement.objects.filter(
        consultation=found, public_id__in=list(rows), state="published")}
    words = {key: words_of(each) for key, each in statements.items()}
    page = Paginator([key for key in rows if key in words], A_PAGE).get_page(request.GET.get("page"))
    groups = [{"letter": map_picture.LETTERS[place], "shape": map_picture.shape(place), "size": group["size"],
               "statements": [_particular(rows[each["statement"]], each["side"], place, words)
                              for each in group["statements"][:5] if each["statement"] in words]}
              for place, group in enumerate(shown["groups"])]
    heading = map_words.heading(shown)
    return {
        "shown": shown, "heading": heading, "why": map_words.reason(shown["reason"]) if shown["reason"] else "",
        "picture": map_picture.draw(shown, _("%(heading)s. The same stands in the table below.") % {
            "heading": heading}),
        "groups": groups, "trust": map_words.trust_rows(shown), "page": page,
        "unites": [_shares(rows[each["statement"]], each["side"], words) for each in shown["unites"]
                   if each["statement"] in words],
        "divides": [_shares(rows[each["statement"]], "agree", words) for each in shown["divides"][:5]
                    if each["statement"] in words],
        "minorities": [{**_particular(rows[each["statement"]], each["side"], each["group"], words),
                        "letter": map_picture.LETTERS[each["group"]]}
                       for each in shown["minorities"][:5] if each["statement"] in words],
        "table": [{"words": words[key], "cells": [_cell(row) for row in (rows[key]["all"], *rows[key]["groups"])]}
                  for key in page.object_list]}


def _cell(row: list[int]) -> dict[str, Any]:
    total = sum(row)
    agree, disagree, passed = row
    return {"bar": map_picture.bar(agree, passed, disagree), "none": not total,
            "agree": _percent(agree, total), "passed": _percent(passed, total), "disagree": _percent(disagree, total)}


def _percent(n: int, total: int) -> int:
    return round(100 * n / total) if total else 0


def _shares(row: dict[str, Any], side: str, words: dict[str, Any]) -> dict[str, Any]:
    columns = row["groups"] or [row["all"]]
    return {"words": words[row["statement"]], "side": side,
            "groups": [{"shape": map_picture.shape(place) if row["groups"] else "", **_cell(each),
                        "letter": map_picture.LETTERS[place] if row["groups"] else "",
                        "share": _percent(each[0 if side == "agree" else 1], sum(each))}
                       for place, each in enumerate(columns)]}


def _particular(row: dict[str, Any], side: str, group: int, words: dict[str, Any]) -> dict[str, Any]:
    mine = row["groups"][group]
    others = [sum(column) - column[group] for column in zip(*row["groups"], strict=True)]
    place = 0 if side == "agree" else 1
    return {"words": words[row["statement"]], "side": side, **_cell(mine), "here": _percent(mine[place], sum(mine)),
            "elsewhere": _percent(others[place], sum(others)), "alone": not sum(others)}


def _filters(offered: Any, current: str) -> list[tuple[str, str, bool]]:
    if not offered:
        return []
    return [(_("All voices"), "?", not current),
            *((_label(part), f"?part={part}", part == current) for part in offered)]


def _label(part: str) -> str:
    dimension, _colon, key = part.partition(":")
    return str(_LABELS.get(dimension, {}).get(key, ""))


def _fragment(request: HttpRequest, slug: str) -> tuple[tuple[str, str], bool]:
    found = queries.consultation_for(viewer_of(request), slug)
    snapshot = (MapSnapshot.objects.filter(consultation=found, part="").order_by("-made_at", "-pk")
                .only("n_voices", "made_at", "etag", "summary").first())
    body = render_to_string("listen/_map_live.html", {"snapshot": snapshot, "consultation": found})
    is_public = queries.consultations_for(Viewer()).filter(pk=found.pk).exists()
    return (f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"', body), is_public
