"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

DOORS: dict[str, frozenset[str]] = {}
