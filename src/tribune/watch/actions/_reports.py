"""What a reader reports as missed, and what an officer decides about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tribune.common import journal, search
from tribune.common.mail import queue
from tribune.people.rules import Viewer

from ..models import MentionReport, Paragraph, Rendition, Version
from ..refusals import NotYourProcess, WordsNotThere
from ..reported import ReportState
from ..rules import may_run_process
from ._laying import recount


@transaction.atomic
def report_mention(*, paragraph: Paragraph, words: str, at: datetime, note: str = "") -> MentionReport:
    """Keep that words of a paragraph name a local government and were not counted; nothing is kept of who says so.

    The same words of the same paragraph are one report. Raises WordsNotThere.
    """
    place = _place(paragraph.text, words)
    said = paragraph.text[place:place + len(words)]
    before = MentionReport.objects.filter(paragraph=paragraph, words__iexact=said, state=ReportState.OPEN).first()
    if before:
        return before
    made = MentionReport.objects.create(paragraph=paragraph, words=said, note=note.strip(), reported_at=at)
    _tell(made, paragraph.rendition.version, at)
    return made


def _tell(report: MentionReport, version: Version, at: datetime) -> None:
    """A mail to the organisation, without the words of a text that may not be public."""
    desk = version.draft.process.organisation
    if not desk.contact:
        return
    address = reverse("watch:cities", args=[version.draft.process.slug, version.draft.slug, version.slug])
    queue(to=desk.contact, at=at, reason=f"mention-report:{report.public_id}",
          subject=_("A reader reports a place that names local governments and is not counted"),
          body=_("Look at it and decide: %(address)s") % {"address": f"{settings.BASE_URL}{address}#notes"})


@transaction.atomic
def decide_report(*, report: MentionReport, taken: bool, by: Viewer, at: datetime, reason: str = "") -> MentionReport:
    """Count reported words as an explicit mention, or decline with a reason; the figure changes with a dated note.

    Deciding twice changes nothing. Raises NotYourProcess, and WordsNotThere where the text has changed meanwhile.
    """
    report = (MentionReport.objects.select_for_update(of=("self",))
              .select_related("paragraph__rendition__version__draft__process").get(pk=report.pk))
    rendition = report.paragraph.rendition
    if not may_run_process(by, rendition.version.draft.process.organisation_id):
        raise NotYourProcess
    if report.state != ReportState.OPEN:
        return report
    report.n_before = report.n_after = rendition.n_naming
    if taken:
        report.n_after = _count_in(report, rendition)
    report.state = ReportState.TAKEN if taken else ReportState.DECLINED
    report.reason, report.decided_at = reason.strip(), at
    report.save()
    journal.record("mention_report_decided", by=by.public_id, thing=report.public_id, at=at)
    return report


def carry_reports(heirs: Mapping[int, int]) -> None:
    """Hang reports of paragraphs that end on the ones they went into (pk to pk), before the rows go."""
    moving = list(MentionReport.objects.filter(paragraph__in=heirs))
    for report in moving:
        report.paragraph_id = heirs[report.paragraph_id]
    MentionReport.objects.bulk_update(moving, ["paragraph"], batch_size=200)


def count_reports_again(rendition: Rendition) -> None:
    """Count words again that officers took, wherever a corrected file still has them; the caller recounts.

    Where the words are gone, so is the mention: the report stays as the note of what once was decided.
    """
    taken = MentionReport.objects.filter(paragraph__rendition=rendition, state=ReportState.TAKEN)
    paragraphs = {one.pk: one for one in Paragraph.objects.filter(rendition=rendition, reports__in=taken)}
    for report in taken:
        try:
            _mark(paragraphs[report.paragraph_id], report.words)
        except WordsNotThere:
            continue
    Paragraph.objects.bulk_update(paragraphs.values(), ["mentions", "n_explicit", "n_level"], batch_size=200)


def _count_in(report: MentionReport, rendition: Rendition) -> int:
    paragraph = Paragraph.objects.select_for_update().get(pk=report.paragraph_id)
    _mark(paragraph, report.words)
    paragraph.save(update_fields=["mentions", "n_explicit", "n_level"])
    recount(rendition)
    rendition.save(update_fields=["n_paragraphs", "n_naming", "n_maybe"])
    search.touch("paragraph", rendition.pk)
    return rendition.n_naming


def _mark(paragraph: Paragraph, words: str) -> None:
    """Write reported words among the mentions of a paragraph, in place of what overlaps; the caller saves."""
    start = _place(paragraph.text, words)
    end = start + len(words)
    kept = [one for one in paragraph.mentions if one["end"] <= start or one["start"] >= end]
    fresh = {"term": words.lower(), "kind": "reported", "tier": "explicit", "start": start, "end": end,
             "reason": "reported by a reader, confirmed by an officer"}
    paragraph.mentions = sorted([*kept, fresh], key=lambda one: one["start"])
    paragraph.n_explicit = sum(one["tier"] == "explicit" for one in paragraph.mentions)
    paragraph.n_level = sum(one["tier"] == "level" for one in paragraph.mentions)


def _place(text: str, words: str) -> int:
    """Where words stand, as printed or in another case; lower case must not move what follows."""
    place = text.find(words)
    if place < 0 and len(text.lower()) == len(text):
        place = text.lower().find(words.lower())
    if not words.strip() or place < 0:
        raise WordsNotThere
    return place
