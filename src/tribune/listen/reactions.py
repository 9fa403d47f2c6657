"""What follows from events of this room: an urgent consultation tells cities at once."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tribune.common.mail import queue
from tribune.common.outbox import Happened, reaction
from tribune.people.choices import Role
from tribune.people.models import User
from tribune.people.queries import viewer_for

from . import queries, when
from .events import CONSULTATION_OPENED
from .models import Consultation


@reaction(CONSULTATION_OPENED)
def tell_cities_at_once(happened: Happened) -> None:
    """Mail an urgent consultation to the people of cities who may read its text, with the page for a slow line.

    One message of its own, in each reader's language, not part of a digest; twice told is once read.
    """
    found = (Consultation.objects.select_related("process", "version__draft")
             .get(pk=happened.ids["consultation"]))
    if not found.urgent:
        return
    people = (User.objects.filter(is_active=True, memberships__city__isnull=False,
                                  memberships__role__in=(Role.DELEGATE, Role.MEMBER)).distinct().order_by("pk"))
    for person in people.iterator():
        if not queries.consultations_for(viewer_for(person)).filter(pk=found.pk).exists():
            continue
        with translation.override(person.language):
            said = when.closing(found, person)
            until = f"{said.host} ({said.host_place})" if said else ""
            queue(to=person.email, at=timezone.now(), language=person.language,
                  reason=f"urgent:{found.public_id}",
                  subject=_("Urgent, until %(until)s: %(name)s") % {"until": until, "name": found},
                  body=_("%(organisation)s asks cities for an answer until %(until)s:\n\n%(name)s\n\n"
                         "A small page for a slow line:\n%(light)s\n\nThe full page:\n%(full)s\n") % {
                      "organisation": found.organisation, "until": until, "name": found,
                      "light": settings.BASE_URL + reverse("listen:light", args=[found.slug]),
                      "full": settings.BASE_URL + reverse("listen:consultation", args=[found.slug])})
