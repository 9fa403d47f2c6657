"""Moments in words, in the zone of the host and in that of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tribune.common.zones import readers_zone

from .choices import Who
from .formats import VERBS
from .models import Consultation, Phase
from .rules import permitted


@dataclass(frozen=True, slots=True)
class Said:
    """One moment as people say it: in the host's place, and in the reader's where that is another clock."""

    host: str
    host_place: str
    reader: str = ""
    reader_place: str = ""


def day(moment: datetime, zone: str) -> str:
    """Return the day of a moment in a zone: "19 May 2027"."""
    return date_format(moment.astimezone(ZoneInfo(zone)), pgettext("date format", "j F Y"))


def said(moment: datetime, *, zone: str, place: str, reader_zone: str) -> Said:
    """Return a moment in two zones; one only where both clocks agree. Without a place the zone names it."""
    there, here = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(reader_zone))
    host = _moment(moment, zone)
    place = place or _place(zone)
    if there.utcoffset() == here.utcoffset():
        return Said(host, place)
    same_day = there.date() == here.date()
    reader = f"{here:%H:%M}" if same_day else _moment(moment, reader_zone)
    return Said(host, place, reader, _place(reader_zone))


def closing(consultation: Consultation, reader: Any) -> Said | None:
    """Return when a consultation closes (or closed), in the words of `said`; None where no moment is set."""
    moment = consultation.closed_at or consultation.closes_at
    if moment is None:
        return None
    process = consultation.process
    return said(moment, zone=process.time_zone, place=process.place, reader_zone=zone_of(reader))


def zone_of(reader: Any) -> str:
    """Return the zone a person set, else (asked with a request) chose for this visit, else that of the instance."""
    if isinstance(reader, HttpRequest):
        return readers_zone(reader) or settings.TIME_ZONE
    return getattr(reader, "time_zone", "") or settings.TIME_ZONE


def read_by(consultation: Consultation, at: datetime) -> str:
    """Return the day by which a person reads what arrives now."""
    return day(at + timedelta(days=consultation.answer_days), consultation.process.time_zone)


def next_steps(consultation: Consultation, at: datetime, *, for_city: bool) -> list[tuple[str, str]]:
    """Return what happens next: (when, what)."""
    steps = []
    if for_city:
        steps.append((_("now"), _("Your city sees it. Nobody else does before a delegate sends it.")))
    else:
        steps.append((_("by %(day)s") % {"day": read_by(consultation, at)}, _("A person reads it.")))
    if consultation.closes_at and consultation.closed_at is None:
        zone = consultation.process.time_zone
        steps.append((_moment(consultation.closes_at, zone), _("The consultation closes.")))
    steps.append((_("then"), _("What was said is gathered into asks that keep their sources.")))
    steps.append((_("next draft"), _("You can see what became of it.")))
    return steps


@dataclass(frozen=True, slots=True)
class PhaseSaid:
    """One phase as a page tells it: its name, what it permits, whom it asks, its days, whether it goes on now."""

    name: str
    verbs: tuple[str, ...]
    who: str
    days: str
    now: bool


def phases(consultation: Consultation, rows: Iterable[Phase], at: datetime) -> list[PhaseSaid]:
    """Return the phases of a consultation in words; nothing where one phase lasts all the time."""
    zone = consultation.process.time_zone
    found = []
    for phase in rows:
        begins = day(phase.starts_at, zone) if phase.starts_at else ""
        ends = _moment(phase.ends_at, zone) if phase.ends_at else ""
        if begins and ends:
            days = _("%(begin)s to %(end)s") % {"begin": begins, "end": ends}
        elif begins:
            days = _("from %(day)s") % {"day": begins}
        else:
            days = _("until %(day)s") % {"day": ends} if ends else ""
        verbs = tuple(str(VERBS[verb].label) for verb in phase.permits if verb in VERBS)
        who = "" if phase.who == Who.ANYONE else str(phase.get_who_display())
        name = phase.title or str(capfirst(phase.get_kind_display()))
        found.append(PhaseSaid(name, verbs, who, days, bool(permitted([phase], at))))
    return found if len(found) > 1 or any(row.days or row.who for row in found) else []


def _moment(moment: datetime, zone: str) -> str:
    # The comma between day and time is not the same in every script.
    return pgettext("moment", "%(day)s, %(time)s") % {
        "day": day(moment, zone), "time": f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"}


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
