"""The sign-off: a link opens it, a code signs it; delegates contest."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tribune.common.refusals import Refusal
from tribune.people.limits import knock
from tribune.people.queries import viewer_of
from tribune.submit import actions, queries
from tribune.submit.actions._held import all_sentences
from tribune.submit.actions._signing import current_wording, opened
from tribune.submit.choices import SubmissionState
from tribune.submit.forms import CodeForm, SignForm
from tribune.submit.models import Endorsement
from tribune.submit.refusals import SignedAnew

from ._pieces import no_trace, worded


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, secret: str) -> HttpResponse:
    """The sign-off that a link opens; it does not sign."""
    now = timezone.now()
    found, city = opened(secret, at=now)
    before = Endorsement.objects.filter(submission=found, city=city).prefetch_related("stays_out_of").first()
    form = SignForm(request.POST or None, sentences=list(all_sentences(found)), initial=_initial(before))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_code(secret=secret, answer=form.answer_as_kept(), at=now)
            return no_trace(redirect("submit:sign_code", secret))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return no_trace(render(request, "submit/sign.html", {
        "submission": found, "city": city, "form": form, "parts": worded(queries.table(found), found.language),
        "signed": queries.signatures(found), "before": before,
        "earlier": before is not None and before.wording != current_wording(found),
        "late": found.sign_until is not None and found.sign_until <= now,
        "sent": found.state == SubmissionState.SENT}, status=422 if form.errors else 200))


def _initial(before: Endorsement | None) -> dict[str, object]:
    if before is None:
        return {}
    return {"answer": before.answer, "reservation": before.reservation, "level": before.level, "body": before.body,
            "given_on": before.given_on, "valid_until": before.valid_until, "signer_role": before.signer_role,
            "visibility": before.visibility, "stays_out_of": [row.public_id for row in before.stays_out_of.all()]}


@require_http_methods(["GET", "POST"])
def sign_code(request: HttpRequest, secret: str) -> HttpResponse:
    """The fresh code that signs."""
    now = timezone.now()
    found, city = opened(secret, at=now)
    form = CodeForm(request.POST or None)
    endorsement: Endorsement | None = None
    if request.method == "POST" and form.is_valid():
        try:
            knock("sign_try", secret, at=now, most=5, seconds=1800)
            endorsement = actions.sign(secret=secret, code=form.cleaned_data["code"], at=now)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
    return no_trace(render(request, "submit/sign_code.html", {
        "submission": found, "city": city, "form": form, "endorsement": endorsement, "secret": secret,
        "sent": found.state == SubmissionState.SENT}, status=422 if form.errors else 200))


@require_POST
def contest(request: HttpRequest, slug: str, city: int) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.submission_for(viewer, slug)
    endorsement = get_object_or_404(Endorsement.objects.select_related("submission", "city"), submission=found,
                                    city_id=city)
    # The signature that stood on the page: a newer answer is not contested unread.
    seen = request.POST.get("signed_at", "")
    try:
        if seen and datetime.fromisoformat(seen) != endorsement.signed_at:
            raise SignedAnew
        actions.contest_endorsement(endorsement=endorsement, by=viewer, at=timezone.now())
        messages.info(request, _("The signature of %(city)s no longer counts, until it signs again.")
                      % {"city": endorsement.city})
    except ValueError:
        messages.warning(request, str(SignedAnew.words))
    except SignedAnew as refusal:
        messages.warning(request, str(refusal))
    return redirect("submit:submission", found.slug)
