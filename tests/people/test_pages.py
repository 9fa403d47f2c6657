import re

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone
from tests.factories import NOW, make_city, make_delegate, make_officer, make_organisation, make_user, user_of

from tribune.common.mail import send_due
from tribune.common.models import Mail
from tribune.common.refusals import NotAllowed
from tribune.people import actions
from tribune.people.models import City, Membership, User
from tribune.people.queries import viewer_for

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_signing_in_by_a_code_from_the_mail(client):
    make_user(email="officer@town.example", name="Ada")
    page = client.post("/en/sign-in/", {"email": "officer@town.example"})
    assert page.status_code == 302
    assert page["Location"] == "/en/sign-in/code/"
    send_due(at=timezone.now())
    code = re.search(r"^([A-Z0-9-]{6,})$", django_mail.outbox[0].body, re.MULTILINE)[1]
    assert "form" in client.get("/en/sign-in/code/").content.decode()
    done = client.post("/en/sign-in/code/", {"code": code})
    assert done["Location"] == "/en/me/"
    assert "Ada" in client.get("/en/me/").content.decode()


def test_unknown_address_gets_the_same_answer_and_no_mail(client):
    page = client.post("/en/sign-in/", {"email": "nobody@town.example"})
    assert page["Location"] == "/en/sign-in/code/"
    assert send_due(at=timezone.now()) == 0
    assert not User.objects.exists()


def test_wrong_codes_end_the_attempt(client):
    make_user(email="officer@town.example")
    client.post("/en/sign-in/", {"email": "officer@town.example"})
    for _ in range(6):
        client.post("/en/sign-in/code/", {"code": "AAAAAA"})
    assert client.get("/en/me/").status_code == 302


def test_invitation_is_shown_by_get_and_consumed_by_post(client):
    city = make_city(name="Saltmere")
    officer = make_officer()
    secret = actions.invite(email="New@town.example", role="delegate", city=city, by=officer, at=timezone.now())
    send_due(at=timezone.now())
    assert reverse("invitation", args=[secret]) in django_mail.outbox[0].body
    address = f"/i/{secret}/"
    for _ in range(2):  # a mail scanner looks too
        page = client.get(address)
        assert "Saltmere" in page.content.decode()
        assert page["Referrer-Policy"] == "strict-origin"
    assert not User.objects.filter(email="new@town.example").exists()
    assert client.post(address, {"name": "Noor"})["Location"] == "/en/me/"
    person = User.objects.get(email="new@town.example")
    assert Membership.objects.get(user=person).city == city
    assert client.get(address).status_code == 410


def test_only_its_own_people_invite_to_a_city(client):
    city = make_city()
    stranger = make_delegate(make_city())
    client.force_login(user_of(stranger), backend=BACKEND)
    assert client.get(reverse("people:city_people", args=[city.slug])).status_code == 403
    from tribune.common.refusals import NotAllowed

    with pytest.raises(NotAllowed):
        actions.invite(email="x@y.example", role="delegate", city=city, by=stranger, at=timezone.now())


def test_officer_adds_a_city_and_a_second_one_of_the_same_name_is_refused_in_words(client):
    client.force_login(user_of(make_officer()), backend=BACKEND)
    form = {"name": "Saltmere", "kind": "city", "country": "Avalia", "region": "africa", "population": "90000",
            "income_group": "low", "time_zone": "Africa/Dakar", "signing_email": ""}
    assert client.post("/en/cities/new/", form)["Location"] == "/en/city/saltmere/"
    again = client.post("/en/cities/new/", form)
    assert again.status_code == 422
    assert "exists already" in again.content.decode()
    assert City.objects.count() == 1


def test_wrong_time_zone_is_explained_and_what_was_typed_is_kept(client):
    user = make_user()
    client.force_login(user, backend=BACKEND)
    page = client.post("/en/me/", {"name": "Ada", "language": "fr", "time_zone": "Mars/Olympus"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Mars/Olympus is no time zone" in text
    assert 'value="Ada"' in text


def test_leaving_ends_the_role(client):
    delegate = make_delegate()
    membership = Membership.objects.get(user_id=delegate.user_id)
    client.force_login(user_of(delegate), backend=BACKEND)
    client.post(reverse("people:end_membership", args=[membership.pk]))
    assert not viewer_for(user_of(delegate)).cities


def test_city_list_asks_few_questions(client, django_assert_max_num_queries):
    for _ in range(40):
        make_city()
    make_organisation()
    with django_assert_max_num_queries(4):
        assert client.get("/en/cities/").status_code == 200


def test_officer_invites_the_first_delegate_of_a_city_and_no_second():
    from tribune.common.models import Mail
    from tribune.common.refusals import NotAllowed

    city, officer = make_city(), make_officer()
    now = timezone.now()
    secret = actions.invite(email="first@town.example", role="delegate", city=city, by=officer, at=now)
    first = actions.accept_invitation(secret=secret, name="First", at=now)
    with pytest.raises(NotAllowed):
        actions.invite(email="mine@hub.example", role="delegate", city=city, by=officer, at=now)
    with pytest.raises(NotAllowed):
        actions.end_membership(membership=Membership.objects.get(user=first), by=officer, at=now)
    second = actions.invite(email="second@town.example", role="delegate", city=city, by=viewer_for(first), at=now)
    actions.accept_invitation(secret=second, name="Second", at=now)
    assert "second@town.example" in Mail.objects.get(recipient="first@town.example", subject__contains="joined").body


def test_a_delegate_corrects_facts_and_not_the_address_on_file(client):
    city = make_city(name="Saltmere", slug="saltmere", signing_email="mayor@saltmere.example")
    client.force_login(user_of(make_delegate(city)), backend=BACKEND)
    page = client.get("/en/city/saltmere/facts/").content.decode()
    assert "signing_email" not in page
    facts = {"name": "Saltmere", "kind": "city", "country": "Senegal", "region": "africa", "population": "120000",
             "income_group": "low", "languages": ["fr", "en"], "latitude": "14.7", "longitude": "-17.4",
             "time_zone": "Africa/Dakar"}
    assert client.post("/en/city/saltmere/facts/", {**facts, "signing_email": "me@thief.example"}).status_code == 302
    city.refresh_from_db()
    assert (city.population, set(city.languages)) == (120000, {"fr", "en"})
    assert city.signing_email == "mayor@saltmere.example"
    with pytest.raises(NotAllowed):
        actions.change_city(city=city, signing_email="me@thief.example", by=make_delegate(city), at=NOW)
    assert client.post("/en/city/saltmere/facts/", {**facts, "latitude": "140"}).status_code == 422


def test_a_new_address_on_file_is_told_to_the_old_one_and_to_delegates():
    city = make_city(signing_email="mayor@saltmere.example")
    make_delegate(city, email="noor@saltmere.example")
    actions.change_city(city=city, signing_email="office@saltmere.example", by=make_officer(), at=NOW)
    mails = {mail.recipient: mail.body for mail in Mail.objects.all()}
    assert {"mayor@saltmere.example", "noor@saltmere.example"} == set(mails)
    assert "office@saltmere.example" in mails["noor@saltmere.example"]


def test_a_stranger_corrects_nothing(client):
    make_city(slug="saltmere")
    other = make_delegate(make_city(slug="other"))
    client.force_login(user_of(other), backend=BACKEND)
    assert client.get("/en/city/saltmere/facts/").status_code == 403
