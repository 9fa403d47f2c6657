"""Who may open which address of this room; project.permissions joins the rooms' rows into the one table."""

from tribune.people.choices import Role
from tribune.people.rules import ANYONE

_ANYONE = frozenset({ANYONE})
_CITY = frozenset({Role.DELEGATE.value, Role.MEMBER.value})

DOORS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("evidence:schools", "evidence:geojson", "evidence:csv", "evidence:school",
                     "evidence:indicators", "evidence:indicators_csv", "evidence:indicators_template"), _ANYONE),
    **dict.fromkeys(("evidence:bring", "evidence:look", "evidence:put_back", "evidence:measure"), _CITY),
}
