"""Contributions that ask the same, read as one with co-signers; nobody's words are changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.refusals import NotAllowed
from tribune.people.rules import Viewer

from ..choices import ContributionState
from ..models import Contribution
from ..refusals import NotWaiting
from ..rules import may_prepare
from ..twins import same_ask


@transaction.atomic
def join_twins(*, contributions: Sequence[Contribution], by: Viewer, at: datetime) -> Contribution:
    """Let the earliest of published contributions that ask the same stand for all; return it.

    The others stay as they are, with city, mandate and reason, and are shown as its co-signers. Raises NotAllowed
    unless `by` is an officer of the organisation, NotWaiting when they do not ask the same.
    """
    rows = list(Contribution.objects.select_for_update(of=("self",)).select_related("consultation", "passage")
                .filter(pk__in=[each.pk for each in contributions]).order_by("pk"))
    if not rows or not may_prepare(by, rows[0].consultation.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation puts answers together."))
    asked = {(row.consultation_id, same_ask(row.passage.path if row.passage else "", row.act, row.wording))
             for row in rows}
    if len(rows) < 2 or len(asked) != 1 or any(row.state != ContributionState.PUBLISHED for row in rows):
        raise NotWaiting(_("These do not ask the same any more. Load the page again."))
    leader = rows[0]
    if leader.same_as_id is not None:
        leader.same_as = None
        leader.save(update_fields=["same_as"])
    Contribution.objects.filter(pk__in=[row.pk for row in rows[1:]]).update(same_as=leader)
    journal.record("twins_joined", by=by.public_id, thing=leader.public_id, at=at)
    return leader


@transaction.atomic
def part_twins(*, contribution: Contribution, by: Viewer, at: datetime) -> None:
    """Let the co-signers of a contribution stand for themselves again (undo)."""
    found = Contribution.objects.select_related("consultation").get(pk=contribution.pk)
    if not may_prepare(by, found.consultation.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation parts answers."))
    Contribution.objects.filter(same_as=found).update(same_as=None)
    journal.record("twins_parted", by=by.public_id, thing=found.public_id, at=at)
