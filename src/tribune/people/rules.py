"""Who a person is to Tribune: roles, and the cities and organisations they speak for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from .choices import Role

T = TypeVar("T")

ANYONE = "anyone"
SIGNED_IN = "signed_in"

# Every kind of viewer that the permission table knows.
VIEWERS = (ANYONE, SIGNED_IN, *Role.values)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who looks or acts, read once a request.

    `roles` always holds ANYONE; `officer_of` and `moderator_of` are ids of organisations, `cities` maps ids
    of cities to the roles held there, `services` ids of cities to the name of the service.
    """

    user_id: int | None = None
    public_id: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset({ANYONE})
    officer_of: frozenset[int] = frozenset()
    moderator_of: frozenset[int] = frozenset()
    member_of: frozenset[int] = frozenset()
    cities: dict[int, frozenset[str]] = field(default_factory=dict)
    services: dict[int, str] = field(default_factory=dict)
    _read: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """Return what `read` gives, called once a viewer and key: several rooms of one page share what they read.

        For pages that are drawn, not for acts: what is written meanwhile is not seen.
        """
        if key not in self._read:
            self._read[key] = read()
        return cast(T, self._read[key])

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_member(self) -> bool:
        """Whether this person belongs to any city or organisation: "members" in a text's distribution."""
        return bool(self.member_of or self.cities)


def may_act_for_organisation(viewer: Viewer, organisation_id: int) -> bool:
    return organisation_id in viewer.officer_of


def may_moderate_for(viewer: Viewer, organisation_id: int) -> bool:
    return organisation_id in viewer.moderator_of or organisation_id in viewer.officer_of


def may_write_for_city(viewer: Viewer, city_id: int) -> bool:
    return city_id in viewer.cities


def may_change_city(viewer: Viewer, city_id: int) -> bool:
    """Facts about a city are corrected by its delegates, and by who keeps the list."""
    return may_keep_cities(viewer) or may_sign_for_city(viewer, city_id)


def may_sign_for_city(viewer: Viewer, city_id: int) -> bool:
    """Setting the position of a city is for its delegates; a service proposes, it does not sign."""
    return Role.DELEGATE in viewer.cities.get(city_id, frozenset())


def may_keep_cities(viewer: Viewer) -> bool:
    return bool(viewer.officer_of) or Role.ADMINISTRATOR in viewer.roles


def may_invite_to_city(viewer: Viewer, city_id: int, *, has_delegate: bool) -> bool:
    """A city invites its own people; an officer invites the first delegate only.

    Otherwise an officer could let anybody into a city, read its inner versions and sign for it. An administrator
    may help a city whose delegates are gone; its delegates are told of whoever joins.
    """
    if may_sign_for_city(viewer, city_id) or Role.ADMINISTRATOR in viewer.roles:
        return True
    return not has_delegate and may_keep_cities(viewer)


def may_invite_to_organisation(viewer: Viewer, organisation_id: int) -> bool:
    return organisation_id in viewer.officer_of or Role.ADMINISTRATOR in viewer.roles
