"""What the engine's codes say, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATUS: dict[str, Any] = {
    "yes": _("meaningfully connected"), "no": _("not meaningfully connected"), "unknown": _("not known")}

WHY: dict[str, Any] = {
    "not_available": _("there is no connection"),
    "availability_unknown": _("whether there is a connection is not known"),
    "too_slow": _("what was measured is less than its pupils need"),
    "speed_unknown": _("no speed was measured"),
    "pupils_unknown": _("how many pupils there are is not known"),
    "not_stable": _("the connection is not stable"),
    "stability_unknown": _("whether the connection is stable is not known"),
    "no_power": _("there is no electricity"),
    "power_unknown": _("whether there is electricity is not known"),
    "no_devices": _("pupils have no devices"),
    "devices_unknown": _("whether pupils have devices is not known"),
}

TECHNOLOGY: dict[str, Any] = {
    "fibre": pgettext_lazy("technology", "fibre"), "cellular": pgettext_lazy("technology", "mobile network"),
    "point_to_point": pgettext_lazy("technology", "radio link"), "satellite": pgettext_lazy("technology", "satellite")}

LIMIT: dict[str, Any] = {
    "no_node": _("no fibre node is known"), "fibre_too_far": _("the line would be too long"),
    "too_slow_for_need": _("carries less than the school needs"), "no_coverage": _("no 4G or 5G here"),
    "mast_too_far": _("the nearest 4G mast is out of range"), "coverage_unknown": _("coverage is not known"),
    "node_too_far": _("no node is within range"),
    "line_of_sight_unchecked": _("whether the node can be seen was not checked"),
    "solar": _("with solar power, for there is no electricity"),
    "power_unknown": _("the high cost contains solar power, for electricity is not known"),
}

FINDING: dict[str, Any] = {
    "no_place": _("no place"), "zero_place": _("the place is 0, 0"), "swapped": _("latitude and longitude are swapped"),
    "off_earth": _("no place on earth"), "same_id": _("an id that was there already"),
    "twin": _("stands twice: within 50 metres and under nearly the same name"),
    "no_number": _("not a number; it counts as unknown"), "negative": _("less than nought; it counts as unknown"),
    "implausible": _("too large; it counts as unknown"), "no_flag": _("neither yes nor no; it counts as unknown"),
    "more_girls": _("more girls than pupils; girls count as unknown"),
    "heads_differ": _("girls and boys are more than all pupils"),
    "maybe_swapped": _("far away, and among the others if its two numbers were swapped"),
    "far_away": _("far away from all others"), "span": _("a stretch of fibre stands for its two ends"),
}

FIELD: dict[str, Any] = {
    "id": _("id"), "name": _("name"), "lat": _("latitude"), "lon": _("longitude"), "pupils": _("pupils"),
    "girls": _("girls"), "boys": _("boys"), "mbit": _("Mbit/s measured"), "bits": _("bits a second measured"),
    "available": _("connected"), "stable": _("stable"), "powered": _("electricity"), "devices": _("devices"),
    "coverage": _("mobile coverage"), "cell_m": _("metres to the nearest 4G mast"),
}
