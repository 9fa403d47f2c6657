"""Voices by session, code or membership; nothing joins a code to a voice; votes that wait together; who is missing."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_delegate,
    make_officer,
    make_position,
    make_statement,
    make_version,
    user_of,
)

from tribune.common.models import Mail
from tribune.common.refusals import NotAllowed, TooMany
from tribune.listen import actions, missing
from tribune.listen.grouping import Together
from tribune.listen.models import CodeBatch, Headcount, MemberRoll, ModerationEntry, Vote
from tribune.listen.pace import Pace, address_of
from tribune.listen.refusals import CodeUnknown, HasSpoken, ModeIsFixed, NeedsCode, NeedsMember, NotWaiting, ToldAlready
from tribune.people.rules import Viewer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _consultation(mode):
    version = make_version()
    officer = make_officer(version.draft.process.organisation)
    prepared = make_consultation(version, by=officer, opened=False)
    actions.choose_voting_mode(consultation=prepared, mode=mode, by=officer, at=NOW)
    return actions.open_consultation(consultation=prepared, by=officer, at=NOW), officer


def at(name, *args):
    return reverse(f"listen:{name}", args=args)


@pytest.mark.django_db
def test_the_mode_is_chosen_before_opening_and_stays():
    consultation, officer = _consultation("invitation")
    with pytest.raises(ModeIsFixed):
        actions.choose_voting_mode(consultation=consultation, mode="open", by=officer, at=NOW)
    with pytest.raises(ModeIsFixed):
        actions.change_consultation(consultation=consultation, by=officer, at=NOW, voting_mode="open")
    with pytest.raises(NotAllowed):
        actions.make_codes(consultation=consultation, n=3, by=make_officer(), at=NOW)
    with pytest.raises(NeedsCode):
        actions.new_voice(consultation=consultation)


@pytest.mark.django_db
def test_a_code_gives_one_voice_and_no_row_says_which():
    consultation, officer = _consultation("invitation")
    batch, codes = actions.make_codes(consultation=consultation, n=30, by=officer, at=NOW)
    assert len(set(codes)) == 30
    voices = [actions.take_voice_with_code(consultation=consultation, code=code.upper(), at=NOW) for code in codes[:9]]
    assert len({voice.uid for voice in voices}) == 9
    with pytest.raises(CodeUnknown):
        actions.take_voice_with_code(consultation=consultation, code=codes[0], at=NOW)
    batch = CodeBatch.objects.get(pk=batch.pk)
    # One row for the whole batch, both lists sorted by hash: neither place nor id nor transaction follows the order
    # of use, which is the order of the voices.
    assert CodeBatch.objects.count() == 1
    assert batch.used == sorted(batch.used)
    assert batch.unused == sorted(batch.unused)
    assert (len(batch.used), len(batch.unused)) == (9, 21)
    stored = str(list(CodeBatch.objects.values()))
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)
    assert not any(voice.uid in stored for voice in voices)


@pytest.mark.django_db
def test_opening_a_link_uses_no_code_up_and_sending_does():
    consultation, officer = _consultation("invitation")
    make_statement(consultation, by=officer)
    _batch, [code] = actions.make_codes(consultation=consultation, n=1, by=officer, at=NOW)
    client = Client()
    assert "Voting here needs a code" in client.get(at("vote", consultation.slug)).content.decode()
    seen = client.get(at("code_from_paper", consultation.slug, code))
    assert seen.headers["Referrer-Policy"] == "no-referrer"
    assert CodeBatch.objects.get().used == []
    assert client.post(at("code", consultation.slug), {"code": code}).status_code == 302
    assert 'name="value"' in client.get(at("vote", consultation.slug)).content.decode()
    again = Client().post(at("code", consultation.slug), {"code": code})
    assert again.status_code == 422


@pytest.mark.django_db
def test_codes_by_mail_go_to_each_address_and_the_page_shows_none():
    consultation, officer = _consultation("invitation")
    client = Client()
    client.force_login(user_of(officer), backend=BACKEND)
    client.post(at("codes", consultation.slug), {"addresses": "a@town.example, b@town.example\na@town.example"})
    assert sorted(Mail.objects.values_list("recipient", flat=True)) == ["a@town.example", "b@town.example"]
    printed = client.post(at("codes", consultation.slug), {"n": "3"})
    assert printed.content.decode().count("slip-code") == 3
    assert client.post(at("codes", consultation.slug), {"n": ""}).status_code == 422


@pytest.mark.django_db
def test_a_member_has_one_voice_and_the_roll_is_a_sorted_list_of_hashes():
    consultation, _officer = _consultation("members")
    members = [make_delegate() for _ in range(6)]
    with pytest.raises(NeedsMember):
        actions.take_voice_as_member(consultation=consultation, by=Viewer(), at=NOW)
    for member in members:
        actions.take_voice_as_member(consultation=consultation, by=member, at=NOW)
    with pytest.raises(HasSpoken):
        actions.take_voice_as_member(consultation=consultation, by=members[0], at=NOW)
    roll = MemberRoll.objects.get()
    assert roll.spoken == sorted(roll.spoken)
    assert not any(member.public_id in str(roll.spoken) for member in members)


# ---- Grouped commits


def test_what_waits_together_is_kept_together_and_each_gets_its_own_answer():
    inside, go, groups = threading.Event(), threading.Event(), []

    def keep(things):
        groups.append(list(things))
        inside.set()
        go.wait(10)
        return [thing * 10 for thing in things]

    together, answers = Together(keep), {}
    threads = [threading.Thread(target=lambda n=n: answers.update({n: together(n)})) for n in range(9)]
    threads[0].start()
    assert inside.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(together._waiting) < 8:
        pass
    go.set()
    for thread in threads:
        thread.join()
    assert answers == {n: n * 10 for n in range(9)}
    assert [len(group) for group in groups] == [1, 8]


def test_an_error_is_told_to_all_of_the_group_and_the_next_goes_on():
    def keep(things):
        if "bad" in things:
            raise OSError("disk full")
        return things

    together = Together(keep)
    with pytest.raises(OSError, match="disk full"):
        together("bad")
    assert together("good") == "good"


@pytest.mark.django_db(transaction=True)
def test_votes_that_wait_together_are_one_commit():
    consultation = make_consultation()
    statements = [make_statement(consultation) for _ in range(12)]
    voice = actions.new_voice(consultation=consultation)
    with CaptureQueriesContext(connection) as asked:
        answers = actions.cast_together(ballots=[actions.Ballot(each.pk, voice.uid, 1, at=NOW) for each in statements])
    assert answers == [None] * 12
    assert Vote.objects.count() == 12
    assert [each["sql"] for each in asked].count("COMMIT") == 1


@pytest.mark.django_db
def test_one_refused_ballot_leaves_the_others():
    consultation = make_consultation()
    good, hidden = make_statement(consultation), make_statement(consultation)
    type(hidden).objects.filter(pk=hidden.pk).update(state="waiting")
    voice = actions.new_voice(consultation=consultation)
    ballots = [actions.Ballot(good.pk, voice.uid, 1), actions.Ballot(hidden.pk, voice.uid, 1),
               actions.Ballot(good.pk, "nobody", 1), actions.Ballot(10**9, voice.uid, 1),
               actions.Ballot(good.pk, voice.uid, -1, important=True)]
    kinds = [type(answer) for answer in actions.cast_together(ballots=ballots)]
    assert kinds == [type(None), NotWaiting, NotAllowed, NotAllowed, type(None)]
    assert list(Vote.objects.values_list("value", "important")) == [(-1, True)]


# ---- Pace


def test_pace_counts_by_window_and_by_hand():
    now = [0.0]
    pace = Pace(most=2, seconds=60, clock=lambda: now[0])
    for who in ("a", "a", "b"):
        pace.step(who)
    with pytest.raises(TooMany):
        pace.step("a")
    now[0] = 61
    pace.step("a")


@pytest.mark.parametrize(("hops", "forwarded", "seen"), [
    (0, "1.1.1.1", "9.9.9.9"), (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"), (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
    (2, "1.1.1.1", "9.9.9.9"), (1, "", "9.9.9.9")])
def test_only_trusted_proxies_are_believed(rf, settings, hops, forwarded, seen):
    settings.PROXY_HOPS = hops
    assert address_of(rf.get("/", REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_FOR=forwarded)) == seen


# ---- Who is missing


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=6), st.booleans())
def test_a_table_is_exact_as_a_whole_or_not_at_all(counted, closed):
    cells = missing.rounded(counted, closed=closed)
    exact = {cell.exact for cell in cells.values()}
    assert len(exact) <= 1
    if exact == {True}:
        assert closed
        assert not any(0 < n < 5 for n in counted.values())
    else:
        assert all(cell.n == counted[key] - counted[key] % 5 for key, cell in cells.items())


@pytest.mark.django_db
def test_what_people_say_of_themselves_is_classes_and_counts_apart():
    consultation = make_consultation()
    statement, city = make_statement(consultation), make_city(population=30_000, income_group="low")
    voice = actions.new_voice(consultation=consultation)
    actions.vote(statement=statement, voice_uid=voice.uid, value=1)
    told = actions.tell_about(voice=voice, city=city, gender="woman", language="fr")
    assert (told.region, told.size, told.income_group, told.language) == ("africa", "small", "low", "fr")
    with pytest.raises(ToldAlready):
        actions.tell_about(voice=voice, region="africa")
    names = {field.name for field in Headcount._meta.fields}
    assert names == {"id", "consultation", "what", "key", "n"}
    assert missing.counted_parts(consultation)["size"] == {"small": 1}


@pytest.mark.django_db
def test_missing_cities_are_listed_and_asked_once_and_inner_words_do_not_count():
    consultation = make_consultation()
    officer = make_officer(consultation.organisation)
    spoke, silent = make_city(), make_city(signing_email="hall@silent.example")
    make_position(consultation, city=spoke)
    client = Client()
    client.force_login(user_of(officer), backend=BACKEND)
    page = client.get(at("voices", consultation.slug)).content.decode()
    assert f"> {silent}<" in page
    assert f"> {spoke}<" not in page
    for _ in range(2):
        client.post(at("invite", consultation.slug))
    assert Mail.objects.filter(recipient="hall@silent.example").count() == 1
    client.post(at("target", consultation.slug), {"part": "region:africa", "n": "20"})
    assert "missing" in client.get(at("voices", consultation.slug)).content.decode()
    assert Client().post(at("invite", consultation.slug)).status_code in (302, 403)


# ---- Second readings


@pytest.mark.django_db
def test_a_refused_statement_is_read_a_second_time_and_the_log_says_so_without_the_words():
    consultation = make_consultation()
    officer = make_officer(consultation.organisation)
    statement, receipt = actions.propose_statement(
        consultation=consultation, text="Quillfeather for all of us.", language="", by=Viewer(), at=NOW,
        origin="participant")
    actions.moderate_statement(statement=statement, publish=False, reason="Names a person.", by=officer, at=NOW)
    looked = Client().post(at("receipt"), {"receipt": receipt}).content.decode()
    assert "Names a person." in looked
    assert "second reading" in looked
    Client().post(at("receipt"), {"receipt": receipt, "appeal": "1", "words": "It names nobody."})
    client = Client()
    client.force_login(user_of(officer), backend=BACKEND)
    assert "It names nobody." in client.get(at("moderation")).content.decode()
    actions.moderate_statement(statement=statement, publish=False, reason="It does.", by=officer, at=NOW)
    log = Client().get(at("moderation_log", consultation.slug)).content.decode()
    assert "not published after a second reading" in log
    assert "Quillfeather" not in log
    assert list(ModerationEntry.objects.values_list("decision", flat=True)) == ["refused", "upheld"]
    with pytest.raises(NotWaiting):
        actions.appeal_statement(statement=statement, receipt=receipt, words="", by=Viewer(), at=NOW)
