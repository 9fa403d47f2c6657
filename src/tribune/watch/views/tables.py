"""All processes: a list, a table to take away, a table to bring in, and those that are known."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tribune.common.refusals import Refusal
from tribune.people.queries import organisations_of, viewer_of

from .. import actions, queries, seed
from ..refusals import AlreadyHere
from ..table_forms import KnownForm, SaveForm, TableForm
from ..tables import Plan, plan_of, read_table, write_table

PER_PAGE = 50


@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    page = Paginator(queries.processes_with_next(viewer, at=timezone.now()), PER_PAGE).get_page(
        request.GET.get("page"))
    return render(request, "watch/processes.html", {"page": page, "n": page.paginator.count,
                                                    "may_make": bool(viewer.officer_of), "nav_current": "front"})


def _csv(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
def processes_csv(request: HttpRequest) -> HttpResponse:
    found = queries.processes_with_dates(viewer_of(request))
    return _csv(write_table(found, base_url=settings.BASE_URL), "processes")


@require_safe
def process_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.process_for(viewer_of(request), slug)
    return _csv(write_table([found], base_url=settings.BASE_URL), slug)


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Read a table and show what it would add and change; save it when asked, if nothing changed meanwhile."""
    viewer = viewer_of(request)
    organisations = organisations_of(viewer)
    if request.method == "POST" and "mark" in request.POST:
        return _save(request)
    form = TableForm(request.POST or None, request.FILES or None, organisations=organisations,
                     processes=queries.own_processes(viewer))
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.text(), form.cleaned_data["organisation"].pk, form.slug())
    return render(request, "watch/table.html", {"form": form}, status=422 if form.errors else 200)


def _plan(text: str, organisation_id: int, process: str) -> Plan:
    records, problems = read_table(text.encode(), process=process)
    return plan_of(records, problems, organisation_id=organisation_id)


def _preview(request: HttpRequest, text: str, organisation_id: int, process: str, refused: str = "") -> HttpResponse:
    plan = _plan(text, organisation_id, process)
    form = SaveForm(initial={"text": text, "mark": plan.mark, "organisation": organisation_id, "process": process})
    return render(request, "watch/table_preview.html", {"plan": plan, "form": form, "refused": refused},
                  status=409 if refused else 200)


def _save(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = SaveForm(request.POST)
    if not form.is_valid():
        return redirect("watch:bring_in")
    text, process = form.cleaned_data["text"], form.cleaned_data["process"]
    organisation = organisations_of(viewer).filter(pk=form.cleaned_data["organisation"]).first()
    if organisation is None:
        raise Http404
    try:
        n = actions.save_table(plan=_plan(text, organisation.pk, process), mark=form.cleaned_data["mark"],
                               organisation=organisation, by=viewer, at=timezone.now())
    except Refusal as refusal:
        return _preview(request, text, organisation.pk, process, refused=str(refusal))
    messages.info(request, ngettext("%(n)d line was saved.", "%(n)d lines were saved.", n) % {"n": n})
    return redirect("watch:processes")


@require_http_methods(["GET", "POST"])
def known(request: HttpRequest) -> HttpResponse:
    """The known processes: switch one on for an organisation, or off while nothing hangs on it."""
    viewer, at = viewer_of(request), timezone.now()
    if request.method == "POST":
        form = KnownForm(request.POST, organisations=organisations_of(viewer))
        if not form.is_valid():
            raise Http404
        organisation, what = form.cleaned_data["organisation"], seed.known()[form.cleaned_data["known"]]
        if form.cleaned_data["switch"] == "on":
            try:
                made = actions.adopt_known(known=what, organisation=organisation, by=viewer, at=at)
                messages.info(request, _("“%(process)s” is yours now. Look at its dates before you rely on them.")
                              % {"process": made})
                return redirect("watch:process", made.slug)
            except AlreadyHere as refusal:
                messages.warning(request, str(refusal))
        else:
            found = queries.own_processes(viewer).filter(known_id=what.id, organisation=organisation).first()
            if found is None:
                raise Http404
            try:
                actions.drop_known(process=found, by=viewer, at=at)
                messages.info(request, _("“%(process)s” is switched off.") % {"process": what.name})
            except Refusal as refusal:
                messages.warning(request, str(refusal))
        return redirect("watch:known")
    have = queries.known_of(viewer)
    organisations = list(organisations_of(viewer))
    rows = [(what, [(organisation, have.get((organisation.pk, what.id))) for organisation in organisations])
            for what in seed.known().values()]
    return render(request, "watch/known.html", {"rows": rows, "n": len(rows), "n_on": len(have),
                                                "several": len(organisations) > 1})
