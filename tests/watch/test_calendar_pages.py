"""The calendar as people see it: filters, months, their own clock; the desk behind it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import make_call, make_officer, make_organisation, make_process, make_user, user_of

from tribune.watch import actions
from tribune.watch.models import Call, Meeting, Process, Stage

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def desk(client, officer):
    client.force_login(user_of(officer), backend=BACKEND)
    return client


def _soon(days=3):
    return (timezone.now() + timedelta(days=days)).date()


def test_each_filter_narrows_and_an_unknown_value_does_not(client):
    near = make_process(name="Near", topics=["ai"], host="Lake House", host_region="africa")
    make_call(near, name="In French", deadline_on=_soon(), languages=["fr"], participation="delegation")
    make_call(make_process(name="Far"), name="In English", deadline_on=_soon(), languages=["en"])
    for query in ("topic=ai", "host=Lake+House", "region=africa", "way=delegation", "language=fr"):
        page = client.get(f"/en/calendar/?{query}").content.decode()
        assert ("In French" in page, "In English" in page) == (True, False), query
    page = client.get("/en/calendar/?topic=nothing&language=xx").content.decode()
    assert "In English" in page
    assert "In French" in page
    empty = client.get("/en/calendar/?topic=ai&language=ru").content.decode()
    assert "Nothing with a date fits this choice" in empty


def test_a_month_shows_its_own_dates_in_text_and_picture(client):
    process = make_process()
    make_call(process, name="Then", deadline_on=date(2031, 3, 12))
    make_call(process, name="Later", deadline_on=date(2031, 4, 2))
    page = client.get("/en/calendar/?month=2031-03").content.decode()
    assert "<h1>March 2031</h1>" in page
    assert ("Then" in page, "Later" in page) == (True, False)
    assert 'class="picture ruler"' in page
    assert "?month=2031-04" in page
    assert client.get("/en/calendar/?month=2031-99").status_code == 200


def test_reader_without_account_chooses_a_zone_for_this_visit(client):
    process = make_process(time_zone="America/Bogota", place="Meridian")
    make_call(process, deadline_on=_soon(), deadline_time=None, time_zone="America/Bogota")
    page = client.get("/en/calendar/").content.decode()
    assert "Times are those of each host." in page
    assert "tribune_session" not in client.cookies, "reading sets no cookie"
    assert client.post("/en/time-zone/", {"time_zone": "Dakar"}).status_code == 422
    there = client.post("/en/time-zone/", {"time_zone": "Africa/Dakar", "next": "/en/"})
    assert there["Location"] == "/en/"
    page = client.get("/en/").content.decode()
    assert "<b>04:59</b> in Dakar" in page
    assert "23:59 in Meridian" in page
    away = client.post("/en/time-zone/", {"time_zone": "UTC", "next": "https://elsewhere.example/"})
    assert away["Location"] == "/en/calendar/"


@pytest.mark.parametrize("zone", ["", "Pacific/Auckland", "Pacific/Honolulu"])
def test_ruler_holds_what_closes_on_the_last_day_wherever_the_host_is(client, zone):
    for host in ("Pacific/Auckland", "Pacific/Honolulu", "UTC"):
        for days in (0, 1, 13, 14, 15):
            make_call(make_process(), deadline_on=_soon(days), deadline_time=None, time_zone=host)
    if zone:
        client.force_login(make_user(time_zone=zone), backend=BACKEND)
    assert client.get("/en/").status_code == 200
    assert client.get("/en/calendar/").status_code == 200


def test_pages_ask_as_much_for_many_as_for_few(client, officer, django_assert_max_num_queries):
    process = make_process(organisation_id=min(officer.officer_of), slug="full")
    at = timezone.now()
    for n in range(12):
        one = make_process(organisation_id=min(officer.officer_of))
        for where in (process, one):
            call = make_call(where, deadline_on=_soon(n + 2))
            actions.move_deadline(call=call, deadline_on=_soon(n + 3), deadline_time=None, by=officer, at=at)
            actions.make_meeting(process=where, name=f"Session {n}", starts_on=_soon(n), time_zone="UTC", by=officer,
                                 at=at)
            stage = actions.make_stage(process=where, kind="revision", starts_on=_soon(n), by=officer, at=at)
            actions.change_stage(stage=stage, starts_on=_soon(n + 1), by=officer, at=at)
    for address in ("/en/", "/en/calendar/", "/en/calendar/?topic=ai", "/en/calendar.ics", "/en/calendar.atom",
                    "/en/processes/", "/en/processes.csv", "/en/p/full/", "/en/p/full.ics", "/en/p/full.atom",
                    "/en/p/full.csv"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address


def test_officer_keeps_the_life_of_a_process(desk, officer):
    process = make_process(organisation_id=min(officer.officer_of), slug="lakes", name="Lakes", topics=["rivers"])
    form = desk.get("/en/p/lakes/edit/").context["form"]
    data = {**{name: form[name].value() for name in form.fields if form[name].value()}, "sdg_targets": "11.3, 16.7",
            "gdc_objectives": ["5"], "names": "fr: Les lacs", "ways_in": ["network", "open"]}
    assert desk.post("/en/p/lakes/edit/", data).status_code == 302
    process = Process.objects.get(pk=process.pk)
    assert (process.sdg_targets, process.gdc_objectives, process.names) == (["11.3", "16.7"], ["5"], {"fr": "Les lacs"})
    assert process.topics == ["rivers"], "a code of an earlier list stays"
    wrong = desk.post("/en/p/lakes/edit/", {**data, "sdg_targets": "18.1", "names": "xx: ?"})
    assert wrong.status_code == 422
    assert "18.1 is no target" in wrong.content.decode()
    assert desk.post("/en/p/lakes/meetings/new/", {
        "name": "Session", "starts_on": "2031-06-01", "ends_on": "2031-06-03", "time_zone": "Europe/Zurich",
        "participation": "open"}).status_code == 302
    assert desk.post("/en/p/lakes/stages/new/", {"kind": "adoption", "starts_on": "2031-07-01", "precision": "month"}
                     ).status_code == 302
    assert desk.post("/en/p/lakes/calls/new/", {
        "name": "Comments", "deadline_on": "2031-05-01", "time_zone": "UTC", "participation": "open",
        "questions": "Why?\nWhat stands in your way? (150)"}).status_code == 302
    call = Call.objects.get()
    assert call.questions == ["Why?", {"text": "What stands in your way?", "words": 150}]
    page = desk.get("/en/p/lakes/").content.decode()
    for words in ("Session", "July 2031", "at most 150 words", "Lakes"):
        assert words in page, words
    meeting, stage = Meeting.objects.get(), Stage.objects.get()
    for kind, thing in (("call", call), ("meeting", meeting), ("stage", stage)):
        desk.post(reverse("watch:withdraw", args=["lakes", kind, thing.public_id]))
    assert "3 things were withdrawn" in desk.get("/en/p/lakes/").content.decode()
    desk.post(reverse("watch:withdraw", args=["lakes", "stage", stage.public_id]) + "?back=yes")
    assert Stage.objects.get().withdrawn_at is None


def test_a_move_can_be_put_back_and_both_moves_stay(desk, officer):
    process = make_process(organisation_id=min(officer.officer_of), slug="lakes")
    call = make_call(process, deadline_on=date(2031, 5, 1))
    desk.post(f"/en/p/lakes/calls/{call.public_id}/move/", {"deadline_on": "2031-05-09", "deadline_time": "12:00"})
    desk.post(f"/en/p/lakes/calls/{call.public_id}/put-back/")
    call.refresh_from_db()
    assert (call.deadline_on, call.sequence, call.changes.count()) == (date(2031, 5, 1), 2, 2)
    other = make_call(make_process(slug="theirs"))
    assert desk.post(f"/en/p/theirs/calls/{other.public_id}/put-back/").status_code == 404


def test_arabic_lists_bear_arabic_commas(client):
    process = make_process(topics=["ai", "data"])
    make_call(process, deadline_on=_soon(), languages=["en", "fr"], word_limit=300)
    page = client.get("/ar/").content.decode()
    assert "الإنجليزيّة، الفرنسيّة" in page
    assert " ," not in page.split('class="call-what"')[1].split("</div>")[0]
