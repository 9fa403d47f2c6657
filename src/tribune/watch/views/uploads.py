"""Files on their way into a text: sending, progress, what became of them, corrected files before and after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common import slots
from tribune.common.reading import can_recognise, draw_page
from tribune.common.refusals import Refusal
from tribune.engine.text import from_json
from tribune.engine.types import Unreadable
from tribune.people.queries import viewer_of

from .. import actions, queries, reader
from ..choices import Purpose, UploadState
from ..forms import CorrectedForm, ImportForm, LanguageForm, RenameForm
from ..importing import Upload
from ..models import Draft, Rendition, Version
from ..refusals import NameTaken, UploadUsed
from ..said import refused_words
from ..uploads import turned_away, watch_the_door
from .desk import own_draft, page_of, show_form


@csrf_exempt  # the form token is looked at below, once the doorstep stands: reading it reads the file
def import_version(request: HttpRequest, process: str, draft: str) -> HttpResponse:
    watch_the_door(request)
    return _import_version(request, process, draft)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _import_version(request: HttpRequest, process: str, draft: str) -> HttpResponse:
    found = own_draft(request, process, draft)
    form = _bound(request, ImportForm)
    if form.is_bound and form.is_valid():
        fields = {key: value for key, value in form.cleaned_data.items() if key not in ("file", "language")}
        answer = _take(request, form, found, Purpose.VERSION, form.cleaned_data["language"], fields=fields)
        if answer:
            return answer
    return show_form(request, form, heading=_("The next version of “%(draft)s”") % {"draft": found},
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
    found = queries.own_version_for(viewer_of(request), process, draft, version)
    form = _bound(request, LanguageForm)
    if form.is_bound and form.is_valid():
        answer = _take(request, form, found.draft, Purpose.LANGUAGE, form.cleaned_data["language"], version=found,
                       fields={"status": form.cleaned_data["status"]})
        if answer:
            return answer
    return show_form(request, form, heading=_("“%(version)s” in a further language") % {"version": found},
                     button=_("Read the file"),
                     then=_("Its paragraphs join those with the same numbers; you see which found none."),
                     up=(f"{found.draft}, {found}", page_of(found)), upload=True)


@csrf_exempt  # as above
def reread(request: HttpRequest, process: str, draft: str, version: str, language: str) -> HttpResponse:
    watch_the_door(request)
    return _reread(request, process, draft, version, language)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _reread(request: HttpRequest, process: str, draft: str, version: str, language: str) -> HttpResponse:
    """A corrected file of a text that is here: what would change is shown before anything does."""
    found = queries.own_version_for(viewer_of(request), process, draft, version)
    rendition = queries.rendition_for(found, language)
    form = _bound(request, CorrectedForm)
    if form.is_bound and form.is_valid():
        answer = _take(request, form, found.draft, Purpose.CORRECTED, rendition.language, version=found, fields={})
        if answer:
            return answer
    return show_form(request, form, heading=_("A corrected file of “%(version)s”") % {"version": found},
                     button=_("Read the file"),
                     then=_("You see what moves and what no longer has a place, and then decide."),
                     up=(f"{found.draft}, {found}", page_of(found, language)), upload=True)


def _bound(request: HttpRequest, form: Any) -> Any:
    if request.method != "POST":
        return form()
    return form(request.POST, request.FILES, turned_away=turned_away(request))


def _take(request: HttpRequest, form: Form, draft: Draft, purpose: str, language: str, *,
          fields: dict[str, Any], version: Version | None = None) -> HttpResponse | None:
    """Keep the file; read it now where it is small. None, and words on the form, where it cannot be used."""
    sent = form.cleaned_data["file"]
    upload = actions.receive_upload(
        draft=draft, version=version, purpose=purpose, language=language, file_name=sent.name, file=sent.read(),
        fields=fields, by=viewer_of(request), at=timezone.now())
    if not reader.is_small(sent.size):
        return redirect("watch:upload", upload.public_id)
    reader.read_upload(upload.pk)
    upload.refresh_from_db()
    if upload.state == UploadState.USED and upload.version:
        return redirect(page_of(upload.version, language))
    if upload.state == UploadState.REFUSED and upload.code != "scan":
        form.add_error("file", refused_words(upload.code))
    elif upload.state == UploadState.READ and upload.code not in ("", "preview_there"):
        words = _why_unused(upload)
        form.add_error("slug" if upload.code == "name_taken" else "language" if "language" in form.fields and
                       upload.code == "LanguageTaken" else "file", words)
    else:
        return redirect("watch:upload", upload.public_id)
    actions.cancel_upload(upload=upload, by=viewer_of(request), at=timezone.now())
    return None


def _why_unused(upload: Upload) -> str:
    from .. import refusals

    known = getattr(refusals, upload.code, NameTaken)
    return str(known())


def _own_upload(request: HttpRequest, public_id: str) -> Upload:
    return queries.upload_for(viewer_of(request), public_id)


@require_safe
def upload(request: HttpRequest, public_id: str) -> HttpResponse:
    """What becomes of a file: waiting, being read, refused with its reason, or waiting for a decision."""
    found = _own_upload(request, public_id)
    context: dict[str, Any] = {"upload": found, "process": found.draft.process, "why": refused_words(found.code),
                               "running": found.state in (UploadState.WAITING, UploadState.READING),
                               "may_recognise": found.code == "scan" and can_recognise(found.language)}
    if request.GET.get("part"):
        template = "watch/_upload_state.html"
    else:
        template = "watch/upload.html"
        context |= _decision(request, found)
    response = render(request, template, context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _decision(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """What the officer decides on: the plan of a corrected file, or another name."""
    if upload.state == UploadState.USED and upload.version:
        return {"plan": upload.fields.get("plan"), "version": upload.version,
                "href": page_of(upload.version, upload.language)}
    if upload.state != UploadState.READ:
        return {}
    if upload.purpose == Purpose.CORRECTED and upload.version and upload.document:
        rendition = queries.rendition_for(upload.version, upload.language)
        plan = actions.plan_rereading(rendition, from_json(upload.document))
        uids = [entry["uid"] for entry in (*plan["retired"], *plan["changed"])]
        said = slots.ask("paragraph.margin", uids, viewer_of(request))
        for entry in (*plan["retired"], *plan["changed"]):
            entry["pieces"] = said.get(entry["uid"], [])
        return {"plan": plan, "version": upload.version, "rendition": rendition,
                "n_edits": queries.edits_of(rendition), "same_file": _is_same(upload, rendition)}
    there = upload.draft.versions.filter(slug=upload.fields.get("slug", "")).first()
    return {"there": there, "form": RenameForm(initial={"name": upload.fields.get("name", ""), "slug": ""})}


def _is_same(upload: Upload, rendition: Rendition) -> bool:
    return bool(upload.document and upload.document["source"]["sha256"] == rendition.sha256)


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Cancel, recognise letters, confirm a corrected file, or give a late file another way in."""
    viewer, at, found = viewer_of(request), timezone.now(), _own_upload(request, public_id)
    act = request.POST.get("act", "")
    if act == "cancel":
        actions.cancel_upload(upload=found, by=viewer, at=at)
        messages.info(request, _("The file is gone; nothing of it was used."))
        return redirect(_way_back(found))
    if act == "recognise":
        actions.recognise_upload(upload=found, by=viewer, at=at)
    elif act == "confirm":
        actions.use_upload(upload=found, by=viewer, at=at, seen=request.POST.get("seen", ""))
    elif act == "instead":
        version = found.draft.versions.filter(slug=found.fields.get("slug", "")).first()
        if version is None:
            raise UploadUsed
        actions.turn_upload(upload=found, version=version, by=viewer, at=at)
    elif act == "rename":
        return _rename(request, found)
    else:
        raise Http404
    return redirect("watch:upload", public_id)


def _rename(request: HttpRequest, upload: Upload) -> HttpResponse:
    form = RenameForm(request.POST)
    if form.is_valid():
        try:
            version = actions.use_upload(upload=actions.rename_upload(
                upload=upload, name=form.cleaned_data["name"], slug=form.cleaned_data["slug"],
                by=viewer_of(request), at=timezone.now()), by=viewer_of(request), at=timezone.now())
            return redirect(page_of(version, upload.language))
        except Refusal as refusal:
            form.add_error("slug", str(refusal))
    return show_form(request, form, heading=_("Another name for this version"), button=_("Use the file"),
                     then=_("It becomes a preview of its own."),
                     up=(str(upload.draft), reverse("watch:upload", args=[upload.public_id])))


def _way_back(upload: Upload) -> str:
    if upload.version:
        return page_of(upload.version, upload.language)
    return reverse("watch:process", args=[upload.draft.process.slug])


@require_safe
def preview_page(request: HttpRequest, process: str, draft: str, version: str, language: str,
                 page: int) -> HttpResponse:
    """One page of the file as a picture, with its neighbours, beside nothing else."""
    found = queries.own_version_for(viewer_of(request), process, draft, version)
    rendition = queries.rendition_for(found, language)
    if not rendition.n_pages or not 1 <= page <= rendition.n_pages:
        raise Http404
    response = render(request, "watch/page.html", {
        "version": found, "rendition": rendition, "page": page, "up": page_of(found, language),
        "before": page - 1 if page > 1 else None, "after": page + 1 if page < rendition.n_pages else None})
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def page_picture(request: HttpRequest, process: str, draft: str, version: str, language: str,
                 page: int) -> HttpResponse:
    """The picture itself, drawn in a child process and kept for a while."""
    found = queries.own_version_for(viewer_of(request), process, draft, version)
    rendition = queries.rendition_for(found, language)
    if rendition.media_type != "application/pdf" or not rendition.n_pages or not 1 <= page <= rendition.n_pages:
        raise Http404
    key = f"watch.page.{rendition.sha256}.{page}"
    png = cache.get(key)
    if png is None:
        try:
            with rendition.file.open("rb") as stored:
                png, _n = draw_page(stored.read(), page=page, limits=reader.limits())
        except (Unreadable, FileNotFoundError) as gone:
            raise Http404 from gone
        cache.set(key, png, 600)
    response = HttpResponse(png, content_type="image/png")
    patch_cache_control(response, private=True, max_age=600)
    return response
