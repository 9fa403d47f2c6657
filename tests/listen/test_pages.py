"""The pages as people use them: forms without script, receipts, votes, desk, queue."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import (
    LAWFUL,
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_member,
    make_officer,
    make_position,
    make_statement,
    make_version,
    user_of,
)

from tribune.common.models import Event
from tribune.listen.models import Consultation, Contribution, Statement, Voice, Vote
from tribune.people.choices import Role
from tribune.people.models import Attempt, Mandate

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OLD = "We resolve to involve local authorities, where appropriate."
NEW = "We resolve to involve local and regional governments."


@pytest.fixture
def consultation():
    # The pages ask the clock, so this one is open whenever the test runs.
    return make_consultation(make_version([OLD, "We commit to schools."]), moderation_policy="No names of people.",
                             closes_at=None)


def signed_in(viewer):
    client = Client()
    client.force_login(user_of(viewer), backend=BACKEND)
    return client


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(name, *args):
    return reverse(f"listen:{name}", args=args)


# ---- Reading


def test_the_list_says_how_many_are_open(client, consultation):
    make_consultation(consultation.version, opened=False)
    page = text(client.get(at("consultations")))
    assert "One consultation is open" in page
    assert str(consultation) in page
    assert "What do cities say?" in page


def test_consultation_shows_who_asks_until_when_and_the_privacy_notice(client, consultation):
    Consultation.objects.filter(pk=consultation.pk).update(closes_at=timezone.now() + timedelta(days=3))
    consultation.process.time_zone, consultation.process.place = "Africa/Dakar", "Port Azur"
    consultation.process.save()
    page = text(client.get(at("consultation", consultation.slug)))
    for words in (*(value for value in LAWFUL.values() if isinstance(value, str)), "Open until", "Port Azur",
                  str(consultation.organisation), "730 days", "Comment on 1", "A person reads it."):
        assert words in page


def test_two_zones_where_the_clocks_differ(consultation):
    Consultation.objects.filter(pk=consultation.pk).update(closes_at=timezone.now() + timedelta(days=3))
    consultation.process.time_zone = "America/Bogota"
    consultation.process.save()
    reader = make_delegate(time_zone="Asia/Tokyo")
    page = text(signed_in(reader).get(at("consultation", consultation.slug)))
    assert "in Bogota" in page
    assert "in Tokyo" in page


def test_qr_code_leads_to_the_address_without_a_language(client, consultation):
    answer = client.get(at("qr", consultation.slug))
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    bare = f"/c/{consultation.slug}/"
    assert bare.encode() in answer.content
    assert f"/en{bare}".encode() not in answer.content
    # The phone's own language is taken.
    led = client.get(bare, headers={"accept-language": "fr"})
    assert led["Location"] == f"/fr{bare}"


def test_unknown_paragraph_and_prepared_consultation_are_not_there(client, consultation):
    prepared = make_consultation(consultation.version, opened=False)
    assert client.get(at("write", consultation.slug, "99")).status_code == 404
    for name in ("consultation", "vote", "results", "qr"):
        assert client.get(at(name, prepared.slug)).status_code == 404
    mine = signed_in(make_officer(prepared.organisation))
    assert mine.get(at("consultation", prepared.slug)).status_code == 200


# ---- Writing


def test_a_resident_comments_without_account_and_finds_it_with_the_receipt(client, consultation):
    address = at("write", consultation.slug, "1")
    assert "Comment on paragraph 1" in text(client.get(address))
    sent = client.post(address, {"why": "It leaves us out.", "language": ""})
    [receipt, again] = re.findall(r'class="receipt"><bdi>([^<]+)<', sent.content.decode())
    assert receipt == again
    assert f'href="{at("consultation", consultation.slug)}#p1"' in sent.content.decode()
    assert receipt not in str([session.get_decoded() for session in Session.objects.all()])

    lookup = at("receipt")
    assert "A person has not read it yet" in text(client.post(lookup, {"receipt": receipt}))
    moderator = signed_in(make_member(consultation.organisation, Role.MODERATOR))
    contribution = Contribution.objects.get()
    decide = at("moderate", "contribution", contribution.public_id)
    refused = moderator.post(decide, {"decision": "refuse", "reason": ""})
    assert refused.status_code == 422
    assert "Write why it is not published" in text(refused)
    moderator.post(decide, {"decision": "refuse", "reason": "It names a neighbour."})
    told = text(client.post(lookup, {"receipt": f" {receipt.upper()} "}))
    assert "Your words are not published" in told
    assert "It names a neighbour." in told
    assert "Your words are erased" in text(client.post(lookup, {"receipt": receipt, "erase": "1"}))
    contribution.refresh_from_db()
    assert (contribution.state, contribution.why) == ("withdrawn", "")


def test_a_wrong_receipt_is_refused_slowly_and_not_for_ever(client, consultation):
    for _ in range(20):
        answer = client.post(at("receipt"), {"receipt": "tavo-9614-rimelu-bakide-nopo"})
        assert answer.status_code == 422
        assert "We know no such receipt" in text(answer)
    assert "too often" in text(client.post(at("receipt"), {"receipt": "tavo-9614-rimelu-bakide-nopo"}))
    assert all(len(attempt.key) == 64 for attempt in Attempt.objects.all())


def test_a_service_proposes_wording_with_marks_drawn_by_the_server(consultation):
    city = make_city(name="Port Azur")
    service = make_delegate(city, role=Role.MEMBER, service="Youth service")
    client = signed_in(service)
    address = at("write", consultation.slug, "1")
    page = client.get(address)
    assert OLD in page.content.decode()
    assert "Port Azur, Youth service" in text(page)
    given = {"act": "CHANGE", "wording": NEW, "why": "Who decides must be named.", "strength": "must",
             "language": "", "city": str(city.pk)}
    shown = client.post(address, {**given, "show": "1"})
    assert "<ins" in shown.content.decode()
    assert "<del" in shown.content.decode()
    assert NEW in shown.content.decode()
    assert not Contribution.objects.exists()
    sent = client.post(address, given)
    assert sent["Location"] == at("consultation", consultation.slug) + "#p1"
    back = client.get(sent["Location"])
    # The result is told at the paragraph to which the focus returns.
    article = re.search(r'<article[^>]*id="p1".*?</article>', back.content.decode(), re.S)[0]
    assert "Your words are with Port Azur" in article
    assert 'tabindex="-1"' in article
    assert Contribution.objects.get().state == "inner"


def test_refused_words_are_kept_and_the_error_links_to_its_field(consultation):
    city = make_city()
    client = signed_in(make_delegate(city))
    answer = client.post(at("write", consultation.slug, "1"), {
        "act": "CHANGE", "wording": OLD, "why": "Because.", "strength": "must", "language": "", "city": str(city.pk)})
    assert answer.status_code == 422
    assert 'href="#id_wording"' in answer.content.decode()
    assert "Because." in answer.content.decode()


def test_one_writes_for_no_city_that_is_not_ones_own(consultation):
    other = make_city()
    client = signed_in(make_delegate())
    answer = client.post(at("write", consultation.slug, "1"), {
        "act": "COMMENT", "why": "As if.", "language": "", "city": str(other.pk)})
    assert answer.status_code == 422
    assert not Contribution.objects.exists()


def test_closed_consultation_shows_no_form_and_takes_nothing(client, consultation):
    make_position(consultation)
    statement = make_statement(consultation)
    officer = make_officer(consultation.organisation)
    assert signed_in(officer).post(at("close", consultation.slug)).status_code == 302
    page = client.get(at("write", consultation.slug, "1"))
    assert "1 answer on paragraph 1" in text(page)
    assert "<textarea" not in page.content.decode()
    client.post(at("write", consultation.slug, "1"), {"why": "Late.", "language": ""})
    assert client.post(at("cast", consultation.slug), {"statement": statement.public_id, "value": "1"}
                       ).status_code == 409
    assert client.post(at("propose", consultation.slug), {"text": "Late too."}).status_code == 422
    assert (Contribution.objects.count(), Vote.objects.count(), Statement.objects.count()) == (1, 0, 1)


def test_words_for_an_earlier_wording_say_so(client, consultation):
    position = make_position(consultation, act="CHANGE", wording=NEW)
    paragraph = position.passage.paragraphs.get()
    paragraph.text, paragraph.sha256 = "A corrected file reads otherwise.", "1" * 64
    paragraph.save()
    page = client.get(at("write", consultation.slug, "1"))
    assert "written for an earlier wording" in text(page)
    assert "where appropriate" in page.content.decode()


# ---- Voting


def test_a_resident_votes_changes_and_takes_back_without_account(client, consultation):
    officer = make_officer(consultation.organisation)
    for words in ("A person must be reachable.", "Keep the paper form."):
        make_statement(consultation, words, by=officer)
    page = client.get(at("vote", consultation.slug))
    assert "Statement 1 of 2" in text(page)
    assert "from the organiser" in text(page)
    assert not Voice.objects.exists()
    statement = re.search(r'name="statement" value="(\w+)"', page.content.decode())[1]
    first = client.post(at("cast", consultation.slug), {"statement": statement, "value": "1"}, follow=True)
    assert "Your vote is kept" in text(first)
    assert "You: agree" in text(first)
    client.post(at("cast", consultation.slug), {"statement": statement, "value": "-1"})
    assert list(Vote.objects.values_list("value", flat=True)) == [-1]
    assert Voice.objects.count() == 1
    client.post(at("cast", consultation.slug), {"statement": statement, "value": "withdraw"})
    assert not Vote.objects.exists()
    assert set(client.cookies) == {"tribune_session"}


def test_another_session_is_another_voice(consultation):
    statement = make_statement(consultation)
    for client in (Client(), Client()):
        client.post(at("cast", consultation.slug), {"statement": statement.public_id, "value": "0"})
    assert Vote.objects.count() == Voice.objects.count() == 2


def test_a_vote_of_no_known_value_is_refused(client, consultation):
    statement = make_statement(consultation)
    for value in ("", "2", "yes"):
        answer = client.post(at("cast", consultation.slug), {"statement": statement.public_id, "value": value})
        assert answer.status_code == 409
    assert not Voice.objects.exists()


def test_own_statement_has_a_counter_a_policy_and_a_receipt(client, consultation):
    page = client.get(at("vote", consultation.slug))
    assert 'data-limit="200"' in page.content.decode()
    assert "No names of people." in text(page)
    assert "within 3 days" in text(page)
    too_long = client.post(at("propose", consultation.slug), {"text": "x" * 201})
    assert too_long.status_code == 422
    assert "x" * 201 in too_long.content.decode()
    sent = client.post(at("propose", consultation.slug), {"text": "Keep the paper form."})
    assert len(set(re.findall(r'class="receipt"><bdi>([^<]+)<', sent.content.decode()))) == 1
    assert Statement.objects.get().state == "waiting"


def test_results_show_no_small_cell_and_say_voices_may_repeat(client, consultation):
    statement = make_statement(consultation, "Keep the paper form.")
    for value in (1, 1, 1, 1, 1, 1, -1):
        Client().post(at("cast", consultation.slug), {"statement": statement.public_id, "value": str(value)})
    page = client.get(at("results", consultation.slug))
    assert "At least 5 voices" in text(page)
    assert "Voices, may repeat" in text(page)
    cells = [
        text_of.strip() for text_of in re.findall(r'data-label="[^"]*">\s*([^<]*?)\s*</td>', page.content.decode())
    ]
    assert cells == ["5 or more", "fewer than 5", "fewer than 5", "5 or more"]


# ---- Desk, officers


def test_desk_shows_collisions_and_sends_the_position(consultation):
    city = make_city(name="Port Azur")
    for service, wording in (("Water", NEW), ("Digital", NEW + " They are asked first.")):
        make_contribution(consultation, act="CHANGE", wording=wording, city=city, strength="must",
                          by=make_delegate(city, role=Role.MEMBER, service=service))
    delegate = make_delegate(city)
    client = signed_in(delegate)
    desk = at("city_desk", city.slug)
    page = text(client.get(desk))
    assert "2 proposals wait inside Port Azur" in page
    assert "2 proposals meet here" in page
    assert "wrote it" in page
    chosen = Contribution.objects.order_by("pk").first()
    send = at("send", city.slug, chosen.public_id)
    incomplete = client.post(send, {"level": "council_vote", "body": "", "given_on": ""})
    assert incomplete.status_code == 422
    assert f'href="#{chosen.public_id}_body"' in incomplete.content.decode()
    sent = client.post(send, {"level": "council_vote", "body": "City council", "given_on": "2026-01-12"})
    assert sent.status_code == 302
    assert Mandate.objects.get().position == chosen.public_id
    assert "sent it as the position" in text(client.get(desk))
    service = signed_in(make_delegate(city, role=Role.MEMBER, service="Youth"))
    assert "Send as position" not in text(service.get(desk))
    assert service.post(send, {"level": "personal"}).status_code == 403


def test_officer_prepares_names_what_is_missing_opens_and_closes():
    version = make_version()
    officer = make_officer(version.draft.process.organisation)
    client = signed_in(officer)
    given = {"about": f"v{version.pk}", "format": "both", "name": "What do cities say?", "introduction": "We ask.",
             "controller": "Hub", "legal_basis": "", "recipients": "Cities", "retention_days": "730",
             "contact": "a@hub.example", "moderation_policy": "", "answer_days": "3", "closes_on": "2099-05-19",
             "closes_time": ""}
    made = client.post(at("new"), given)
    assert made.status_code == 302, text(made)
    consultation = Consultation.objects.get()
    assert made["Location"] == at("manage", consultation.slug)
    page = text(client.get(made["Location"]))
    assert "One thing is missing before it can open" in page
    assert "Legal basis" in page
    refused = client.post(at("open", consultation.slug))
    assert refused.status_code == 409
    assert "legal basis" in text(refused)
    changed = client.post(at("edit", consultation.slug), {**given, "legal_basis": "consent"})
    assert changed.status_code == 302
    assert client.post(at("open", consultation.slug)).status_code == 302
    assert client.post(at("add_statement", consultation.slug), {"text": "Keep the paper form."}).status_code == 302
    consultation.refresh_from_db()
    assert (consultation.state, consultation.closes_at.isoformat()) == ("open", "2099-05-19T23:59:00+00:00")
    assert client.post(at("close", consultation.slug)).status_code == 302
    assert [event.name for event in Event.objects.order_by("pk")] == ["consultation_opened", "consultation_closed"]


def test_officer_of_another_organisation_finds_nothing_to_manage(consultation):
    client = signed_in(make_officer())
    for name in ("manage", "edit"):
        assert client.get(at(name, consultation.slug)).status_code == 404
    for name in ("open", "close", "add_statement"):
        assert client.post(at(name, consultation.slug), {"text": "Mine."}).status_code == 404


def test_queue_shows_what_waits_in_ones_own_organisation(consultation):
    make_contribution(consultation, why="Waiting words here.")
    mine = signed_in(make_member(consultation.organisation, Role.MODERATOR))
    assert "One thing waits for a person" in text(mine.get(at("moderation")))
    assert "Waiting words here." in text(mine.get(at("moderation")))
    other = signed_in(make_officer())
    assert "Nothing waits for a person" in text(other.get(at("moderation")))
    contribution = Contribution.objects.get()
    assert other.post(at("moderate", "contribution", contribution.public_id), {"decision": "publish"}
                      ).status_code == 404


# ---- Without script, and in any number


def test_every_form_is_a_form_of_the_server(consultation):
    make_statement(consultation)
    city = make_city()
    inside = make_delegate(city)
    make_contribution(consultation, city=city, by=inside)
    client = signed_in(inside)
    for address in (at("write", consultation.slug, "1"), at("vote", consultation.slug), at("receipt"),
                    at("city_desk", city.slug)):
        page = client.get(address).content.decode()
        assert '<form method="post"' in page
        assert "csrfmiddlewaretoken" in page
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", page)
        # One h1, one label for each field.
        assert page.count("<h1") == 1
        for field in re.findall(r'<(?:textarea|select)[^>]*\bid="([^"]+)"', page):
            assert f'for="{field}"' in page


@pytest.mark.parametrize("n", [2, 11])
def test_pages_ask_no_more_of_the_database_with_more_rows(n, django_assert_max_num_queries):
    version = make_version([f"Paragraph number {i} says something." for i in range(n)])
    officer = make_officer(version.draft.process.organisation)
    consultation = make_consultation(version, by=officer)
    city = make_city()
    inside = make_delegate(city)
    for i in range(n):
        make_consultation(version, by=officer)
        make_position(consultation, path=str(i + 1))
        make_position(consultation, path="1", act="CHANGE", wording=f"Other words {i}.")
        make_contribution(consultation, path=str(i + 1), act="DELETE", city=city, by=inside)
        make_contribution(consultation)
        make_statement(consultation, by=officer)
    guest, moderator, member = Client(), signed_in(officer), signed_in(inside)
    for client, address, most in (
            (guest, at("consultations"), 6), (guest, at("consultation", consultation.slug), 9),
            (guest, at("write", consultation.slug, "1"), 10), (guest, at("vote", consultation.slug), 8),
            (guest, at("results", consultation.slug), 7), (moderator, at("moderation"), 9),
            (moderator, at("manage", consultation.slug), 14), (member, at("city_desk", city.slug), 14)):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
