"""The desk of officers: processes, calls, drafts, imports, publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of

from .. import actions, queries
from ..forms import (
    DraftForm,
    PublishForm,
)
from ..models import Draft, Process, Version
from ..refusals import NameTaken, NotYourProcess
from ..rules import may_run_process
from .texts import send_file


def _own(request: HttpRequest, found: Process) -> Process:
    """Refuse whoever is not an officer of the process's organisation."""
    if not may_run_process(viewer_of(request), found.organisation_id):
        raise NotYourProcess
    return found


def show_form(request: HttpRequest, form: Form, *, heading: str, button: str, then: str, up: tuple[str, str],
          **more: Any) -> HttpResponse:
    return render(request, "watch/form.html", {
        "form": form, "heading": heading, "button_": button, "then": then, "up_label": up[0], "up": up[1], **more},
        status=422 if form.errors else 200)


def _refused(form: Form, refusal: Refusal) -> None:
    """Say a refusal at the field it is about."""
    form.add_error("slug" if isinstance(refusal, NameTaken) and "slug" in form.fields else None, str(refusal))


@require_http_methods(["GET", "POST"])
def new_draft(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    process = _own(request, queries.process_for(viewer, slug))
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_draft(process=process, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect("watch:import", slug, made.slug)
        except Refusal as refusal:
            _refused(form, refusal)
    return show_form(request, form, heading=_("A new draft"), button=_("Make the draft"),
                 then=_("Next you give the file of its first version."),
                 up=(str(process), reverse("watch:process", args=[slug])))


def page_of(version: Version, text: str = "") -> str:
    """Return the address of a version's page: the workbench before it is published."""
    name = "watch:preview" if version.state == "preview" else "watch:version"
    address = reverse(name, args=[version.draft.process.slug, version.draft.slug, version.slug])
    return f"{address}?text={text}" if text else address


def own_draft(request: HttpRequest, process: str, draft: str) -> Draft:
    """Return a draft, for an officer of its organisation."""
    found = queries.draft_for(viewer_of(request), process, draft)
    _own(request, found.process)
    return found


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.preview_for(viewer, process, draft, version)
    form = PublishForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_version(version=found, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect("watch:version", process, draft, version)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, form, heading=_("Publish “%(version)s”") % {"version": found}, button=_("Publish"),
                 then=_("It is compared with the version before. What is published stays."),
                 up=(f"{found.draft}, {found}", page_of(found)))


@require_POST
def discard(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.preview_for(viewer, process, draft, version)
    actions.discard_preview(version=found, by=viewer, at=timezone.now())
    messages.info(request, _("The preview is gone, and its file."))
    return redirect("watch:process", process)


@require_safe
def preview_file(request: HttpRequest, process: str, draft: str, version: str, language: str) -> FileResponse:
    """The file of a preview, for its officers."""
    found = queries.preview_for(viewer_of(request), process, draft, version)
    return send_file(queries.rendition_for(found, language), found)
