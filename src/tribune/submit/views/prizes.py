"""Forms of prizes: filled in at one's own pace, with counters, and taken away as files."""

from __future__ import annotations

import csv as tables
import io
import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tribune.listen.word_limits import n_words
from tribune.people.queries import viewer_of
from tribune.submit import actions
from tribune.submit.exports._tables import safe
from tribune.submit.exports._word import Word
from tribune.submit.models import FormAnswers
from tribune.submit.prizes import Field, PrizeForm, Problem, form_named, forms, problems
from tribune.submit.refusals import FormChanged
from tribune.submit.rules import may_draft
from tribune.watch.models import Process
from tribune.watch.queries import process_for

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _process(request: HttpRequest, slug: str) -> Process:
    viewer = viewer_of(request)
    process = process_for(viewer, slug)
    if not may_draft(viewer, process.organisation_id):
        raise Http404
    return process


def _form(name: str) -> PrizeForm:
    form = form_named(name)
    if form is None:
        raise Http404
    return form


def _held(process: Process, form: PrizeForm) -> FormAnswers | None:
    return FormAnswers.objects.filter(organisation_id=process.organisation_id, process=process, form=form.name).first()


@require_safe
def prizes(request: HttpRequest, slug: str) -> HttpResponse:
    """The forms there are, and how far each is."""
    process = _process(request, slug)
    held = {row.form: row for row in FormAnswers.objects.filter(organisation_id=process.organisation_id,
                                                                process=process)}
    rows = []
    for form in forms():
        answers = held[form.name].answers if form.name in held else {}
        wrong = problems(form, answers)
        rows.append({"form": form, "held": held.get(form.name), "n": len(form.fields),
                     "ready": len(form.fields) - len(wrong)})
    return render(request, "submit/prizes.html", {"process": process, "rows": rows})


@require_http_methods(["GET", "POST"])
def prize(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """One form. Whatever is typed is kept; what is not ready yet is said beside its field."""
    process, asked = _process(request, slug), _form(form)
    held = _held(process, asked)
    answers: dict[str, Any] = held.answers if held else {}
    refused, status = "", 200
    if request.method == "POST":
        answers = {field.name: request.POST.getlist(field.name) if field.kind == "choices"
                   else request.POST.get(field.name, "").replace("\r\n", "\n") for field in asked.fields}
        read = request.POST.get("edition", "0")
        try:
            actions.keep_form_answers(process=process, form=asked, answers=answers, by=viewer_of(request),
                                      edition=int(read) if read.isdecimal() and len(read) < 9 else 0,
                                      at=timezone.now())
        except FormChanged as refusal:
            refused, status = str(refusal), 409
        else:
            wrong = problems(asked, answers)
            messages.info(request, _("Kept. All fields are ready.") if not wrong else ngettext(
                "Kept. %(n)d field is not ready yet.", "Kept. %(n)d fields are not ready yet.", len(wrong))
                % {"n": len(wrong)})
            return redirect("submit:prize", process.slug, asked.name)
    wrong = problems(asked, answers) if held or request.method == "POST" else {}
    return render(request, "submit/prize.html", {
        "process": process, "form": asked, "held": held, "refused": refused,
        "rows": [(field, answers.get(field.name, ""), words_of(wrong[field.name], field) if field.name in wrong else "")
                 for field in asked.fields],
        "n_ready": len(asked.fields) - len(problems(asked, answers)),
        "edition": held.edition if held else 0}, status=status)


def words_of(problem: Problem, field: Field) -> str:
    """Say in words why a field is not ready."""
    if problem.code == "short":
        return ngettext("%(n)d word more is wanted.", "%(n)d words more are wanted.", problem.n) % {"n": problem.n}
    if problem.code == "long":
        return ngettext("Too long by %(n)d word.", "Too long by %(n)d words.", problem.n) % {"n": problem.n}
    if problem.code == "line":
        return _("Too long by %(n)d characters.") % {"n": problem.n}
    return {"missing": _("Still empty."), "address": _("An address begins with https:// and holds no space."),
            "date": _("A day is written as 2027-05-19."), "choice": _("Choose one of the list.")}[problem.code]


@require_safe
def prize_file(request: HttpRequest, slug: str, form: str, suffix: str) -> HttpResponse:
    """The form as DOCX, CSV or JSON, as it stands now."""
    process, asked = _process(request, slug), _form(form)
    held = _held(process, asked)
    answers = held.answers if held else {}
    rows = [(field, _said(answers.get(field.name, ""))) for field in asked.fields]
    if suffix == "csv":
        out = io.StringIO()
        writer = tables.writer(out)
        writer.writerow(["field", "label", "answer", "words"])
        writer.writerows([field.name, field.label, safe(said), n_words(said)] for field, said in rows)
        data, media = ("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8"
    elif suffix == "json":
        data = json.dumps({"form": asked.name, "title": asked.title, "answers": {f.name: answers.get(f.name, "")
                                                                               for f, _said in rows},
                           "not_ready": sorted(problems(asked, answers))}, ensure_ascii=False, indent=1).encode()
        media = "application/json"
    elif suffix == "docx":
        data, media = _docx(asked, rows, author=str(process.organisation)), _DOCX
    else:
        raise Http404
    return HttpResponse(data, content_type=media, headers={
        "Content-Disposition": f'attachment; filename="{asked.name}.{suffix}"', "Cache-Control": "private, no-store"})


def _said(answer: str | list[str]) -> str:
    return ", ".join(answer) if isinstance(answer, list) else answer


def _docx(form: PrizeForm, rows: list[tuple[Field, str]], *, author: str) -> bytes:
    file = Word(form.language, title=form.title, author=author)
    file.paragraph(form.title, "Title")
    for field, said in rows:
        file.paragraph(field.label, "Heading 1")
        for part in said.split("\n") or [""]:
            file.paragraph(part)
    return file.save()
