"""Agree, disagree or pass on statements, and add one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.limits import knock
from tribune.people.queries import viewer_of

from .. import actions, queries, when
from ..choices import Origin, StatementState, VoteValue
from ..formats import PROPOSE_STATEMENT, VOTE
from ..forms import StatementForm
from ..models import Consultation, Statement, Voice
from ..refusals import Incomplete
from ..rules import is_open, permitted
from ._reading import A_PAGE, frame_of, words_of

__all__ = ["cast", "propose", "vote"]


@require_safe
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The next statement for this voice, what it has voted on, and a field for a statement of its own."""
    found = queries.consultation_for(viewer_of(request), slug)
    return _page(request, found, StatementForm())


@require_POST
def cast(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep, change or take back one vote of this session's voice."""
    found = queries.consultation_for(viewer_of(request), slug)
    statement = get_object_or_404(Statement, consultation=found, public_id=request.POST.get("statement", ""),
                                  state=StatementState.PUBLISHED)
    value = request.POST.get("value", "")
    voice = _voice(request, found)
    if value == "withdraw":
        if voice is not None:
            actions.withdraw_vote(statement=statement, voice_uid=voice.uid, at=timezone.now())
        messages.info(request, _("Your vote is taken back."))
        return redirect("listen:vote", slug)
    if value not in {str(choice) for choice in VoteValue.values}:
        raise Refusal(_("Choose agree, disagree or pass."))
    if voice is None:
        voice = actions.new_voice(consultation=found)
        request.session[_key(found)] = voice.uid
    actions.vote(statement=statement, voice_uid=voice.uid, value=int(value), at=timezone.now())
    messages.info(request, _("Your vote is kept. You may change it until it closes."))
    return redirect("listen:vote", slug)


@require_POST
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a statement that a participant adds, and show its receipt twice."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    form = StatementForm(request.POST)
    if form.is_valid():
        try:
            knock("propose", request.META.get("REMOTE_ADDR", ""), at=now, most=60, seconds=600)
            _made, receipt = actions.propose_statement(
                consultation=found, text=form.cleaned_data["text"], language="", by=viewer, at=now,
                origin=Origin.PARTICIPANT)
            return render(request, "listen/sent.html", {
                **frame_of(request, found), "receipt": receipt, "read_by": when.read_by(found, now),
                "steps": when.next_steps(found, now, for_city=False)})
        except Incomplete as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _page(request, found, form)


def vote_box(request: HttpRequest, found: Consultation) -> dict[str, Any]:
    """Return the next statement for this session's voice, and how many it has voted on."""
    voice = _voice(request, found)
    statement = queries.next_statement(voice, found)
    n_all = Statement.objects.filter(consultation=found, state=StatementState.PUBLISHED).count()
    mine = queries.votes_of(voice).filter(statement__state=StatementState.PUBLISHED)
    return {"statement": statement, "words": words_of(statement) if statement else {}, "n_all": n_all,
            "mine": mine, "place": mine.count() + 1,
            "values": [(str(VoteValue.AGREE.value), _("Agree")), (str(VoteValue.DISAGREE.value), _("Disagree")),
                       (str(VoteValue.PASS.value), _("Pass"))]}


def _page(request: HttpRequest, found: Consultation, form: StatementForm) -> HttpResponse:
    now = timezone.now()
    permits = permitted(found.phases.all(), now) if is_open(found, now) else frozenset()
    box = vote_box(request, found)
    page = Paginator(box["mine"], A_PAGE).get_page(request.GET.get("page"))
    return render(request, "listen/vote.html", {
        **frame_of(request, found), **box, "form": form, "page": page, "may_vote": VOTE in permits,
        "may_propose": PROPOSE_STATEMENT in permits, "read_by": when.read_by(found, now),
        "cast": [(row, words_of(row.statement)) for row in page.object_list]},
        status=422 if form.is_bound and form.errors else 200)


def _key(found: Consultation) -> str:
    return f"voice:{found.public_id}"


def _voice(request: HttpRequest, found: Consultation) -> Voice | None:
    uid = request.session.get(_key(found), "")
    return Voice.objects.filter(uid=uid, consultation=found).first() if uid else None
