"""The desk of officers: processes, calls, drafts, imports, publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.reading import read_document
from tribune.common.refusals import Refusal
from tribune.engine.types import Document, Unreadable
from tribune.people.queries import viewer_of

from .. import actions, queries
from ..blocks import blocks
from ..forms import (
    DraftForm,
    ImportForm,
    LanguageForm,
    PublishForm,
)
from ..layout import Counts
from ..models import Draft, Process, Version
from ..refusals import NameTaken, NotYourProcess
from ..rules import may_run_process
from ..strips import draw
from ..uploads import turned_away, watch_the_door
from .texts import answered, send_file


def _own(request: HttpRequest, found: Process) -> Process:
    """Refuse whoever is not an officer of the process's organisation."""
    if not may_run_process(viewer_of(request), found.organisation_id):
        raise NotYourProcess
    return found


def _form(request: HttpRequest, form: Form, *, heading: str, button: str, then: str, up: tuple[str, str],
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
    return _form(request, form, heading=_("A new draft"), button=_("Make the draft"),
                 then=_("Next you give the file of its first version."),
                 up=(str(process), reverse("watch:process", args=[slug])))


@csrf_exempt  # the form token is looked at below, once the doorstep stands: reading it reads the file
def import_version(request: HttpRequest, process: str, draft: str) -> HttpResponse:
    watch_the_door(request)
    return _import_version(request, process, draft)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _import_version(request: HttpRequest, process: str, draft: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = _own_draft(request, process, draft)
    form = (ImportForm(request.POST, request.FILES, turned_away=turned_away(request)) if request.method == "POST"
            else ImportForm())
    if form.is_bound and form.is_valid():
        read = _read(form)
        if read:
            fields = {key: value for key, value in form.cleaned_data.items() if key != "file"}
            try:
                version = actions.import_version(draft=found, document=read[0], file=read[1],
                                                 file_name=form.cleaned_data["file"].name, by=viewer,
                                                 at=timezone.now(), **fields)
                return redirect("watch:preview", process, draft, version.slug)
            except Refusal as refusal:
                form.add_error("slug" if isinstance(refusal, NameTaken) else "file", str(refusal))
    return _form(request, form, heading=_("The next version of “%(draft)s”") % {"draft": found},
                 button=_("Read the file"),
                 then=_("You see its paragraphs first. Nobody else does before you publish."),
                 up=(str(found.process), reverse("watch:process", args=[process])), upload=True)


@csrf_exempt  # as above
def add_language(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    watch_the_door(request)
    return _add_language(request, process, draft, version)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _add_language(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.own_version_for(viewer, process, draft, version)
    form = (LanguageForm(request.POST, request.FILES, turned_away=turned_away(request)) if request.method == "POST"
            else LanguageForm())
    if form.is_bound and form.is_valid():
        read = _read(form)
        if read:
            try:
                actions.add_rendition(version=found, document=read[0], file=read[1],
                                      file_name=form.cleaned_data["file"].name, by=viewer, at=timezone.now(),
                                      language=form.cleaned_data["language"], status=form.cleaned_data["status"])
                return redirect(_page_of(found, text=form.cleaned_data["language"]))
            except Refusal as refusal:
                form.add_error("language", str(refusal))
    return _form(request, form, heading=_("“%(version)s” in a further language") % {"version": found},
                 button=_("Read the file"), then=_("Its paragraphs join those with the same numbers."),
                 up=(f"{found.draft}, {found}", _page_of(found)), upload=True)


def _read(form: Form) -> tuple[Document, bytes] | None:
    """Read the file of a form in a child process; None, and words on the field, where it cannot be read."""
    upload = form.cleaned_data["file"]
    data = upload.read()
    try:
        return read_document(data, name=upload.name), data
    except Unreadable as refusal:
        form.add_error("file", f"{refusal.what} {refusal.do}".strip())
        return None


def _page_of(version: Version, text: str = "") -> str:
    name = "watch:preview" if version.state == "preview" else "watch:version"
    address = reverse(name, args=[version.draft.process.slug, version.draft.slug, version.slug])
    return f"{address}?text={text}" if text else address


def _own_draft(request: HttpRequest, process: str, draft: str) -> Draft:
    found = queries.draft_for(viewer_of(request), process, draft)
    _own(request, found.process)
    return found


@require_safe
def preview(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """A text as it was read, before anybody else sees it."""
    found = queries.preview_for(viewer_of(request), process, draft, version)
    rendition = queries.rendition_for(found, request.GET.get("text", ""))
    lines = queries.lines_of(rendition)
    return answered(request, "watch/preview.html", {
        "version": found, "rendition": rendition, "lines": lines, "blocks": blocks(lines, {}),
        "found": Counts(rendition.n_paragraphs, rendition.n_naming, rendition.n_maybe),
        "strip": _strip(lines), "n_unnumbered": sum(line.kind == "other" for line in lines),
        "warnings": [(words_of(warning), warning.get("page")) for warning in rendition.warnings]}, found)


def _strip(lines: Any) -> SafeString:
    return draw(lines, lambda path: f"#p{path}", height=58)


def words_of(warning: dict[str, Any]) -> str:
    """Return a warning in words; those of reading a file come with their own."""
    if warning["code"] == "only_here":
        return _("%(path)s stands in this language only.") % {"path": warning["message"]}
    if warning["code"] == "only_there":
        return _("%(path)s is missing in this language.") % {"path": warning["message"]}
    return str(warning["message"])


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
    return _form(request, form, heading=_("Publish “%(version)s”") % {"version": found}, button=_("Publish"),
                 then=_("It is compared with the version before. What is published stays."),
                 up=(f"{found.draft}, {found}", _page_of(found)))


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
