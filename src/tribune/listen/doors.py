"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE, SIGNED_IN

_ANYONE = frozenset({ANYONE})
_SIGNED_IN = frozenset({SIGNED_IN})
_OFFICER = frozenset({Role.OFFICER.value})
_MODERATORS = frozenset({Role.MODERATOR.value, Role.OFFICER.value})

# Which consultation, which city: asked by queries and rules of this room.
DOORS: dict[str, frozenset[str]] = {
    "listen:consultations": _ANYONE,
    "listen:consultation": _ANYONE,
    "listen:qr": _ANYONE,
    "listen:write": _ANYONE,
    "listen:vote": _ANYONE,
    "listen:cast": _ANYONE,
    "listen:propose": _ANYONE,
    "listen:results": _ANYONE,
    "listen:receipt": _ANYONE,
    "listen:take_back": _SIGNED_IN,
    "listen:city_desk": frozenset({Role.MEMBER.value, Role.DELEGATE.value}),
    "listen:send": frozenset({Role.DELEGATE.value}),
    "listen:moderation": _MODERATORS,
    "listen:moderate": _MODERATORS,
    "listen:new": _OFFICER,
    "listen:manage": _OFFICER,
    "listen:edit": _OFFICER,
    "listen:open": _OFFICER,
    "listen:close": _OFFICER,
    "listen:add_statement": _OFFICER,
}
