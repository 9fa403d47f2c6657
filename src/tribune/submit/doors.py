"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE

_ANYONE = frozenset({ANYONE})
_OFFICER = frozenset({Role.OFFICER.value})

DOORS: dict[str, frozenset[str]] = {
    "submit:submission": _ANYONE,
    "submit:docx": _ANYONE,
    "submit:sign": _ANYONE,
    "submit:sign_code": _ANYONE,
    "submit:contest": frozenset({Role.DELEGATE.value}),
    **dict.fromkeys(("submit:new_submission", "submit:table", "submit:propose", "submit:new_sentence",
                     "submit:sentence", "submit:sources", "submit:open_signing", "submit:hand_over"), _OFFICER),
}
