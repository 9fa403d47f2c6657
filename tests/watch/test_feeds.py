"""Calendar and feed: what other programs rely on."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from lxml import etree
from tests.factories import NOW, make_call, make_officer, make_organisation, make_process

from tribune.watch import actions, feeds, queries

pytestmark = pytest.mark.django_db
BASE = "https://hub.example"
ATOM = "{http://www.w3.org/2005/Atom}"


def _calendar():
    from tribune.people.rules import Viewer

    calls = queries.calendar_entries(Viewer(), since=NOW - timedelta(days=30))
    data = feeds.calendar(calls, base_url=BASE)
    return data, {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def call(officer):
    return actions.make_call(
        process=make_process(organisation_id=min(officer.officer_of)), name="Comments; and, more", by=officer, at=NOW,
        deadline_on=date(2027, 5, 24), deadline_time=time(12), time_zone="America/Bogota", opens_on=date(2027, 5, 18))


def test_opening_and_deadline_are_events_with_zone_link_and_alarm(call):
    data, events = _calendar()
    assert set(events) == {f"{call.public_id}.opening@tribune", f"{call.public_id}.deadline@tribune"}
    deadline = events[f"{call.public_id}.deadline@tribune"]
    assert deadline["dtstart"].params["tzid"] == "America/Bogota"
    assert deadline["dtstart"].dt == datetime(2027, 5, 24, 12, tzinfo=ZoneInfo("America/Bogota"))
    assert deadline["url"] == f"{BASE}/en/p/{call.process.slug}/#call-{call.public_id}"
    assert deadline["summary"] == "Closes: Comments; and, more"
    assert deadline["sequence"] == 0
    [alarm] = deadline.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-2)
    opening = events[f"{call.public_id}.opening@tribune"]
    assert opening["dtstart"].dt == date(2027, 5, 18)
    assert b"BEGIN:VTIMEZONE\r\nTZID:America/Bogota" in data
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_moved_deadline_keeps_its_uid_and_raises_its_sequence(call, officer):
    _, before = _calendar()
    later = NOW + timedelta(days=1)
    actions.move_deadline(call=call, deadline_on=date(2027, 5, 28), deadline_time=None, by=officer, at=later)
    _, after = _calendar()
    assert set(after) == set(before)
    deadline = after[f"{call.public_id}.deadline@tribune"]
    assert deadline["sequence"] == 1
    assert deadline["dtstart"].dt == datetime(2027, 5, 28, 23, 59, tzinfo=ZoneInfo("America/Bogota"))
    assert deadline["last-modified"].dt == later
    assert "time not stated" in deadline["description"]
    assert "Changed from 24 May 2027, on 18 May 2027." in deadline["description"]


def test_same_calls_are_the_same_bytes(call):
    assert _calendar()[0] == _calendar()[0]


def test_summer_time_is_written_with_its_zone(officer):
    make_call(make_process(), deadline_on=date(2027, 10, 31), deadline_time=time(12), time_zone="Europe/Paris")
    data, events = _calendar()
    [event] = events.values()
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=1)
    assert b"BEGIN:DAYLIGHT" in data


def test_moved_deadline_makes_one_entry(client, call, officer):
    def entries():
        pieces = queries.news(since=NOW - timedelta(days=30))
        tree = etree.fromstring(feeds.feed(pieces, base_url=BASE, self_url=f"{BASE}/en/calendar.atom").encode())
        return {entry.findtext(f"{ATOM}id"): entry for entry in tree.iter(f"{ATOM}entry")}

    first = entries()
    assert set(first) == {f"urn:tribune:call:{call.public_id}"}
    actions.move_deadline(call=call, deadline_on=date(2027, 5, 28), deadline_time=None, by=officer, at=NOW)
    second = entries()
    assert set(second) == {f"urn:tribune:call:{call.public_id}", f"urn:tribune:call:{call.public_id}:moved:1"}
    # The old entry still says what was true on its day.
    opened, moved = (second[key].findtext(f"{ATOM}summary") for key in sorted(second))
    assert "24 May 2027, 12:00 (Bogota)" in opened
    assert re.search("28 May 2027, time not stated .*Changed from 24 May", moved)


def test_addresses_answer_with_their_types(client, call):
    calendar, atom = client.get("/en/calendar.ics"), client.get("/fr/calendar.atom")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert atom["Content-Type"].startswith("application/atom+xml")
    assert 'xml:lang="fr"' in atom.content.decode()
