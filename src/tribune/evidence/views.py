"""Doors to a city's schools."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tribune.common.refusals import Refusal
from tribune.engine import reach
from tribune.people.queries import viewer_of

from . import lists, map, queries
from .choices import ListKind, ListState
from .forms import BudgetForm, ColumnsForm, ListForm, RuleForm
from .models import FigureList
from .rules import may_keep_figures
from .words import FINDING, LIMIT, STATUS, TECHNOLOGY, WHY

# Schools on a page of the table.
PAGE = 100


@require_safe
def schools(request: HttpRequest, slug: str) -> HttpResponse:
    """A city's schools: which are connected, what is missing, and what a budget would buy."""
    found = queries.schools_of(queries.city_of(slug))
    viewer = viewer_of(request)
    status = request.GET.get("status", "")
    chosen = [i for i, one in enumerate(found.plan.standing) if status not in STATUS or one.status == status]
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    form = BudgetForm(request.GET if "budget" in request.GET else None)
    n = len(found.rows)
    return render(request, "evidence/schools.html", {
        "city": found.city, "n": n, "found": found, "status": status,
        "counts": [(code, words, found.count(code), found.heads(code), found.heads(code, "girls"))
                   for code, words in STATUS.items()],
        "n_yes": found.count("yes"), "n_no": found.count("no"), "n_unknown": found.count("unknown"),
        "picture": map.draw(found.plan) if n else None, "width": map.WIDTH, "height": map.HEIGHT,
        "page": page, "rows": [_row(found, i) for i in page], "ways": _ways(found.plan), "plan": found.plan,
        "budget": _budget(found, form), "form": form, "prices": found.plan.prices,
        "may_keep": may_keep_figures(viewer, found.city.pk), "nav_current": "people:cities",
        "tabs_": [(_("All"), "?", not status, n)] + [(words, f"?status={code}", status == code, found.count(code))
                                                     for code, words in STATUS.items()]})


def _row(found: queries.Schools, i: int) -> dict[str, Any]:
    plan, place = found.plan, int(found.plan.technology[i])
    return {
        "school": found.rows[i], "status": plan.standing[i].status, "words": STATUS[plan.standing[i].status],
        "why": [WHY[code] for code in plan.standing[i].why],
        "km": float(plan.node_m[i]) / 1000 if plan.node[i] >= 0 else None,
        "technology": TECHNOLOGY[reach.TECHNOLOGIES[place]] if place != reach.NO_WAY else "",
        "cost": float(plan.cost[i, 1]) if place != reach.NO_WAY else None}


def _ways(plan: reach.Plan) -> list[tuple[Any, int]]:
    return [(TECHNOLOGY[name], n) for place, name in enumerate(reach.TECHNOLOGIES)
            if (n := int((plan.technology == place).sum()))]


def _budget(found: queries.Schools, form: BudgetForm) -> dict[str, Any] | None:
    """What the asked budget buys; without one, half of what all would cost."""
    total = found.plan.total[1]
    if not found.rows or not total:
        return None
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    by = asked.get("by") or "pupils"
    if by != "schools" and not found.plan.weights(by).any():
        by = "schools"
    money = asked.get("budget") if asked.get("budget") is not None else round(total / 2)
    bought = found.plan.buy(min(float(money or 0), total), by=by)
    won = len(bought.schools) if by == "schools" else bought.girls if by == "girls" else bought.pupils
    return {"money": money, "by": by, "n": len(bought.schools), "pupils": bought.pupils, "girls": bought.girls,
            "spent": bought.spent, "total": total, "low": found.plan.total[0], "high": found.plan.total[2],
            "most": bought.most, "is_exact": bought.most <= won * 1.0000001 + 1e-6}


@require_safe
def school(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One school: what is known of it, why it stands as it does, and what each technology would cost."""
    found = queries.schools_of(queries.city_of(slug))
    at = next((i for i, row in enumerate(found.rows) if row.public_id == public_id), None)
    if at is None:
        raise Http404
    plan = found.plan
    ways = [{"name": TECHNOLOGY[name], "possible": int(plan.costs.possible[at, place]),
             "low": float(plan.costs.total[at, place, 0]), "mid": float(plan.costs.total[at, place, 1]),
             "high": float(plan.costs.total[at, place, 2]),
             "limits": [LIMIT[code] for code in plan.costs.why[at][place]],
             "chosen": int(plan.technology[at]) == place} for place, name in enumerate(reach.TECHNOLOGIES)]
    need = float(reach.needed(plan.schools.pupils[at:at + 1], found.rule)[0])
    return render(request, "evidence/school.html", {
        **_row(found, at), "city": found.city, "ways": ways, "need": need, "rule": found.rule,
        "own_rule": found.own_rule, "list": found.lists.get(ListKind.SCHOOLS), "prices": plan.prices,
        "planned": bool(plan.planned[at]), "picture": map.draw(plan, at=at), "width": map.WIDTH,
        "height": map.HEIGHT, "line_km": float(plan.line_m[at]) / 1000 if plan.parent[at] != reach.UNREACHED else None,
        "nav_current": "people:cities"})


@require_safe
def geojson(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan as GeoJSON."""
    found = queries.schools_of(queries.city_of(slug))
    return HttpResponse(json.dumps(reach.plan_to_geojson(found.plan), ensure_ascii=False),
                        content_type="application/geo+json", headers=_as_file(f"{slug}-schools.geojson"))


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The schools and their plan as a table."""
    found = queries.schools_of(queries.city_of(slug))
    out = io.StringIO()
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(["id", "address", "name", "lat", "lon", "pupils", "girls", "status", "why", "distance_m",
                    "technology", "cost_low", "cost_mid", "cost_high", "currency"])
    plan = found.plan
    for i, row in enumerate(found.rows):
        place = int(plan.technology[i])
        cost = [f"{value:.0f}" for value in plan.cost[i].tolist()] if place != reach.NO_WAY else [""] * 3
        table.writerow([
            _cell(row.ident), request.build_absolute_uri(f"../schools/{row.public_id}/"), _cell(row.name), row.lat,
            row.lon, "" if row.pupils is None else int(row.pupils), "" if row.girls is None else int(row.girls),
            plan.standing[i].status, " ".join(plan.standing[i].why),
            f"{plan.node_m[i]:.0f}" if plan.node[i] >= 0 else "",
            reach.TECHNOLOGIES[place] if place != reach.NO_WAY else "", *cost, plan.prices.currency])
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=_as_file(f"{slug}-schools.csv"))


def _cell(text: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" else text


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a list of schools, nodes or prices to be looked at; see which are in use."""
    city, viewer = queries.city_of(slug), viewer_of(request)
    if not may_keep_figures(viewer, city.pk):
        raise Http404
    form = ListForm(request.POST or None, request.FILES or None, initial={"as_of": timezone.now().date()})
    if request.method == "POST" and form.is_valid():
        try:
            made = lists.bring_list(city=city, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect("evidence:look", city.slug, made.public_id)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    rows = FigureList.objects.filter(city=city).exclude(state=ListState.PREVIEW).defer("content").select_related(
        "brought_by").order_by("-used_at")[:20]
    return render(request, "evidence/bring.html", {
        "city": city, "form": form, "lists": rows,
        "can_put_back": {row.kind for row in rows if row.state == ListState.REPLACED},
        "nav_current": "people:cities"}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What was found in a list, before it is used; POST `use` uses it, POST of columns reads it again."""
    city, viewer = queries.city_of(slug), viewer_of(request)
    if not may_keep_figures(viewer, city.pk):
        raise Http404
    figures = get_object_or_404(FigureList, city=city, public_id=public_id)
    if request.method == "POST":
        try:
            if "use" in request.POST:
                lists.use_list(figures=figures, by=viewer, at=timezone.now())
                messages.info(request, _("In use. The list before it can be put back."))
                return redirect("evidence:schools", city.slug)
            lists.match_again(figures=figures, columns={
                field: heading for field in reach.FIELDS if (heading := request.POST.get(field, "")[:200])},
                by=viewer, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("evidence:look", city.slug, figures.public_id)
    seen = lists.look_at(figures.kind, lists.content_of(figures), figures.name, figures.columns or None)
    return render(request, "evidence/look.html", {
        "city": city, "figures": figures, "seen": seen,
        "counts": [(FINDING.get(code, code), n) for code, n in sorted(figures.counts.items(), key=lambda row: -row[1])],
        "findings": [(line, FINDING.get(code, code), words, out) for line, code, words, out in figures.findings],
        "n_findings": sum(figures.counts.values()),
        "form": ColumnsForm(initial=seen.columns, headings=seen.headings) if figures.kind == ListKind.SCHOOLS else None,
        "nav_current": "people:cities"})


@require_POST
def put_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Use the list before the present one again."""
    city, viewer = queries.city_of(slug), viewer_of(request)
    if not may_keep_figures(viewer, city.pk):
        raise Http404
    kind = request.POST.get("kind", "")
    try:
        lists.put_back(city=city, kind=kind, by=viewer, at=timezone.now())
        messages.info(request, _("The list before is in use again."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("evidence:bring", city.slug)


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """A city's own measure of a meaningful connection."""
    city, viewer = queries.city_of(slug), viewer_of(request)
    if not may_keep_figures(viewer, city.pk):
        raise Http404
    rule, own = queries.rule_of(city)
    form = RuleForm(request.POST or None, instance=own, initial={"mbit": rule.mbit,
                                                                 "mbit_per_pupil": rule.mbit_per_pupil})
    if request.method == "POST":
        if "default" in request.POST and own is not None:
            lists.forget_measure(city=city, by=viewer, at=timezone.now())
            return redirect("evidence:schools", city.slug)
        if form.is_valid():
            lists.set_measure(city=city, by=viewer, at=timezone.now(), **form.cleaned_data)
            return redirect("evidence:schools", city.slug)
    return render(request, "evidence/measure.html", {"city": city, "form": form, "own": own,
                                                     "nav_current": "people:cities"},
                  status=422 if form.errors else 200)
