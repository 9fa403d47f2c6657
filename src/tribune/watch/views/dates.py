"""The desk of officers for processes and all that has a date: make, change, move, withdraw, bring back."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tribune.common.refusals import Refusal
from tribune.common.zones import COMMON
from tribune.people.queries import organisations_of, viewer_of

from .. import actions, queries
from ..desk_forms import CallForm, ChangeCallForm, MeetingForm, MoveForm, NewProcessForm, ProcessForm, StageForm
from ..entries import path_of, stage_name
from ..models import Call, Meeting, Process, Stage
from ..refusals import DeadlineUnmoved, NameTaken, NotYourProcess
from ..rules import may_run_process


def own_process(request: HttpRequest, slug: str) -> Process:
    """Return a process of the viewer's organisation; refuse whoever is no officer there."""
    viewer = viewer_of(request)
    found = queries.process_for(viewer, slug)
    if not may_run_process(viewer, found.organisation_id):
        raise NotYourProcess
    return found


def _answer(request: HttpRequest, form: Form, *, heading: str, button: str, then: str, up: tuple[str, str],
            undo: tuple[str, str, str] | None = None) -> HttpResponse:
    """Draw a form in its groups; `undo` is an act beside it: (address, button, what then)."""
    groups = [(title, [form[name] for name in names]) for title, names in getattr(form, "GROUPS", ())]
    return render(request, "watch/desk_form.html", {
        "form": form, "groups": groups or [("", list(form))], "heading": heading, "button_": button, "then": then,
        "up_label": up[0], "up": up[1], "zones": COMMON, "undo": undo}, status=422 if form.errors else 200)


def _up(process: Process) -> tuple[str, str]:
    return str(process), reverse("watch:process", args=[process.slug])


def _refused(form: Form, refusal: Refusal) -> None:
    """Say a refusal at the field it is about."""
    field = {NameTaken: "slug", DeadlineUnmoved: "deadline_on"}.get(type(refusal))
    form.add_error(field if field in form.fields else None, str(refusal))


@require_http_methods(["GET", "POST"])
def new_process(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = NewProcessForm(request.POST or None, organisations=organisations_of(viewer))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_process(by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect("watch:process", made.slug)
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("A new process"), button=_("Make the process"),
                   then=_("Its page opens; calls and drafts come next."), up=(_("Processes"),
                                                                             reverse("watch:processes")))


@require_http_methods(["GET", "POST"])
def change_process(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_process(request, slug)
    form = ProcessForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_process(process=found, by=viewer_of(request), at=timezone.now(), **form.cleaned_data)
            return redirect("watch:process", slug)
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("What is said about “%(process)s”") % {"process": found},
                   button=_("Keep these"), then=_("The page shows it at once."), up=_up(found))


@require_http_methods(["GET", "POST"])
def new_call(request: HttpRequest, slug: str) -> HttpResponse:
    process = own_process(request, slug)
    form = CallForm(request.POST or None, initial={"time_zone": process.time_zone})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_call(process=process, by=viewer_of(request), at=timezone.now(), **form.cleaned_data)
            return redirect(path_of(made))
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("A new call"), button=_("Make the call"),
                   then=_("It stands on the front page, in calendars and feeds at once."), up=_up(process))


@require_http_methods(["GET", "POST"])
def change_call(request: HttpRequest, slug: str, call: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.own_call_for(viewer, slug, call)
    form = ChangeCallForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_call(call=found, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect(path_of(found))
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("What is said about “%(process)s”") % {"process": found},
                   button=_("Keep these"), then=_("Calendars and feeds follow. The deadline moves by its own form."),
                   up=_up(found.process), undo=_withdrawal(found))


@require_http_methods(["GET", "POST"])
def move_deadline(request: HttpRequest, slug: str, call: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.own_call_for(viewer, slug, call)
    form = MoveForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_deadline(call=found, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect(path_of(found))
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("Move the deadline of “%(call)s”") % {"call": found},
                   button=_("Move it"), then=_("Calendars move with it; the page says from when it was changed."),
                   up=_up(found.process))


@require_POST
def put_back(request: HttpRequest, slug: str, call: str) -> HttpResponse:
    """Undo the latest move of a deadline: move it to where it was. Both moves stay in the history."""
    viewer = viewer_of(request)
    found = queries.own_call_for(viewer, slug, call)
    latest = found.changes.first()
    if latest is None:
        raise Http404
    actions.move_deadline(call=found, deadline_on=latest.was_on, deadline_time=latest.was_time, by=viewer,
                          at=timezone.now())
    messages.info(request, _("The deadline stands where it was. The history shows both moves."))
    return redirect(path_of(found))


@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    process = own_process(request, slug)
    form = MeetingForm(request.POST or None, initial={"time_zone": process.time_zone, "place": process.place})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_meeting(process=process, by=viewer_of(request), at=timezone.now(),
                                        **form.cleaned_data)
            return redirect(path_of(made))
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("A new meeting"), button=_("Make the meeting"),
                   then=_("It stands in calendars at once."), up=_up(process))


@require_http_methods(["GET", "POST"])
def change_meeting(request: HttpRequest, slug: str, meeting: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.own_meeting_for(viewer, slug, meeting)
    form = MeetingForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(meeting=found, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect(path_of(found))
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("What is said about “%(process)s”") % {"process": found},
                   button=_("Keep these"), then=_("Days that move keep their history; calendars follow."),
                   up=_up(found.process), undo=_withdrawal(found))


@require_http_methods(["GET", "POST"])
def new_stage(request: HttpRequest, slug: str) -> HttpResponse:
    process = own_process(request, slug)
    form = StageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_stage(process=process, by=viewer_of(request), at=timezone.now(), **form.cleaned_data)
            return redirect(path_of(made))
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("A new stage"), button=_("Make the stage"),
                   then=_("It stands in calendars at once."), up=_up(process))


@require_http_methods(["GET", "POST"])
def change_stage(request: HttpRequest, slug: str, stage: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.own_stage_for(viewer, slug, stage)
    form = StageForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_stage(stage=found, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect(path_of(found))
        except Refusal as refusal:
            _refused(form, refusal)
    return _answer(request, form, heading=_("What is said about “%(process)s”") % {"process": stage_name(found)},
                   button=_("Keep these"), then=_("Days that move keep their history; calendars follow."),
                   up=_up(found.process), undo=_withdrawal(found))


def _withdrawal(thing: Call | Meeting | Stage) -> tuple[str, str, str]:
    kind = type(thing).__name__.lower()
    address = reverse("watch:withdraw", args=[thing.process.slug, kind, thing.public_id])
    if thing.withdrawn_at:
        return f"{address}?back=yes", _("Bring it back"), _("It stands on its page and in calendars again.")
    return address, _("Withdraw it"), _("It leaves the pages; calendars show it as cancelled. You can bring it back.")


@require_POST
def withdraw(request: HttpRequest, slug: str, kind: str, thing: str) -> HttpResponse:
    """Take a call, a meeting or a stage off the pages, or bring it back (`?back=yes`)."""
    viewer, at = viewer_of(request), timezone.now()
    back = request.GET.get("back") == "yes"
    if kind == "call":
        call = queries.own_call_for(viewer, slug, thing)
        (actions.restore_call if back else actions.withdraw_call)(call=call, by=viewer, at=at)
        name = str(call)
    elif kind in ("meeting", "stage"):
        found: Meeting | Stage = (queries.own_meeting_for(viewer, slug, thing) if kind == "meeting"
                                  else queries.own_stage_for(viewer, slug, thing))
        actions.set_withdrawn(thing=found, withdrawn=not back, by=viewer, at=at)
        name = stage_name(found) if isinstance(found, Stage) else str(found)
    else:
        raise Http404
    messages.info(request, _("“%(name)s” is back.") % {"name": name} if back
                  else _("“%(name)s” is withdrawn. It stands at the end of this page, to bring it back.")
                  % {"name": name})
    return redirect("watch:process", slug)
