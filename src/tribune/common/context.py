"""What every page knows: its language and direction, the same page in other languages, the sample mark."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi, gettext


def page(request: HttpRequest) -> dict[str, Any]:
    """Return `sample`, `language`, `direction`, `languages` (code, native name, address), `base_url`,
    `catalogue_state` (who has reviewed the words, "" for nobody) and `catalogue_gaps` ("12 of 900" are in English)."""
    address = request.get_full_path()
    current = get_language() or settings.LANGUAGE_CODE
    return {
        "sample": settings.SAMPLE,
        "language": current,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [
            {"code": code, "name": name, "address": translate_url(address, code), "current": code == current}
            for code, name in settings.LANGUAGES
        ],
        "base_url": settings.BASE_URL,
        "catalogue_state": _said("X-Reviewed", nothing="not yet reviewed"),
        "catalogue_gaps": _gaps(),
    }


def _said(name: str, *, nothing: str) -> str:
    """Return what the header of the active language's catalogue says; "" where it says `nothing` or is silent."""
    for line in gettext("").splitlines():
        if line.startswith(f"{name}:"):
            said = line.partition(":")[2].strip()
            return "" if said == nothing else said
    return ""


def _gaps() -> dict[str, int]:
    """Return how many of how many messages have no words in the active language yet; {} for none."""
    n, _, total = _said("X-Gaps", nothing="").partition(" of ")
    return {"n": int(n), "total": int(total)} if n.isdigit() and int(n) and total.isdigit() else {}
