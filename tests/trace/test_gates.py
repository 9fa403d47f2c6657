import pytest
from django.http import Http404
from tests.factories import (
    NOW,
    make_ask,
    make_city,
    make_delegate,
    make_member,
    make_officer,
    make_user,
    make_verdict,
    make_version,
)
from tests.trace.conftest import REVISED

from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer
from tribune.trace import actions, queries


def _sees(viewer, verdict):
    return queries.verdicts_for(viewer).filter(pk=verdict.pk).exists()


def test_unsigned_verdicts_and_closed_ledgers_are_for_officers_of_the_organisation(story):
    version = make_version(REVISED, draft=story.draft)
    proposed = make_verdict(story.ask, version)
    others = [Viewer(), viewer_for(make_user()), story.delegate, make_officer(),
              make_member(story.process.organisation, "member"), make_member(story.process.organisation, "moderator")]
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    assert _sees(story.officer, proposed)
    assert not any(_sees(viewer, proposed) for viewer in others)
    actions.sign_verdict(verdict=proposed, signed="verbatim", paragraph="1", by=story.officer, at=NOW)
    assert all(_sees(viewer, proposed) for viewer in (story.officer, *others))
    actions.close_ledger(process=story.process, by=story.officer, at=NOW)
    assert _sees(story.officer, proposed)
    assert not any(_sees(viewer, proposed) for viewer in others)
    with pytest.raises(Http404):
        queries.verdict_for(Viewer(), proposed.public_id)


def test_a_version_for_members_and_an_ask_that_points_into_one_stay_with_members(story):
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    inner = make_version(REVISED, draft=story.draft, distribution="members")
    outer = make_version(REVISED, draft=story.draft)
    on_inner = make_ask(story.process, passage=inner.passages.get(path="1"))
    verdicts = [make_verdict(story.ask, inner, signed="verbatim"), make_verdict(on_inner, outer, signed="verbatim")]
    for verdict in verdicts:
        assert not _sees(Viewer(), verdict)
        assert not _sees(viewer_for(make_user()), verdict)
        assert _sees(make_delegate(), verdict)
    view = queries.ledger(Viewer(), story.process)
    assert inner not in view.versions
    assert [row.ask for row in view.rows] == [story.ask]
    assert queries.public_counts(story.process, inner) == {}


def test_counts_are_of_signed_verdicts_whoever_looks(story):
    version = make_version(REVISED, draft=story.draft)
    second = make_ask(story.process, passage=story.zero.passages.get(path="1"))
    make_verdict(story.ask, version, signed="substance")
    make_verdict(second, version, "partly")
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    for viewer in (Viewer(), story.officer):
        view = queries.ledger(viewer, story.process)
        assert (dict(view.counts), view.n_waiting) == ({"substance": 1}, 1)
    assert queries.public_counts(story.process, version) == {"substance": 1}
    assert [row.cells[0].state for row in queries.ledger(Viewer(), story.process).rows] == ["signed", "waiting"]


def test_forty_asks_and_four_versions_cost_as_many_queries_as_one(story, django_assert_max_num_queries):
    versions = [make_version(REVISED, draft=story.draft) for _ in range(4)]
    asks = [make_ask(story.process, passage=story.zero.passages.get(path="1"), contributions=[story.position])
            for _ in range(39)]
    for ask in (story.ask, *asks):
        for version in versions:
            make_verdict(ask, version)
    with django_assert_max_num_queries(12):
        view = queries.ledger(story.officer, story.process)
    assert (len(view.rows), len(view.rows[0].cells), view.n_proposed) == (40, 4, 160)


def test_removed_says_where_it_stood(story):
    first, second = (make_version(REVISED, draft=story.draft) for _ in range(2))
    make_verdict(story.ask, first, signed="verbatim")
    make_verdict(story.ask, second, "removed", signed="removed")
    cells = queries.ledger(story.officer, story.process).rows[0].cells
    assert (cells[1].number, cells[1].was_in) == ("1", first)


def test_what_a_city_asked_is_counted_and_listed_by_one_query(story):
    actions.open_ledger(process=story.process, by=story.officer, at=NOW)
    version = make_version(REVISED, draft=story.draft)
    make_ask(story.process, passage=story.zero.passages.get(path="1"))
    make_verdict(story.ask, version, signed="partly")
    listed = queries.listed_asks(Viewer(), city=story.city)
    assert [(ask, ask.latest, ask.is_handed_over) for ask in listed] == [(story.ask, "partly", False)]
    assert list(queries.listed_asks(Viewer(), show="in")) == [story.ask]
    assert queries.listed_asks(Viewer(), show="waiting").count() == 1
    assert not queries.listed_asks(Viewer(), city=make_city()).exists()
