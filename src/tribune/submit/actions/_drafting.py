"""Sentences and what carries them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from tribune.common import journal
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.models import Organisation
from tribune.people.rules import Viewer
from tribune.submit.choices import SubmissionState
from tribune.submit.models import Section, Sentence, SentenceSource, Submission
from tribune.submit.refusals import EditedMeanwhile, NotASubstring, NotDrafting, NotYours
from tribune.submit.rules import may_draft
from tribune.synthesise.actions import NotPublished
from tribune.synthesise.choices import Stance
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import counted_sources
from tribune.watch.models import Process


@transaction.atomic
def prepare_submission(*, process: Process, organisation: Organisation, slug: str, name: str, by: Viewer, at: datetime,
                       sections: Sequence[tuple[str, int | None]] = (), **fields: Any) -> Submission:
    """Begin a joint submission with its sections (title, word limit) and return it.

    Without sections, it gets one for each guiding question of its call, or a single one.
    """
    if not may_draft(by, organisation.pk):
        raise NotYours
    submission = Submission.objects.create(process=process, organisation=organisation, slug=slug, name=name,
                                           made_by_id=by.user_id, made_at=at, **fields)
    call = submission.call
    if not sections and call is not None and call.questions:
        sections = [(_question(question), call.word_limit) for question in call.questions]
    for order, (title, limit) in enumerate(sections or [(name, None)], start=1):
        Section.objects.create(submission=submission, order=order, title=title, word_limit=limit)
    journal.record("submission_prepared", by=by.public_id, thing=submission.public_id, at=at)
    return submission


def _question(question: Any) -> str:
    if isinstance(question, dict):
        return str(question.get("en") or next(iter(question.values()), ""))[:300]
    return str(question)[:300]


def _held(section: Section, by: Viewer) -> Submission:
    """The submission of a section, if `by` may still change its sentences."""
    submission = section.submission
    if not may_draft(by, submission.organisation_id):
        raise NotYours
    if submission.state != SubmissionState.DRAFTING:
        raise NotDrafting
    return submission


@transaction.atomic
def add_sentence(*, section: Section, text: str, by: Viewer, at: datetime, ask: Ask | None = None,
                 is_proposal: bool = False, **fields: Any) -> Sentence:
    """Add a sentence at the end of a section; with an ask, its sources come along."""
    submission = _held(section, by)
    last = section.sentences.aggregate(last=Max("order"))["last"] or 0
    sentence = Sentence.objects.create(section=section, order=last + 1, text=text.strip(), ask=ask,
                                       is_proposal=is_proposal, **fields)
    if ask is not None:
        SentenceSource.objects.bulk_create(
            SentenceSource(sentence=sentence, contribution=source.contribution, stance=source.stance,
                           field=_field(source.contribution), end=len(getattr(source.contribution,
                                                                              _field(source.contribution))))
            for source in counted_sources().filter(ask=ask).select_related("contribution"))
    journal.record("sentence_added", by=by.public_id, thing=submission.public_id, at=at)
    return sentence


def _field(contribution: Contribution) -> str:
    # Reasons are quoted before wording: they say what is wanted in the voice of the city.
    return "why" if contribution.why else "wording"


@transaction.atomic
def propose_sentences(*, submission: Submission, by: Viewer, at: datetime) -> int:
    """Add a proposed sentence for each ask that no sentence carries yet; return how many.

    A proposal is the ask's own words, so that it cannot say more than its sources; a person takes or rewrites it.
    """
    section = submission.sections.order_by("-order").first()
    assert section is not None
    _held(section, by)
    asks = (Ask.objects.filter(process=submission.process, organisation=submission.organisation)
            .exclude(sentences__section__submission=submission).order_by("number"))
    n = 0
    for ask in asks:
        text = ask.texts.get(submission.language) or ask.text or ask.name
        add_sentence(section=section, text=text, ask=ask, is_proposal=True, by=by, at=at)
        n += 1
    return n


@transaction.atomic
def change_sentence(*, sentence: Sentence, text: str, edition: int, by: Viewer, at: datetime) -> Sentence:
    """Change the words of a sentence that was read as `edition`. Raises EditedMeanwhile if it was changed since."""
    submission = _held(sentence.section, by)
    changed = Sentence.objects.filter(pk=sentence.pk, edition=edition).update(
        text=text.strip(), edition=edition + 1, is_proposal=False)
    if not changed:
        raise EditedMeanwhile
    journal.record("sentence_changed", by=by.public_id, thing=submission.public_id, at=at)
    sentence.refresh_from_db()
    return sentence


@transaction.atomic
def take_sentence(*, sentence: Sentence, by: Viewer, at: datetime) -> None:
    """Take a proposal as it stands: from now on a person answers for it."""
    submission = _held(sentence.section, by)
    Sentence.objects.filter(pk=sentence.pk).update(is_proposal=False)
    journal.record("sentence_taken", by=by.public_id, thing=submission.public_id, at=at)


@transaction.atomic
def remove_sentence(*, sentence: Sentence, by: Viewer, at: datetime) -> None:
    """Remove a sentence; its ask and sources stay."""
    submission = _held(sentence.section, by)
    sentence.delete()
    journal.record("sentence_removed", by=by.public_id, thing=submission.public_id, at=at)


@transaction.atomic
def add_source(*, sentence: Sentence, contribution: Contribution, by: Viewer, at: datetime, quote: str = "",
               stance: str = Stance.FOR) -> SentenceSource:
    """Let a contribution carry a sentence (or stand against it); `quote` must be an exact substring of its words."""
    submission = _held(sentence.section, by)
    # Before anything is compared: whether a quote stands in words that are not public must not be told.
    if contribution.state != ContributionState.PUBLISHED:
        raise NotPublished
    field, start, end = locate(contribution, quote)
    source, _made = SentenceSource.objects.update_or_create(
        sentence=sentence, contribution=contribution,
        defaults={"field": field, "start": start, "end": end, "stance": stance})
    journal.record("source_added", by=by.public_id, thing=submission.public_id, at=at)
    return source


def locate(contribution: Contribution, quote: str) -> tuple[str, int, int]:
    """Return (field, start, end) of a quote in a contribution; all of its words for an empty one. NotASubstring."""
    if not quote:
        field = _field(contribution)
        return field, 0, len(getattr(contribution, field))
    for field in ("why", "wording"):
        start = getattr(contribution, field).find(quote)
        if start >= 0:
            return field, start, start + len(quote)
    raise NotASubstring


@transaction.atomic
def remove_source(*, sentence: Sentence, contribution: Contribution, by: Viewer, at: datetime) -> None:
    """Take a contribution out of a sentence."""
    submission = _held(sentence.section, by)
    SentenceSource.objects.filter(sentence=sentence, contribution=contribution).delete()
    journal.record("source_removed", by=by.public_id, thing=submission.public_id, at=at)


def all_sentences(submission: Submission) -> Iterable[Sentence]:
    return Sentence.objects.filter(section__submission=submission).order_by("section__order", "order", "pk")
