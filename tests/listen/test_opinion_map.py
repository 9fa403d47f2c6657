"""The opinion map: what a snapshot may show, its page, its fragment, its embed."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import NOW, make_consultation, make_officer, make_statement, make_version

from tribune.listen import actions, opinion_map
from tribune.listen.models import MapSnapshot, Voice, Vote

pytestmark = pytest.mark.django_db
N_STATEMENTS = 12


def at(name, *args):
    return reverse(f"listen:{name}", args=args)


def _planted(sizes=(33, 28), *, distribution="public", regions=()):
    """A consultation with two crowds that disagree on all statements but the first."""
    consultation = make_consultation(make_version(distribution=distribution))
    officer = make_officer(consultation.organisation)
    statements = [make_statement(consultation, by=officer) for _ in range(N_STATEMENTS)]
    n = 0
    for side, size in zip((1, -1), sizes, strict=True):
        for row in range(size):
            voice = Voice.objects.create(consultation=consultation, uid=f"{consultation.pk}-{n}",
                                         region=regions[n] if n < len(regions) else "")
            values = [1 if place == 0 else (side if (row * 7 + place * 3) % 11 else -side)
                      for place in range(N_STATEMENTS)]
            Vote.objects.bulk_create(Vote(voice=voice, statement=statement, value=value)
                                     for statement, value in zip(statements, values, strict=True))
            n += 1
    return consultation, officer


def _numbers(shown):
    yield shown["n_voices"]
    yield from (group["size"] for group in shown["groups"])
    for row in shown["table"]:
        for column in (row["all"], *row["groups"]):
            yield from column


def test_two_crowds_are_two_groups_and_every_open_number_is_a_step_of_five():
    consultation, _officer = _planted()
    shown = opinion_map.compute(consultation)
    assert shown["n_groups"] == 2
    assert all(n % 5 == 0 for n in _numbers(shown))
    drawn = [sum(1 for mark in shown["marks"] if mark[2] == group) for group in range(2)]
    assert all(n % 5 == 0 for n in drawn)
    assert {each["statement"] for each in shown["unites"]}


def test_once_closed_a_row_with_a_small_cell_stays_rounded_in_all_its_columns():
    consultation, officer = _planted()
    closed = actions.close_consultation(consultation=consultation, by=officer, at=NOW)
    shown = opinion_map.compute(closed)
    for row in shown["table"]:
        columns = [row["all"], *row["groups"]]
        if row["exact"]:
            assert not any(0 < n < 5 for column in columns for n in column)
        else:
            assert all(n % 5 == 0 for column in columns for n in column)


def test_below_seven_voices_there_is_no_map_and_the_page_says_why():
    consultation, _officer = _planted((3, 3))
    opinion_map.keep_map(consultation=consultation, at=NOW)
    page = Client().get(at("map", consultation.slug)).content.decode()
    assert "A map would show people, not opinions" in page
    assert 'class="opinion-map"' not in page


def test_a_part_is_offered_only_where_nothing_small_follows():
    consultation, _officer = _planted(regions=["africa"] * 40 + ["asia_pacific"] * 3)
    # 40 and 3, and 18 that did not say: the small one, and the smallest beside it, are left out.
    assert opinion_map.parts_offered(consultation) == ["region:africa"]
    consultation, _officer = _planted((20, 20), regions=["africa"] * 37 + ["asia_pacific"] * 3)
    assert opinion_map.parts_offered(consultation) == []


def test_the_page_is_whole_without_script_and_within_its_queries(django_assert_max_num_queries):
    consultation, _officer = _planted()
    opinion_map.keep_map(consultation=consultation, at=NOW)
    client = Client()
    client.get(at("map", consultation.slug))
    with django_assert_max_num_queries(12):
        page = client.get(at("map", consultation.slug)).content.decode()
    for words in ("Two groups", 'class="opinion-map"', "How far can you trust this?", "Statements as a table",
                  "What unites all", "voices, may repeat".capitalize()):
        assert words in page
    assert "style=" not in page
    assert client.get(at("map", consultation.slug) + "?part=region:africa").status_code == 404


def test_the_fragment_is_small_and_a_304_asks_no_database(django_assert_num_queries):
    consultation, _officer = _planted()
    opinion_map.keep_map(consultation=consultation, at=NOW)
    client = Client()
    first = client.get(at("map_live", consultation.slug))
    assert len(first.content) <= 2048
    with django_assert_num_queries(0):
        again = client.get(at("map_live", consultation.slug), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_restricted_map_is_neither_kept_for_all_nor_embedded():
    consultation, officer = _planted(distribution="members")
    opinion_map.keep_map(consultation=consultation, at=NOW)
    from tests.factories import user_of
    inside = Client()
    inside.force_login(user_of(officer), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert inside.get(at("map_live", consultation.slug)).status_code == 200
    for name in ("map", "map_live", "map_embed", "voices", "moderation_log", "code", "about_you"):
        assert Client().get(at(name, consultation.slug)).status_code == 404
    assert inside.get(at("map_embed", consultation.slug)).status_code == 404


def test_an_embed_may_stand_in_a_frame_elsewhere():
    consultation, _officer = _planted()
    opinion_map.keep_map(consultation=consultation, at=NOW)
    answer = Client().get(at("map_embed", consultation.slug))
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers


def test_a_new_map_is_due_after_five_votes_and_at_closing():
    consultation, officer = _planted()
    assert opinion_map.is_due(consultation)
    opinion_map.keep_map(consultation=consultation, at=NOW)
    assert not opinion_map.is_due(consultation)
    Vote.objects.filter(pk__in=list(Vote.objects.values_list("pk", flat=True)[:5])).delete()
    assert opinion_map.is_due(consultation)
    from tribune.common.outbox import deliver_until_quiet
    actions.close_consultation(consultation=consultation, by=officer, at=NOW)
    deliver_until_quiet(at=NOW)
    assert MapSnapshot.objects.filter(consultation=consultation, part="").count() == 2
