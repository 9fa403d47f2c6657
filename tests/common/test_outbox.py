from datetime import timedelta

import pytest
from django.db import transaction
from tests.factories import NOW

from tribune.common.models import Delivery, Event, Mail
from tribune.common.outbox import _announce as registry
from tribune.common.outbox import announce, deliver_due, deliver_until_quiet, reaction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_reactions(monkeypatch):
    from collections import defaultdict

    monkeypatch.setattr(registry, "_reactions", defaultdict(dict))


def test_event_without_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        announce("call_opened", at=NOW, call=1)


def test_event_falls_with_its_act():
    class Stop(Exception):
        pass

    @transaction.atomic
    def act():
        announce("call_opened", at=NOW, call=1)
        raise Stop

    with pytest.raises(Stop):
        act()
    assert not Event.objects.exists()


def test_each_reaction_hears_once():
    heard = []

    @reaction("call_opened")
    def first(event):
        heard.append(("first", event.ids["call"]))

    @reaction("call_opened")
    def second(event):
        heard.append(("second", event.ids["call"]))

    with transaction.atomic():
        announce("call_opened", at=NOW, call=7)
    assert deliver_due(at=NOW) == 2
    assert deliver_due(at=NOW) == 0
    assert sorted(heard) == [("first", 7), ("second", 7)]


def test_failing_reaction_waits_and_leaves_the_others_running():
    heard = []

    @reaction("call_opened")
    def a_bad(event):
        Mail.objects.create(message_id="<x@y>", recipient="a@b.example", subject="", body="", made_at=NOW, due_at=NOW)
        raise ValueError("poisoned")

    @reaction("call_opened")
    def b_good(event):
        heard.append(event.id)

    with transaction.atomic():
        announce("call_opened", at=NOW, call=7)
    deliver_due(at=NOW)
    assert heard
    bad = Delivery.objects.get(reaction__endswith="a_bad")
    assert (bad.state, bad.n_failures, bad.error) == (Delivery.WAITING, 1, "ValueError")
    assert bad.due_at > NOW
    # What it wrote before it failed fell with it.
    assert not Mail.objects.exists()


def test_reaction_that_keeps_failing_ends_dead_and_in_sight():
    @reaction("call_opened")
    def bad(event):
        raise ValueError

    with transaction.atomic():
        announce("call_opened", at=NOW, call=7)
    at = NOW
    for _ in range(10):
        deliver_due(at=at)
        at += timedelta(days=1)
    assert Delivery.objects.get().state == Delivery.DEAD
    assert Delivery.objects.get().n_failures == 7


def test_reactions_may_announce_further_events():
    heard = []

    @reaction("version_published")
    def align(event):
        announce("version_aligned", at=event.at, alignment=3)

    @reaction("version_aligned")
    def judge(event):
        heard.append(event.ids["alignment"])

    with transaction.atomic():
        announce("version_published", at=NOW, version=1)
    assert deliver_until_quiet(at=NOW) == 2
    assert heard == [3]
