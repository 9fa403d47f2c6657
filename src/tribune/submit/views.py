"""Doors of the submit room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.ids import new_id
from tribune.common.refusals import Refusal
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.limits import knock
from tribune.people.queries import viewer_of
from tribune.synthesise.choices import Stance
from tribune.watch.queries import process_for

from . import actions, document, queries
from .actions._drafting import all_sentences
from .actions._signing import opened
from .choices import SubmissionState
from .forms import CodeForm, HandOverForm, SentenceForm, SignForm, SigningForm, SubmissionForm
from .models import Endorsement, Section, Sentence, Submission
from .refusals import EditedMeanwhile
from .rules import may_contest, may_draft

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _language(request: HttpRequest, submission: Submission) -> str:
    """The text's language: chosen by ?text=, else the interface's if there is a translation, else its own."""
    wanted = request.GET.get("text") or (get_language() or "en").split("-")[0]
    has = {submission.language, *(key for sentence in all_sentences(submission) for key in sentence.texts)}
    return wanted if wanted in has else submission.language


@require_http_methods(["GET", "POST"])
def new_submission(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    if not may_draft(viewer, process.organisation_id):
        raise Http404
    form = SubmissionForm(request.POST or None, process=process)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = slugify(data["name"])[:40] or "submission"
        taken = Submission.objects.filter(slug=wanted).exists()
        consultation = process.consultations.order_by("-made_at").first()
        made = actions.prepare_submission(
            process=process, organisation=process.organisation, slug=f"{wanted}-{new_id()[:4]}" if taken else wanted,
            name=data["name"], call=data["call"], entitled=data["entitled"], language=data["language"],
            consultation=consultation, by=viewer, at=timezone.now())
        return redirect("submit:table", made.slug)
    return render(request, "submit/form.html", {
        "form": form, "process": process, "heading": _("Begin a joint submission"), "button": _("Begin"),
        "next": _("Then sentences are proposed from the asks; you take, rewrite or remove each.")},
        status=422 if form.errors else 200)


@require_safe
def submission(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.submission_for(viewer, slug)
    language = _language(request, found)
    signed = queries.signatures(found)
    parts = queries.table(found, language=language)
    return render(request, "submit/submission.html", {
        "submission": found, "parts": _worded(parts, language), "signed": signed, "text_language": language,
        "opened": request.GET.get("sentence", ""), "may_draft": may_draft(viewer, found.organisation_id),
        "contestable": [row for row in Endorsement.objects.filter(submission=found, contested_at=None)
                        .select_related("city") if may_contest(viewer, row.city_id, state=found.state)],
        "n_sentences": sum(len(part.rows) for part in parts),
        "nav_current": "trace:asks"})


def _worded(parts: list[queries.Part], language: str) -> list[dict[str, Any]]:
    return [{"part": part, "title": part.section.titles.get(language) or part.section.title,
             "rows": [{"row": row, "text": queries.words_of(row.sentence, language), "spans": row.spans}
                      for row in part.rows]} for part in parts]


@require_safe
def submission_docx(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.submission_for(viewer, slug)
    language = _language(request, found)
    # The organisation's own file is the one for the addressee, who may see more signatures than the public.
    for_addressee = may_draft(viewer, found.organisation_id)
    data = document.docx(found, queries.table(found, language=language),
                         queries.signatures(found, for_addressee=for_addressee), language=language)
    return HttpResponse(data, content_type=DOCX, headers={
        "Content-Disposition": f'attachment; filename="{found.slug}-{language}.docx"'})


@require_safe
def drafting_table(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    parts = queries.table(found)
    rows = [row for part in parts for row in part.rows]
    return render(request, "submit/table.html", {
        "submission": found, "parts": _worded(parts, found.language), "n_sentences": len(rows),
        "n_more": sum(bool(row.excesses) for row in rows), "n_lost": sum(bool(row.lost) for row in rows),
        "n_proposed": sum(row.sentence.is_proposal for row in rows), "opened": request.GET.get("sentence", ""),
        "signed": queries.signatures(found), "hand_overs": found.hand_overs.order_by("handed_on"),
        "drafting": found.state == SubmissionState.DRAFTING, "nav_current": "trace:asks"})


@require_POST
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.drafting_for(viewer_of(request), slug)
    n = actions.propose_sentences(submission=found, by=viewer_of(request), at=timezone.now())
    messages.info(request, _("%(n)d sentences are proposed. Take, rewrite or remove each.") % {"n": n} if n
                  else _("Every ask has its sentence already."))
    return redirect("submit:table", found.slug)


@require_http_methods(["GET", "POST"])
def new_sentence(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    section = get_object_or_404(Section.objects.select_related("submission"), submission=found, order=order)
    form = SentenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_sentence(section=section, text=form.cleaned_data["text"], by=viewer, at=timezone.now())
        return redirect("submit:sentence", found.slug, made.public_id)
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "heading": _("A new sentence"), "button": _("Add"),
        "next": _("Then say whose words carry it. Without a source it stays amber.")},
        status=422 if form.errors else 200)


def _sentence(found: Submission, public_id: str) -> Sentence:
    return get_object_or_404(Sentence.objects.select_related("section__submission", "ask"),
                             section__submission=found, public_id=public_id)


@require_http_methods(["GET", "POST"])
def sentence(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change, take or remove a sentence, beside all who said it."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    held = _sentence(found, public_id)
    form = SentenceForm(request.POST or None, initial={"text": held.text, "edition": held.edition})
    theirs = ""
    if request.method == "POST":
        act, now = request.POST.get("act", ""), timezone.now()
        if act == "take":
            actions.take_sentence(sentence=held, by=viewer, at=now)
            return redirect("submit:table", found.slug)
        if act == "remove":
            actions.remove_sentence(sentence=held, by=viewer, at=now)
            messages.info(request, _("The sentence is removed. Its ask and sources stay."))
            return redirect("submit:table", found.slug)
        if form.is_valid():
            try:
                actions.change_sentence(sentence=held, text=form.cleaned_data["text"],
                                        edition=form.cleaned_data["edition"] or 0, by=viewer, at=now)
                return redirect("submit:table", found.slug)
            except EditedMeanwhile as refusal:
                form.add_error("text", str(refusal))
                held.refresh_from_db()
                theirs = held.text
                # The next attempt is made from the words that stand now.
                data = request.POST.copy()
                data["edition"] = str(held.edition)
                form.data = data
    row = next(row for part in queries.table(found) for row in part.rows if row.sentence.pk == held.pk)
    others = (Contribution.objects.filter(consultation__process=found.process, state=ContributionState.PUBLISHED)
              .exclude(sentences__sentence=held).select_related("city", "passage")
              .order_by("passage__order", "pk")[:200])
    return render(request, "submit/sentence.html", {
        "submission": found, "row": row, "form": form, "theirs": theirs, "others": others,
        "drafting": found.state == SubmissionState.DRAFTING}, status=422 if form.errors else 200)


@require_POST
def sources(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    held = _sentence(found, public_id)
    # Published ones, and those the sentence has already: a source that was taken back can still be taken out.
    known = Q(state=ContributionState.PUBLISHED) | Q(sentences__sentence=held)
    contribution = get_object_or_404(Contribution.objects.filter(known, consultation__process=found.process).distinct(),
                                     public_id=request.POST.get("contribution", ""))
    stance, now = request.POST.get("stance", ""), timezone.now()
    if stance in Stance.values:
        actions.add_source(sentence=held, contribution=contribution, stance=stance,
                           quote=request.POST.get("quote", ""), by=viewer, at=now)
    else:
        actions.remove_source(sentence=held, contribution=contribution, by=viewer, at=now)
    return redirect("submit:sentence", found.slug, held.public_id)


@require_http_methods(["GET", "POST"])
def open_signing(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    cities = queries.cities_without_answer(found)
    form = SigningForm(request.POST or None, cities=cities, initial={"cities": [city.pk for city in cities]})
    if request.method == "POST" and form.is_valid():
        try:
            secrets = actions.open_signing(submission=found, cities=form.cleaned_data["cities"],
                                           sign_until=form.cleaned_data["sign_until"], by=viewer, at=timezone.now())
            messages.info(request, _("%(n)d cities are asked. Their delegates have the link.") % {"n": len(secrets)})
            return redirect("submit:table", found.slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "heading": _("Send to cities for signature"), "button": _("Send"),
        "next": _("A link opens the sign-off; a code to the address on file signs it.")},
        status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    form = HandOverForm(request.POST or None, initial={"handed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(submission=found, by=viewer, at=timezone.now(), **form.cleaned_data)
            messages.info(request, _("Kept. When the next version comes, each ask is compared with it."))
            return redirect("submit:table", found.slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "heading": _("Handed over"), "button": _("Keep this"),
        "next": _("Only your organisation sees to whom. The submission itself becomes public.")},
        status=422 if form.errors else 200)


@require_POST
def contest(request: HttpRequest, slug: str, city: int) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.submission_for(viewer, slug)
    endorsement = get_object_or_404(Endorsement.objects.select_related("submission", "city"), submission=found,
                                    city_id=city)
    actions.contest_endorsement(endorsement=endorsement, by=viewer, at=timezone.now())
    messages.info(request, _("The signature of %(city)s no longer counts, until it signs again.")
                  % {"city": endorsement.city})
    return redirect("submit:submission", found.slug)


def _no_trace(response: HttpResponse) -> HttpResponse:
    # Never the address, so never the secret; "no-referrer" would make browsers send the form without an origin.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, secret: str) -> HttpResponse:
    """The sign-off that a link opens; it does not sign."""
    now = timezone.now()
    found, city = opened(secret, at=now)
    sentences = list(all_sentences(found))
    form = SignForm(request.POST or None, sentences=sentences)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_code(secret=secret, answer=form.answer_as_kept(), at=now)
            return _no_trace(redirect("submit:sign_code", secret))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    parts = queries.table(found)
    return _no_trace(render(request, "submit/sign.html", {
        "submission": found, "city": city, "form": form, "parts": _worded(parts, found.language),
        "signed": queries.signatures(found)}, status=422 if form.errors else 200))


@require_http_methods(["GET", "POST"])
def sign_code(request: HttpRequest, secret: str) -> HttpResponse:
    """The fresh code that signs."""
    now = timezone.now()
    found, city = opened(secret, at=now)
    form = CodeForm(request.POST or None)
    endorsement: Endorsement | None = None
    if request.method == "POST" and form.is_valid():
        try:
            knock("sign_try", secret, at=now, most=5, seconds=1800)
            endorsement = actions.sign(secret=secret, code=form.cleaned_data["code"], at=now)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
    return _no_trace(render(request, "submit/sign_code.html", {
        "submission": found, "city": city, "form": form, "endorsement": endorsement, "secret": secret},
        status=422 if form.errors else 200))
