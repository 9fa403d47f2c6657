"""Switching a known process on, and off again while nothing hangs on it."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count

from django.db import router, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.people.models import Mandate, Organisation
from tribune.people.rules import Viewer

from ..events import PROCESS_CHANGED
from ..models import DateChange, Follow, Meeting, Process, Stage
from ..refusals import AlreadyHere, NotYourProcess, StillUsed
from ..rules import may_run_process
from ..seed import Known
from ._calls import make_call
from ._meetings import make_meeting, make_stage
from ._processes import make_process

# What goes with a process without loss: nobody but the officer wrote it. A call was announced; it stays unless all
# of them came with the copy.
_OWN = (Process, Stage, Meeting, DateChange, Follow)


@transaction.atomic
def adopt_known(*, known: Known, organisation: Organisation, by: Viewer, at: datetime) -> Process:
    """Copy a known process with its dates into an organisation and return it; its short name may get a number.

    Raises NotYourProcess, and AlreadyHere when the organisation has it.
    """
    if not may_run_process(by, organisation.pk):
        raise NotYourProcess
    if Process.objects.filter(organisation=organisation, known_id=known.id).exists():
        raise AlreadyHere
    process = make_process(organisation=organisation, slug=_free(known.slug), known_id=known.id, by=by, at=at,
                           **known.records[0].fields)
    for record in known.records[1:]:
        fields = dict(record.fields)
        if record.kind == "stage":
            make_stage(process=process, by=by, at=at, **fields)
        elif record.kind == "meeting":
            make_meeting(process=process, by=by, at=at, **{"time_zone": process.time_zone, **fields})
        else:
            make_call(process=process, by=by, at=at, **{"time_zone": process.time_zone, "deadline_time": None,
                                                           **fields})
    announce(PROCESS_CHANGED, at=at, process=process.pk)
    return process


def _free(slug: str) -> str:
    taken = set(Process.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in chain([slug], (f"{slug}-{n}" for n in count(2))) if name not in taken)


@transaction.atomic
def drop_known(*, process: Process, by: Viewer, at: datetime) -> None:
    """Take a copy of a known process away. Raises StillUsed when a text, a consultation or a call hangs on it.

    Rooms downstream are not asked one by one: whatever would be deleted with it, and is not its own dates, keeps it.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    if not may_run_process(by, process.organisation_id):
        raise NotYourProcess
    if not process.known_id or _hangs(process) or Mandate.objects.filter(process=process.public_id).exists():
        raise StillUsed
    journal.record("process_dropped", by=by.public_id, thing=process.public_id, at=at)
    process.delete()


def _hangs(process: Process) -> bool:
    if process.calls.exclude(made_at=process.made_at).exists() or process.drafts.exists():
        return True
    collector = Collector(using=router.db_for_write(Process), origin=process)
    try:
        collector.collect([process])
    except (ProtectedError, RestrictedError):
        return True
    own = {*_OWN, process.calls.model}
    own.add(process.calls.model._meta.get_field("changes").related_model)  # the history of its deadlines
    return any(model not in own for model in collector.data) or any(
        found.model not in own and found.exists() for found in collector.fast_deletes)
