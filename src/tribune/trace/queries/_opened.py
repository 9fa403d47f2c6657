"""A verdict opened: the paragraphs it rests on, the signatures before, and what waits for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tribune.common.models import Link
from tribune.people.rules import Viewer
from tribune.synthesise.models import Ask
from tribune.watch.models import Paragraph, Process
from tribune.watch.queries import visible_versions

from ..choices import VerdictState
from ..models import Verdict
from ..rules import LEDGER
from ._gate import verdicts_for
from ._ledger import path_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph that a verdict rests on, with the spans that match; `is_text` false for the older text."""

    paragraph: Paragraph
    spans: list[tuple[int, int, str]]
    is_text: bool

    @property
    def number(self) -> str:
        return self.paragraph.number or self.paragraph.passage.path


def verdicts_of(viewer: Viewer, ask: Ask) -> list[Verdict]:
    """Return the verdicts on one ask that the viewer may see, oldest version first."""
    return list(verdicts_for(viewer).filter(ask=ask).order_by("version__dated_on", "version__order", "pk"))


def opened(viewer: Viewer, verdicts: Iterable[Verdict]) -> dict[int, list[Shown]]:
    """Return the paragraphs each verdict rests on, by its id, the one that was signed first; in one query.

    Paragraphs of versions that the viewer may not see are left out. Spans of a text that has been read again since
    in other words are dropped: marks that point at the wrong words are worse than none.
    """
    verdicts = list(verdicts)
    wanted = Q(passage__uid__in=[one["passage"] for verdict in verdicts for one in verdict.evidence])
    for verdict in verdicts:
        if path_of(verdict):
            wanted |= Q(passage__version=verdict.version_id, passage__path=path_of(verdict))
    rows = (Paragraph.objects.filter(wanted, passage__version__in=visible_versions(viewer).values("pk"))
            .select_related("passage__version__draft__process", "rendition").order_by("rendition_id"))
    by_place = {(row.passage.uid, row.rendition.language): row for row in rows}
    by_path = {(row.passage.version_id, row.passage.path): row for row in rows}
    return {verdict.pk: _shown(verdict, by_place, by_path) for verdict in verdicts}


def _shown(verdict: Verdict, by_place: dict[tuple[str, str], Paragraph],
           by_path: dict[tuple[int, str], Paragraph]) -> list[Shown]:
    path = path_of(verdict)
    found = []
    for one in verdict.evidence:
        paragraph = by_place.get((one["passage"], one["language"]))
        if paragraph is not None:
            spans = one["spans"] if paragraph.sha256 == one["sha256"] else []
            found.append(Shown(paragraph, [(start, end, "match") for start, end in spans], one["in"] == "text"))
    first = next((shown for shown in found if shown.is_text and shown.paragraph.passage.path == path), None)
    if first is None and path and (verdict.version_id, path) in by_path:
        first = Shown(by_path[verdict.version_id, path], [], True)
    return found if first is None else [first, *(shown for shown in found if shown is not first)]


def to_sign(viewer: Viewer, process: Process) -> QuerySet[Verdict]:
    """Return the proposals that wait for an officer of the process's organisation, version by version."""
    return (verdicts_for(viewer).filter(ask__process=process, ask__organisation_id__in=viewer.officer_of,
                                        state=VerdictState.PROPOSED)
            .order_by("version__dated_on", "version__order", "ask__number", "pk"))


def changed_since(viewer: Viewer, process: Process) -> list[Verdict]:
    """Return the verdicts signed on words that a corrected file has changed or left out since, in two queries.

    For officers: the signature stands until somebody reads the text again and signs anew.
    """
    signed = list(verdicts_for(viewer).filter(
        ask__process=process, ask__organisation_id__in=viewer.officer_of, signed_passage__isnull=False)
        .exclude(state=VerdictState.PROPOSED).select_related("signed_passage").order_by("version_id", "ask__number"))
    rows = Paragraph.objects.filter(passage__in=[verdict.signed_passage_id for verdict in signed])
    now = {(uid, language): sha256 for uid, language, sha256 in rows.values_list(
        "passage__uid", "rendition__language", "sha256")}
    return [verdict for verdict in signed if _is_changed(verdict, now)]


def _is_changed(verdict: Verdict, now: dict[tuple[str, str], str]) -> bool:
    place = verdict.signed_passage
    if place is None or place.retired_at is not None or not verdict.signed_paragraph:
        return True
    return any(one["passage"] == place.uid
               and now.get((one["passage"], one["language"]), one["sha256"]) != one["sha256"]
               for one in verdict.evidence if one["in"] == "text")


def earlier_signatures(verdict: Verdict) -> list[dict[str, Any]]:
    """Return what was signed before the present signature, oldest first: {signed, paragraph, reason, day}.

    What was erased from the chain is not among them.
    """
    links = Link.objects.filter(chain=LEDGER, kind="verdict_signed", subject=verdict.public_id).order_by("sequence")
    rows = [(link.day, getattr(link, "content", None)) for link in links.select_related("content")]
    return [{**content.content, "day": day} for day, content in rows[:-1] if content is not None]
