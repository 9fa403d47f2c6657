"""Votes: one a voice and a statement, changed, withdrawn, frozen; nothing that says who or when."""

import threading

import pytest
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import NOW, make_consultation, make_officer, make_statement, make_version

from tribune.common.refusals import NotAllowed
from tribune.listen import actions, counts, queries
from tribune.listen.counts import Tally, shown
from tribune.listen.models import Consultation, Statement, Voice, Vote
from tribune.listen.refusals import ConsultationClosed, NotWaiting


@pytest.fixture
def consultation(db):
    return make_consultation()


def test_voice_and_vote_hold_nothing_that_says_who_or_when():
    # What people chose to say of their place stands at the voice as classes only.
    classes = {"region", "size", "income_group", "language"}
    allowed = {Voice: {"id", "uid", "consultation", "origin"} | classes,
               Vote: {"id", "voice", "statement", "value", "important"}}
    for model, names in allowed.items():
        assert {field.name for field in model._meta.fields} == names
        assert not any(isinstance(field, models.DateField | models.GenericIPAddressField)
                       for field in model._meta.fields)


def test_a_vote_can_be_changed_and_withdrawn(consultation):
    statement, voice = make_statement(consultation), actions.new_voice(consultation=consultation)
    actions.vote(statement=statement, voice_uid=voice.uid, value=1)
    actions.vote(statement=statement, voice_uid=voice.uid, value=-1)
    assert list(Vote.objects.values_list("value", flat=True)) == [-1]
    actions.withdraw_vote(statement=statement, voice_uid=voice.uid)
    assert not Vote.objects.exists()


def test_voices_and_statements_that_do_not_belong_here_are_refused(consultation):
    statement, voice = make_statement(consultation), actions.new_voice(consultation=consultation)
    other = make_consultation(consultation.version)
    foreign = actions.new_voice(consultation=other)
    for uid in (foreign.uid, "", "0" * 32):
        with pytest.raises(NotAllowed):
            actions.vote(statement=statement, voice_uid=uid, value=1)
    with pytest.raises(ValueError):
        actions.vote(statement=statement, voice_uid=voice.uid, value=2)
    Statement.objects.filter(pk=statement.pk).update(state="waiting")
    with pytest.raises(NotWaiting):
        actions.vote(statement=statement, voice_uid=voice.uid, value=1)


@pytest.mark.django_db(transaction=True)
def test_the_same_vote_from_many_hands_at_once_is_one_row():
    consultation = make_consultation()
    statement, voice = make_statement(consultation), actions.new_voice(consultation=consultation)
    failures = []

    def hand(value):
        try:
            actions.vote(statement=statement, voice_uid=voice.uid, value=value)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    hands = [threading.Thread(target=hand, args=(value,)) for value in (1, 0, -1, 1, 0, -1)]
    for thread in hands:
        thread.start()
    for thread in hands:
        thread.join()
    assert not failures
    assert Vote.objects.count() == 1


def test_closing_freezes_the_counts_and_erasure_leaves_them(consultation):
    officer = make_officer(consultation.organisation)
    statement = make_statement(consultation, by=officer)
    voices = [actions.new_voice(consultation=consultation) for _ in range(7)]
    for voice in voices:
        actions.vote(statement=statement, voice_uid=voice.uid, value=1)
    closed = actions.close_consultation(consultation=consultation, by=officer, at=NOW)
    for act in (lambda: actions.vote(statement=statement, voice_uid=voices[0].uid, value=0),
                lambda: actions.withdraw_vote(statement=statement, voice_uid=voices[0].uid),
                lambda: actions.new_voice(consultation=consultation)):
        with pytest.raises(ConsultationClosed):
            act()
    Voice.objects.all().delete()
    closed = Consultation.objects.get(pk=closed.pk)
    [tally] = queries.tallies(closed)
    assert (tally.agree, tally.passed, tally.disagree) == (7, 0, 0)
    assert queries.n_voices(closed) == 7


# ---- The next statement


def test_next_statement_is_each_unseen_one_once_and_stays_the_same(consultation):
    officer = make_officer(consultation.organisation)
    first, second, third = (make_statement(consultation, by=officer) for _ in range(3))
    others = [actions.new_voice(consultation=consultation) for _ in range(3)]
    for voice in others:
        actions.vote(statement=first, voice_uid=voice.uid, value=1)
    actions.vote(statement=second, voice_uid=others[0].uid, value=0)
    voice = actions.new_voice(consultation=consultation)
    seen = []
    while (found := queries.next_statement(voice, consultation)) is not None:
        assert queries.next_statement(voice, consultation) == found
        seen.append(found)
        actions.vote(statement=found, voice_uid=voice.uid, value=0)
    assert sorted(each.pk for each in seen) == sorted(each.pk for each in (first, second, third))


def test_ties_fall_differently_for_different_voices(consultation):
    officer = make_officer(consultation.organisation)
    for _ in range(6):
        make_statement(consultation, by=officer)
    firsts = {queries.next_statement(actions.new_voice(consultation=consultation), consultation) for _ in range(20)}
    assert len(firsts) > 1


# ---- Counting


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from([1, 0, -1])), max_size=40),
       st.sets(st.integers(0, 3)))
def test_tallies_are_what_counting_by_hand_gives(db, votes, refused):
    consultation = _empty_consultation()
    statements = [Statement.objects.create(
        consultation=consultation, text=f"S{n}", language="en", made_at=NOW,
        state="refused" if n in refused else "published") for n in range(4)]
    voices = [Voice.objects.create(consultation=consultation, uid=f"{consultation.pk}-{n}") for n in range(5)]
    last = {}
    for voice, statement, value in votes:
        Vote.objects.update_or_create(voice=voices[voice], statement=statements[statement], defaults={"value": value})
        if statement not in refused:
            last[voice, statement] = value
    found = queries.tallies(consultation)
    assert [tally.statement for tally in found] == [s for n, s in enumerate(statements) if n not in refused]
    for tally in found:
        mine = [value for (_, statement), value in last.items() if statements[statement] == tally.statement]
        assert (tally.agree, tally.passed, tally.disagree) == tuple(mine.count(value) for value in (1, 0, -1))
        assert tally.total == len(mine)
    assert queries.n_voices(consultation) == len({voice for voice, _ in last})


_SHARED = {}


def _empty_consultation():
    # One text for all examples: making it is slow, and counting does not read it.
    version = _SHARED.get("version")
    if version is None or not type(version).objects.filter(pk=version.pk).exists():
        version = _SHARED["version"] = make_version()
    return Consultation.objects.create(
        organisation=version.draft.process.organisation, process=version.draft.process, version=version,
        slug=f"count-{Consultation.objects.count()}", name="Count", made_at=NOW, state="open")


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 3), min_size=1, max_size=5), st.integers(0, 80), st.booleans())
def test_cells_of_one_to_four_never_show_nor_follow(rows, extra, closed):
    exact = [Tally(Statement(), *row) for row in rows]
    voices = max(tally.total for tally in exact) + extra
    results = shown(exact, voices, closed=closed)
    for tally, row in zip(exact, results.rows, strict=True):
        cells = (row.agree, row.passed, row.disagree)
        for n, cell in zip((tally.agree, tally.passed, tally.disagree), cells, strict=True):
            assert not cell.exact or n == 0 or n >= 5
            assert cell.n == (n if cell.exact else n - n % 5)
        # Either the row is whole, or nothing in it is: a sum gives no hidden cell away.
        assert len({cell.exact for cell in (*cells, row.total)}) == 1
        if not closed:
            assert not row.total.exact
        if not row.total.exact:
            assert not results.voices.exact


@given(st.tuples(*[st.integers(0, 30)] * 3), st.integers(0, 2))
def test_while_open_one_more_vote_is_seen_only_at_a_step_of_five(before, place):
    after = list(before)
    after[place] += 1
    seen = [shown([Tally(Statement(), *row)], sum(row), closed=False).rows[0] for row in (before, after)]
    cells = [(row.agree.n, row.passed.n, row.disagree.n) for row in seen]
    if after[place] % 5:
        assert cells[0] == cells[1]


@pytest.mark.django_db
def test_tallies_take_two_queries_whatever_the_number(consultation, django_assert_num_queries):
    officer = make_officer(consultation.organisation)
    for _ in range(9):
        statement = make_statement(consultation, by=officer)
        actions.vote(statement=statement, voice_uid=actions.new_voice(consultation=consultation).uid, value=1)
    with django_assert_num_queries(2):
        assert len(counts.tallies(consultation)) == 9
