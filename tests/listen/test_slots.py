"""What this room says on pages upstream."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from tests.factories import (
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_officer,
    make_position,
    make_version,
)

from tribune.common import slots
from tribune.listen import actions
from tribune.listen.models import Consultation
from tribune.people.rules import Viewer

pytestmark = pytest.mark.django_db


def _html(slot, thing, viewer=None):
    pieces = slots.ask(slot, [thing], viewer or Viewer())[thing]
    return "".join(render_to_string(template, {"piece": piece}) for template, piece in pieces
                   if template.startswith("listen/"))


@pytest.fixture
def consultation():
    return make_consultation()


def test_a_paragraph_that_is_asked_about_offers_the_ways_to_speak(consultation):
    uid = consultation.version.passages.get(path="2").uid
    assert "Comment on 2" in _html("paragraph.actions", uid)
    assert "Propose a change" not in _html("paragraph.actions", uid)
    assert "Propose a change" in _html("paragraph.actions", uid, make_delegate())
    actions.close_consultation(consultation=consultation, by=make_officer(consultation.organisation),
                               at=timezone.now())
    assert not _html("paragraph.actions", uid)
    assert not _html("paragraph.actions", make_version().passages.get(path="1").uid)


def test_over_or_votes_only_offers_nothing(consultation):
    uid = consultation.version.passages.get(path="1").uid
    Consultation.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert not _html("paragraph.actions", uid)
    assert not _html("front.sections", "front")
    votes = make_consultation(make_version(), format="statement_vote")
    assert not _html("paragraph.actions", votes.version.passages.get(path="1").uid)


def test_margin_counts_what_is_public_and_quotes_the_first(consultation):
    city = make_city(name="Port Azur")
    uid = consultation.version.passages.get(path="1").uid
    make_contribution(consultation, why="Still waiting.")
    make_position(consultation, why="It leaves the islands out.", city=city)
    make_position(consultation, why="Second words.")
    said = _html("paragraph.margin", uid)
    assert "2 answers" in said
    assert "It leaves the islands out." in said
    assert "Port Azur" in said
    assert "waiting" not in said


def test_front_version_and_city_sections(consultation):
    city = make_city(name="Port Azur")
    make_position(consultation, city=city)
    assert str(consultation) in _html("front.sections", "front")
    assert "1 published answer" in _html("version.sections", consultation.version.public_id)
    assert "1 position" in _html("city.sections", city.public_id)
    assert "desk" not in _html("city.sections", city.public_id)
    assert "The desk of your city" in _html("city.sections", city.public_id, make_delegate(city))


@pytest.mark.parametrize("n", [1, 9])
def test_slots_take_as_many_queries_for_one_as_for_many(n, django_assert_max_num_queries):
    consultation = make_consultation(make_version([f"Paragraph {i} says much." for i in range(n)]))
    for i in range(n):
        make_position(consultation, path=str(i + 1))
    uids = list(consultation.version.passages.values_list("uid", flat=True))
    from tribune.listen import slots as filled

    with django_assert_max_num_queries(3):
        assert len(filled.paragraph_actions(uids, Viewer())) == n
    with django_assert_max_num_queries(2):
        assert len(filled.paragraph_margin(uids, Viewer())) == n
