"""The digest: when it falls due, what it may say, how it ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import NOW, make_delegate, make_officer, make_organisation, make_process, make_user, make_version

from tribune.common.models import Mail
from tribune.people.queries import viewer_for
from tribune.watch import actions
from tribune.watch.digests import due_since, send_digests
from tribune.watch.models import Digest

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# NOW is a Monday at nine in UTC; the next morning at eight a daily digest is due.
MORNING = NOW + timedelta(hours=23)


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def call(officer):
    process = make_process(organisation_id=min(officer.officer_of), name="Lakes")
    return actions.make_call(process=process, name="Comments", deadline_on=date(2027, 5, 24), deadline_time=None,
                             time_zone="America/Bogota", by=officer, at=NOW + timedelta(minutes=5))


def _reader(rhythm="daily", followed_only=False, **fields):
    user = make_user(**{"time_zone": "Africa/Dakar", **fields})
    actions.choose_digest(rhythm=rhythm, followed_only=followed_only, by=viewer_for(user), at=NOW)
    return user


@pytest.mark.parametrize(("rhythm", "at", "zone", "fell"), [
    ("daily", datetime(2027, 5, 18, 6, 59, tzinfo=UTC), "UTC", datetime(2027, 5, 17, 7, tzinfo=UTC)),
    ("daily", datetime(2027, 5, 18, 7, 0, tzinfo=UTC), "UTC", datetime(2027, 5, 18, 7, tzinfo=UTC)),
    ("weekly", datetime(2027, 5, 17, 6, 0, tzinfo=UTC), "UTC", datetime(2027, 5, 10, 7, tzinfo=UTC)),
    ("weekly", datetime(2027, 5, 16, 23, 0, tzinfo=UTC), "Asia/Tokyo", datetime(2027, 5, 16, 22, tzinfo=UTC)),
])
def test_digests_fall_due_in_the_morning_of_the_reader(rhythm, at, zone, fell):
    assert due_since(rhythm, at=at, zone=zone) == fell


def test_one_mail_says_each_change_once_with_the_headers_that_end_it(client, officer, call):
    user = _reader()
    actions.move_deadline(call=call, deadline_on=date(2027, 5, 28), deadline_time=None, by=officer,
                          at=NOW + timedelta(hours=1))
    assert send_digests(at=NOW + timedelta(hours=2)) == 0, "before the morning nothing goes out"
    assert send_digests(at=MORNING) == 1
    assert send_digests(at=MORNING + timedelta(minutes=15)) == 0
    mail = Mail.objects.get(recipient=user.email)
    assert mail.subject == "2 changes in what you follow"
    assert mail.body.count("Moved: Comments") == 1
    assert "Changed from 24 May 2027, on 17 May 2027." in mail.body
    assert "28 May 2027, time not stated (Bogota) = 29 May 2027, 04:59 (Dakar)" in mail.body
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = "/" + mail.headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert client.get(stop).status_code == 200
    assert Digest.objects.get().rhythm == "daily", "mail scanners fetch links"
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Digest.objects.get().rhythm == "never"
    assert client.post("/digest/stop/wrong/").status_code == 410


def test_it_says_only_what_the_reader_may_see_in_their_language(officer, call):
    draft = call.process.drafts.create(slug="outcome", name="Outcome")
    for name, distribution in (("Open reading", "public"), ("Inner reading", "members")):
        make_version(draft=draft, name=name, distribution=distribution, published_at=NOW + timedelta(hours=1))
    outsider = _reader(language="fr")
    member = make_delegate(time_zone="Africa/Dakar")
    actions.choose_digest(rhythm="daily", followed_only=False, by=member, at=NOW)
    assert send_digests(at=MORNING) == 2
    told = {mail.recipient == outsider.email: mail for mail in Mail.objects.all()}
    assert "Open reading" in told[True].body
    assert "Inner reading" not in told[True].body
    assert "Inner reading" in told[False].body
    assert told[True].language == "fr"
    assert "24 mai 2027" in told[True].body


def test_followed_only_and_silent_days(officer, call):
    follower, other = _reader(followed_only=True), _reader(followed_only=True)
    actions.follow(process=call.process, by=viewer_for(follower), at=NOW)
    assert send_digests(at=MORNING) == 1
    assert Mail.objects.get().recipient == follower.email
    assert send_digests(at=MORNING + timedelta(days=1)) == 0
    assert Digest.objects.get(user=other).told_until == MORNING + timedelta(days=1)


def test_choice_stands_on_my_page(client, officer):
    user = make_user()
    client.force_login(user, backend=BACKEND)
    from tribune.common import slots
    from tribune.watch.slots import me_sections

    slots._fillers["me.sections"].append(me_sections)
    assert "Mail about what changed" in client.get("/en/me/").content.decode()
    assert client.post("/en/me/digest/", {"rhythm": "weekly", "followed_only": "on"}).status_code == 302
    assert (Digest.objects.get().rhythm, Digest.objects.get().followed_only) == ("weekly", True)
