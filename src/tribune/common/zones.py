"""In which time zone a reader sees moments: that of the profile, else one chosen for this visit, else none."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.http import HttpRequest

CHOSEN = "time_zone"

# Offered first where a zone is asked for: one for each offset and region in which many people live.
COMMON = (
    "Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Mexico_City", "America/Chicago",
    "America/Bogota", "America/Lima", "America/New_York", "America/Santiago", "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires", "Atlantic/Cape_Verde", "Africa/Dakar", "UTC", "Europe/London", "Africa/Lagos",
    "Europe/Paris", "Europe/Zurich", "Africa/Cairo", "Africa/Johannesburg", "Africa/Nairobi", "Europe/Istanbul",
    "Europe/Moscow", "Asia/Riyadh", "Asia/Tehran", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai", "Asia/Manila", "Asia/Tokyo", "Asia/Seoul",
    "Australia/Sydney", "Pacific/Noumea", "Pacific/Auckland",
)


def is_zone(zone: Any) -> bool:
    """Whether this is the name of an IANA time zone.

    >>> is_zone("Africa/Dakar"), is_zone("Dakar time"), is_zone(None)
    (True, False, False)
    """
    return isinstance(zone, str) and zone in available_timezones()


def readers_zone(request: HttpRequest) -> str | None:
    """Return the zone of a person's profile, else the one chosen for this visit, else None: the host's only."""
    zone = getattr(request.user, "time_zone", "")
    if not zone and request.session.session_key:
        zone = request.session.get(CHOSEN, "")
    return zone if is_zone(zone) else None


def choose_zone(request: HttpRequest, zone: str) -> None:
    """Keep a zone for this visit; an empty one forgets it."""
    if zone:
        request.session[CHOSEN] = zone
    else:
        request.session.pop(CHOSEN, None)
