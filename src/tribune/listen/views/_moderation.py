"""The queue of what waits for a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tribune.people.queries import viewer_of

from .. import actions, queries
from ..forms import ReasonForm
from ..models import Contribution, ModerationEntry, Statement
from ..refusals import ReasonMissing
from ._reading import A_PAGE, frame_of
from ._writing import answer_of

__all__ = ["moderate", "moderation", "moderation_log"]
LOG_PAGE = 50


@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits in the organisations one moderates, oldest first."""
    return _page(request)


@require_POST
def moderate(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Publish one thing, or refuse it with a reason."""
    viewer = viewer_of(request)
    publish = request.POST.get("decision") == "publish"
    reason = request.POST.get("reason", "")
    try:
        if kind == "contribution":
            contribution = get_object_or_404(Contribution.objects.select_related("consultation"), public_id=public_id)
            _guard(queries.moderates(viewer, contribution.consultation))
            actions.moderate_contribution(contribution=contribution, publish=publish, reason=reason, by=viewer,
                                          at=timezone.now())
        else:
            statement = get_object_or_404(Statement.objects.select_related("consultation"), public_id=public_id)
            _guard(queries.moderates(viewer, statement.consultation))
            actions.moderate_statement(statement=statement, publish=publish, reason=reason, by=viewer,
                                       at=timezone.now())
    except ReasonMissing as refusal:
        form = ReasonForm(request.POST, prefix=None, auto_id=f"{public_id}_%s")
        form.is_valid()
        form.add_error("reason", str(refusal))
        return _page(request, {public_id: form})
    messages.info(request, _("Published.") if publish else _("Not published. The reason is told to its author."))
    return redirect("listen:moderation")


def _guard(allowed: bool) -> None:
    # What waits in other organisations is not there, rather than forbidden.
    if not allowed:
        raise Http404


def _page(request: HttpRequest, refused: dict[str, ReasonForm] | None = None) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    refused = refused or {}
    contributions = Paginator(queries.waiting_contributions(viewer), A_PAGE).get_page(request.GET.get("page"))
    statements = Paginator(queries.waiting_statements(viewer), A_PAGE).get_page(request.GET.get("statements"))
    appeals = Paginator(queries.appealed_statements(viewer), A_PAGE).get_page(request.GET.get("appeals"))

    def form(thing: Contribution | Statement) -> Any:
        return refused.get(thing.public_id) or ReasonForm(auto_id=f"{thing.public_id}_%s")

    def late(thing: Contribution | Statement) -> bool:
        return queries.is_overdue(thing, now)

    return render(request, "listen/moderation.html", {
        "n_waiting": sum(each.paginator.count for each in (contributions, statements, appeals)),
        "contributions": contributions, "statements": statements, "appeals": appeals,
        "problems": list(refused.values()),
        "rows": [{**answer_of(row, viewer), "form": form(row), "late": late(row)} for row in contributions.object_list],
        "statement_rows": [(row, form(row), late(row)) for row in statements.object_list],
        "appeal_rows": [(row, form(row)) for row in appeals.object_list]}, status=422 if refused else 200)


@require_safe
def moderation_log(request: HttpRequest, slug: str) -> HttpResponse:
    """What was decided about what arrived, with reasons, without the words: open to all who see the consultation."""
    found = queries.consultation_for(viewer_of(request), slug)
    entries = ModerationEntry.objects.filter(consultation=found).order_by("-decided_on", "-pk")
    counted = {row["decision"]: row["n"] for row in
               entries.order_by().values("decision").annotate(n=Count("pk"))}
    n_waiting, n_late = queries.waiting_by_age(found, timezone.now())
    page = Paginator(entries, LOG_PAGE).get_page(request.GET.get("page"))
    return render(request, "listen/moderation_log.html", {
        **frame_of(request, found), "page": page, "n": page.paginator.count, "n_waiting": n_waiting,
        "n_late": n_late, "n_published": counted.get("published", 0),
        "n_refused": counted.get("refused", 0) + counted.get("upheld", 0)})
