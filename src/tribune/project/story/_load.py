"""Loading the story: all of it in one transaction, in the order of its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from tribune.common import outbox
from tribune.common.models import Mail
from tribune.people.models import Organisation, User
from tribune.watch.models import Process

from . import figures, ledger, people, processes, submission, texts, voices
from ._clock import Clock
from ._story import Story, table

__all__ = ["NotEmpty", "is_loaded", "load"]

PARTS = (people, processes, texts, figures, voices, submission, ledger)


class NotEmpty(Exception):
    """Somebody works here: the story goes into an empty instance only."""


def is_loaded() -> bool:
    """Whether the story is there. It is there wholly or not at all: loading is one transaction."""
    return Organisation.objects.filter(slug=table("organisations")[0]["slug"], sample=True).exists()


def _silence(line: str) -> None:
    """Say nothing."""


def load(*, now: datetime, say: Callable[[str], None] = _silence) -> bool:
    """Tell the story to the rooms; return False, changing nothing, where it is there already.

    `say` gets one line for each part that is done. Steps are taken in the order of their moments, and what each
    announces is delivered before the next, as if a worker had run all the time. Mails of the story's past are marked
    as sent when they were written: nobody's mailbox gets eighty days at once. Raises NotEmpty.
    """
    if is_loaded():
        return False
    if User.objects.exists() or Process.objects.exists():
        raise NotEmpty("other people or processes are in this database; the sample story goes into an empty one")
    documents = texts.read_all()
    texts.sweep(documents)
    say(f"{len(documents)} files read")
    with transaction.atomic():
        story = Story(Clock(now), documents)
        steps = [(part, step) for part in PARTS for step in part.plan(story)]
        left = {part: sum(of == part for of, _ in steps) for part in PARTS}
        for part, step in sorted(steps, key=lambda row: row[1].at):
            step.do(step.at)
            outbox.deliver_until_quiet(at=step.at)
            left[part] -= 1
            if not left[part]:
                say(part.told(story))
        Mail.objects.filter(state=Mail.WAITING).update(state=Mail.SENT, sent_at=F("made_at"))
    return True
