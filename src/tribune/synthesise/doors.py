"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role

_OFFICER = frozenset({Role.OFFICER.value})

DOORS: dict[str, frozenset[str]] = {
    "synthesise:themes": _OFFICER,
    "synthesise:read_themes": _OFFICER,
    "synthesise:decide_themes": _OFFICER,
    "synthesise:ask_theme_names": _OFFICER,
    "synthesise:undo_themes": _OFFICER,
    "synthesise:asks_of": _OFFICER,
    "synthesise:new_ask": _OFFICER,
    "synthesise:show_asks": _OFFICER,
    "synthesise:change_ask": _OFFICER,
    "synthesise:new_evidence": _OFFICER,
    "synthesise:change_sources": _OFFICER,
}
