"""Choosing the digest, and stopping it with one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tribune.people import tokens
from tribune.people.models import User
from tribune.people.queries import viewer_of

from .. import actions
from ..calendar_forms import DigestForm
from ..digests import STOP


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep how often a person hears what changed; the form stands on their page."""
    form = DigestForm(request.POST)
    if form.is_valid():
        actions.choose_digest(**form.cleaned_data, by=viewer_of(request), at=timezone.now())
        messages.info(request, _("Kept."))
    else:
        messages.warning(request, _("Choose how often we write to you."))
    return redirect("people:me")


# RFC 8058: the mail program posts without session or form token; the secret in the address is what it needs.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask on GET, since mail scanners fetch links; stop on POST."""
    token = tokens.look_at(secret, at=timezone.now(), purpose=STOP)
    if request.method == "POST":
        actions.stop_digest(public_id=token.thing)
    language = User.objects.filter(public_id=token.thing).values_list("language", flat=True).first()
    with translation.override(language or translation.get_language()):
        response = render(request, "watch/digest_stop.html", {"stopped": request.method == "POST"})
    # docs/decisions/0004: never the address, so never the secret.
    response["Referrer-Policy"] = "strict-origin"
    return response
