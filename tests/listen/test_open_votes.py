"""What is remembered for a second lets nobody vote where it no longer counts, and shows nobody what is not for all."""

import pytest
from tests.factories import make_consultation, make_version

from tribune.listen import open_votes
from tribune.listen.choices import StatementState
from tribune.listen.models import Statement, Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    return make_consultation(make_version(["We resolve to listen."]), format="statement_vote", slug="remembered")


@pytest.fixture
def statement(found):
    from django.utils import timezone

    return Statement.objects.create(consultation=found, text="Counters stay open.", language="en", origin="organiser",
                                    state=StatementState.PUBLISHED, made_at=timezone.now())


def cast(client, statement, value="1"):
    return client.post("/en/c/remembered/vote/cast/", {"statement": statement.public_id, "value": value})


def test_a_vote_asks_the_database_nine_times_at_most(client, statement, django_assert_max_num_queries):
    cast(client, statement)
    with django_assert_max_num_queries(9):
        assert "said=kept" in cast(client, statement, "-1")["Location"]
    assert Vote.objects.get().value == -1


def test_closed_within_the_second_is_closed(client, found, statement):
    cast(client, statement)
    type(found).objects.filter(pk=found.pk).update(state="closed")
    assert cast(client, statement, "-1").status_code >= 400
    assert Vote.objects.get().value == 1


def test_a_statement_that_went_within_the_second_is_refused(client, statement):
    cast(client, statement)
    Statement.objects.update(state=StatementState.REFUSED)
    assert cast(client, statement, "-1").status_code >= 400
    assert Vote.objects.get().value == 1


def test_what_is_not_for_everybody_is_not_remembered(client, found, statement):
    found.version.distribution = "members"
    found.version.save(update_fields=["distribution"])
    open_votes.forget()
    assert open_votes.open_vote("remembered") is None
    assert cast(client, statement).status_code == 404
    assert open_votes.open_vote("nothing") is None
