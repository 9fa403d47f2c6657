"""Calls as a calendar (RFC 5545) and as a feed (RFC 4287), for programs that ask again and again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from .models import Call, DeadlineChange
from .moments import place_of
from .rules import END_OF_DAY
from .templatetags.watch import clock
from .templatetags.watch import day as written

# Two days are enough for an answer that is nearly done, and a working day stays if one is a holiday.
ALARM = timedelta(days=-2)


def address_of(call: Call, base_url: str) -> str:
    """Return the full address of a call."""
    return urljoin(base_url, f"{reverse('watch:process', args=[call.process.slug])}#call-{call.public_id}")


def deadline_words(on: date, at_time: object, zone: str) -> str:
    """Return a deadline as its host wrote it: "19 May 2027, 18:00 (Bogota)" or "…, time not stated"."""
    parts = {"day": written(on), "place": place_of(zone)}
    if at_time is None:
        return _("%(day)s, time not stated (%(place)s)") % parts
    return _("%(day)s, %(time)s (%(place)s)") % {**parts, "time": clock(at_time)}  # type: ignore[arg-type]


def calendar(calls: Iterable[Call], *, base_url: str) -> bytes:
    """Return an iCalendar with an event for each opening and each deadline.

    UIDs stay when a deadline moves, SEQUENCE rises; times bear the host's IANA zone with its VTIMEZONE; each
    deadline has an alarm two days before.
    """
    made = Calendar()
    made.add("prodid", "-//Tribune//Deadlines//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Deadlines of calls for input"))
    for call in calls:
        if call.opens_on:
            made.add_component(_opening(call, base_url))
        made.add_component(_deadline(call, base_url))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _changed_at(call: Call) -> datetime:
    return max((change.changed_at for change in call.changes.all()), default=call.made_at)


def _event(call: Call, what: str, base_url: str) -> Event:
    event = Event()
    event.add("uid", f"{call.public_id}.{what}@tribune")
    event.add("sequence", call.sequence)
    # When the entry was written, not when it was asked for: the same calendar is the same bytes.
    event.add("dtstamp", _changed_at(call))
    event.add("last-modified", _changed_at(call))
    event.add("url", address_of(call, base_url))
    event.add("transp", "TRANSPARENT")
    return event


def _opening(call: Call, base_url: str) -> Event:
    event = _event(call, "opening", base_url)
    event.add("summary", _("Opens: %(call)s") % {"call": call})
    event.add("description", str(call.process))
    event.add("dtstart", call.opens_on)
    return event


def _deadline(call: Call, base_url: str) -> Event:
    event = _event(call, "deadline", base_url)
    event.add("summary", _("Closes: %(call)s") % {"call": call})
    words = [str(call.process), deadline_words(call.deadline_on, call.deadline_time, call.time_zone)]
    words += [change_words(change) for change in call.changes.all()]
    event.add("description", "\n".join(words))
    event.add("dtstart", datetime.combine(call.deadline_on, call.deadline_time or END_OF_DAY,
                                          ZoneInfo(call.time_zone)))
    event.add("categories", [_("Deadline")])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Closes in two days: %(call)s") % {"call": call})
    alarm.add("trigger", ALARM)
    event.add_component(alarm)
    return event


def change_words(change: DeadlineChange) -> str:
    """Return "Changed from 21 May 2027, on 12 May 2027."."""
    return _("Changed from %(was)s, on %(day)s.") % {
        "was": written(change.was_on), "day": written(change.changed_at.date())}


def feed(calls: Iterable[Call], *, base_url: str, self_url: str) -> str:
    """Return an Atom feed: one entry for each call that was made, one for each deadline that was moved."""
    made = Atom1Feed(title=_("Calls and their deadlines"), link=urljoin(base_url, reverse("watch:calendar")),
                     description="", language=get_language(), feed_url=self_url,
                     feed_guid="urn:tribune:calls")
    entries = [entry for call in calls for entry in _entries(call)]
    for moment, guid, title, words, call in sorted(entries, key=lambda entry: entry[:2], reverse=True):
        made.add_item(title=title, link=address_of(call, base_url), description=words, unique_id=guid,
                      pubdate=moment, updateddate=moment, author_name=str(call.process.organisation))
    return made.writeString("utf-8")


def _entries(call: Call) -> Iterable[tuple[datetime, str, str, str, Call]]:
    now = deadline_words(call.deadline_on, call.deadline_time, call.time_zone)
    changes = sorted(call.changes.all(), key=lambda change: (change.changed_at, change.pk))
    first = changes[0] if changes else None
    # An entry says what was news on its day: the first one names the first deadline.
    began = deadline_words(first.was_on, first.was_time, call.time_zone) if first else now
    yield (call.made_at, f"urn:tribune:call:{call.public_id}", _("Opens: %(call)s") % {"call": call},
           _("%(process)s. Closes on %(deadline)s.") % {"process": call.process, "deadline": began}, call)
    for n, change in enumerate(changes, start=1):
        after = changes[n] if n < len(changes) else None
        became = deadline_words(after.was_on, after.was_time, call.time_zone) if after else now
        yield (change.changed_at, f"urn:tribune:call:{call.public_id}:moved:{n}",
               _("Moved: %(call)s") % {"call": call},
               _("%(process)s. Closes on %(deadline)s.") % {"process": call.process, "deadline": became}
               + " " + change_words(change), call)
