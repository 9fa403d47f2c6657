"""Promises with a date in adopted texts: proposed by rule, followed up once an officer has confirmed them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tribune.common import chain, journal
from tribune.engine.uptake import Promise, time_bound
from tribune.people.choices import Role
from tribune.people.rules import Viewer
from tribune.watch.choices import StageKind, VersionState
from tribune.watch.models import Paragraph, Version
from tribune.watch.queries import engine_paragraphs, original_rendition

from ..choices import FollowUpState
from ..models import FollowUp
from ..refusals import NeedsDate, NotYourLedger
from ..rules import LEDGER, may_keep_ledger


def find_promises(*, version: Version, at: datetime) -> int:
    """Propose the time-bound promises of an adopted version as items to follow up; return how many are new.

    Other versions have none: what is not adopted promises nothing. What somebody decided stays, whatever the rules
    find; proposals that a corrected file no longer bears out go.
    """
    version = Version.objects.prefetch_related("renditions").get(pk=version.pk)
    if version.stage != StageKind.ADOPTION or version.state != VersionState.PUBLISHED or not version.renditions.all():
        return 0
    language = original_rendition(version).language
    text = engine_paragraphs(version, language)
    return _write(version, language, time_bound(text, language=language, on=version.dated_on), at)


@transaction.atomic
def _write(version: Version, language: str, found: tuple[Promise, ...], at: datetime) -> int:
    rows = {row.passage.path: row for row in Paragraph.objects.filter(
        rendition__version=version, rendition__language=language).select_related("passage")}
    known = {(row.passage_id, row.start): row for row in FollowUp.objects.select_for_update().filter(
        version=version, language=language)}
    fresh = []
    for one in found:
        row = rows[one.paragraph]
        place = known.pop((row.passage_id, one.start), None)
        fields = {"sentence": row.text[one.start:one.end], "who": one.who, "due_text": one.due_text[:200],
                  "due_on": one.due_on, "names_local": _names_local(row, one), "objective": one.objective}
        if place is None:
            fresh.append(FollowUp(version=version, passage=row.passage, language=language, start=one.start,
                                  proposed_at=at, **fields))
        elif place.state == FollowUpState.PROPOSED and any(getattr(place, name) != fields[name] for name in fields):
            for name, value in fields.items():
                setattr(place, name, value)
            place.save(update_fields=list(fields))
    FollowUp.objects.filter(pk__in=[row.pk for row in known.values() if row.state == FollowUpState.PROPOSED]).delete()
    FollowUp.objects.bulk_create(fresh)
    return len(fresh)


def _names_local(row: Paragraph, promise: Promise) -> bool:
    return any(one.get("tier") == "explicit" and one["start"] < promise.end and one["end"] > promise.start
               for one in row.mentions)


@transaction.atomic
def decide_follow_up(*, follow_up: FollowUp, state: str, by: Viewer, at: datetime, due_on: date | None = None,
                     who: str = "", note: str = "", objective: int | None = None) -> FollowUp:
    """Confirm a promise with its date, mark it done, or set it aside; the last decision stands, the chain keeps all.

    Raises NotYourLedger, and NeedsDate where something is to be followed up without a day.
    """
    row = (FollowUp.objects.select_for_update(of=("self",)).select_related("version__draft__process")
           .get(pk=follow_up.pk))
    if not may_keep_ledger(by, row.version.draft.process.organisation_id):
        raise NotYourLedger
    if state == FollowUpState.CONFIRMED and due_on is None:
        raise NeedsDate
    row.state, row.due_on, row.who, row.note, row.objective = state, due_on, who.strip(), note.strip(), objective
    row.decided_by_id, row.decided_role, row.decided_at = by.user_id, Role.OFFICER.value, at
    row.save(update_fields=["state", "due_on", "who", "note", "objective", "decided_by", "decided_role", "decided_at"])
    chain.append(LEDGER, kind="follow_up_decided", subject=row.public_id, on=at.date(), content={
        "state": state, "due_on": due_on.isoformat() if due_on else "", "who": row.who, "note": row.note})
    journal.record("follow_up_decided", by=by.public_id, thing=row.public_id, at=at)
    return row
