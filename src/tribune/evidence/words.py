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

FINDING |= {
    "unknown_code": _("there is no such indicator"), "unknown_point": _("there is no such data point"),
    "no_year": _("no year"), "unknown_sex": _("neither women, men nor all"), "bad_row": _("the row cannot be read"),
    "zero_denominator": _("the denominator is nought"), "no_source": _("no source"),
}

DIMENSION: dict[str, Any] = {
    "Economy": _("Economy"), "Environment": _("Environment"), "Society and Culture": _("Society and culture")}

BAND: dict[str, Any] = {
    "95+": _("95 % of the target or more"), "66-95": _("66 to 95 %"), "33-66": _("33 to 66 %"),
    "<33": _("less than 33 %"), "no_benchmark": _("no target"), "not_reported": _("not reported")}

DOUBT: dict[str, Any] = {
    "sum_100": _("The shares do not add to 100, give or take 2."),
    "wastewater_order": _("A finer treatment is more than a wider one."),
    "order": _("It is more than another indicator that it normally lies within."),
    "out_of_range": _("It is no share between 0 and 100."),
    "maybe_fraction": _("It may be a share between 0 and 1."), "negative": _("It is less than nought."),
    "jump": _("It moved further since the year before than one expects."),
    "sanitation_low": _("It is well below what is usual; look again."),
    "rd_high": _("It is above what is usual; look again."), "other_unit": _("The unit is another than asked."),
    "converted": _("The unit was converted."), "twice": _("Two rows say different things; the later counts."),
    "numerator_as_value": _("The value is the numerator; the result may be missing."),
    "denominators_differ": _("The same people, households or area are counted differently elsewhere."),
    "no_source": _("No source is given."), "no_share": _("No share of the target can be told."),
}

FIELD: dict[str, Any] = {
    "id": _("id"), "name": _("name"), "lat": _("latitude"), "lon": _("longitude"), "pupils": _("pupils"),
    "girls": _("girls"), "boys": _("boys"), "mbit": _("Mbit/s measured"), "bits": _("bits a second measured"),
    "available": _("connected"), "stable": _("stable"), "powered": _("electricity"), "devices": _("devices"),
    "coverage": _("mobile coverage"), "cell_m": _("metres to the nearest 4G mast"),
}
