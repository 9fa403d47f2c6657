"""Search over all that can be read here: by words, and by meaning beside them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tribune.common import search as index
from tribune.engine.search import Query
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from ..search_forms import SearchForm

# Nobody reads further; who has more hits narrows them down.
_MOST_PAGES = 50


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One field, and what was found below it; without words it says how to ask."""
    viewer = viewer_of(request)
    form = SearchForm(request.GET)
    valid = form.is_valid()
    typed = str(form.cleaned_data.get("q", ""))
    chosen = request.GET.get("kind", "")
    kind = chosen if chosen in index.kinds() else ""
    context: dict[str, Any] = {"form": form, "typed": typed, "narrowed": valid and bool(form.filters().used)}
    if typed and valid:
        at = request.GET.get("page", "1")
        number = min(int(at), _MOST_PAGES) if at.isdecimal() and len(at) < 6 and int(at) else 1
        found = index.find(typed, viewer, form.filters(), kind=kind, page=number)
        context |= {"found": found, "page": Paginator(range(min(found.n, _MOST_PAGES * index.PER_PAGE)),
                                                      index.PER_PAGE).get_page(number),
                    "hits": _shown(found.hits, viewer, found.query), "near": _shown(found.near, viewer, found.query),
                    "tabs_": _tabs(request, found, kind)}
    answer = render(request, "watch/search.html", context, status=200 if valid else 422)
    # What is found depends on who asks.
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def _shown(hits: Any, viewer: Viewer, query: Query) -> list[tuple[index.Hit, str, dict[str, Any]]]:
    return [(hit, template, {**piece, "query": query, "hit": hit})
            for hit, (template, piece) in index.shown(hits, viewer)]


def _tabs(request: HttpRequest, found: index.Found, kind: str) -> list[tuple[Any, ...]]:
    """All, and each kind with its number, as soon as there is more than one kind."""
    names = [(name, one) for name, one in index.kinds().items() if name in found.by_kind]
    if len(names) < 2 or (not found.n and not kind):
        return []
    kept = [(key, value) for key, value in request.GET.items() if key not in ("kind", "page") and value]

    def address(name: str) -> str:
        return f"{reverse('watch:search')}?{urlencode([*kept, *([('kind', name)] if name else [])])}"

    return [(_("All"), address(""), not kind, sum(found.by_kind.values())),
            *((one.label, address(name), kind == name, found.by_kind[name]) for name, one in names)]
