"""What has a date as a calendar (RFC 5545), and what changed as a feed (RFC 4287), for programs that ask again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vText, vUri

from tribune.common.agenda import Entry

from .news import News

# Two days are enough for an answer that is nearly done, and a working day stays if one is a holiday.
ALARM = timedelta(days=-2)
# A program that asks more often learns nothing (RFC 7986, 5.7).
REFRESH = timedelta(hours=6)


def calendar(entries: Iterable[Entry], *, base_url: str, name: str = "", path: str = "") -> bytes:
    """Return an iCalendar of entries: deadlines and openings, meetings, stages, and what other rooms date.

    UIDs stay when a date moves, SEQUENCE rises; times bear the host's IANA zone with its VTIMEZONE; what only has
    days is an event of whole days; each deadline has an alarm two days before; what was withdrawn is cancelled.
    `path` is where this calendar stands.
    """
    made = Calendar()
    made.add("prodid", "-//Tribune//Deadlines//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    name = name or _("Deadlines of calls for input")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, {"value": "DURATION"})
    if path:
        made.add("url", vUri(urljoin(base_url, path)))
    for entry in entries:
        made.add_component(_event(entry, base_url))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(entry: Entry, base_url: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@tribune")
    event.add("sequence", entry.sequence)
    # When the entry was written, not when it was asked for: the same calendar is the same bytes.
    event.add("dtstamp", entry.written_at)
    event.add("last-modified", entry.written_at)
    event.add("summary", entry.label)
    event.add("description", "\n".join([entry.process_name, *entry.words]))
    event.add("url", vUri(urljoin(base_url, entry.path)))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    if entry.join_url:
        # RFC 7986, 5.11: where one joins.
        event.add("conference", vUri(entry.join_url), {"value": "URI", "feature": "VIDEO"})
    _when(event, entry)
    if entry.is_deadline:
        event.add("categories", [_("Deadline")])
        if not entry.is_cancelled:
            event.add_component(_alarm(entry))
    return event


def _when(event: Event, entry: Entry) -> None:
    if entry.time is None:
        event.add("dtstart", entry.on)
        if entry.until and entry.until > entry.on:
            # A whole-day event ends before its last day (RFC 5545, 3.6.1).
            event.add("dtend", entry.until + timedelta(days=1))
        return
    zone = ZoneInfo(entry.zone)
    event.add("dtstart", datetime.combine(entry.on, entry.time, zone))
    last = entry.until or entry.on
    if entry.until_time and (last, entry.until_time) > (entry.on, entry.time):
        event.add("dtend", datetime.combine(last, entry.until_time, zone))


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", vText(_("Closes in two days: %(call)s") % {"call": entry.title}))
    alarm.add("trigger", ALARM)
    return alarm


def feed(pieces: Iterable[News], *, base_url: str, self_url: str, title: str = "", path: str = "",
         guid: str = "urn:tribune:calls") -> str:
    """Return an Atom feed with one entry for each change, newest first."""
    made = Atom1Feed(title=title or _("Calls and their deadlines"),
                     link=urljoin(base_url, path or reverse("watch:calendar")), description="",
                     language=get_language(), feed_url=self_url, feed_guid=guid)
    for piece in pieces:
        made.add_item(title=piece.title, link=urljoin(base_url, piece.path), description=piece.words,
                      unique_id=piece.guid, pubdate=piece.at, updateddate=piece.at,
                      author_name=str(piece.process.organisation))
    return made.writeString("utf-8")
