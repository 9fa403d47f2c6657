"""The drafting table: what was heard beside what is written."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.ids import new_id
from tribune.common.machine import model
from tribune.common.refusals import Refusal
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.queries import viewer_of
from tribune.submit import actions, model_drafts, presence, queries
from tribune.submit.choices import SubmissionState
from tribune.submit.forms import SentenceForm, SubmissionForm
from tribune.submit.models import Revision, Section, Submission
from tribune.submit.refusals import EditedMeanwhile
from tribune.submit.rules import MOST_LETTERS, may_draft
from tribune.submit.shelf import shelf
from tribune.synthesise.choices import Stance
from tribune.synthesise.models import Ask
from tribune.synthesise.theme_queries import themes_for
from tribune.watch.queries import process_for, visible_versions

from ._pieces import sentence_of, worded

# Contributions offered below a sentence; a search narrows them.
OFFERED = 60


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
def drafting_table(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    parts = queries.table(found, viewer=viewer)
    rows = [row for part in parts for row in part.rows]
    drafting = found.state == SubmissionState.DRAFTING
    return render(request, "submit/table.html", {
        "submission": found, "parts": worded(parts, found.language), "n_sentences": len(rows),
        "n_more": sum(bool(row.excesses) for row in rows), "n_lost": sum(bool(row.lost) for row in rows),
        "n_borne": sum(not row.excesses for row in rows),
        "n_proposed": sum(row.sentence.is_proposal for row in rows), "opened": request.GET.get("sentence", ""),
        "signed": queries.signatures(found), "hand_overs": found.hand_overs.order_by("handed_on", "pk"),
        "shelf": shelf(viewer, found) if drafting else None, "done": queries.history_of(found, most=5),
        "revision": presence.last_revision(found), "text_language": found.language,
        "drafting": drafting, "nav_current": "trace:asks", "model": model() if drafting else None,
        "other_language": "en" if found.language != "en" else "fr"})


@require_safe
def here(request: HttpRequest, slug: str) -> HttpResponse:
    """Who else is at the table, and how much they did since the page was read; asked for every few seconds."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.drafting_for(viewer, slug)
    presence.note_presence(submission=found, by=viewer, at=now, sentence=request.GET.get("sentence", "")[:10])
    since = request.GET.get("since", "")
    text = render_to_string("submit/_here.html", {
        "people": presence.who_is_here(found, at=now, besides=viewer),
        "n_done": presence.n_done_since(found, int(since), besides=viewer) if since.isdecimal() else 0})
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(text, headers={"ETag": tag, "Cache-Control": "private, no-cache"})


@require_POST
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    ask = None
    if request.POST.get("ask"):
        ask = get_object_or_404(Ask, process_id=found.process_id, organisation_id=found.organisation_id,
                                public_id=request.POST["ask"])
    order = request.POST.get("section", "")
    section = found.sections.filter(order=int(order)).first() if order.isdecimal() else None
    n = actions.propose_sentences(submission=found, by=viewer, at=timezone.now(), ask=ask, section=section)
    messages.info(request, _("%(n)d sentences are proposed. Take, rewrite or remove each.") % {"n": n} if n
                  else _("Every ask has its sentence already."))
    return redirect("submit:table", found.slug)


@require_POST
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the language model, where one is switched on, for a sentence on one ask."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    ask = get_object_or_404(Ask, process_id=found.process_id, organisation_id=found.organisation_id,
                            public_id=request.POST.get("ask", ""))
    order = request.POST.get("section", "")
    section = (found.sections.filter(order=int(order)).first() if order.isdecimal() else None) or found.sections.last()
    if section is None:
        raise Http404
    try:
        model_drafts.ask_for_draft(submission=found, section=section, ask=ask, by=viewer, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, _("A sentence is asked for. It comes as a proposal, checked against its sources."))
    return redirect("submit:table", found.slug)


@require_http_methods(["GET", "POST"])
def new_sentence(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    section = get_object_or_404(Section.objects.select_related("submission"), submission=found, order=order)
    form = SentenceForm(request.POST or None)
    theme = next((one for one in themes_for(viewer, found.process) if one.id == request.GET["theme"]),
                 None) if request.GET.get("theme") else None
    if request.method == "POST" and form.is_valid():
        made = actions.add_sentence(
            section=section, text=form.cleaned_data["text"], by=viewer, at=timezone.now(),
            is_minority=bool(request.GET.get("minority")),
            carried_by=[(row, _words_of(row, theme.passages)) for row in theme.members] if theme else ())
        return redirect("submit:sentence", found.slug, made.public_id)
    return render(request, "submit/form.html", {
        "form": form, "process": found.process, "button": _("Add"), "theme": theme,
        "heading": _("A sentence on “%(theme)s”") % {"theme": theme.label} if theme else _("A new sentence"),
        "next": _("The answers of this theme carry it, word for word; take out whoever does not say so.") if theme
                else _("Then say whose words carry it. Without a source it stays amber.")},
        status=422 if form.errors else 200)


def _words_of(row: Contribution, passages: dict[str, str]) -> str:
    """The words that carry; all of them where the passage stands otherwise in what was typed (composed letters)."""
    words = passages.get(row.public_id, "")
    return words if words in (row.why or row.wording) else ""


@require_http_methods(["GET", "POST"])
def sentence(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change, take, move or remove a sentence, beside all who said it."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    held = sentence_of(found, public_id)
    form = SentenceForm(request.POST or None, initial={"text": held.text, "edition": held.edition})
    theirs = ""
    if request.method == "POST":
        act, now = request.POST.get("act", ""), timezone.now()
        if act == "take":
            actions.take_sentence(sentence=held, by=viewer, at=now)
            return redirect("submit:table", found.slug)
        if act == "remove":
            actions.remove_sentence(sentence=held, by=viewer, at=now)
            messages.info(request, _("The sentence is removed. Its ask and sources stay; undo brings it back."))
            return redirect("submit:table", found.slug)
        if act in ("up", "down"):
            actions.move_sentence(sentence=held, step=-1 if act == "up" else 1, by=viewer, at=now)
            return redirect("submit:table", found.slug)
        if act in ("minority", "common"):
            actions.move_sentence(sentence=held, is_minority=act == "minority", by=viewer, at=now)
            return redirect("submit:table", found.slug)
        if act == "section":
            order = request.POST.get("section", "")
            target = found.sections.filter(order=int(order)).first() if order.isdecimal() else None
            if target is not None:
                actions.move_sentence(sentence=held, section=target, by=viewer, at=now)
            return redirect("submit:table", found.slug)
        if form.is_valid():
            read = form.cleaned_data["edition"] or 0
            try:
                kept = actions.change_sentence(sentence=held, text=form.cleaned_data["text"], edition=read, by=viewer,
                                               at=now)
                if kept.edition > read + 1:
                    messages.warning(request, _("Somebody changed other words of this sentence meanwhile. Both changes "
                                                "are kept; read it once: %(words)s") % {"words": kept.text})
                return redirect("submit:table", found.slug)
            except EditedMeanwhile as refusal:
                form.add_error("text", str(refusal))
                held.refresh_from_db()
                theirs = held.text
                # The next attempt is made from the words that stand now.
                data = request.POST.copy()
                data["edition"] = str(held.edition)
                form.data = data
            except Refusal as refusal:
                form.add_error("text", str(refusal))
    row = next(row for part in queries.table(found, viewer=viewer) for row in part.rows if row.sentence.pk == held.pk)
    wanted = request.GET.get("q", "").strip()
    readable = visible_versions(viewer)
    others = (Contribution.objects.filter(consultation__process=found.process, state=ContributionState.PUBLISHED)
              .filter(Q(passage__isnull=True) | Q(passage__version__in=readable),
                      Q(consultation__version__isnull=True) | Q(consultation__version__in=readable))
              .exclude(sentences__sentence=held).select_related("city", "passage", "consultation")
              .order_by("passage__order", "pk"))
    if wanted:
        others = others.filter(Q(why__icontains=wanted) | Q(wording__icontains=wanted)
                               | Q(city__name__icontains=wanted))
    return render(request, "submit/sentence.html", {
        "submission": found, "row": row, "form": form, "theirs": theirs, "others": others[:OFFERED],
        "n_others": others.count(), "q": wanted, "most": MOST_LETTERS,
        "done": queries.history_of(found, held.public_id, most=12), "sections": found.sections.order_by("order"),
        "revision": presence.last_revision(found),
        "drafting": found.state == SubmissionState.DRAFTING}, status=422 if form.errors else 200)


@require_POST
def sources(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    held = sentence_of(found, public_id)
    # Published ones, and those the sentence has already: a source that was taken back can still be taken out.
    known = Q(state=ContributionState.PUBLISHED) | Q(sentences__sentence=held)
    contribution = get_object_or_404(Contribution.objects.filter(known, consultation__process=found.process).distinct(),
                                     public_id=request.POST.get("contribution", ""))
    stance, now = request.POST.get("stance", ""), timezone.now()
    try:
        if stance in Stance.values:
            actions.add_source(sentence=held, contribution=contribution, stance=stance,
                               quote=request.POST.get("quote", ""), by=viewer, at=now)
        else:
            actions.remove_source(sentence=held, contribution=contribution, by=viewer, at=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("submit:sentence", found.slug, held.public_id)


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """All that was done at the table, newest first."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    rows = queries.history_of(found, most=200)
    newest: set[str] = set()
    marked = []
    for row in rows:
        marked.append((row, row.sentence not in newest))
        newest.add(row.sentence)
    return render(request, "submit/history.html", {
        "submission": found, "rows": marked, "drafting": found.state == SubmissionState.DRAFTING})


@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo the last act on a sentence, as long as it still is the last one that the person saw."""
    viewer = viewer_of(request)
    found = queries.drafting_for(viewer, slug)
    row = get_object_or_404(Revision, submission=found, pk=int(request.POST["revision"])
                            if request.POST.get("revision", "").isdecimal() else 0)
    newest = Revision.objects.filter(submission=found, sentence=row.sentence).order_by("-pk").first()
    if newest is None or newest.pk != row.pk:
        messages.warning(request, _("Somebody did something else to this sentence meanwhile. Look at it first."))
        return redirect("submit:history", found.slug)
    try:
        back = actions.undo(submission=found, public_id=row.sentence, by=viewer, at=timezone.now())
        messages.info(request, _("It stands again as before: %(words)s") % {"words": back.text} if back
                      else _("The sentence is gone again."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("submit:table", found.slug)


__all__ = ["drafting_table", "here", "history", "new_sentence", "new_submission", "propose", "sentence",
           "sources", "undo"]
