"""A contribution inside a city, written anew; each earlier wording is kept, and any of them can come back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed
from tribune.engine.text import language_of
from tribune.people.models import Mandate
from tribune.people.rules import Viewer

from ..choices import Act, ContributionState
from ..events import CONTRIBUTION_WITHDRAWN
from ..models import Contribution, EarlierWording
from ..refusals import ConsultationClosed, Incomplete, NotWaiting
from ..rules import is_open, may_revise, may_send_position, most_wording
from ..word_limits import n_words
from ._answers import check_answer
from ._contributions import UNKNOWN_LANGUAGE, check_words, held, words_of


@transaction.atomic
def revise_contribution(*, contribution: Contribution, act: str, strength: str, wording: str, why: str, by: Viewer,
                        at: datetime, language: str = "") -> Contribution:
    """Give an inner contribution other words and return it; those before stay as an earlier wording.

    Raises NotAllowed unless `by` wrote it or is a delegate of the city, NotWaiting once it was sent,
    ConsultationClosed, Incomplete.
    """
    found = held(contribution)
    if not may_revise(by, author_id=found.author_id, city_id=found.city_id, state=ContributionState.INNER):
        raise NotAllowed(_("Only the person who wrote this, or a delegate of the city, changes it."))
    if found.state != ContributionState.INNER:
        raise NotWaiting(_("This is not inside the city any more. Bring it back first."))
    if not is_open(found.consultation, at):
        raise ConsultationClosed
    if found.passage_id is None:
        act, strength, wording = found.act, found.strength, ""
    elif act not in Act.values:
        raise Incomplete("act", _("Choose what should happen to the paragraph."))
    wording, why = words_of(act, wording, why, found.read_text)
    if found.question is not None:
        check_answer(found.question, why)
    else:
        check_words(act, strength, wording, why, found.read_text)
    strength = "" if act == Act.COMMENT else strength
    if (act, strength, wording, why) == (found.act, found.strength, found.wording, found.why):
        raise Incomplete("", _("Nothing was changed."))
    _keep_earlier(found, at=at)
    found.act, found.strength, found.wording, found.why = act, strength, wording, why
    found.language = language or language_of(why or wording) or found.language or UNKNOWN_LANGUAGE
    found.save(update_fields=["act", "strength", "wording", "why", "language"])
    journal.record("contribution_revised", by=by.public_id, thing=found.public_id, at=at)
    return found


def restore_wording(*, contribution: Contribution, number: int, by: Viewer, at: datetime) -> Contribution:
    """Bring an earlier wording back (undo); what stands now becomes an earlier wording itself."""
    earlier = EarlierWording.objects.filter(contribution=contribution, number=number).first()
    if earlier is None:
        raise NotWaiting(_("There is no such earlier wording."))
    return revise_contribution(contribution=contribution, act=earlier.act, strength=earlier.strength,
                               wording=earlier.wording, why=earlier.why, language=earlier.language, by=by, at=at)


@transaction.atomic
def bring_back(*, contribution: Contribution, by: Viewer, at: datetime) -> Contribution:
    """Bring a position, or what was taken back or set aside, back inside its city (undo), until it closes.

    A position that comes back is no longer public, and its mandate ends. Raises NotAllowed unless `by` is a delegate
    of the city, ConsultationClosed, NotWaiting.
    """
    found = held(contribution)
    if not may_send_position(by, found.city_id):
        raise NotAllowed(_("Only a delegate of the city brings this back."))
    if not is_open(found.consultation, at):
        raise ConsultationClosed(_("The consultation has closed: what the city said in it stays as said."))
    was = found.state
    if was not in (ContributionState.PUBLISHED, ContributionState.WITHDRAWN, ContributionState.ASIDE):
        raise NotWaiting(_("This is inside the city already."))
    found.state, found.published_at, found.same_as = ContributionState.INNER, None, None
    found.save(update_fields=["state", "published_at", "same_as"])
    if was == ContributionState.PUBLISHED:
        Contribution.objects.filter(same_as=found).update(same_as=None)
        Mandate.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at.date()),
                               position=found.public_id).update(valid_until=at.date())
        announce(CONTRIBUTION_WITHDRAWN, at=at, contribution=found.pk)
    journal.record("contribution_brought_back", by=by.public_id, thing=found.public_id, at=at)
    return found


def fits(contribution: Contribution, wording: str) -> bool:
    """Whether a wording is short enough for the place of a contribution."""
    if contribution.question is not None:
        return n_words(wording) <= contribution.question.most_words
    return len(wording) <= most_wording(contribution.read_text)


def _keep_earlier(found: Contribution, *, at: datetime) -> None:
    # Who wrote the words that now become earlier ones: whoever revised last, else the author. The journal knows the
    # acts; here only the author of the row is kept, for a row deleted with its person must not bring names back.
    number = found.earlier.count() + 1
    EarlierWording.objects.create(
        contribution=found, number=number, act=found.act, strength=found.strength, language=found.language,
        wording=found.wording, why=found.why, author_id=found.author_id, replaced_at=at)
