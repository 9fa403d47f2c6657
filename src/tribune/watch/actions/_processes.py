"""Making and changing processes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal, search
from tribune.common.outbox import announce
from tribune.people.models import Organisation
from tribune.people.rules import Viewer

from ..choices import Participation
from ..events import PROCESS_CHANGED
from ..models import Process
from ..refusals import NameTaken, NotYourProcess, UnknownTimeZone, WordsUnknown
from ..rules import RESERVED, is_time_zone, may_run_process
from ..vocabulary import GDC_OBJECTIVES, WSIS_LINES, is_target


@transaction.atomic
def make_process(*, organisation: Organisation, slug: str, name: str, by: Viewer, at: datetime,
                 **fields: Any) -> Process:
    """Make a process of an organisation and return it; `fields` are those of the model.

    Raises NotYourProcess, NameTaken, UnknownTimeZone, and WordsUnknown for a code that is in no list.
    """
    if not may_run_process(by, organisation.pk):
        raise NotYourProcess
    if slug in RESERVED or Process.objects.filter(slug=slug).exists():
        raise NameTaken
    _check(fields)
    process = Process.objects.create(organisation=organisation, slug=slug, name=name, made_at=at, **fields)
    search.touch("process", process.pk)
    journal.record("process_made", by=by.public_id, thing=process.public_id, at=at)
    return process


@transaction.atomic
def change_process(*, process: Process, by: Viewer, at: datetime, **fields: Any) -> Process:
    """Change what is said about a process (not its short name) and announce PROCESS_CHANGED if anything changed.

    Raises what `make_process` raises.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    if not may_run_process(by, process.organisation_id):
        raise NotYourProcess
    _check(fields)
    changed = differing(process, fields)
    if not changed:
        return process
    process.changed_at = at
    process.save(update_fields=[*changed, "changed_at"])
    search.touch("process", process.pk)
    journal.record("process_changed", by=by.public_id, thing=process.public_id, at=at)
    announce(PROCESS_CHANGED, at=at, process=process.pk)
    return process


def differing(row: Any, fields: dict[str, Any]) -> list[str]:
    """Set `fields` on a row and return the names of those that were different."""
    changed = [key for key, value in fields.items() if getattr(row, key) != value]
    for key in changed:
        setattr(row, key, fields[key])
    return changed


def check_zone(zone: str) -> None:
    """Raise UnknownTimeZone for what is none."""
    if not is_time_zone(zone):
        raise UnknownTimeZone


def _check(fields: dict[str, Any]) -> None:
    check_zone(fields.get("time_zone", "UTC"))
    _known(fields.get("wsis_lines", ()), WSIS_LINES)
    _known(fields.get("gdc_objectives", ()), GDC_OBJECTIVES)
    _known(fields.get("ways_in", ()), Participation.values)
    for code in fields.get("sdg_targets", ()):
        if not is_target(code):
            raise WordsUnknown(_("%(code)s is no target of the Sustainable Development Goals.") % {"code": code})


def _known(codes: Iterable[str], table: Iterable[str]) -> None:
    for code in codes:
        if code not in table:
            raise WordsUnknown(_("%(code)s is not in our list.") % {"code": code})
