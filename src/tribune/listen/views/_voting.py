"""Agree, disagree or pass on statements, and add one's own."""

from __future__ import annotations

import time
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.limits import knock
from tribune.people.queries import viewer_of

from .. import actions, queries, when
from ..choices import Origin, StatementState, VoteValue, VotingMode
from ..formats import PROPOSE_STATEMENT, VOTE
from ..models import Consultation, Statement, Voice
from ..open_votes import open_vote
from ..pace import Pace, address_of
from ..refusals import Incomplete
from ..rules import is_open, permitted
from ..vote_forms import CodeForm, StatementForm
from ._reading import A_PAGE, frame_of, words_of

__all__ = ["cast", "code", "propose", "vote"]

# One hand votes once in two seconds at most; behind one address may sit a workshop, a school or a whole provider.
BY_VOICE = Pace(most=400, seconds=600, clock=time.time)
BY_ADDRESS = Pace(most=30_000, seconds=600, clock=time.time)
NEW_BY_ADDRESS = Pace(most=2_000, seconds=3600, clock=time.time)


@require_safe
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The next statement for this voice, what it has voted on, and a field for a statement of its own."""
    found = queries.consultation_for(viewer_of(request), slug)
    return _page(request, found, StatementForm())


@require_POST
def cast(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep, change or take back one vote of this session's voice; answered once it is on disk."""
    known = open_vote(slug)
    found = known.consultation if known else queries.consultation_for(viewer_of(request), slug)
    BY_ADDRESS.step(address_of(request))
    wanted = request.POST.get("statement", "")
    if known and wanted in known.statements:
        statement = Statement(pk=known.statements[wanted], consultation=found)
    else:
        statement = get_object_or_404(Statement, consultation=found, public_id=wanted, state=StatementState.PUBLISHED)
    value, uid = request.POST.get("value", ""), request.session.get(_key(found), "")
    back = reverse("listen:vote", args=[slug])
    if value == "withdraw":
        if uid:
            actions.withdraw_vote(statement=statement, voice_uid=uid, at=timezone.now())
        return redirect(f"{back}?said=back")
    if value not in {str(choice) for choice in VoteValue.values}:
        raise Refusal(_("Choose agree, disagree or pass."))
    uid = uid or _begin(request, found)
    BY_VOICE.step(uid)
    actions.vote(statement=statement, voice_uid=uid, value=int(value), at=timezone.now(),
                 important=bool(request.POST.get("important")))
    # Told by the address and not by a message: messages are kept in the session, which would be a second write.
    return redirect(f"{back}?said=kept")


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Type a voting code, or follow its QR; only sending the form uses it up, since mail scanners open links."""
    found = queries.consultation_for(viewer_of(request), slug)
    form = CodeForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and form.is_valid():
        try:
            knock("code", address_of(request), at=timezone.now(), most=200, seconds=600)
            voice = actions.take_voice_with_code(consultation=found, code=form.cleaned_data["code"], at=timezone.now())
            request.session[_key(found)] = voice.uid
            return redirect("listen:vote", slug)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
    response = render(request, "listen/code.html", {
        **frame_of(request, found), "form": form, "has_voice": _voice(request, found) is not None},
        status=422 if form.errors else 200)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a statement that a participant adds, and show its receipt twice."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    form = StatementForm(request.POST)
    if form.is_valid():
        try:
            knock("propose", address_of(request), at=now, most=200, seconds=600)
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
            "mine": mine, "has_voice": voice is not None, "told": request.session.get(told_key(found), False),
            "values": [(str(VoteValue.AGREE.value), _("Agree")), (str(VoteValue.DISAGREE.value), _("Disagree")),
                       (str(VoteValue.PASS.value), _("Pass"))]}


def voice_of(request: HttpRequest, found: Consultation) -> Voice | None:
    """Return the voice of this session, or None before its first vote."""
    return _voice(request, found)


def told_key(found: Consultation) -> str:
    """Return where the session remembers that somebody has told of themselves."""
    return f"told:{found.public_id}"


def _page(request: HttpRequest, found: Consultation, form: StatementForm) -> HttpResponse:
    now, viewer = timezone.now(), viewer_of(request)
    permits = permitted(found.phases.all(), now) if is_open(found, now) else frozenset()
    box = vote_box(request, found)
    page = Paginator(box["mine"], A_PAGE).get_page(request.GET.get("page"))
    needs = ""
    if not box["has_voice"] and found.voting_mode == VotingMode.INVITATION:
        needs = "code"
    elif not box["has_voice"] and found.voting_mode == VotingMode.MEMBERS and not viewer.is_member:
        needs = "member"
    return render(request, "listen/vote.html", {
        **frame_of(request, found), **box, "form": form, "page": page, "place": page.paginator.count + 1,
        "may_vote": VOTE in permits and not needs, "needs": needs if VOTE in permits else "", "asked": VOTE in permits,
        "may_propose": PROPOSE_STATEMENT in permits, "read_by": when.read_by(found, now),
        "said": request.GET.get("said", ""), "n_cast": page.paginator.count,
        "cast": [(row, words_of(row.statement)) for row in page.object_list]},
        status=422 if form.is_bound and form.errors else 200)


def _begin(request: HttpRequest, found: Consultation) -> str:
    NEW_BY_ADDRESS.step(address_of(request))
    if found.voting_mode == VotingMode.MEMBERS:
        voice = actions.take_voice_as_member(consultation=found, by=viewer_of(request), at=timezone.now())
    else:
        voice = actions.new_voice(consultation=found, at=timezone.now())
    request.session[_key(found)] = voice.uid
    return voice.uid


def _key(found: Consultation) -> str:
    return f"voice:{found.public_id}"


def _voice(request: HttpRequest, found: Consultation) -> Voice | None:
    uid = request.session.get(_key(found), "")
    return Voice.objects.filter(uid=uid, consultation=found).first() if uid else None
