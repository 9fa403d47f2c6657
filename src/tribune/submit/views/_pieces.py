"""What the doors of this room share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from tribune.submit import queries
from tribune.submit.actions._held import all_sentences
from tribune.submit.models import Sentence, Submission
from tribune.watch.choices import TextLanguage


def text_language(request: HttpRequest, submission: Submission, sentences: Iterable[Sentence] | None = None) -> str:
    """The text's language: chosen by ?text=, else the interface's if there is a translation, else its own."""
    sentences = all_sentences(submission) if sentences is None else sentences
    wanted = request.GET.get("text") or (get_language() or "en").split("-")[0]
    has = {submission.language, *(key for sentence in sentences for key in sentence.texts)}
    return wanted if wanted in has else submission.language


def languages_of(submission: Submission, sentences: Iterable[Sentence], *, chosen: str) -> list[tuple[str, str, bool]]:
    """Return the languages one may read a submission in, as (label, address, is chosen); none where it has one only."""
    has = {submission.language, *(key for sentence in sentences for key in sentence.texts)}
    return [(label, f"?text={code}", code == chosen) for code, label in TextLanguage.choices
            if code in has] if len(has) > 1 else []


def worded(parts: list[queries.Part], language: str) -> list[dict[str, Any]]:
    """Sections and sentences with their words in a language, as the templates take them."""
    return [{"part": part, "title": part.section.titles.get(language) or part.section.title,
             "rows": [_item(row, language) for row in part.main],
             "minority": [_item(row, language) for row in part.minority]} for part in parts]


def _item(row: queries.Row, language: str) -> dict[str, Any]:
    return {"row": row, "text": queries.words_of(row.sentence, language), "spans": row.spans}


def sentence_of(submission: Submission, public_id: str) -> Sentence:
    """A sentence of a submission, or Http404."""
    return get_object_or_404(Sentence.objects.select_related("section__submission", "ask", "statement"),
                             section__submission=submission, public_id=public_id)


def no_trace(response: HttpResponse) -> HttpResponse:
    """A page behind a secret: the address goes nowhere and nothing is kept."""
    # "no-referrer" would make browsers send the form without an origin.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response
