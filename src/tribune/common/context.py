"""What every page knows: its language and direction, the same page in other languages, the sample mark."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi, gettext


def page(request: HttpRequest) -> dict[str, Any]:
    """Return `sample`, `language`, `direction`, `languages` (code, native name, address), `base_url`,
    and `catalogue_state` (who has reviewed the words, "" for nobody)."""
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
        "catalogue_state": _reviewed(),
    }


def _reviewed() -> str:
    """Return who has reviewed the words of the active language, as its catalogue's header says; "" for nobody yet."""
    for line in gettext("").splitlines():
        if line.startswith("X-Reviewed:"):
            said = line.partition(":")[2].strip()
            return "" if said == "not yet reviewed" else said
    return ""
