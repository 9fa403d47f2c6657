"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE

_ANYONE = frozenset({ANYONE})
_OFFICER = frozenset({Role.OFFICER.value})

DOORS: dict[str, frozenset[str]] = {
    "front": _ANYONE,
    "passage": _ANYONE,
    **{f"watch:{name}": _ANYONE for name in (
        "calendar", "calendar_ics", "calendar_atom", "drafts", "process", "draft", "version", "paragraph", "file",
        "compare", "choose")},
    **{f"watch:{name}": _OFFICER for name in (
        "new_process", "new_call", "move_deadline", "new_draft", "import", "preview", "preview_file", "publish",
        "discard", "add_language", "check")},
}
