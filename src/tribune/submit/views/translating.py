"""The submission in another language, sentence beside sentence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of
from tribune.submit import actions, queries
from tribune.submit.choices import SubmissionState
from tribune.submit.rules import MOST_LETTERS
from tribune.watch.choices import TextLanguage

from ._pieces import worded


@require_http_methods(["GET", "POST"])
def translation(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Write every sentence in another language, beside its original and what may be said."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    if language not in TextLanguage.values or language == found.language:
        raise Http404
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: words for name, words in request.POST.items() if isinstance(words, str)}
        try:
            meanwhile = actions.write_in(
                submission=found, language=language, title=typed.get("title", ""), titles=_titles(typed),
                texts=_texts(typed), by=viewer, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if not meanwhile:
                messages.info(request, _("Kept."))
                return redirect("submit:translation", found.slug, language)
            messages.warning(request, ngettext(
                "%(n)d sentence was changed by somebody else meanwhile. Your words for it stand below and are not kept "
                "yet.", "%(n)d sentences were changed by somebody else meanwhile. Your words for them stand below and "
                "are not kept yet.", len(meanwhile)) % {"n": len(meanwhile)})
            found.refresh_from_db()
    parts = worded(queries.table(found, language=language, viewer=viewer), language)
    rows = [item["row"].sentence for part in parts for item in (*part["rows"], *part["minority"])]
    n_done = sum(language in sentence.texts for sentence in rows)
    return render(request, "submit/translation.html", {
        "submission": found, "to": language, "parts": [_with_typed(part, language, typed) for part in parts],
        "title": typed.get("title", found.names.get(language, "")), "n": len(rows), "n_done": n_done,
        "open": found.state != SubmissionState.SENT, "most": MOST_LETTERS,
        "to_label": TextLanguage(language).label, "from_label": TextLanguage(found.language).label,
        "tabs_": [(label, reverse("submit:translation", args=[found.slug, code]), code == language)
                  for code, label in TextLanguage.choices if code != found.language],
        "nav_current": "trace:asks"})


def _titles(typed: dict[str, str]) -> dict[int, str]:
    return {int(order): words for name, words in typed.items()
            if name.startswith("title-") and (order := name.removeprefix("title-")).isdecimal() and len(order) < 6}


def _texts(typed: dict[str, str]) -> dict[str, actions.Written]:
    found = {}
    for name, words in typed.items():
        if name.startswith("text-"):
            public_id = name.removeprefix("text-")
            edition = typed.get(f"edition-{public_id}", "")
            found[public_id] = actions.Written(words, int(edition) if edition.isdecimal() and len(edition) < 9 else 0,
                                               typed.get(f"before-{public_id}", ""))
    return found


def _with_typed(part: dict[str, Any], language: str, typed: dict[str, str]) -> dict[str, Any]:
    section = part["part"].section
    items = []
    for item in (*part["rows"], *part["minority"]):
        sentence = item["row"].sentence
        kept = sentence.texts.get(language, "")
        items.append({**item, "kept": kept, "words": typed.get(f"text-{sentence.public_id}", kept),
                      "more": bool(kept and item["row"].excesses)})
    return {"section": section, "items": items,
            "title": typed.get(f"title-{section.order}", section.titles.get(language, ""))}

