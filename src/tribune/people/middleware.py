"""One table says who may open which address; this is the only place that asks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .queries import viewer_of
from .rules import ANYONE


class Doorkeeper:
    """Refuses every address whose row in the permission table names none of the viewer's roles.

    Doors beyond that (this process, this city) are asked by rules in the room. An address without a row is
    a mistake of ours and is closed to all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.table: dict[str, frozenset[str]] = import_string(settings.PERMISSION_TABLE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name not in self.table:
            raise ImproperlyConfigured(f"the address {name or request.path} has no row in the permission table")
        allowed = self.table[name]
        if ANYONE in allowed:
            return None
        viewer = viewer_of(request)
        if allowed & viewer.roles:
            return None
        if not viewer.is_signed_in:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        return render(request, "refusal.html",
                      {"words": _("This page is not for your role. Ask an officer of your organisation.")}, status=403)
