"""The submission as everybody reads it, and its files."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tribune.people.queries import viewer_of
from tribune.people.rules import Viewer
from tribune.submit import exports, queries
from tribune.submit.actions._held import all_sentences
from tribune.submit.choices import SubmissionState
from tribune.submit.models import Endorsement, Submission
from tribune.submit.rules import may_contest, may_draft, wording_of
from tribune.watch.choices import TextLanguage

from ._pieces import languages_of, text_language, worded


@require_safe
def submission(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.submission_for(viewer, slug)
    sentences = list(all_sentences(found).select_related("ask", "statement"))
    language = text_language(request, found, sentences)
    drafts = may_draft(viewer, found.organisation_id)
    # What only a rule proposed is seen at the drafting table alone.
    parts = queries.table(found, language=language, viewer=viewer, taken_only=True, sentences=sentences)
    signed = queries.signatures(found, wording=wording_of(one.text for one in sentences))
    mine = list(Endorsement.objects.filter(submission=found, city_id__in=list(viewer.cities)).select_related("city"))
    return render(request, "submit/submission.html", {
        "submission": found, "parts": worded(parts, language), "signed": signed,
        "text_language": language, "opened": request.GET.get("sentence", ""), "may_draft": drafts,
        "contestable": [row for row in mine if row.contested_at is None
                        and may_contest(viewer, row.city_id, state=found.state)],
        "copies": found.copies.order_by("language"), "changed": queries.change_of_mind(found),
        "original": TextLanguage(found.language).label,
        "read_in": languages_of(found, sentences, chosen=language),
        "n_sentences": sum(len(part.rows) for part in parts), "files": exports.FORMATS,
        "nav_current": "trace:asks"})


def _content(request: HttpRequest, viewer: Viewer, found: Submission) -> exports.Content:
    # The organisation's own file is the one for the addressee, who may see more signatures than the public.
    for_addressee = may_draft(viewer, found.organisation_id) and request.GET.get("for") != "public"
    return exports.content(found, language=text_language(request, found), for_addressee=for_addressee)


def _file(suffix: str) -> Callable[..., HttpResponse]:
    @require_safe
    def door(request: HttpRequest, slug: str) -> HttpResponse:
        viewer = viewer_of(request)
        found = queries.submission_for(viewer, slug)
        # A draft leaves the house only in the hands of those who write it.
        if found.state == SubmissionState.DRAFTING and not may_draft(viewer, found.organisation_id):
            raise Http404
        content = _content(request, viewer, found)
        data = exports.render(content, suffix)
        return HttpResponse(data, content_type=exports.MEDIA[suffix], headers={
            "Content-Disposition": f'{"inline" if suffix == "json" else "attachment"}; '
                                   f'filename="{found.slug}-{content.language}.{suffix}"'})
    return door


docx, pdf, xml, csv, xlsx = (_file(suffix) for suffix in ("docx", "pdf", "akn.xml", "csv", "xlsx"))


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.submission_for(viewer, slug)
    content = exports.content(found, language=text_language(request, found), for_addressee=False)
    return HttpResponse(exports.render(content, "json"), content_type="application/json")


__all__ = ["as_json", "csv", "docx", "pdf", "submission", "xlsx", "xml"]
