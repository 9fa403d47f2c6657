"""S1: a reader sees what closes, subscribes, the deadline moves, and calendar, feed, page and mail say so."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.factories import make_officer, make_organisation, make_process, make_user, user_of

from tribune.common.models import Mail
from tribune.watch import actions
from tribune.watch.digests import send_digests

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(live_server, settings):
    settings.BASE_URL = live_server.url
    hub = make_organisation(slug="hub", name="Hub of the lakes")
    officer = make_officer(hub, email="officer@hub.example")
    process = make_process(hub, slug="lakes", name="Conference of the Lakes", names={"ar": "مؤتمر البحيرات"},
                           time_zone="America/Bogota", place="Meridian", topics=["ai", "data"], host="Lake House")
    soon = (timezone.now() + timedelta(days=4)).date()
    call = actions.make_call(process=process, name="Written comments", deadline_on=soon, deadline_time=time(12),
                             time_zone="America/Bogota", languages=["en", "fr"], participation="network", by=officer,
                             at=timezone.now())
    actions.make_stage(process=process, kind="adoption", starts_on=soon + timedelta(days=20), by=officer,
                       at=timezone.now())
    return officer, process, call, soon


def _deadline(page, address):
    answer = page.request.get(address)
    assert answer.ok
    [event] = [event for event in Calendar.from_ical(answer.body()).walk("VEVENT")
               if str(event["uid"]).endswith(".deadline@tribune")]
    return event


def test_nobody_misses_a_call(story, open_page, sign_in, picture, no_violation):
    officer, _process, call, soon = story
    reader = make_user(email="reader@city.example", time_zone="Africa/Dakar", language="en")
    page = open_page()
    sign_in(page, reader.email)
    page.locator("input[name=rhythm][value=daily]").check(force=True)
    page.locator("form[action$='/me/digest/'] button[type=submit]").click()
    page.goto("/en/")
    assert page.locator("h1").inner_text() == "One call closes in the next fourteen days"
    row = page.locator(f"#call-{call.public_id}")
    assert "17:00 in Dakar" in row.inner_text()
    assert "12:00 in Meridian" in row.inner_text()
    no_violation(page)
    picture(page, "s1-front")
    subscribe = page.get_by_role("link", name="Subscribe to all deadlines").get_attribute("href")
    before = _deadline(page, subscribe)

    # The officer moves it, on her own screen.
    desk = open_page()
    sign_in(desk, user_of(officer).email)
    desk.goto("/en/p/lakes/")
    desk.get_by_role("link", name="Move the deadline").click()
    later = soon + timedelta(days=3)
    desk.fill("input[name=deadline_on]", later.isoformat())
    desk.fill("input[name=deadline_time]", "")
    desk.locator("main form .send button").click()
    desk.wait_for_url("**/p/lakes/#call-*")
    assert "by an officer" in desk.locator(f"#call-{call.public_id}").inner_text()
    no_violation(desk)
    picture(desk, "s1-desk")

    after = _deadline(page, subscribe)
    assert str(after["uid"]) == str(before["uid"])
    assert after["sequence"] == before["sequence"] + 1
    assert after["dtstart"].dt.date() == later
    page.reload()
    said = page.locator(f"#call-{call.public_id}").inner_text()
    assert "Changed from" in said
    assert "Time not stated" in said
    feed = page.request.get("/en/calendar.atom").text()
    assert feed.count(f"urn:tribune:call:{call.public_id}:moved:") == 1
    assert send_digests(at=timezone.now() + timedelta(days=1)) == 1
    mail = Mail.objects.filter(recipient=reader.email, reason__startswith="digest:").get()
    assert mail.body.count("Moved: Written comments") == 1


def test_by_keyboard_without_script_a_visitor_narrows_the_calendar_and_chooses_a_zone(story, open_page):
    _officer, _process, call, _soon = story
    page = open_page(scripts=False)
    page.goto("/en/calendar/")
    page.locator("details.filter summary").focus()
    page.keyboard.press("Enter")
    page.locator("select[name=topic]").focus()
    page.keyboard.press("ArrowDown")
    page.locator("details.filter button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**topic=ai**")
    assert page.locator(f"#call-{call.public_id}").count() == 1
    page.get_by_role("link", name="Show your time zone too").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=time_zone]").focus()
    page.keyboard.type("Africa/Dakar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar/**topic=ai**")
    assert "in Dakar" in page.locator(f"#call-{call.public_id}").inner_text()


@pytest.mark.parametrize("address", ["/ar/", "/ar/calendar/", "/ar/p/lakes/", "/ar/processes/", "/ar/time-zone/"])
def test_on_a_phone_in_arabic(story, open_page, picture, no_violation, address):
    page = open_page(width=390, language="ar")
    page.goto(address)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    no_violation(page)
    picture(page, "s1-ar" + address.replace("/", "-"))


def test_desk_pages_are_accessible(story, open_page, sign_in, picture, no_violation):
    officer, _process, call, _soon = story
    page = open_page(width=390)
    sign_in(page, user_of(officer).email)
    for address in ("/en/p/lakes/edit/", "/en/p/lakes/meetings/new/", "/en/p/lakes/stages/new/",
                    f"/en/p/lakes/calls/{call.public_id}/edit/", "/en/processes/import/", "/en/processes/known/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        no_violation(page)
        picture(page, "s1-desk" + address.replace("/", "-"))
