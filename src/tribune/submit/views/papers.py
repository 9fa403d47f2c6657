"""What a delegate carries: the language sheet and letters to States."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import viewer_of
from tribune.submit import exports, letter_text, papers, queries
from tribune.submit.exports._content import locale_of
from tribune.submit.forms import LetterForm
from tribune.submit.models import Submission
from tribune.submit.sheet import asks_in, sheet
from tribune.watch.choices import TextLanguage

MOST_PAGES = 2


def _language(request: HttpRequest, found: Submission) -> str:
    wanted = request.GET.get("text", "")
    return wanted if wanted in TextLanguage.values else found.language


@require_safe
def language_sheet(request: HttpRequest, slug: str, suffix: str = "") -> HttpResponse:
    """The sheet of the asks that were chosen (?ask=…), the first three without a choice."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    every = asks_in(viewer, found)
    chosen = set(request.GET.getlist("ask"))
    asks = [ask for ask in every if ask.public_id in chosen] or every[:3]
    language = _language(request, found)
    built = sheet(viewer, found, asks, language=language)
    name = f"{found.slug}-sheet-{language}"
    pages = 0
    if asks:
        data = papers.sheet_pdf(built)
        pages = papers.n_pages(data)
        if suffix == "pdf" and pages <= MOST_PAGES:
            return _download(data, "application/pdf", f"{name}.pdf")
        if suffix == "docx" and pages <= MOST_PAGES:
            return _download(papers.sheet_docx(built), exports.MEDIA["docx"], f"{name}.docx")
    elif suffix:
        raise Http404
    return render(request, "submit/sheet.html", {
        "submission": found, "sheet": built, "asks": every, "chosen": {ask.public_id for ask in asks},
        "pages": pages, "too_long": pages > MOST_PAGES, "languages_of_text": TextLanguage.choices,
        "text_language": language, "query": request.GET.urlencode()}, status=422 if suffix else 200)


def _download(data: bytes, media: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _filled(request: HttpRequest, found: Submission, state: str, language: str) -> str:
    """The letter to a State: its cities that may be named to the addressee, and what is asked."""
    viewer = viewer_of(request)
    with override(locale_of(language)):
        named = [row for row in queries.signatures(found, for_addressee=True).named if row.city.country == state]
        asks = asks_in(viewer, found)
        values = {
            "state": state, "date": date_format(timezone.localdate(), "DATE_FORMAT"),
            "process": found.process.name_in(language), "organisation": found.organisation.name_in(language),
            "title": found.name_in(language), "n_cities": str(len(named)),
            "cities": "\n".join(f"- {row.city} ({row.get_level_display()})" for row in named) or "- " + _("none yet"),
            "asks": "\n".join(f"- {ask.texts.get(language) or ask.text or ask.name_in(language)}" for ask in asks),
            "address": exports.content(found, language=language, viewer=viewer).address}
    return letter_text.fill(letter_text.template_for(found.organisation, language)[0], values)


@require_safe
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """The States whose cities endorse, each with its letter."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    states: dict[str, list[str]] = {}
    tongues: dict[str, str] = {}
    for row in queries.signatures(found, for_addressee=True).named:
        states.setdefault(row.city.country, []).append(str(row.city))
        spoken = next((one for one in row.city.languages if one in TextLanguage.values), "")
        tongues.setdefault(row.city.country, spoken)
    return render(request, "submit/letters.html", {
        "submission": found, "languages_of_text": TextLanguage.choices,
        "states": [(state, cities, tongues.get(state) or found.language) for state, cities in sorted(states.items())]})


@require_safe
def letter(request: HttpRequest, slug: str, suffix: str = "") -> HttpResponse:
    """One State's letter, to read or as a file."""
    found = queries.drafting_for(viewer_of(request), slug)
    state, language = request.GET.get("state", "").strip()[:100], _language(request, found)
    if not state:
        raise Http404
    try:
        body = _filled(request, found, state, language)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("submit:letter_template", found.slug, language)
    about = {"title": f"{found.name_in(language)}: {state}", "organisation": found.organisation.name_in(language),
             "language": language, "address": exports.content(found, language=language).address}
    name = f"{found.slug}-letter-{language}"
    if suffix == "pdf":
        return _download(papers.letter_pdf(body, **about), "application/pdf", f"{name}.pdf")
    if suffix == "docx":
        return _download(papers.letter_docx(body, **about), exports.MEDIA["docx"], f"{name}.docx")
    return render(request, "submit/letter.html", {"submission": found, "body": body, "state": state,
                                                  "text_language": language, "query": request.GET.urlencode()})


@require_http_methods(["GET", "POST"])
def letter_template(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The organisation's own words for letters in one language."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    if language not in TextLanguage.values:
        raise Http404
    body, edition = letter_text.template_for(found.organisation, language)
    form = LetterForm(request.POST or None, initial={"body": body, "edition": edition})
    if request.method == "POST" and form.is_valid():
        try:
            letter_text.keep_template(organisation=found.organisation, language=language, by=viewer,
                                      body=form.cleaned_data["body"], edition=form.cleaned_data["edition"] or 0,
                                      at=timezone.now())
            return redirect("submit:letters", found.slug)
        except Refusal as refusal:
            form.add_error("body", str(refusal))
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "heading": _("The letter of %(organisation)s") % {
            "organisation": found.organisation}, "button": _("Keep these words"),
        "next": _("Fields in braces are filled in: %(fields)s.") % {
            "fields": ", ".join(f"{{{one}}}" for one in letter_text.FIELDS)}}, status=422 if form.errors else 200)
