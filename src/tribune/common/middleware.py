"""Headers that every answer bears, and refusals turned into pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tribune.common.refusals import Refusal

# Nothing from elsewhere, nothing inline; frames only where an embed says so by its own header.
CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "manifest-src 'self'", "frame-ancestors 'none'",
    "base-uri 'none'"))

Answer = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Adds the content security policy and closes what browsers offer by default."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Refusals:
    """Shows a refusal that no form has caught as a page with its words and its status."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return render(request, "refusal.html", {"words": exception.words}, status=exception.status)
        return None
