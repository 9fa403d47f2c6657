"""The door to memory: what cities asked, and what was agreed in which words, over all processes and years."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from tribune.common import search as index
from tribune.common.search import Filters, Found, Hit
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from ..forms import MemoryForm
from ..searching import citation


@require_safe
def memory(request: HttpRequest) -> HttpResponse:
    """`?q=` words or a sentence in any of six languages; asks first, then agreed language with what to cite."""
    viewer = viewer_of(request)
    form = MemoryForm(request.GET)
    valid = form.is_valid()
    typed = form.cleaned_data.get("q", "") if valid else ""
    context: dict[str, Any] = {"form": form, "typed": typed}
    if typed:
        span = {"process": form.cleaned_data["process"], "since": form.cleaned_data["since"],
                "until": form.cleaned_data["until"]}
        asked = index.find(typed, viewer, Filters(**span), kind="ask")
        agreed = index.find(typed, viewer, Filters(**span, agreed=True), kind="paragraph")
        context |= {"asks": _pieces(asked, viewer), "agreed": _pieces(agreed, viewer), "searched": True,
                    "n_asks": asked.n, "n_agreed": agreed.n}
    answer = render(request, "trace/memory.html", context, status=200 if valid else 422)
    # What is found depends on who asks.
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def _pieces(found: Found, viewer: Viewer) -> list[tuple[str, dict[str, Any]]]:
    """What holds all words; what is near in meaning; what holds some of the words."""
    first, rest = (found.hits, ()) if found.holds_all else ((), found.hits)
    order: list[Hit] = [*first, *found.near, *rest]
    seen: set[tuple[int, str]] = set()
    pieces = []
    for hit, (template, piece) in index.shown(order, viewer):
        if (hit.ref, hit.thing) in seen:
            continue
        seen.add((hit.ref, hit.thing))
        more: dict[str, Any] = {}
        if "paragraph" in piece:
            paragraph = piece["paragraph"]
            more["cite"] = citation(paragraph.rendition.version, paragraph.number or paragraph.passage.path)
        pieces.append((template, {**piece, **more, "query": found.query, "hit": hit}))
    return pieces
