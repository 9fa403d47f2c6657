"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE, SIGNED_IN

_ANYONE = frozenset({ANYONE})
_SIGNED_IN = frozenset({SIGNED_IN})
_OFFICER = frozenset({Role.OFFICER.value})
_MODERATORS = frozenset({Role.MODERATOR.value, Role.OFFICER.value})

_OF_CITIES = frozenset({Role.MEMBER.value, Role.DELEGATE.value})
_OFFICER_OR_CITIES = _OFFICER | _OF_CITIES
_DELEGATES = frozenset({Role.DELEGATE.value})

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
    "listen:code": _ANYONE,
    "listen:code_from_paper": _ANYONE,
    "listen:about_you": _ANYONE,
    "listen:moderation_log": _ANYONE,
    "listen:voices": _ANYONE,
    "listen:map": _ANYONE,
    "listen:map_live": _ANYONE,
    "listen:map_embed": _ANYONE,
    "listen:target": _OFFICER,
    "listen:invite": _OFFICER,
    "listen:voting": _OFFICER,
    "listen:mode": _OFFICER,
    "listen:codes": _OFFICER,
    "listen:receipt": _ANYONE,
    "listen:take_back": _SIGNED_IN,
    "listen:city_desk": frozenset({Role.MEMBER.value, Role.DELEGATE.value}),
    "listen:settle": _DELEGATES,
    "listen:undo_settlement": _DELEGATES,
    "listen:revise": _OF_CITIES,
    "listen:bring_back": _DELEGATES,
    "listen:mandate_document": _ANYONE,
    "listen:letter": _OF_CITIES,
    "listen:letter_file": _OF_CITIES,
    "listen:bring_answers": _OFFICER_OR_CITIES,
    "listen:intake": _OFFICER_OR_CITIES,
    "listen:intake_file": _OFFICER_OR_CITIES,
    "listen:text_file": _ANYONE,
    "listen:annotations": _ANYONE,
    "listen:light": _ANYONE,
    "listen:questions": _ANYONE,
    "listen:question": _ANYONE,
    "listen:points": _ANYONE,
    "listen:review": _ANYONE,
    "listen:phases": _OFFICER,
    "listen:set_questions": _OFFICER,
    "listen:summary": _OFFICER,
    "listen:twins": _OFFICER,
    "listen:send": frozenset({Role.DELEGATE.value}),
    "listen:moderation": _MODERATORS,
    "listen:moderate": _MODERATORS,
    "listen:new": _OFFICER,
    "listen:manage": _OFFICER,
    "listen:edit": _OFFICER,
    "listen:open": _OFFICER,
    "listen:close": _OFFICER,
    "listen:add_statement": _OFFICER,
    "listen:data": _ANYONE,
    "listen:data_file": _ANYONE,
    "listen:polis_file": _OFFICER,
    "listen:bring_data": _OFFICER,
    "listen:data_import": _OFFICER,
    "listen:data_report": _OFFICER,
}
