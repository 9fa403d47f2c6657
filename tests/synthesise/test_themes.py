"""The page of themes: found in exact words, decided by an officer, never against her."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import (
    make_delegate,
    make_officer,
    make_user,
    user_of,
)
from tests.synthesise.conftest import BUSES, TREES, say

from tribune.listen.choices import ContributionState
from tribune.synthesise import theme_actions as actions
from tribune.synthesise import theme_queries as queries
from tribune.synthesise import theming
from tribune.synthesise.choices import ReadingState
from tribune.synthesise.models import ThemesDecision, ThemesReading, Vector

pytestmark = pytest.mark.django_db

def at(consultation, name="themes"):
    return reverse(f"synthesise:{name}", args=[consultation.process.slug])


def page_of(officer, consultation):
    there = queries.texts_of(officer, consultation.process)
    ready, _ = queries.readings_of(consultation.process)
    return queries.shown(ready, there, queries.decided_in(queries.decisions_of(consultation.process)))


def theme_with(page, words):
    return next(theme for theme in page.themes if any(words in row.why for row in theme.members))


def decide(desk, consultation, **fields):
    last = ThemesDecision.objects.filter(undone_at__isnull=True).order_by("-pk").first()
    return desk.post(at(consultation, "decide_themes"), {"seen": last.pk if last else 0, **fields}, follow=True)


def read(desk, consultation):
    return desk.post(at(consultation, "read_themes"), follow=True).content.decode()


def test_an_empty_process_says_what_to_do_next(desk, consultation):
    html = desk.get(at(consultation)).content.decode()
    assert "No answers yet" in html
    assert reverse("listen:consultations") in html


def test_themes_are_found_in_exact_words(desk, consultation, officer, said):
    html = read(desk, consultation)
    assert "2 themes run through the answers" in html
    page = page_of(officer, consultation)
    assert sorted(sorted(row.why for row in theme.members) for theme in page.themes) == [sorted(BUSES), sorted(TREES)]
    for theme in page.themes:
        for quote in theme.quotes:
            assert quote.words in queries.text_of(quote.contribution)
            assert quote.words in html
        assert theme.behind.cities == 3
    # A second look needs no vector anew.
    n = Vector.objects.count()
    read(desk, consultation)
    assert Vector.objects.count() == n > 0


def test_a_name_stays_whatever_comes(desk, consultation, officer, said):
    read(desk, consultation)
    html = decide(desk, consultation, act="name", theme=theme_with(page_of(officer, consultation), "bus").id,
                  label="Late buses").content.decode()
    assert "Late buses" in html
    assert "named by a person" in html
    say(consultation, "A bus at midnight.")
    read(desk, consultation)
    theme = theme_with(page_of(officer, consultation), "night bus")
    assert theme.label == "Late buses"
    assert {row.why for row in theme.members} >= set(BUSES)


def test_put_together_split_moved_taken_out_and_back(desk, consultation, officer, said):
    read(desk, consultation)
    page = page_of(officer, consultation)
    buses, trees = theme_with(page, "bus"), theme_with(page, "trees")
    decide(desk, consultation, act="merge", theme=buses.id, into=trees.id, label="All")
    [both] = page_of(officer, consultation).themes
    assert (both.label, both.size) == ("All", 6)
    decide(desk, consultation, act="split", theme=both.id, label="One bus", members=[said[1].public_id])
    page = page_of(officer, consultation)
    assert {theme.label: theme.size for theme in page.themes} == {"All": 5, "One bus": 1}
    all_, one = theme_with(page, "Plant trees"), theme_with(page, "night bus")
    decide(desk, consultation, act="move", theme=all_.id, into=one.id, members=[said[0].public_id])
    assert {t.label: t.size for t in page_of(officer, consultation).themes} == {"All": 4, "One bus": 2}
    decide(desk, consultation, act="out", theme=theme_with(page_of(officer, consultation), "Plant trees").id,
           members=[said[3].public_id])
    page = page_of(officer, consultation)
    assert [row.why for row in page.unassigned] == [TREES[0]]
    desk.post(at(consultation, "undo_themes"))
    assert not page_of(officer, consultation).unassigned
    for _ in range(3):
        desk.post(at(consultation, "undo_themes"))
    assert not any(theme.is_hers for theme in page_of(officer, consultation).themes)
    assert len(page_of(officer, consultation).themes) == 2
    assert "There is nothing to take back" in desk.post(at(consultation, "undo_themes"), follow=True).content.decode()


def test_two_officers_at_once_lose_nothing(desk, consultation, officer, said):
    read(desk, consultation)
    theme = theme_with(page_of(officer, consultation), "bus")
    assert "Night" in decide(desk, consultation, act="name", theme=theme.id, label="Night").content.decode()
    late = {"seen": 0, "act": "name", "theme": theme.id, "label": "Mine"}
    answer = desk.post(at(consultation, "decide_themes"), late, follow=True)
    assert "Somebody else decided something meanwhile" in answer.content.decode()
    assert ThemesDecision.objects.count() == 1


@pytest.mark.parametrize(("fields", "words"), [
    ({"act": "name", "label": "  "}, "Give the theme a name"),
    ({"act": "split", "label": "x"}, "Tick at least one"),
    ({"act": "out"}, "Tick at least one"),
    ({"act": "name", "label": "x", "theme": "gone"}, "not there any more"),
    ({"act": "fly"}, "not there any more"),
    ({"act": "merge", "into": "gone"}, "not there any more"),
    ({"act": "name", "label": "x", "seen": "9" * 40}, "Somebody else decided"),
    ({"act": "split", "label": "x", "members": ["of-another", "<script>"]}, "Tick at least one"),
])
def test_a_bad_act_is_told_and_nothing_changes(desk, consultation, officer, said, fields, words):
    read(desk, consultation)
    theme = theme_with(page_of(officer, consultation), "bus")
    assert words in decide(desk, consultation, **{"theme": theme.id, **fields}).content.decode()
    assert not ThemesDecision.objects.exists()


def test_words_that_were_withdrawn_or_changed_are_not_quoted(desk, consultation, officer, said):
    read(desk, consultation)
    said[0].state = ContributionState.WITHDRAWN
    said[0].save()
    said[1].why = "Something else entirely."
    said[1].save()
    html = desk.get(at(consultation)).content.decode()
    assert BUSES[0] not in html
    assert BUSES[1] not in html
    assert "Something else entirely." not in html
    assert "1 was withdrawn" in html
    assert "1 was changed by its author" in html


def test_many_answers_are_read_beside_the_worker_with_progress(desk, consultation, officer, said, monkeypatch):
    monkeypatch.setattr(theming, "AT_ONCE", 2)
    html = read(desk, consultation)
    assert "Looking for themes" in html
    assert 'http-equiv="refresh"' in html
    [reading] = ThemesReading.objects.all()
    ThemesReading.objects.update(state=ReadingState.RUNNING, step="meaning", n_done=3, n_of=6)
    assert "3 of 6 passages" in desk.get(at(consultation), {"part": "1"}).content.decode()
    ThemesReading.objects.update(state=ReadingState.WAITING)
    theming.read_now(reading.pk)
    assert "2 themes run" in desk.get(at(consultation)).content.decode()


def test_who_asks_twice_waits_once(consultation, officer, said):
    now = timezone.now()
    first = actions.ask_for_themes(process=consultation.process, by=officer, at=now)
    assert actions.ask_for_themes(process=consultation.process, by=officer, at=now) == first


def test_a_reading_that_broke_off_says_so(desk, consultation, said):
    ThemesReading.objects.create(process=consultation.process, organisation=consultation.process.organisation,
                                 state=ReadingState.FAILED, asked_at=timezone.now())
    html = desk.get(at(consultation)).content.decode()
    assert "broke off" in html
    assert "Find themes" in html


def test_ticked_answers_become_an_ask(desk, consultation, officer, said):
    answer = desk.post(at(consultation, "decide_themes"), {"act": "ask", "members": [said[0].public_id]}, follow=True)
    assert answer.redirect_chain[0][0].startswith(reverse("synthesise:new_ask", args=[consultation.process.slug]))
    assert BUSES[0] in answer.content.decode()


def test_only_officers_of_the_organisation_see_themes(client, consultation, said):
    for viewer in (None, make_user(), user_of(make_delegate()), user_of(make_officer())):
        client.logout()
        if viewer:
            client.force_login(viewer)
        for name in ("themes", "read_themes", "decide_themes", "undo_themes"):
            ask = client.get if name == "themes" else client.post
            assert ask(at(consultation, name)).status_code in (302, 403, 404), (viewer, name)
    assert not ThemesReading.objects.exists()


def test_inner_and_waiting_words_are_no_theme(desk, consultation, officer, said):
    say(consultation, "PLANTED night bus", ContributionState.INNER)
    say(consultation, "PLANTED trees", ContributionState.WAITING)
    assert "PLANTED" not in read(desk, consultation)
    assert "PLANTED" not in repr(ThemesReading.objects.get().found)


def test_the_page_asks_the_database_a_bounded_number_of_times(desk, consultation, said, django_assert_max_num_queries):
    read(desk, consultation)
    with django_assert_max_num_queries(14):
        desk.get(at(consultation))
    for n in range(12):
        say(consultation, f"Bus number {n} at night.")
    read(desk, consultation)
    with django_assert_max_num_queries(14):
        desk.get(at(consultation))
