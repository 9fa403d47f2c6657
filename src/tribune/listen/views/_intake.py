"""Answers from outside, and the two files that go out so that people may answer elsewhere."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import all_cities, cities_of, viewer_of
from tribune.people.rules import Viewer
from tribune.watch.models import Paragraph
from tribune.watch.queries import original_rendition, paragraphs_of
from tribune.watch.uploads import watch_the_door

from .. import actions, queries
from ..annotations import collection
from ..choices import ContributionState, IntakeState, ItemState
from ..draft_docx import draft_docx
from ..intake_forms import BringForm, ItemForm
from ..models import Consultation, Contribution, Intake, IntakeItem
from ..refusals import Incomplete
from ..rules import is_open, may_prepare
from ._reading import frame_of, text_of

__all__ = ["annotation_file", "bring_answers", "intake", "intake_file", "text_file"]
A_PAGE = 40
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@csrf_exempt  # the form token is looked at below, once the doorstep stands: reading it reads the file
def bring_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a file in, and see those that were brought before."""
    watch_the_door(request)
    return _bring_answers(request, slug)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _bring_answers(request: HttpRequest, slug: str) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    officer, cities = may_prepare(viewer, found.organisation_id), list(cities_of(viewer))
    if not officer and not cities:
        raise Http404
    form = BringForm(request.POST if request.method == "POST" else None, request.FILES or None, cities=cities,
                     officer=officer) if is_open(found, now) else None
    if form is not None and request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rendition = original_rendition(found.version) if found.version else None
            brought = actions.bring_in(consultation=found, city=form.city(), data=file.read(), file_name=file.name,
                                       rendition=rendition, by=viewer, at=now)
            return redirect("listen:intake", slug, brought.public_id)
        except Incomplete as refusal:
            form.add_error("file", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    page = Paginator(_intakes(viewer, found).order_by("-pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "listen/bring.html", {
        **frame_of(request, found), "form": form, "page": page},
        status=422 if form is not None and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What was found in a file: to be taken or left, and put in its place, forty at a time."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    brought = get_object_or_404(_intakes(viewer, found), public_id=public_id)
    if request.method == "POST" and "leave_out" in request.POST:
        actions.leave_out(intake=brought, by=viewer, at=now)
        messages.info(request, _("Left out. The file and what was found in it are erased."))
        return redirect("listen:bring_answers", slug)
    waiting = brought.items.filter(state=ItemState.FOUND)
    shown = list(waiting.select_related("passage", "question", "twin__passage", "twin_item")[:A_PAGE])
    if request.method == "POST":
        # What was on the page that was sent, also where somebody else has decided some of it since.
        asked = {key for key in request.POST.getlist("item") if key.isdecimal()}
        shown = list(waiting.select_related("passage", "question", "twin__passage", "twin_item")
                     .filter(pk__in=asked)[:A_PAGE])
    cities = {str(city.pk): city for city in all_cities()} if brought.city is None else {}
    named: list[tuple[str, Any]] = [("", _("a person")), *((key, str(city)) for key, city in cities.items())]
    places = _places(found)
    forms = [ItemForm(request.POST or None, item=item, places=places, cities=named if cities else []) for item in shown]
    problem = ""
    if request.method == "POST" and False not in [form.is_valid() for form in forms]:
        try:
            made = actions.take_in(intake=brought, given={form.item.pk: form.given(cities) for form in forms},
                                   by=viewer, at=now)
            messages.info(request, _told(brought, len(made)))
            return redirect("listen:intake", slug, public_id)
        except Incomplete as refusal:
            key = refusal.field.removeprefix("item-")
            for form in forms:
                if str(form.item.pk) == key:
                    form.add_error(None, str(refusal))
        except Refusal as refusal:
            problem = str(refusal)
    wrong = bool(problem) or any(form.errors for form in forms)
    return render(request, "listen/intake.html", {
        **frame_of(request, found), "intake": brought, "problem": problem, "rows": [_row(form) for form in forms],
        "n_waiting": waiting.count(), "n_taken": brought.items.filter(state=ItemState.TAKEN).count(),
        "n_left": brought.items.filter(state=ItemState.LEFT).count(),
        "n_unplaced": waiting.filter(passage=None, question=None).count(),
        "preview": brought.state == IntakeState.PREVIEW,
        "taken": brought.items.filter(state=ItemState.TAKEN).select_related("passage", "question", "city")[:A_PAGE],
        "most": A_PAGE}, status=422 if wrong else 200)


@require_safe
def intake_file(request: HttpRequest, slug: str, public_id: str) -> HttpResponse | FileResponse:
    """The original as it arrived, for those who may see what was found in it."""
    viewer = viewer_of(request)
    found = queries.consultation_for(viewer, slug)
    brought = get_object_or_404(_intakes(viewer, found), public_id=public_id)
    if not brought.file:
        raise Http404
    # As a file to keep, never shown in place: somebody else's bytes do not run on our pages.
    return FileResponse(brought.file.open("rb"), as_attachment=True, filename=brought.file_name,
                        content_type="application/octet-stream")


@require_safe
def text_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as a Word file in which changes are tracked; `?with=answers` shows what was published on it."""
    viewer = viewer_of(request)
    found = queries.consultation_for(viewer, slug)
    rendition = text_of(request, found)
    if rendition is None:
        raise Http404
    said = list(_published(found).filter(rendition=rendition)) if request.GET.get("with") == "answers" else []
    data = draft_docx(consultation=found, rendition=rendition, said=said,
                      paragraphs=paragraphs_of(rendition.version, rendition.language))
    return HttpResponse(data, content_type=_DOCX, headers={
        "Content-Disposition": f'attachment; filename="{slug}-{rendition.language}.docx"'})


@require_safe
def annotation_file(request: HttpRequest, slug: str) -> HttpResponse:
    """What was published on paragraphs, as W3C Web Annotations."""
    found = queries.consultation_for(viewer_of(request), slug)
    told = collection(found, list(_published(found)))
    return HttpResponse(json.dumps(told, ensure_ascii=False, indent=1),
                        content_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"')


def _published(found: Consultation) -> Any:
    return (Contribution.objects.filter(consultation=found, state=ContributionState.PUBLISHED, passage__isnull=False)
            .select_related("city", "passage", "rendition").order_by("passage__order", "pk"))


def _intakes(viewer: Viewer, found: Consultation) -> Any:
    # What a city's people brought is for them alone; what officers brought is for the organisation's officers.
    mine = Intake.objects.filter(consultation=found, city_id__in=list(viewer.cities))
    if may_prepare(viewer, found.organisation_id):
        mine = mine | Intake.objects.filter(consultation=found, city=None)
    return mine.select_related("city", "brought_by", "consultation")


def _places(found: Consultation) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [("", _("nothing found: choose"))]
    choices += [(f"q:{row.public_id}", _("Question %(n)d: %(text)s") % {
        "n": row.order, "text": Truncator(row.text).chars(60)}) for row in found.questions.all()]
    if found.version is not None:
        rows = (Paragraph.objects.filter(rendition=original_rendition(found.version)).exclude(kind="heading")
                .order_by("order").values_list("passage__path", "number", "text"))
        choices += [(f"p:{path}", f"{number or path}: {Truncator(text).chars(60)}") for path, number, text in rows]
    return choices


def _row(form: ItemForm) -> dict[str, Any]:
    item: IntakeItem = form.item
    read = item.read_text
    return {"item": item, "form": form, "marks": queries.redline_of(Contribution(
        act=item.act, wording=item.wording, read_text=read)) if read and item.wording else ()}


def _told(brought: Intake, n: int) -> Any:
    if brought.city is not None:
        return ngettext("%(n)d proposal is on the desk of your city.", "%(n)d proposals are on the desk of your city.",
                        n) % {"n": n}
    return ngettext("%(n)d answer waits for a moderator. Its sender is asked to confirm.",
                    "%(n)d answers wait for a moderator. Their senders are asked to confirm.", n) % {"n": n}
