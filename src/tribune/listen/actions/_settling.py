"""How a city settles proposals of its services that meet on one paragraph: choose, join, keep both; and undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.refusals import NotAllowed
from tribune.engine.text import language_of
from tribune.people.choices import MandateLevel
from tribune.people.models import City
from tribune.people.rules import Viewer

from ..choices import Act, ContributionState, Settled, Strength
from ..meeting import Proposal, merged
from ..models import Contribution, Settlement
from ..refusals import ConsultationClosed, Incomplete, NotWaiting
from ..rules import is_open, may_send_position
from ._contributions import UNKNOWN_LANGUAGE, check_words, words_of


@transaction.atomic
def settle(*, city: City, met: Sequence[Contribution], how: str, by: Viewer, at: datetime,
           chosen: Contribution | None = None, wording: str = "", why: str = "") -> Settlement:
    """Keep how a delegate settled inner proposals on one paragraph; return it.

    "chosen": one stands, the others are set aside inside the city. "merged": a new proposal with `wording` (by
    default the one that holds all edits) stands for the whole city, those that met are set aside. "both": all stand.
    Raises NotAllowed, ConsultationClosed, NotWaiting, Incomplete.
    """
    if not may_send_position(by, city.pk):
        raise NotAllowed(_("Only a delegate settles what the services of the city propose."))
    rows = list(Contribution.objects.select_for_update(of=("self",)).select_related("consultation")
                .filter(pk__in=[each.pk for each in met]).order_by("pk"))
    if (len(rows) < 2 or any(row.city_id != city.pk or row.state != ContributionState.INNER for row in rows)
            or len({(row.consultation_id, row.passage_id, row.read_text) for row in rows}) != 1
            or rows[0].passage is None):
        raise NotWaiting(_("These proposals do not meet any more. Load the page again."))
    consultation, passage = rows[0].consultation, rows[0].passage
    if not is_open(consultation, at):
        raise ConsultationClosed
    kept: Contribution | None = None
    if how == Settled.CHOSEN:
        kept = next((row for row in rows if chosen is not None and row.pk == chosen.pk), None)
        if kept is None:
            raise Incomplete("chosen", _("Choose one of them."))
    elif how == Settled.MERGED:
        kept = _joined(rows, wording=wording, why=why, by=by, at=at)
    elif how != Settled.BOTH:
        raise Incomplete("how", _("Choose one, join them, or keep both."))
    aside = [] if how == Settled.BOTH else [row for row in rows if kept is None or row.pk != kept.pk]
    Contribution.objects.filter(pk__in=[row.pk for row in aside]).update(state=ContributionState.ASIDE)
    made = Settlement.objects.create(
        city=city, consultation=consultation, passage=passage, how=how, met=[row.public_id for row in rows],
        put_aside=[row.public_id for row in aside], kept=kept, by_id=by.user_id, made_at=at)
    for row in rows:
        journal.record(f"settled_{how}", by=by.public_id, thing=row.public_id, at=at)
    return made


@transaction.atomic
def undo_settlement(*, settlement: Settlement, by: Viewer, at: datetime) -> Settlement:
    """Put everything back as it was before: what was set aside stands again, a joined proposal is taken back.

    Raises NotAllowed, ConsultationClosed, NotWaiting when it was undone already or something of it was sent.
    """
    found = (Settlement.objects.select_for_update(of=("self",)).select_related("consultation", "kept")
             .get(pk=settlement.pk))
    if not may_send_position(by, found.city_id):
        raise NotAllowed(_("Only a delegate settles what the services of the city propose."))
    if not is_open(found.consultation, at):
        raise ConsultationClosed
    if found.undone_at is not None:
        raise NotWaiting(_("This was undone already."))
    if found.kept is not None and found.kept.state == ContributionState.PUBLISHED:
        raise NotWaiting(_("The proposal that was kept is the position of the city now. Bring it back first."))
    Contribution.objects.filter(city_id=found.city_id, public_id__in=found.put_aside,
                                state=ContributionState.ASIDE).update(state=ContributionState.INNER)
    if found.how == Settled.MERGED and found.kept is not None:
        Contribution.objects.filter(pk=found.kept.pk).update(state=ContributionState.WITHDRAWN)
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    for key in found.met:
        journal.record("settlement_undone", by=by.public_id, thing=key, at=at)
    return found


def _joined(rows: Sequence[Contribution], *, wording: str, why: str, by: Viewer, at: datetime) -> Contribution:
    first = rows[0]
    proposals = [Proposal(row.public_id, row.act, row.wording) for row in rows]
    wording = wording or merged(first.read_text, proposals)[0]
    why = why or "\n\n".join(dict.fromkeys(row.why for row in rows if row.why))
    act = Act.CHANGE if wording.strip() else Act.DELETE
    strength = Strength.MUST if any(row.strength == Strength.MUST for row in rows) else Strength.SHOULD
    wording, why = words_of(act, wording, why, first.read_text)
    check_words(act, strength, wording, why, first.read_text)
    made = Contribution.objects.create(
        consultation=first.consultation, city_id=first.city_id, author_id=by.user_id, passage=first.passage,
        rendition=first.rendition, text_sha256=first.text_sha256, read_text=first.read_text, act=act,
        strength=strength, wording=wording, why=why, origin="joined", made_at=at, level=MandateLevel.PERSONAL,
        language=language_of(why or wording) or first.language or UNKNOWN_LANGUAGE, state=ContributionState.INNER)
    journal.record("contribution_made", by=by.public_id, thing=made.public_id, at=at)
    return made
