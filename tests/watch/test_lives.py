"""Meetings, stages, words of calls: what moves keeps its history, what is withdrawn can come back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from tests.factories import NOW, make_city, make_delegate, make_officer, make_organisation, make_process

from tribune.common import agenda, slots
from tribune.people.rules import Viewer
from tribune.watch import actions, feeds, queries
from tribune.watch.lifecycles import stage_of
from tribune.watch.models import DateChange, Process
from tribune.watch.refusals import EndsBeforeItBegins, NotYourCity, NotYourProcess, WordsUnknown
from tribune.watch.vocabulary import GDC_OBJECTIVES, GOALS, WSIS_LINES, targets

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def process(officer):
    return make_process(organisation_id=min(officer.officer_of), time_zone="Europe/Zurich")


def _events(processes=None):
    data = feeds.calendar(queries.calendar_entries(Viewer(), since=NOW - timedelta(days=400), processes=processes),
                          base_url="https://hub.example")
    return {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


def test_meeting_moves_with_history_and_its_event_keeps_its_uid(officer, process):
    meeting = actions.make_meeting(process=process, name="Session", starts_on=date(2027, 6, 1), by=officer, at=NOW,
                                   ends_on=date(2027, 6, 3), time_zone="Europe/Zurich")
    uid = f"{meeting.public_id}.meeting@tribune"
    event = _events()[uid]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 6, 1), date(2027, 6, 4))
    moved = actions.change_meeting(meeting=meeting, starts_on=date(2027, 6, 8), ends_on=None, starts_time=time(10),
                                   by=officer, at=LATER)
    change = DateChange.objects.get()
    assert (change.was_on, change.was_until, change.to_on, change.to_time, change.by_role, change.changed_at) == (
        date(2027, 6, 1), date(2027, 6, 3), date(2027, 6, 8), time(10), "officer", LATER)
    event = _events()[uid]
    assert event["sequence"] == moved.sequence == 1
    assert event["dtstart"].dt.astimezone(UTC) == datetime(2027, 6, 8, 8, tzinfo=UTC)
    assert event["dtstart"].params["tzid"] == "Europe/Zurich"
    again = actions.change_meeting(meeting=moved, starts_on=date(2027, 6, 8), by=officer, at=LATER)
    assert again.sequence == 1
    with pytest.raises(EndsBeforeItBegins):
        actions.change_meeting(meeting=moved, ends_on=date(2027, 6, 1), by=officer, at=LATER)


def test_withdrawn_call_is_cancelled_in_calendars_gone_from_pages_and_comes_back(client, officer, process):
    call = actions.make_call(process=process, name="Comments", deadline_on=date(2027, 5, 30), deadline_time=None,
                             time_zone="Europe/Zurich", by=officer, at=NOW)
    actions.withdraw_call(call=call, by=officer, at=LATER)
    event = _events()[f"{call.public_id}.deadline@tribune"]
    assert (event["status"], event["sequence"], event.walk("VALARM")) == ("CANCELLED", 1, [])
    assert not queries.open_calls(Viewer(), at=NOW).exists()
    assert "Comments" not in client.get(f"/en/p/{process.slug}/").content.decode()
    actions.restore_call(call=call, by=officer, at=LATER)
    assert _events()[f"{call.public_id}.deadline@tribune"]["status"] == "CONFIRMED"
    assert queries.open_calls(Viewer(), at=NOW).exists()


def test_opening_and_stage_keep_their_history(officer, process):
    call = actions.make_call(process=process, name="Comments", deadline_on=date(2027, 5, 30), deadline_time=None,
                             opens_on=date(2027, 5, 20), time_zone="UTC", by=officer, at=NOW)
    changed = actions.change_call(call=call, opens_on=date(2027, 5, 22), name="Written comments", by=officer, at=LATER)
    assert (changed.sequence, changed.name) == (1, "Written comments")
    with pytest.raises(EndsBeforeItBegins):
        actions.change_call(call=call, opens_on=date(2027, 6, 22), by=officer, at=LATER)
    stage = actions.make_stage(process=process, kind="adoption", starts_on=date(2027, 7, 1), by=officer, at=LATER)
    actions.change_stage(stage=stage, starts_on=date(2027, 7, 9), by=officer, at=LATER)
    assert {(row.what, row.was_on, row.to_on) for row in DateChange.objects.all()} == {
        ("opening", date(2027, 5, 20), date(2027, 5, 22)), ("stage", date(2027, 7, 1), date(2027, 7, 9))}
    titles = [piece.title for piece in queries.news(since=NOW)]
    assert len(titles) == len({piece.guid for piece in queries.news(since=NOW)}) == 4
    assert "Moved: Adoption" in titles
    assert "Opening moved: Written comments" in titles


def test_others_change_nothing(process):
    owner = make_officer(process.organisation)
    stage = actions.make_stage(process=process, kind="adoption", starts_on=date(2027, 7, 1), by=owner, at=NOW)
    for stranger in (make_officer(), make_delegate(), Viewer()):
        with pytest.raises(NotYourProcess):
            actions.change_stage(stage=stage, starts_on=date(2027, 7, 2), by=stranger, at=NOW)
        with pytest.raises(NotYourProcess):
            actions.set_withdrawn(thing=stage, withdrawn=True, by=stranger, at=NOW)
        with pytest.raises(NotYourProcess):
            actions.change_process(process=process, name="Taken over", by=stranger, at=NOW)


def test_codes_must_be_known(officer, process):
    for fields in ({"wsis_lines": ["C12"]}, {"gdc_objectives": ["6"]}, {"sdg_targets": ["11.9"]},
                   {"ways_in": ["window"]}):
        with pytest.raises(WordsUnknown):
            actions.change_process(process=process, by=officer, at=NOW, **fields)
    assert (len(WSIS_LINES), len(GDC_OBJECTIVES), sum(len(targets(goal)) for goal in GOALS)) == (11, 5, 169)


def test_city_calendar_holds_what_the_city_follows_and_what_other_rooms_date(client, officer, process, monkeypatch):
    city = make_city(slug="lumen")
    other = make_process(process.organisation)
    for one in (process, other):
        actions.make_call(process=one, name=f"Call of {one.slug}", deadline_on=date(2027, 5, 30), deadline_time=None,
                          time_zone="UTC", by=officer, at=NOW)
    with pytest.raises(NotYourCity):
        actions.follow(process=process, city=city, by=officer, at=NOW)
    actions.follow(process=process, city=city, by=make_delegate(city), at=NOW)
    asked = []

    @slots.fills("calendar.entries")
    def fill(ids, viewer, *, since, until=None):
        asked.append((list(ids), viewer.is_signed_in))
        return {ids[0]: [("", {"entry": agenda.Entry(
            uid="promise01.due", title="A promise", label="A promise is due", on=date(2027, 6, 2), zone="UTC",
            at=datetime(2027, 6, 2, 12, tzinfo=UTC), path="/en/asks/", written_at=NOW, process=ids[0])})]}

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    events = {str(event["summary"]) for event in Calendar.from_ical(
        client.get("/en/city/lumen.ics").content).walk("VEVENT")}
    assert events == {f"Closes: Call of {process.slug}", "A promise is due"}
    assert asked == [([process.public_id], False)]
    page = client.get("/en/calendar/").content.decode()
    assert "A promise is due" in page


@pytest.mark.real
def test_every_word_of_586_life_cycles_is_a_stage(real_data):
    import json

    cycles = json.loads((real_data / "un" / "proposal_lifecycles_586.json").read_text())
    words = {stage["stage"] for cycle in cycles for stage in cycle["stages"]}
    assert len(cycles) == 586
    assert len(words) == 20
    assert {word for word in words if stage_of(word) is None} == set()
    assert stage_of("Adoption by subsidiary organ") == "committee"


def test_process_change_is_kept(officer, process):
    actions.change_process(process=process, topics=["ai"], host="The host", by=officer, at=LATER)
    found = Process.objects.get(pk=process.pk)
    assert (found.topics, found.host, found.changed_at) == (["ai"], "The host", LATER)
