"""Topics, the action lines of WSIS, the objectives of the Global Digital Compact."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Ours to extend; a code that is not here is shown as it stands, so older rows lose nothing.
TOPICS: Mapping[str, str | Promise] = {
    "access": _("access to services"),
    "ai": _("artificial intelligence"),
    "citiverse": _("citiverse and digital twins"),
    "climate": _("climate and environment"),
    "connectivity": _("connectivity"),
    "data": _("data and registers"),
    "emergencies": _("emergencies"),
    "finance": _("finance"),
    "gender": _("gender"),
    "governance": _("governance of the digital world"),
    "health": _("health"),
    "housing": _("housing and land"),
    "migration": _("migration and refuge"),
    "rights": _("human rights"),
    "schools": _("schools"),
    "skills": _("skills"),
    "smart_cities": _("smart cities"),
    "standards": _("standards"),
    "sustainable": _("sustainable development"),
}

# Geneva Plan of Action, 2003, part C; the labels are ours.
WSIS_LINES: Mapping[str, str | Promise] = {
    "C1": _("who leads: public authorities and all others"),
    "C2": _("infrastructure"),
    "C3": _("access to information and knowledge"),
    "C4": pgettext_lazy("WSIS action line", "skills"),
    "C5": _("confidence and security"),
    "C6": _("laws and rules that help"),
    "C7": _("uses: government, business, learning, health, work, environment, farming, science"),
    "C8": _("cultures, languages, local content"),
    "C9": _("media"),
    "C10": _("ethics"),
    "C11": _("working together across borders"),
}

# Annex I of A/RES/79/1, paragraph 7; the labels are ours.
GDC_OBJECTIVES: Mapping[str, str | Promise] = {
    "1": _("close digital divides"),
    "2": _("digital economy for all"),
    "3": _("a safe digital space with human rights"),
    "4": _("fair, responsible data"),
    "5": _("governance of artificial intelligence"),
}


def label_of(table: Mapping[str, str | Promise], code: str) -> str:
    """Return the label of a code in the language of the page, or the code itself where there is none."""
    return str(table.get(code, code))
