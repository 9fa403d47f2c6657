"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE

_ANYONE = frozenset({ANYONE})
_OFFICER = frozenset({Role.OFFICER.value})

DOORS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("submit:submission", "submit:docx", "submit:pdf", "submit:json", "submit:akn", "submit:csv",
                     "submit:xlsx", "submit:sign", "submit:sign_code"), _ANYONE),
    "submit:contest": frozenset({Role.DELEGATE.value}),
    **dict.fromkeys(("submit:new_submission", "submit:table", "submit:propose", "submit:draft",
                     "submit:translation", "submit:here",
                     "submit:history",
                     "submit:undo", "submit:new_sentence", "submit:sentence", "submit:sources",
                     "submit:sheet", "submit:sheet_file", "submit:letters", "submit:letter", "submit:letter_file",
                     "submit:letter_template", "submit:open_signing", "submit:reopen", "submit:hand_over",
                     "submit:note_answer", "submit:prizes", "submit:prize", "submit:prize_file"), _OFFICER),
}
