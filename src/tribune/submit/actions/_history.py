"""What a sentence was: one row an act, and the way back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tribune.common import journal
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer
from tribune.submit.choices import Deed
from tribune.submit.models import Revision, Section, Sentence, SentenceSource, Submission
from tribune.submit.refusals import NothingToUndo
from tribune.synthesise.models import Ask

from ._held import held_for_drafting


def keep(submission: Submission, sentence: Sentence, deed: str, *, by: Viewer, at: datetime) -> Revision:
    """Keep the sentence as it stands after `deed`; call it before a removal."""
    sources = list(SentenceSource.objects.filter(sentence_id=sentence.pk).order_by("pk")
                   .values_list("contribution_id", "stance", "field", "start", "end"))
    return Revision.objects.create(
        submission=submission, sentence=sentence.public_id, section_id=sentence.section_id, deed=deed,
        edition=sentence.edition, by_id=by.user_id, at=at, kept={
            "text": sentence.text, "texts": sentence.texts, "order": sentence.order, "ask": sentence.ask_id,
            "statement": sentence.statement_id, "is_proposal": sentence.is_proposal,
            "is_minority": sentence.is_minority, "is_from_model": sentence.is_from_model,
            "sources": [list(row) for row in sources]})


@transaction.atomic
def undo(*, submission: Submission, public_id: str, by: Viewer, at: datetime) -> Sentence | None:
    """Bring a sentence back as it was before the last act on it; return it, or None where that act had made it.

    Undoing twice does the act again. Nothing is erased: the way back is one more row. Contributions that are no
    longer published do not come back. Raises NothingToUndo.
    """
    rows = list(Revision.objects.filter(submission=submission, sentence=public_id).order_by("-pk")[:2])
    if not rows:
        raise NothingToUndo
    last = rows[0]
    held = held_for_drafting(Section.objects.get(pk=last.section_id), by)
    now = Sentence.objects.select_related("section").filter(section__submission=held, public_id=public_id).first()
    if last.deed == Deed.REMOVED or now is None:
        return _restore(held, last, now, by=by, at=at)
    if len(rows) < 2:
        keep(held, now, Deed.REMOVED, by=by, at=at)
        now.delete()
        journal.record("sentence_undone", by=by.public_id, thing=held.public_id, at=at)
        return None
    return _restore(held, rows[1], now, by=by, at=at)


def _restore(submission: Submission, row: Revision, now: Sentence | None, *, by: Viewer, at: datetime) -> Sentence:
    kept = row.kept
    sentence = now or Sentence(public_id=row.sentence)
    sentence.section_id = row.section_id
    sentence.edition = (now.edition if now else row.edition) + 1
    sentence.text, sentence.texts, sentence.order = kept["text"], kept["texts"], kept["order"]
    sentence.ask = Ask.objects.filter(pk=kept["ask"]).first()
    sentence.statement_id = kept.get("statement")
    sentence.is_proposal, sentence.is_minority = kept["is_proposal"], kept["is_minority"]
    sentence.is_from_model = kept.get("is_from_model", False)
    sentence.save()
    sentence.sources.all().delete()
    there = set(Contribution.objects.filter(pk__in=[source[0] for source in kept["sources"]],
                                            state=ContributionState.PUBLISHED).values_list("pk", flat=True))
    SentenceSource.objects.bulk_create(
        SentenceSource(sentence=sentence, contribution_id=source[0], stance=source[1], field=source[2],
                       start=source[3], end=source[4]) for source in kept["sources"] if source[0] in there)
    keep(submission, sentence, Deed.UNDONE, by=by, at=at)
    journal.record("sentence_undone", by=by.public_id, thing=submission.public_id, at=at)
    return sentence
