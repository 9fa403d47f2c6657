"""Gathering contributions into asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed, Refusal
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.models import Organisation
from tribune.people.rules import Viewer
from tribune.watch.models import Passage, Process

from .choices import AskKind, Stance
from .events import SYNTHESIS_READY
from .models import Ask, AskSource
from .queries import next_number
from .rules import may_gather_asks


class EmptyAsk(Refusal):
    status = 422
    words = _("An ask needs words: those to insert, to strike or to keep, or a sentence that says what is asked.")


class WordsMissing(Refusal):
    status = 422
    words = _("To keep, change or delete words, say which words of the text are meant.")


class NotPublished(Refusal):
    status = 422
    words = _("Only published contributions carry an ask. One of these was withdrawn or waits for a person.")


def _check(kind: str, old: str, new: str, text: str) -> None:
    if not (old.strip() or new.strip() or text.strip()):
        raise EmptyAsk
    if kind in (AskKind.KEEP, AskKind.CHANGE, AskKind.DELETE) and not old.strip():
        raise WordsMissing


@transaction.atomic
def make_ask(*, process: Process, organisation: Organisation, kind: str, name: str, by: Viewer, at: datetime,
             passage: Passage | None = None, old: str = "", new: str = "", text: str = "", language: str = "en",
             contributions: Iterable[Contribution] = (), contrary: Iterable[Contribution] = (),
             **fields: Any) -> Ask:
    """Make an ask from the contributions that carry it and return it. Raises NotAllowed, EmptyAsk, NotPublished."""
    if not may_gather_asks(by, organisation.pk):
        raise NotAllowed(_("Only an officer of this organisation gathers asks."))
    _check(kind, old, new, text)
    # The process's row is locked, so that two officers at once get two numbers.
    Process.objects.select_for_update().get(pk=process.pk)
    ask = Ask.objects.create(process=process, organisation=organisation, number=next_number(process), kind=kind,
                             name=name, passage=passage, old=old, new=new, text=text, language=language,
                             made_by_id=by.user_id, made_at=at, **fields)
    for stance, sources in ((Stance.FOR, contributions), (Stance.AGAINST, contrary)):
        for contribution in sources:
            _add(ask, contribution, stance)
    journal.record("ask_made", by=by.public_id, thing=ask.public_id, at=at)
    announce(SYNTHESIS_READY, at=at, process=process.pk)
    return ask


def _add(ask: Ask, contribution: Contribution, stance: str) -> None:
    if contribution.state != ContributionState.PUBLISHED:
        raise NotPublished
    AskSource.objects.update_or_create(ask=ask, contribution=contribution, defaults={"stance": stance})


@transaction.atomic
def change_ask(*, ask: Ask, name: str, kind: str, old: str, new: str, text: str, by: Viewer, at: datetime) -> Ask:
    """Change the words of an ask. Its sources stay, and stand beside the new words for all to compare."""
    if not may_gather_asks(by, ask.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation changes its asks."))
    _check(kind, old, new, text)
    ask.name, ask.kind, ask.old, ask.new, ask.text = name, kind, old, new, text
    ask.save(update_fields=["name", "kind", "old", "new", "text"])
    journal.record("ask_changed", by=by.public_id, thing=ask.public_id, at=at)
    return ask


@transaction.atomic
def add_source(*, ask: Ask, contribution: Contribution, stance: str, by: Viewer, at: datetime) -> None:
    """Let a contribution carry an ask, or stand against it."""
    if not may_gather_asks(by, ask.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation changes its asks."))
    _add(ask, contribution, stance)
    journal.record("source_added", by=by.public_id, thing=ask.public_id, at=at)


@transaction.atomic
def remove_source(*, ask: Ask, contribution: Contribution, by: Viewer, at: datetime) -> None:
    """Take a contribution out of an ask."""
    if not may_gather_asks(by, ask.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation changes its asks."))
    AskSource.objects.filter(ask=ask, contribution=contribution).delete()
    journal.record("source_removed", by=by.public_id, thing=ask.public_id, at=at)


@transaction.atomic
def show_asks(*, process: Process, organisation: Organisation, by: Viewer, at: datetime) -> int:
    """Make all asks of an organisation in a process public; return how many became so."""
    if not may_gather_asks(by, organisation.pk):
        raise NotAllowed(_("Only an officer of this organisation shows its asks."))
    n = Ask.objects.filter(process=process, organisation=organisation, is_public=False).update(is_public=True)
    journal.record("asks_shown", by=by.public_id, thing=process.public_id, at=at)
    return n
