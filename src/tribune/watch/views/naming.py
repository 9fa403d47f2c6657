"""Cities in one text: a page that can be shared, as picture, PDF and frame; and reports of what was missed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.middleware import CONTENT_SECURITY_POLICY
from tribune.engine.mentions import TERMS_VERSION, n_terms
from tribune.people.limits import knock
from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer

from .. import actions, naming_page, queries
from ..layout import Counts
from ..models import MentionReport, Rendition, Version
from ..naming import class_words, naming_of
from ..refusals import WordsNotThere
from ..report_forms import ReportForm
from ..reported import ReportState
from ..rules import may_run_process
from ..strips import draw
from .front import address_of
from .texts import answered

# Texts of the library beside this one.
_OTHERS = 12
_REPORTS_AN_HOUR = 20


def _read(viewer: Viewer, process: str, draft: str, version: str, language: str) -> tuple[Version, Rendition,
                                                                                         dict[str, Any]]:
    """The version, its text, and all that page, paper and picture say about it."""
    found, row = queries.version_in_row(viewer, process, draft, version)
    rendition, _missing = queries.rendition_or_other(found, language, interface=get_language() or "en")
    lines = queries.lines_of(rendition)
    facts = naming_of(lines, rendition.language)
    alignment = queries.alignments_to(viewer, [found]).get(found.pk)
    before = next((one for one in row if alignment and one.pk == alignment.old_id), None)
    others = [(one, queries.rendition_for(one, interface=rendition.language))
              for one in queries.latest_versions(viewer).exclude(draft=found.draft_id)[:_OTHERS]]
    others.sort(key=lambda pair: (-pair[1].n_naming / max(pair[1].n_paragraphs, 1), pair[0].pk))
    return found, rendition, {
        "version": found, "rendition": rendition, "lines": lines, "naming": facts,
        "found": Counts(rendition.n_paragraphs, rendition.n_naming, rendition.n_maybe),
        "n_hits": {tier: len(hits) for tier, hits in facts.hits.items()},
        "verbs": [(class_words(name), n, verbs) for name, n, verbs in facts.verbs],
        "alignment": alignment, "before": before,
        "before_text": queries.rendition_for(before, interface=rendition.language) if before else None,
        "others": others, "n_silent": sum(not text.n_naming for _one, text in others),
        "n_terms": n_terms(rendition.language), "terms_version": TERMS_VERSION,
        "notes": list(MentionReport.objects.filter(paragraph__rendition=rendition, decided_at__isnull=False)
                      .select_related("paragraph__passage"))}


def _is_public(version: Version) -> bool:
    return queries.visible_versions(Viewer()).filter(pk=version.pk).exists()


@require_safe
def cities(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """The page: how often, where, in which verbs, beside the version before and other texts; every hit listed."""
    viewer = viewer_of(request)
    found, rendition, facts = _read(viewer, process, draft, version, request.GET.get("text", ""))
    return _page(request, viewer, found, rendition, facts, ReportForm())


def _page(request: HttpRequest, viewer: Viewer, found: Version, rendition: Rendition, facts: dict[str, Any],
          form: ReportForm, status: int = 200) -> HttpResponse:
    page = address_of(found)
    may_run = may_run_process(viewer, found.draft.process.organisation_id)
    answer = answered(request, "watch/cities.html", {
        **facts, "page": page, "form": form, "may_run": may_run, "is_public": _is_public(found),
        "strip": draw(facts["lines"], lambda path: f"{page}#p{path}", height=58),
        "waiting": list(MentionReport.objects.filter(paragraph__rendition=rendition, state=ReportState.OPEN)
                        .select_related("paragraph__passage")) if may_run else [],
        "share": f"{settings.BASE_URL}{reverse('naming_embed', args=_slugs(found))}",
        "sent": request.GET.get("reported", "")}, found)
    answer.status_code = status
    return answer


def _slugs(version: Version) -> list[str]:
    return [version.draft.process.slug, version.draft.slug, version.slug]


def _file(request: HttpRequest, slugs: tuple[str, str, str], format: str) -> HttpResponse:
    viewer = viewer_of(request)
    found, _rendition, facts = _read(viewer, *slugs, request.GET.get("text", ""))
    answer = HttpResponse(naming_page.drawn(facts, format=format),
                          content_type="application/pdf" if format == "pdf" else "image/png")
    answer["Content-Disposition"] = f'inline; filename="{found.draft.slug}-{found.slug}-cities.{format}"'
    if not _is_public(found):
        patch_cache_control(answer, private=True, no_store=True)
    return answer


@require_safe
def cities_pdf(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    return _file(request, (process, draft, version), "pdf")


@require_safe
def cities_png(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    return _file(request, (process, draft, version), "png")


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """The picture of a public text for a frame on any site, as everybody may see it; `?language=fr` chooses."""
    wanted = request.GET.get("language", "")
    known = [code for code, _name in settings.LANGUAGES]
    language = next((code for code in known if wanted and code.split("-")[0] == wanted.split("-")[0]), None)
    with translation.override(language or get_language() or "en"):
        found, _rendition, facts = _read(Viewer(), process, draft, version, request.GET.get("text", ""))
        address = f"{settings.BASE_URL}{reverse('watch:cities', args=_slugs(found))}"
        response = render(request, "watch/cities_embed.html", {
            **facts, "address": address, "language": get_language(),
            "direction": "rtl" if get_language_bidi() else "ltr",
            "strip": draw(facts["lines"], lambda path: "", height=58)})
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'",
                                                                          "frame-ancestors *")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_http_methods(["POST"])
def report(request: HttpRequest, process: str, draft: str, version: str) -> HttpResponse:
    """A reader says which words were missed; they reach the officers of the process."""
    viewer, at = viewer_of(request), timezone.now()
    found, rendition, facts = _read(viewer, process, draft, version, request.GET.get("text", ""))
    form = ReportForm(request.POST)
    if form.is_valid():
        knock("report", request.META.get("REMOTE_ADDR", ""), at=at, most=_REPORTS_AN_HOUR, seconds=3600)
        where = form.cleaned_data["place"].strip().strip(".")
        paragraph = next((one for one in rendition.paragraphs.select_related("passage").order_by("order")
                          if where in (one.number, one.passage.path)), None)
        if paragraph is None:
            form.add_error("place", naming_page.no_such_place(where))
        else:
            try:
                made = actions.report_mention(paragraph=paragraph, words=form.cleaned_data["words"], at=at,
                                              note=form.cleaned_data["note"])
                return redirect(f"{reverse('watch:cities', args=_slugs(found))}?text={rendition.language}"
                                f"&reported={made.public_id}#report")
            except WordsNotThere as refusal:
                form.add_error("words", str(refusal.words))
    return _page(request, viewer, found, rendition, facts, form, 422)


@require_POST
def decide(request: HttpRequest, process: str, draft: str, version: str, public_id: str) -> HttpResponse:
    """An officer counts what was reported, or says why not."""
    viewer = viewer_of(request)
    found = queries.own_version_for(viewer, process, draft, version)
    reported = get_object_or_404(MentionReport, public_id=public_id, paragraph__rendition__version=found)
    if request.POST.get("decision") not in ("taken", "declined"):
        raise Http404
    actions.decide_report(report=reported, taken=request.POST["decision"] == "taken", by=viewer, at=timezone.now(),
                          reason=request.POST.get("reason", "")[:500])
    return redirect(reverse("watch:cities", args=_slugs(found)) + "#notes")
