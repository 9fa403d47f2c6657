"""What people choose to say of themselves: classes at their voice, place and gender only in counts apart."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from tribune.common.refusals import NotAllowed
from tribune.people.choices import IncomeGroup
from tribune.people.models import City

from ..choices import Counted
from ..models import Consultation, Headcount, Voice
from ..refusals import ConsultationClosed, ToldAlready
from ..rules import is_open
from ..size import size_of


@transaction.atomic
def tell_about(*, voice: Voice, city: City | None = None, region: str = "", size: str = "", gender: str = "",
               language: str = "") -> Voice:
    """Keep what somebody tells of their place, once; return the voice.

    A city gives region, size and income group, which stand at the voice; the city itself and the gender go into
    counts that nothing joins to a voice. Raises ConsultationClosed, ToldAlready, NotAllowed for paper.
    """
    found = Voice.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=voice.pk)
    if not is_open(found.consultation, None):
        raise ConsultationClosed
    if found.region or found.size or found.language:
        raise ToldAlready
    if not any((city, region, size, gender, language)):
        raise NotAllowed
    describe(found, city=city, region=region, size=size, language=language)
    found.save(update_fields=["region", "size", "income_group", "language"])
    count_apart(found.consultation, city=city, gender=gender)
    return found


def describe(voice: Voice, *, city: City | None, region: str, size: str, language: str) -> None:
    """Set the classes of a voice from what was told of its place; the caller saves it."""
    voice.region = city.region if city else region
    voice.size = size_of(city.population) or size if city else size
    known = city is not None and city.income_group != IncomeGroup.UNKNOWN
    voice.income_group = city.income_group if city and known else ""
    voice.language = language


def count_apart(consultation: Consultation, *, city: City | None, gender: str) -> None:
    """Add one to the counts of a city and a gender; no row remembers who."""
    told = [(Counted.GENDER, gender)] if gender else []
    if city is not None:
        told.append((Counted.CITY, city.public_id))
    for what, key in told:
        Headcount.objects.get_or_create(consultation=consultation, what=what, key=key)
        Headcount.objects.filter(consultation=consultation, what=what, key=key).update(n=F("n") + 1)
