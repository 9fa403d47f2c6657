"""What an officer does about missing voices: sets targets, asks cities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.mail import queue
from tribune.common.refusals import NotAllowed
from tribune.people.models import City
from tribune.people.queries import delegates_of
from tribune.people.rules import Viewer

from ..choices import Dimension
from ..models import CityInvited, Consultation, Target
from ..refusals import ConsultationClosed
from ..rules import is_open, may_prepare


@transaction.atomic
def set_target(*, consultation: Consultation, dimension: str, key: str, n: int, by: Viewer, at: datetime) -> None:
    """Want at least `n` voices from one part; 0 takes the wish back. Raises NotAllowed."""
    _guard(consultation, by)
    where: dict[str, Any] = {"consultation": consultation, "dimension": Dimension(dimension).value, "key": key}
    if n:
        Target.objects.update_or_create(**where, defaults={"n": n})
    else:
        Target.objects.filter(**where).delete()
    journal.record("target_set", by=by.public_id, thing=consultation.public_id, at=at)


@transaction.atomic
def invite_cities(*, consultation: Consultation, cities: Iterable[City], by: Viewer, at: datetime) -> int:
    """Ask cities to take part, each once, at the address on file or through its delegates; return how many were.

    A city without any address is left out. Raises NotAllowed, ConsultationClosed.
    """
    _guard(consultation, by)
    if not is_open(consultation, at):
        raise ConsultationClosed
    asked = set(CityInvited.objects.filter(consultation=consultation).values_list("city_id", flat=True))
    n = 0
    for city in cities:
        people = [(city.signing_email, "en")] if city.signing_email else [
            (user.email, user.language) for user in delegates_of(city)]
        if city.pk in asked or not people:
            continue
        CityInvited.objects.create(consultation=consultation, city=city, invited_at=at)
        for address, language in people:
            _mail(consultation, city, address, language, at=at)
        n += 1
    journal.record("cities_invited", by=by.public_id, thing=consultation.public_id, at=at)
    return n


def _guard(consultation: Consultation, by: Viewer) -> None:
    if not may_prepare(by, consultation.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation does this."))


def _mail(consultation: Consultation, city: City, address: str, language: str, *, at: datetime) -> None:
    with translation.override(language):
        where = settings.BASE_URL + reverse("listen:consultation", args=[consultation.slug])
        queue(to=address, at=at, language=language,
              reason=f"missing:{consultation.public_id}:{city.public_id}",
              subject=_("The voice of %(city)s is missing: %(name)s") % {"city": city, "name": consultation},
              body=_("%(organisation)s asks: %(name)s\n\nNo position of %(city)s is published yet. You can read and "
                     "answer here:\n%(address)s\n\nQuestions: %(contact)s\n") % {
                         "organisation": consultation.organisation, "name": consultation, "city": city,
                         "address": where, "contact": consultation.contact})
