"""Sentences: written, changed by one or by two at once, taken, moved, removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from tribune.common import journal
from tribune.engine.compose import merge
from tribune.listen.models import Contribution
from tribune.people.models import Organisation
from tribune.people.rules import Viewer
from tribune.submit.choices import Deed
from tribune.submit.models import Revision, Section, Sentence, SentenceSource, Submission
from tribune.submit.refusals import EditedMeanwhile, NotYours, NoWords, TooLong
from tribune.submit.rules import MOST_LETTERS, may_draft
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import counted_sources
from tribune.watch.models import Process

from ._held import all_sentences, fresh, held_for_drafting
from ._history import keep
from ._sources import field_of, locate

__all__ = ["add_sentence", "all_sentences", "change_sentence", "move_sentence", "prepare_submission",
           "remove_sentence", "take_sentence"]


@transaction.atomic
def prepare_submission(*, process: Process, organisation: Organisation, slug: str, name: str, by: Viewer, at: datetime,
                       sections: Sequence[tuple[str, int | None]] = (), **fields: Any) -> Submission:
    """Begin a joint submission with its sections (title, word limit) and return it.

    Without sections, it gets one for each guiding question of its call with the question's own word limit, else
    the call's; a call without questions gives a single section.
    """
    if not may_draft(by, organisation.pk):
        raise NotYours
    submission = Submission.objects.create(process=process, organisation=organisation, slug=slug, name=name,
                                           made_by_id=by.user_id, made_at=at, **fields)
    call = submission.call
    if not sections and call is not None:
        sections = [asked(question, call.word_limit) for question in call.questions] or [(name, call.word_limit)]
    for order, (title, limit) in enumerate(sections or [(name, None)], start=1):
        Section.objects.create(submission=submission, order=order, title=title[:300], word_limit=limit)
    journal.record("submission_prepared", by=by.public_id, thing=submission.public_id, at=at)
    return submission


def asked(question: Any, limit: int | None) -> tuple[str, int | None]:
    """Return (words, word limit) of a guiding question as a call keeps it.

    >>> asked({"text": "What should change?", "words": 300}, 1000)
    ('What should change?', 300)
    >>> asked("What else?", 1000)
    ('What else?', 1000)
    """
    if isinstance(question, dict):
        words = question.get("words")
        text = question.get("text") or question.get("en") or next((v for v in question.values()
                                                                   if isinstance(v, str)), "")
        return str(text), words if isinstance(words, int) and words > 0 else limit
    return str(question), limit


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise NoWords
    if len(text) > MOST_LETTERS:
        raise TooLong(len(text))
    return text


@transaction.atomic
def add_sentence(*, section: Section, text: str, by: Viewer, at: datetime, ask: Ask | None = None,
                 is_proposal: bool = False, carried_by: Iterable[tuple[Contribution, str]] = (),
                 **fields: Any) -> Sentence:
    """Add a sentence at the end of a section; with an ask, its sources come along. Raises NoWords, TooLong.

    `carried_by` are contributions, each with the words of it that carry the sentence (all of them for ""); raises
    NotASubstring where a contribution does not say that.
    """
    submission = held_for_drafting(section, by)
    last = section.sentences.aggregate(last=Max("order"))["last"] or 0
    sentence = Sentence.objects.create(section=section, order=last + 1, text=_checked(text), ask=ask,
                                       is_proposal=is_proposal, **fields)
    if ask is not None:
        sources = counted_sources().filter(ask=ask).select_related("contribution")
        SentenceSource.objects.bulk_create(
            SentenceSource(sentence=sentence, contribution=source.contribution, stance=source.stance,
                           field=field_of(source.contribution),
                           end=len(getattr(source.contribution, field_of(source.contribution))))
            for source in sources)
    for contribution, quote in carried_by:
        of, start, end = locate(contribution, quote)
        SentenceSource.objects.get_or_create(sentence=sentence, contribution=contribution,
                                             defaults={"field": of, "start": start, "end": end})
    keep(submission, sentence, Deed.PROPOSED if is_proposal else Deed.ADDED, by=by, at=at)
    journal.record("sentence_added", by=by.public_id, thing=submission.public_id, at=at)
    return sentence


@transaction.atomic
def change_sentence(*, sentence: Sentence, text: str, edition: int, by: Viewer, at: datetime) -> Sentence:
    """Change the words of a sentence that was read as `edition`; return it as it stands then.

    Changed by somebody else since, both changes are joined where they do not touch the same words; otherwise
    EditedMeanwhile, and nobody's words are lost. Raises SentenceGone, NoWords, TooLong.
    """
    text = _checked(text)
    submission = held_for_drafting(sentence.section, by)
    now = fresh(sentence)
    deed = Deed.CHANGED
    if now.edition != edition:
        base = (Revision.objects.filter(submission=submission, sentence=now.public_id, edition=edition)
                .order_by("-pk").first())
        joined = merge(base.kept["text"], text, now.text) if base is not None else None
        if joined is None:
            raise EditedMeanwhile
        text, deed = _checked(joined), Deed.MERGED
    # Translations said the old words.
    now.text, now.texts, now.is_proposal = text, {}, False
    now.edition += 1
    now.save(update_fields=["text", "texts", "is_proposal", "edition"])
    keep(submission, now, deed, by=by, at=at)
    journal.record("sentence_changed", by=by.public_id, thing=submission.public_id, at=at)
    return now


@transaction.atomic
def take_sentence(*, sentence: Sentence, by: Viewer, at: datetime) -> None:
    """Take a proposal as it stands: from now on a person answers for it."""
    submission = held_for_drafting(sentence.section, by)
    now = fresh(sentence)
    if not now.is_proposal:
        return
    now.is_proposal = False
    now.save(update_fields=["is_proposal"])
    keep(submission, now, Deed.TAKEN, by=by, at=at)
    journal.record("sentence_taken", by=by.public_id, thing=submission.public_id, at=at)


@transaction.atomic
def move_sentence(*, sentence: Sentence, by: Viewer, at: datetime, step: int = 0, section: Section | None = None,
                  is_minority: bool | None = None) -> Sentence:
    """Move a sentence: one place up (-1) or down (1), to another section, or among those held by some."""
    submission = held_for_drafting(sentence.section, by)
    now = fresh(sentence)
    if section is not None and section.submission_id == submission.pk and section.pk != now.section_id:
        now.section = section
        now.order = (section.sentences.aggregate(last=Max("order"))["last"] or 0) + 1
    if is_minority is not None:
        now.is_minority = is_minority
    now.save(update_fields=["section", "order", "is_minority"])
    if step:
        # Places are counted anew: rows of a section may share one after an undo.
        row = list(Sentence.objects.filter(section_id=now.section_id).order_by("order", "pk"))
        here = next(place for place, other in enumerate(row) if other.pk == now.pk)
        there = min(max(here + step, 0), len(row) - 1)
        row.insert(there, row.pop(here))
        for place, other in enumerate(row, start=1):
            other.order = place
        Sentence.objects.bulk_update(row, ["order"])
        now.order = there + 1
    keep(submission, now, Deed.MOVED, by=by, at=at)
    journal.record("sentence_moved", by=by.public_id, thing=submission.public_id, at=at)
    return now


@transaction.atomic
def remove_sentence(*, sentence: Sentence, by: Viewer, at: datetime) -> None:
    """Remove a sentence; its ask and sources stay, and it can be brought back."""
    submission = held_for_drafting(sentence.section, by)
    now = fresh(sentence)
    keep(submission, now, Deed.REMOVED, by=by, at=at)
    now.delete()
    journal.record("sentence_removed", by=by.public_id, thing=submission.public_id, at=at)
