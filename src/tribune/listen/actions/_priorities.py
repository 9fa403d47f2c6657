"""Ten points that a city, or a person without a city, gives to what was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tribune.common import journal
from tribune.common.refusals import NotAllowed
from tribune.people.models import City
from tribune.people.rules import Viewer, may_write_for_city

from ..choices import ContributionState
from ..formats import PRIORITISE
from ..models import Consultation, Contribution, Points
from ..refusals import ConsultationClosed, Incomplete
from ..rules import MOST_POINTS, as_a_person, is_open
from ._contributions import check_asked


@transaction.atomic
def give_points(*, consultation: Consultation, points: Mapping[str, int], by: Viewer, at: datetime,
                city: City | None = None) -> int:
    """Put these points (public id of a published contribution → n) in place of those before; return their sum.

    A city has one set, whoever of its people gives it. Raises ConsultationClosed, NotAllowed, NotInThisPhase, and
    Incomplete when there are more than ten or something is not there to be given points.
    """
    found = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if not is_open(found, at):
        raise ConsultationClosed
    if city is not None and not may_write_for_city(by, city.pk):
        raise NotAllowed(_("You do not write for %(city)s. Ask one of its delegates to invite you.") % {"city": city})
    check_asked(found, PRIORITISE, by if city else as_a_person(by), at)
    given = {key: n for key, n in points.items() if n}
    total = sum(given.values())
    if any(n < 0 for n in given.values()):
        raise Incomplete("", _("Points are whole numbers from 0 to 10."))
    if total > MOST_POINTS:
        over = total - MOST_POINTS
        raise Incomplete("", ngettext("You gave %(n)d point too many. There are ten in all.",
                                      "You gave %(n)d points too many. There are ten in all.", over) % {"n": over})
    rows = {row.public_id: row for row in Contribution.objects.filter(
        consultation=found, state=ContributionState.PUBLISHED, public_id__in=list(given))}
    if set(given) - set(rows):
        raise Incomplete("", _("Something that you gave points to is no longer published. Load the page again."))
    mine = {"city": city, "user": None} if city else {"city": None, "user_id": by.user_id}
    Points.objects.filter(consultation=found, **mine).delete()
    Points.objects.bulk_create(Points(consultation=found, contribution=rows[key], n=n, **mine)
                               for key, n in given.items())
    if city is not None:
        # What a person prefers is a political opinion and stays out of the journal.
        journal.record("points_given", by=by.public_id, thing=found.public_id, at=at)
    return total
