"""What changed for cities between two versions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tribune.common.pictures import threads
from tribune.engine.mentions import TOPIC_CODES
from tribune.people.queries import viewer_of

from .. import actions, queries
from ..comparison import Row, rows, threads_of, topics_of
from ..comparison_files import as_docx, as_xlsx, verdict_words
from ..forms import ChooseForm
from ..models import Version
from ..refusals import NoCommonLanguage
from ..rules import may_run_process
from ..strips import bars
from .front import address_of
from .texts import answered, is_for_all

CHANGES = ("edited", "moved", "split", "merged", "dropped", "added")
_FORMATS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
FATES = ("added", "kept", "weakened", "deleted")


def _two(request: HttpRequest, process: str, draft: str, old: str, new: str) -> tuple[Version, Version]:
    viewer = viewer_of(request)
    if old == new:
        raise Http404
    return queries.version_for(viewer, process, draft, old), queries.version_for(viewer, process, draft, new)


@require_safe
def compare(request: HttpRequest, process: str, draft: str, old: str, new: str) -> HttpResponse:
    viewer = viewer_of(request)
    before, after = _two(request, process, draft, old, new)
    try:
        alignment = (queries.alignment_for(viewer, before, after)
                     or actions.compare_versions(old=before, new=after, at=timezone.now()))
    except NoCommonLanguage as refusal:
        return answered(request, "watch/not_compared.html", {"old": before, "new": after, "words": refusal.words},
                        before, after)
    old_lines = queries.lines_of(queries.rendition_for(before, alignment.language))
    new_lines = queries.lines_of(queries.rendition_for(after, alignment.language))
    pairs = list(queries.pairs_of(alignment))
    all_rows = rows(pairs, {line.path: line for line in old_lines}, {line.path: line for line in new_lines})
    show, change = request.GET.get("show", "changes"), request.GET.get("change", "")
    topics, topic = topics_of(all_rows, alignment.language), request.GET.get("topic", "")
    old_page, new_page = address_of(before), address_of(after)
    picture = threads(bars(old_lines, lambda path: f"{old_page}#p{path}"),
                      bars(new_lines, lambda path: f"{new_page}#p{path}"),
                      threads_of(pairs, old_lines, new_lines), rtl=get_language_bidi())
    mentioned = [row for row in all_rows if row.pair.mentions]
    changed = [row for row in all_rows if row.pair.verdict != "kept"]
    in_scope = chosen_rows(all_rows, show, change)
    shown = [row for row in in_scope if topic in topics[row.pair.pk]] if topic in TOPIC_CODES else in_scope
    if (form := request.GET.get("format")) in _FORMATS:
        return _file(request, form, alignment, before, after, shown)
    kept = "&".join(part for part in (f"show={show}" if show in ("mentions", "all") else "",
                                      f"change={change}" if change in CHANGES else "",
                                      f"topic={topic}" if topic in TOPIC_CODES else "") if part)
    spoken = Counter(code for row in in_scope for code in topics[row.pair.pk])
    return answered(request, "watch/compare.html", {
        "old": before, "new": after, "alignment": alignment, "picture": picture,
        "fates": [_fate(fate, alignment.mentions.get(fate, 0), all_rows) for fate in FATES],
        "summary": alignment.summary, "rows": shown, "kept": f"&{kept}" if kept else "",
        "change": change if change in CHANGES else "", "topic": topic if topic in TOPIC_CODES else "",
        "topics": [(code, n) for code, n in sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0]))],
        "changes": [(name, verdict_words(name), alignment.summary.get(name, 0)) for name in CHANGES
                    if alignment.summary.get(name, 0)], "inline": request.GET.get("layout") == "inline",
        "tabs_": [(_("Mentions"), "?show=mentions", show == "mentions", len(mentioned)),
                  (_("All changes"), request.path, show not in ("mentions", "all"), len(changed)),
                  (_("Whole text"), "?show=all", show == "all", len(all_rows))],
        "old_rendition": queries.rendition_for(before, alignment.language),
        "new_rendition": queries.rendition_for(after, alignment.language),
        "may_check": alignment.checked_at is None and may_run_process(
            viewer, after.draft.process.organisation_id),
        "foot_note": _checked(alignment)}, before, after)


def chosen_rows(every: list[Row], show: str, change: str) -> list[Row]:
    """Return the rows a reader wants: those with mentions, all, or what changed; of one change where it is named."""
    if change in CHANGES:
        return [row for row in every if row.pair.verdict == change and (show != "mentions" or row.pair.mentions)]
    if show == "mentions":
        return [row for row in every if row.pair.mentions]
    return every if show == "all" else [row for row in every if row.pair.verdict != "kept"]


def _file(request: HttpRequest, form: str, alignment: Any, before: Version, after: Version,
          shown: list[Row]) -> HttpResponse:
    """The table as it is filtered now, to take away."""
    alignment.old, alignment.new = before, after
    title = _("%(draft)s: from “%(old)s” to “%(new)s”") % {"draft": after.draft, "old": before, "new": after}
    address = f"{settings.BASE_URL}{request.path}"
    if form == "xlsx":
        data = as_xlsx(alignment, shown, title=title, address=address, rtl=get_language_bidi())
    else:
        data = as_docx(alignment, shown, title=title, address=address, language=alignment.language)
    answer = HttpResponse(data, content_type=_FORMATS[form])
    answer["Content-Disposition"] = f'attachment; filename="{after.draft.slug}-{before.slug}-{after.slug}.{form}"'
    if not (is_for_all(before) and is_for_all(after)):
        patch_cache_control(answer, private=True, no_store=True)
    return answer


def _fate(fate: str, n: int, all_rows: list[Row]) -> dict[str, Any]:
    return {"fate": fate, "n": n, "rows": [row for row in all_rows if fate in row.pair.mentions]}


def _checked(alignment: Any) -> str:
    if alignment.checked_at:
        return _("Pairing proposed by comparison, checked by an officer of %(organisation)s.") % {
            "organisation": alignment.new.draft.process.organisation}
    return _("Pairing proposed by comparison; nobody has checked it.")


@require_safe
def choose(request: HttpRequest, process: str, draft: str) -> HttpResponse:
    """Choose two versions; with both chosen, leads to their comparison."""
    viewer = viewer_of(request)
    found = queries.draft_for(viewer, process, draft)
    versions = list(queries.versions_for(viewer, found))
    if not versions:
        raise Http404
    first = {"old": versions[-2 if len(versions) > 1 else -1].slug, "new": versions[-1].slug}
    form = ChooseForm(request.GET if {"old", "new"} <= set(request.GET) else None, versions=versions, initial=first)
    if form.is_bound and form.is_valid():
        by_slug = {version.slug: version for version in versions}
        pair = sorted((by_slug[form.cleaned_data["old"]], by_slug[form.cleaned_data["new"]]),
                      key=lambda version: version.order)
        if pair[0] != pair[1]:
            return redirect("watch:compare", process, draft, pair[0].slug, pair[1].slug)
        form.add_error("new", _("Choose two different versions."))
    return render(request, "watch/choose.html", {"draft": found, "form": form, "n": len(versions)},
                  status=422 if form.errors else 200)


@require_POST
def check(request: HttpRequest, process: str, draft: str, old: str, new: str) -> HttpResponse:
    """An officer has looked at the proposed pairs."""
    before, after = _two(request, process, draft, old, new)
    viewer = viewer_of(request)
    alignment = queries.alignment_for(viewer, before, after)
    if alignment is None:
        raise Http404
    actions.check_alignment(alignment=alignment, by=viewer, at=timezone.now())
    return redirect(reverse("watch:compare", args=[process, draft, old, new]))
