"""Reading: the list, one consultation, its results, its QR code."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from tribune.people.queries import viewer_of
from tribune.watch.choices import TextLanguage
from tribune.watch.models import Paragraph, Rendition
from tribune.watch.queries import languages_of, paragraphs_of, rendition_for

from .. import counts, queries, when
from ..choices import ConsultationState, DataState, StatementState
from ..formats import AMEND, ANSWER, COMMENT, PRIORITISE, PROPOSE_STATEMENT, REVIEW, VOTE
from ..models import Consultation, Statement
from ..rules import is_open, may_moderate, may_prepare, permits_for

__all__ = ["consultation", "consultations", "qr", "results"]
A_PAGE = queries.A_PAGE
# Tag of a message that is told at its paragraph.
AT_PARAGRAPH = "at:"


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """All consultations the viewer may see; the heading says how many are open."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultations_for(viewer)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    spoken = queries.n_spoken(page.object_list)
    return render(request, "listen/consultations.html", {
        "page": page, "n_open": queries.n_open(found, now), "may_prepare": bool(viewer.officer_of),
        "rows": [{"it": row, "open": is_open(row, now), "closing": when.closing(row, request),
                  "n_spoken": spoken.get(row.pk, 0)} for row in page.object_list]})


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """One consultation: who asks, until when, the text paragraph by paragraph, the way to vote."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.consultation_for(viewer, slug)
    rendition = text_of(request, found)
    spoken = queries.spoken_on(found)
    phases = list(found.phases.all())
    permits = permits_for(viewer, phases, audience=found.audience, at=now) if is_open(found, now) else frozenset()
    asked = {verb for phase in phases for verb in phase.permits}
    said, notices = _announcements(request)
    paragraphs = paragraphs_of(rendition.version, rendition.language) if rendition else []
    rows = [{"paragraph": paragraph, "path": paragraph.passage.path, "n": spoken.get(paragraph.passage_id, 0),
             "spans": spans_of(paragraph), "said": said.get(paragraph.passage.path)}
            for paragraph in paragraphs]
    return render(request, "listen/consultation.html", {
        **frame_of(request, found), "rendition": rendition, "rows": rows,
        "languages_of_text": [(code, TextLanguage(code).label) for code in languages_of(rendition.version)]
        if rendition else (), "n_answers": sum(spoken.values()),
        "n_paragraphs": sum(1 for row in rows if row["n"]), "may_comment": COMMENT in permits,
        "may_amend": AMEND in permits and viewer.is_signed_in, "notices": notices,
        "asks_statements": bool(asked & {VOTE, PROPOSE_STATEMENT}), "asks_questions": ANSWER in asked,
        "asks_points": PRIORITISE in asked, "asks_review": REVIEW in asked and bool(found.summary),
        "may_answer": ANSWER in permits, "may_prioritise": PRIORITISE in permits,
        "writes_for_city": bool(viewer.cities), "phases": when.phases(found, phases, now),
        "n_statements": Statement.objects.filter(consultation=found, state=StatementState.PUBLISHED).count(),
        "may_vote": VOTE in permits, "may_manage": may_prepare(viewer, found.organisation_id),
        "may_moderate": may_moderate(viewer, found.organisation_id),
        "steps": when.next_steps(found, now, for_city=bool(viewer.cities)) if permits else ()})


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What may be shown of the votes, as a table."""
    found = queries.consultation_for(viewer_of(request), slug)
    closed = found.state == ConsultationState.CLOSED
    shown = counts.shown(queries.tallies(found), queries.n_voices(found), closed=closed)
    page = Paginator(shown.rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "listen/results.html", {
        **frame_of(request, found), "voices": shown.voices, "page": page, "n_statements": len(shown.rows),
        "rounded": not shown.voices.exact, "closed": closed,
        "brought": found.data_imports.filter(state=DataState.DONE).order_by("pk"),
        "rows": [(row, words_of(row.statement)) for row in page.object_list]})


@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of a consultation as a picture; without a language, so that the phone's own is taken."""
    found = queries.consultation_for(viewer_of(request), slug)
    with translation.override(settings.LANGUAGE_CODE):
        prefix = f"/{settings.LANGUAGE_CODE}"
        address = settings.BASE_URL + reverse("listen:consultation", args=[found.slug]).removeprefix(prefix)
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=6, border=2, svgclass=None, lineclass=None,
                                        title=address, xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def frame_of(request: HttpRequest, found: Consultation) -> dict[str, Any]:
    """Return what every page of a consultation shows of it."""
    language = translation.get_language() or "en"
    return {
        "consultation": found, "open": is_open(found, timezone.now()), "closing": when.closing(found, request),
        "introduction": found.introductions.get(language.split("-")[0]) or found.introduction,
        "about_data": _about_data(found)}


def text_of(request: HttpRequest, found: Consultation) -> Rendition | None:
    """Return the text in the language of `?text=`, else of the interface, else the original."""
    if found.version is None:
        return None
    return rendition_for(found.version, request.GET.get("text", ""), interface=translation.get_language() or "en")


def spans_of(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return where a paragraph names local or regional governments."""
    return [(mention["start"], mention["end"]) for mention in paragraph.mentions if mention.get("tier") == "explicit"]


def words_of(statement: Statement) -> dict[str, str]:
    """Return a statement in the reader's language where somebody translated it: its words, and their language."""
    language = (translation.get_language() or "en").split("-")[0]
    if language != statement.language and statement.translations.get(language):
        return {"text": statement.translations[language], "language": language, "original": statement.text}
    return {"text": statement.text, "language": statement.language, "original": ""}


def _about_data(found: Consultation) -> list[tuple[str, str]]:
    labels = {field.name: str(field.verbose_name) for field in Consultation._meta.fields}
    named = ("controller", "legal_basis", "recipients", "contact")
    # An officer's words run in their own direction, whatever the interface.
    return [(capfirst(labels[name]), format_html('<span dir="auto">{}</span>', getattr(found, name)))
            for name in named if getattr(found, name)]


def _announcements(request: HttpRequest) -> tuple[dict[str, Any], list[Any]]:
    # What was just done with a paragraph is told at that paragraph, where the focus returns.
    said, notices = {}, []
    for message in messages.get_messages(request):
        if (message.extra_tags or "").startswith(AT_PARAGRAPH):
            said[message.extra_tags.removeprefix(AT_PARAGRAPH)] = message
        else:
            notices.append(message)
    return said, notices
