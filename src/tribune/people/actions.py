"""Changing who is there: cities, invitations, profiles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tribune.common import journal
from tribune.common.mail import queue
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed, Refusal

from . import tokens
from .choices import Role
from .events import CITY_JOINED
from .models import City, Membership, Organisation, User
from .queries import delegates_of, has_delegate
from .rules import Viewer, may_change_city, may_invite_to_city, may_invite_to_organisation, may_keep_cities

INVITATION = "membership"


class AlreadyThere(Refusal):
    words = gettext_lazy("A local or regional government with this address exists already.")


@transaction.atomic
def add_city(*, slug: str, name: str, country: str, region: str, by: Viewer, at: datetime, **fields: Any) -> City:
    """Add a local or regional government and return it; for officers of an organisation."""
    if not may_keep_cities(by):
        raise NotAllowed(_("Only an officer adds local and regional governments."))
    if City.objects.filter(slug=slug).exists():
        raise AlreadyThere
    city = City.objects.create(slug=slug, name=name, country=country, region=region, **fields)
    journal.record("city_added", by=by.public_id, thing=city.public_id, at=at)
    announce(CITY_JOINED, at=at, city=city.pk)
    return city


@transaction.atomic
def change_city(*, city: City, by: Viewer, at: datetime, **facts: Any) -> City:
    """Correct the facts about a city, for its delegates and for officers; return it.

    The address on file, to which codes for signatures go, changes only by an officer; the address until now and all
    delegates are told at once, since whoever reads that mailbox signs for the city.
    """
    city = City.objects.select_for_update().get(pk=city.pk)
    if not may_change_city(by, city.pk):
        raise NotAllowed(_("Only a delegate of this city or an officer corrects its facts."))
    before = city.signing_email
    if facts.get("signing_email", before) != before and not may_keep_cities(by):
        raise NotAllowed(_("Only an officer changes the address on file."))
    for name, value in facts.items():
        setattr(city, name, value)
    city.save(update_fields=list(facts))
    if city.signing_email != before:
        _tell_new_address(city, before, at=at)
    journal.record("city_changed", by=by.public_id, thing=city.public_id, at=at)
    return city


def _tell_new_address(city: City, before: str, *, at: datetime) -> None:
    told = {delegate.email: delegate.language for delegate in delegates_of(city)}
    if before:
        told.setdefault(before, translation.get_language() or "en")
    for email, language in told.items():
        with translation.override(language):
            queue(to=email, at=at, language=language,
                  subject=_("The address on file of %(place)s has changed") % {"place": city},
                  body=_("Codes that sign for %(place)s now go to %(new)s, no longer to %(old)s. An officer changed "
                         "it. If that is not right, say so at once:\n%(address)s\n")
                  % {"place": city, "new": city.signing_email or _("nobody"), "old": before or _("nobody"),
                     "address": settings.BASE_URL + reverse("people:city", args=[city.slug])})


@transaction.atomic
def invite(*, email: str, role: str, by: Viewer, at: datetime, city: City | None = None,
           organisation: Organisation | None = None, service: str = "", language: str = "en") -> str:
    """Send a single-use invitation by mail and return its secret.

    Raises NotAllowed unless `by` may invite there. Whoever opens the link confirms by POST, since mail
    scanners fetch links before people do.
    """
    if city is not None:
        if not may_invite_to_city(by, city.pk, has_delegate=has_delegate(city.pk)):
            raise NotAllowed(_("Only a delegate of this city invites people to it; an officer invites the first one."))
    elif organisation is not None:
        if not may_invite_to_organisation(by, organisation.pk):
            raise NotAllowed(_("Only an officer of this organisation invites people to it."))
    else:
        raise ValueError("an invitation needs a city or an organisation")
    place = city or organisation
    assert place is not None
    secret = tokens.make_invitation(purpose=INVITATION, thing=place.public_id, at=at, details={
        "email": email.strip().lower(), "role": role, "service": service,
        "city": city.pk if city else None, "organisation": organisation.pk if organisation else None})
    with translation.override(language):
        address = settings.BASE_URL + reverse("invitation", args=[secret])
        queue(to=email, at=at, language=language,
              subject=_("%(place)s invites you to Tribune") % {"place": place},
              body=_("You are invited to write for %(place)s (%(role)s).\n\nOpen this address within 14 days and "
                     "confirm there; it works once:\n%(address)s\n\nIf you did not expect this, do nothing.\n")
              % {"place": place, "role": service or Role(role).label, "address": address})
    journal.record("invited", by=by.public_id, thing=place.public_id, at=at)
    return secret


@transaction.atomic
def accept_invitation(*, secret: str, name: str, at: datetime) -> User:
    """Consume an invitation, make the account if there is none, and return the person to sign in."""
    token = tokens.use(secret, purpose=INVITATION, at=at)
    details = token.details
    _tell_delegates(details["city"], at=at, email=details["email"])
    user = User.objects.filter(email=details["email"]).first()
    if user is None:
        user = User.objects.create_user(email=details["email"], name=name.strip(), joined_at=at,
                                        language=translation.get_language() or "en")
    elif name.strip() and not user.name:
        user.name = name.strip()
        user.save(update_fields=["name"])
    Membership.objects.get_or_create(
        user=user, city_id=details["city"], organisation_id=details["organisation"], role=details["role"],
        defaults={"service": details["service"], "since": at})
    journal.record("joined", by=user.public_id, thing=token.thing, at=at)
    return user


def _tell_delegates(city_id: int | None, *, at: datetime, email: str) -> None:
    """Those who sign for a city hear at once who joins it."""
    city = City.objects.filter(pk=city_id).first() if city_id is not None else None
    if city is None:
        return
    for delegate in delegates_of(city):
        with translation.override(delegate.language):
            queue(to=delegate.email, at=at, language=delegate.language,
                  subject=_("Somebody joined %(place)s on Tribune") % {"place": city},
                  body=_("%(email)s now writes for %(place)s. If that is not right, end the membership:\n%(address)s\n")
                  % {"email": email, "place": city, "address":
                     settings.BASE_URL + reverse("people:city_people", args=[city.slug])})


@transaction.atomic
def end_membership(*, membership: Membership, by: Viewer, at: datetime) -> None:
    """Take a role away. What the person wrote for the city stays: the record is not ours to rewrite."""
    city, organisation = membership.city, membership.organisation
    allowed = (may_invite_to_city(by, city.pk, has_delegate=True) if city else
               organisation is not None and may_invite_to_organisation(by, organisation.pk))
    if not allowed and membership.user_id != by.user_id:
        raise NotAllowed(_("Only a delegate or an officer ends a membership."))
    place = city or organisation
    membership.delete()
    announce("member_left", at=at, user=membership.user_id)
    journal.record("left", by=by.public_id, thing=place.public_id if place else "", at=at)


@transaction.atomic
def change_profile(*, name: str, language: str, time_zone: str, by: Viewer, at: datetime) -> None:
    """Change what a person is called, and in which language and zone Tribune speaks to them."""
    assert by.user_id is not None
    User.objects.filter(pk=by.user_id).update(name=name.strip(), language=language, time_zone=time_zone)
