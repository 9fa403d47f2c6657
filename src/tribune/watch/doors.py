"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE, SIGNED_IN

_ANYONE = frozenset({ANYONE})
_OFFICER = frozenset({Role.OFFICER.value})
_SIGNED_IN = frozenset({SIGNED_IN})

DOORS: dict[str, frozenset[str]] = {
    "front": _ANYONE,
    "passage": _ANYONE,
    "naming_embed": _ANYONE,
    "stop_digest": _ANYONE,
    **{f"watch:{name}": _ANYONE for name in (
        "calendar", "calendar_ics", "calendar_atom", "zone", "city_ics", "process_ics", "process_atom", "process_csv",
        "processes", "processes_csv", "drafts",
        "process", "draft", "version", "paragraph", "file",
        "compare", "choose", "search", "cities", "cities_pdf", "cities_png", "report",
        "sides", "earlier_file")},
    "watch:follow": _SIGNED_IN,
    "watch:digest": _SIGNED_IN,
    **{f"watch:{name}": _OFFICER for name in (
        "new_process", "change_process", "new_call", "change_call", "move_deadline", "put_back", "new_meeting",
        "change_meeting", "new_stage", "change_stage", "withdraw", "bring_in", "known",
        "new_draft", "import", "preview", "preview_file", "publish",
        "discard", "decide_report", "edit", "join", "preview_page", "page_picture", "reread", "upload", "decide", "add_language", "check")},  # noqa: E501
}
