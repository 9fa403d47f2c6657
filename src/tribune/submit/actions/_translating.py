"""The same submission in another language: working words beside the ones that cities sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tribune.common import journal
from tribune.common.refusals import Refusal
from tribune.people.rules import Viewer
from tribune.submit.choices import Deed, SubmissionState
from tribune.submit.models import Submission
from tribune.submit.refusals import NotYours, TooLong
from tribune.submit.rules import MOST_LETTERS, may_draft

from ._held import all_sentences, held
from ._history import keep


class AlreadySent(Refusal):
    words = _("This submission was handed over. Its words in every language stay as they were sent.")


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed for one sentence, whose original was read as `edition`, over `before` in this language."""

    text: str
    edition: int
    before: str = ""


@transaction.atomic
def write_in(*, submission: Submission, language: str, title: str, titles: Mapping[int, str],
             texts: Mapping[str, Written], by: Viewer, at: datetime) -> list[str]:
    """Keep the words of a submission in another language; empty words take a translation away.

    `titles` are those of sections by their order, `texts` those of sentences by public id. Returns the ids of
    sentences whose original, or whose words in this language, somebody changed meanwhile: what was typed for them is
    not kept. Raises NotYours, TooLong, AlreadySent.
    """
    now = held(submission.pk)
    if not may_draft(by, now.organisation_id):
        raise NotYours
    if now.state == SubmissionState.SENT:
        raise AlreadySent
    now.names = _with(now.names, language, title[:200])
    now.save(update_fields=["names"])
    for section in now.sections.all():
        if section.order in titles and (kept := _with(section.titles, language, titles[section.order][:300])
                                        ) != section.titles:
            section.titles = kept
            section.save(update_fields=["titles"])
    meanwhile, n = [], 0
    for sentence in all_sentences(now).select_for_update(of=("self",)):
        typed = texts.get(sentence.public_id)
        if typed is None or typed.text.strip() == sentence.texts.get(language, ""):
            continue
        if len(typed.text.strip()) > MOST_LETTERS:
            raise TooLong(len(typed.text.strip()))
        if typed.text.strip() == typed.before:
            continue
        if sentence.edition != typed.edition or sentence.texts.get(language, "") != typed.before:
            meanwhile.append(sentence.public_id)
            continue
        sentence.texts = _with(sentence.texts, language, typed.text)
        sentence.save(update_fields=["texts"])
        keep(now, sentence, Deed.SAID_IN, by=by, at=at)
        n += 1
    if n:
        journal.record("submission_translated", by=by.public_id, thing=now.public_id, at=at)
    return meanwhile


def _with(kept: Mapping[str, str], language: str, words: str) -> dict[str, str]:
    """Return texts by language with these words, or without the language where there are none."""
    others = {code: text for code, text in kept.items() if code != language}
    return {**others, language: words.strip()} if words.strip() else others
