"""What every page knows: its language and direction, the same page in other languages, the sample mark."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi


def page(request: HttpRequest) -> dict[str, Any]:
    """Return `sample`, `language`, `direction`, `languages` (code, native name, address), `base_url`."""
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
    }
