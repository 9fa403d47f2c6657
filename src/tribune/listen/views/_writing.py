"""Writing on one paragraph, and taking back what was written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tribune.common.refusals import Refusal
from tribune.engine.align import redline
from tribune.people.limits import knock
from tribune.people.queries import cities_of, viewer_of
from tribune.people.rules import Viewer
from tribune.watch.models import Paragraph
from tribune.watch.queries import successors_of

from .. import actions, queries, when
from ..choices import Act, ContributionState
from ..forms import MYSELF, WriteForm
from ..models import Consultation, Contribution
from ..refusals import Incomplete
from ..rules import MOST_WHY, is_open, may_withdraw, most_wording, permits_for
from ._reading import A_PAGE, AT_PARAGRAPH, frame_of, spans_of, text_of

__all__ = ["answer_of", "number_of", "take_back", "write"]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, path: str) -> HttpResponse:
    """One paragraph of a consultation: what others said, and a form to say something."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    paragraph = _paragraph(request, found, path)
    phases = found.phases.all()
    permits = permits_for(viewer, phases, audience=found.audience, at=now) if is_open(found, now) else frozenset()
    form = WriteForm(request.POST or None, permits=permits, viewer=viewer, cities=cities_of(viewer),
                     initial=_initial(request, paragraph, viewer)) if permits else None
    marks: tuple[tuple[str, str], ...] = ()
    if form is not None and request.method == "POST":
        if "show" in request.POST:
            # Drawn by the server, so that it works without script; nothing is kept yet.
            marks = _marks(request, paragraph)
            form = WriteForm(None, permits=permits, viewer=viewer, cities=cities_of(viewer),
                             initial=request.POST.dict())
        elif (answer := _send(request, found, paragraph, form, viewer)) is not None:
            return answer
    return _page(request, found, paragraph, form, marks, viewer)


@require_POST
def take_back(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take back what one wrote, or what one's city sent."""
    viewer = viewer_of(request)
    found = queries.consultation_for(viewer, slug)
    contribution = get_object_or_404(queries.contributions_for(viewer, found), public_id=public_id)
    actions.withdraw_contribution(contribution=contribution, by=viewer, at=timezone.now())
    passage = contribution.passage
    if contribution.city is not None and contribution.city_id in viewer.cities:
        messages.info(request, _("Taken back. Your city still has the words; nobody else does."))
        return redirect("listen:city_desk", contribution.city.slug)
    where = passage.path if passage else ""
    messages.info(request, _("Taken back. Your words are erased."), extra_tags=AT_PARAGRAPH + where if where else "")
    return redirect(reverse("listen:consultation", args=[slug]) + (f"#p{where}" if where else ""))


def answer_of(contribution: Contribution, viewer: Viewer, current: Paragraph | None = None) -> dict[str, Any]:
    """Return what a page shows of one contribution: its marks, whether the text changed since, what may be done."""
    stale = current is not None and contribution.text_sha256 not in ("", current.sha256)
    cosigners = [row for row in contribution.cosigners.all() if row.state == ContributionState.PUBLISHED] \
        if "cosigners" in getattr(contribution, "_prefetched_objects_cache", {}) else []
    return {"it": contribution, "cosigners": cosigners,
            "marks": queries.redline_of(contribution, current.text if current else ""),
            "stale": stale, "has_marks": contribution.act in (Act.ADD, Act.CHANGE, Act.DELETE),
            "mine": may_withdraw(viewer, author_id=contribution.author_id, city_id=contribution.city_id,
                                 state=contribution.state)}


def _paragraph(request: HttpRequest, found: Consultation, path: str) -> Paragraph:
    rendition = text_of(request, found)
    paragraph = Paragraph.objects.filter(rendition=rendition, passage__path=path).select_related(
        "passage", "rendition").first() if rendition else None
    if paragraph is None:
        raise Http404
    return paragraph


def _initial(request: HttpRequest, paragraph: Paragraph, viewer: Viewer) -> dict[str, Any]:
    act = request.GET.get("act", "")
    chosen = act if act in Act.values else (Act.CHANGE.value if viewer.is_signed_in else Act.COMMENT.value)
    return {"act": chosen, "wording": paragraph.text, "city": str(next(iter(sorted(viewer.cities)), MYSELF))}


def _marks(request: HttpRequest, paragraph: Paragraph) -> tuple[tuple[str, str], ...]:
    untouched = " ".join(request.POST.get("wording", "").split()) in ("", " ".join(paragraph.text.split()))
    if request.POST.get("act") == Act.DELETE and untouched:
        return (("-", paragraph.text),)
    if request.POST.get("act") == Act.KEEP:
        return (("=", paragraph.text),)
    typed = request.POST.get("wording", "").replace("\r\n", "\n").strip()[:most_wording(paragraph.text)]
    return redline(paragraph.text, typed)


def _send(request: HttpRequest, found: Consultation, paragraph: Paragraph, form: WriteForm,
          viewer: Viewer) -> HttpResponse | None:
    now = timezone.now()
    if not form.is_valid():
        return None
    try:
        if not viewer.is_signed_in:
            knock("contribute", request.META.get("REMOTE_ADDR", ""), at=now, most=60, seconds=600)
        made, receipt = actions.contribute(
            consultation=found, passage=paragraph.passage, rendition=paragraph.rendition, by=viewer, at=now,
            **form.given())
    except Incomplete as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    back = reverse("listen:consultation", args=[found.slug]) + f"#p{paragraph.passage.path}"
    if receipt:
        return render(request, "listen/sent.html", {
            **frame_of(request, found), "receipt": receipt, "back": back, "number": number_of(paragraph),
            "read_by": when.read_by(found, now), "steps": when.next_steps(found, now, for_city=False)})
    if made.city is not None:
        told = _("Your words are with %(city)s. A delegate decides what the city sends.") % {"city": made.city}
    else:
        told = _("Your words have arrived. A person reads them by %(day)s.") % {"day": when.read_by(found, now)}
    messages.info(request, told, extra_tags=AT_PARAGRAPH + paragraph.passage.path)
    return redirect(back)


def _page(request: HttpRequest, found: Consultation, paragraph: Paragraph, form: WriteForm | None,
          marks: tuple[tuple[str, str], ...], viewer: Viewer) -> HttpResponse:
    # Who asks the same in the same words stands below the first who did.
    said = (queries.contributions_for(viewer, found).filter(passage=paragraph.passage)
            .exclude(same_as__state=ContributionState.PUBLISHED, state=ContributionState.PUBLISHED)
            .prefetch_related("cosigners__city"))
    page = Paginator(said, A_PAGE).get_page(request.GET.get("page"))
    refused = form is not None and bool(form.is_bound and form.errors)
    return render(request, "listen/write.html", {
        **frame_of(request, found), "paragraph": paragraph, "number": number_of(paragraph), "form": form,
        "spans": spans_of(paragraph), "marks": marks, "most_wording": most_wording(paragraph.text),
        "most_why": MOST_WHY, "page": page,
        "answers": [answer_of(row, viewer, paragraph) for row in page.object_list],
        "successors": successors_of(paragraph.passage, viewer),
        "for_city": bool(viewer.cities), "read_by": when.read_by(found, timezone.now()),
        "steps": when.next_steps(found, timezone.now(), for_city=bool(viewer.cities)) if form else ()},
        status=422 if refused else 200)


def number_of(paragraph: Paragraph) -> str:
    """Return what people call a paragraph: its number, or its place in the text."""
    return paragraph.number or paragraph.passage.path

