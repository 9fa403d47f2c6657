"""What a receipt opens: whether the words were published, why not, and their deletion."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tribune.common import slots
from tribune.common.refusals import Refusal
from tribune.people.limits import knock
from tribune.people.queries import viewer_of
from tribune.people.tokens import find_receipt

from .. import actions, queries, when
from ..forms import ReceiptForm
from ..models import Appeal, Contribution, Statement
from ..pace import address_of
from ..refusals import ReceiptUnknown
from ..vote_forms import AppealForm

__all__ = ["receipt"]
PURPOSES = frozenset({"contribution", "statement"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show what became of the words that a typed receipt is for; erase them on request."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["receipt"]
        try:
            found = _find(request, typed)
            if request.POST.get("erase"):
                _erase(found, typed)
                found.refresh_from_db()
            elif request.POST.get("appeal") and isinstance(found, Statement):
                actions.appeal_statement(statement=found, receipt=typed, words=request.POST.get("words", ""),
                                         by=viewer_of(request), at=timezone.now())
            return _status(request, found, typed)
        except Refusal as refusal:
            form.add_error("receipt", str(refusal))
    return render(request, "listen/receipt.html", {"form": form}, status=422 if form.errors else 200)


def _find(request: HttpRequest, typed: str) -> Contribution | Statement:
    knock("receipt", address_of(request), at=timezone.now(), most=20, seconds=600)
    token = find_receipt(typed)
    found = queries.of_receipt(token.purpose, token.thing) if token and token.purpose in PURPOSES else None
    if found is None:
        raise ReceiptUnknown
    return found


def _erase(found: Contribution | Statement, typed: str) -> None:
    if isinstance(found, Contribution):
        actions.withdraw_contribution(contribution=found, receipt=typed, at=timezone.now())
    else:
        actions.withdraw_statement(statement=found, receipt=typed, at=timezone.now())


def _status(request: HttpRequest, found: Contribution | Statement, typed: str) -> HttpResponse:
    consultation = found.consultation
    on_paragraph = isinstance(found, Contribution)
    headings = {
        "waiting": _("A person has not read it yet"),
        "published": _("Your words are published"),
        "refused": _("Your words are not published"),
        "withdrawn": _("Your words are erased"),
    }
    appeal = Appeal.objects.filter(statement=found).first() if isinstance(found, Statement) else None
    result = queries.result_of(found) if isinstance(found, Statement) and found.state == "published" else None
    became = slots.ask("contribution.became", [found.public_id], viewer_of(request)) if on_paragraph else {}
    return render(request, "listen/receipt_status.html", {
        "appeal": appeal, "appeal_form": AppealForm(), "result": result,
        "overdue": found.state == "waiting" and queries.is_overdue(found, timezone.now()),
        "became": became.get(found.public_id, []),
        "found": found, "typed": typed, "consultation": consultation, "heading": headings[found.state],
        "words": found.why or found.wording if isinstance(found, Contribution) else found.text,
        "path": found.passage.path if isinstance(found, Contribution) and found.passage else "",
        "on_paragraph": on_paragraph, "state": found.state,
        "made_on": when.day(found.made_at, consultation.process.time_zone),
        "readable": queries.consultations_for(viewer_of(request)).filter(pk=consultation.pk).exists(),
        "read_by": when.read_by(consultation, found.made_at)})
