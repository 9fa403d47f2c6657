"""Who can sign in to the sample."""

from __future__ import annotations

from dataclasses import dataclass

from ._story import table

__all__ = ["Login", "logins"]

ROLES = {"city_officer": "city officer", "hub_officer": "hub officer", "moderator": "moderator",
         "resident": "resident", "administrator": "administrator"}


@dataclass(frozen=True, slots=True)
class Login:
    """One of the five people to look through whose eyes: role, name, where they belong, address."""

    role: str
    name: str
    place: str
    email: str


def logins() -> tuple[Login, ...]:
    """Return the five sample logins.

    >>> [login.role for login in logins()]
    ['city officer', 'hub officer', 'moderator', 'resident', 'administrator']
    """
    places = {row["key"]: row["name"]["en"] for name in ("cities", "organisations") for row in table(name)}
    return tuple(Login(ROLES[row["login"]], row["name"], places[row["city"] or row["organisation"]], row["email"])
                 for row in table("people") if row["login"])
