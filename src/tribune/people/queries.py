"""Reading who is there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from .choices import Role
from .models import City, Membership, Organisation, User
from .rules import ANYONE, SIGNED_IN, Viewer


def name_of(user: Any) -> str:
    """Return what to call a person: the name, or the part of the address before the @."""
    return getattr(user, "name", "") or str(getattr(user, "email", "")).split("@")[0]


def viewer_for(user: Any) -> Viewer:
    """Return the viewer for a user of the request, in one query; the anonymous one for nobody."""
    if not getattr(user, "is_authenticated", False):
        return Viewer()
    roles = {ANYONE, SIGNED_IN}
    if user.is_administrator:
        roles.add(Role.ADMINISTRATOR.value)
    officer_of, moderator_of, member_of = set(), set(), set()
    cities: dict[int, set[str]] = {}
    services: dict[int, str] = {}
    for row in Membership.objects.filter(user_id=user.pk).only("organisation_id", "city_id", "role", "service"):
        roles.update({row.role, Role.MEMBER.value})
        if row.organisation_id is not None:
            member_of.add(row.organisation_id)
            if row.role == Role.OFFICER:
                officer_of.add(row.organisation_id)
            if row.role in (Role.MODERATOR, Role.OFFICER):
                moderator_of.add(row.organisation_id)
        elif row.city_id is not None:
            cities.setdefault(row.city_id, set()).add(row.role)
            if row.service:
                services[row.city_id] = row.service
    return Viewer(user.pk, user.public_id, name_of(user), frozenset(roles), frozenset(officer_of),
                  frozenset(moderator_of), frozenset(member_of),
                  {city: frozenset(held) for city, held in cities.items()}, services)


def viewer_of(request: HttpRequest) -> Viewer:
    """Return the viewer of a request, read once and kept on it."""
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        viewer = viewer_for(request.user)
        request.viewer = viewer  # type: ignore[attr-defined]
    return viewer


def all_cities() -> QuerySet[City]:
    """Return all cities and regions by name."""
    return City.objects.order_by("name")


def cities_of(viewer: Viewer) -> QuerySet[City]:
    """Return the cities a person writes for."""
    return City.objects.filter(id__in=viewer.cities).order_by("name")


def organisations_of(viewer: Viewer) -> QuerySet[Organisation]:
    """Return the organisations in which a person is an officer."""
    return Organisation.objects.filter(id__in=viewer.officer_of).order_by("name")


def has_delegate(city_id: int) -> bool:
    """Return whether anybody signs for a city yet."""
    return Membership.objects.filter(city_id=city_id, role=Role.DELEGATE, user__is_active=True).exists()


def delegates_of(city: City) -> QuerySet[User]:
    """Return the people who may sign for a city."""
    return User.objects.filter(memberships__city=city, memberships__role=Role.DELEGATE, is_active=True).distinct()
