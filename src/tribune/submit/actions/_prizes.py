"""Answers to a prize form: kept as they stand, ready or not; nobody's words are lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tribune.common import journal
from tribune.people.rules import Viewer
from tribune.submit.models import FormAnswers
from tribune.submit.prizes import PrizeForm
from tribune.submit.refusals import FormChanged, NotYours
from tribune.submit.rules import may_draft
from tribune.watch.models import Process

# Far more than any form asks for; the page says by how much an answer is too long well before.
_MOST_LETTERS = 20_000


@transaction.atomic
def keep_form_answers(*, process: Process, form: PrizeForm, answers: Mapping[str, str | list[str]], edition: int,
                      by: Viewer, at: datetime) -> FormAnswers:
    """Keep the answers to a form that was read as `edition` (0 for none yet); unfinished ones are kept too.

    Raises NotYours, and FormChanged where somebody else kept other answers meanwhile: hers stand, and the words that
    came are shown for her to join.
    """
    if not may_draft(by, process.organisation_id):
        raise NotYours
    held = (FormAnswers.objects.select_for_update()
            .filter(organisation_id=process.organisation_id, process=process, form=form.name).first())
    if (held.edition if held else 0) != edition:
        raise FormChanged
    known = {field.name for field in form.fields}
    kept = {name: answer[:_MOST_LETTERS] if isinstance(answer, str) else list(answer)[:50]
            for name, answer in answers.items() if name in known}
    if held is None:
        held = FormAnswers(organisation_id=process.organisation_id, process=process, form=form.name, edition=0)
    held.answers, held.edition, held.changed_by_id, held.changed_at = kept, held.edition + 1, by.user_id, at
    held.save()
    journal.record("form_answered", by=by.public_id, thing=process.public_id, at=at)
    return held
