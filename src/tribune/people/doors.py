"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from .choices import Role
from .rules import ANYONE, SIGNED_IN

_ANYONE = frozenset({ANYONE})
_SIGNED_IN = frozenset({SIGNED_IN})

DOORS: dict[str, frozenset[str]] = {
    "account_request_login_code": _ANYONE,
    "account_confirm_login_code": _ANYONE,
    "account_login": _ANYONE,
    "account_signup": _ANYONE,
    "account_logout": _SIGNED_IN,
    "invitation": _ANYONE,
    "people:cities": _ANYONE,
    "people:city": _ANYONE,
    "people:organisation": _ANYONE,
    "people:new_city": frozenset({Role.OFFICER.value, Role.ADMINISTRATOR.value}),
    "people:change_city": frozenset({Role.DELEGATE.value, Role.OFFICER.value, Role.ADMINISTRATOR.value}),
    "people:city_people": frozenset({Role.DELEGATE.value, Role.OFFICER.value, Role.ADMINISTRATOR.value}),
    "people:organisation_people": frozenset({Role.OFFICER.value, Role.ADMINISTRATOR.value}),
    "people:end_membership": _SIGNED_IN,
    "people:me": _SIGNED_IN,
}
