"""A person reads it: published, or not published with a reason."""

import pytest
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_member,
    make_officer,
    make_position,
    make_statement,
    make_user,
)

from tribune.common.models import Event, Mail
from tribune.common.refusals import NotAllowed
from tribune.listen import actions, queries
from tribune.listen.refusals import Incomplete, NotWaiting, ReasonMissing, ReceiptUnknown
from tribune.people.choices import Role
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return make_consultation()


@pytest.fixture
def moderator(consultation):
    return make_member(consultation.organisation, Role.MODERATOR)


def _propose(consultation, text="Keep the paper form.", **fields):
    return actions.propose_statement(**{"consultation": consultation, "text": text, "language": "", "by": Viewer(),
                                        "at": NOW, "origin": "participant", **fields})


def test_a_moderator_publishes_or_refuses_with_a_reason(consultation, moderator):
    first, second = make_contribution(consultation), make_contribution(consultation)
    actions.moderate_contribution(contribution=first, publish=True, reason="", by=moderator, at=NOW)
    with pytest.raises(ReasonMissing):
        actions.moderate_contribution(contribution=second, publish=False, reason=" ", by=moderator, at=NOW)
    refused = actions.moderate_contribution(contribution=second, publish=False, reason="Names a person.",
                                            by=moderator, at=NOW)
    assert (refused.state, refused.state_reason) == ("refused", "Names a person.")
    assert list(queries.published_contributions(consultation.process)) == [first]


def test_only_moderators_and_officers_of_the_organisation_decide(consultation):
    waiting = make_contribution(consultation)
    statement, _ = _propose(consultation)
    for stranger in (Viewer(), make_delegate(), make_officer()):
        with pytest.raises(NotAllowed):
            actions.moderate_contribution(contribution=waiting, publish=True, reason="", by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            actions.moderate_statement(statement=statement, publish=True, reason="", by=stranger, at=NOW)


def test_what_is_inside_a_city_is_not_a_moderators(consultation, moderator):
    inner = make_contribution(consultation, city=make_city())
    with pytest.raises(NotWaiting):
        actions.moderate_contribution(contribution=inner, publish=True, reason="", by=moderator, at=NOW)
    assert not queries.waiting_contributions(moderator).exists()


def test_a_published_position_can_be_taken_down_and_published_again(consultation, moderator):
    position = make_position(consultation)
    actions.moderate_contribution(contribution=position, publish=False, reason="Insults.", by=moderator, at=NOW)
    assert Event.objects.filter(name="contribution_withdrawn").count() == 1
    again = actions.moderate_contribution(contribution=position, publish=True, reason="", by=moderator, at=NOW)
    assert (again.state, again.state_reason, again.published_at) == ("published", "", NOW)
    with pytest.raises(NotWaiting):
        actions.moderate_contribution(contribution=position, publish=True, reason="", by=moderator, at=NOW)


def test_a_signed_in_author_is_told_in_their_language_with_the_reason(consultation, moderator):
    author = make_user(language="en")
    waiting = make_contribution(consultation, by=viewer_for(author))
    actions.moderate_contribution(contribution=waiting, publish=False, reason="Off topic.", by=moderator, at=NOW)
    mail = Mail.objects.get()
    assert mail.recipient == author.email
    assert "Off topic." in mail.body


# ---- Statements


def test_a_participants_statement_waits_and_the_receipt_leads_back(consultation, moderator):
    statement, receipt = _propose(consultation, "  Keep   the paper form. ")
    assert (statement.text, statement.state, statement.origin) == ("Keep the paper form.", "waiting", "participant")
    assert queries.waiting_statements(moderator).get() == statement
    actions.moderate_statement(statement=statement, publish=False, reason="There already.", by=moderator, at=NOW)
    statement.refresh_from_db()
    assert statement.state_reason == "There already."
    with pytest.raises(ReceiptUnknown):
        actions.withdraw_statement(statement=statement, receipt="tavo-9614-rimelu-bakide-nopo", at=NOW)
    assert actions.withdraw_statement(statement=statement, receipt=receipt, at=NOW).text == ""
    with pytest.raises(NotWaiting):
        actions.moderate_statement(statement=statement, publish=True, reason="", by=moderator, at=NOW)


def test_two_hundred_characters_and_no_more(consultation):
    assert _propose(consultation, "é" * 200)[0].text == "é" * 200
    for text in ("e" * 201, "   "):
        with pytest.raises(Incomplete):
            _propose(consultation, text)
    # Two code points for one letter count as the one that is stored.
    assert len(_propose(consultation, "e\u0301" * 200)[0].text) == 200


def test_the_same_statement_twice_is_refused_only_once_it_is_public(consultation):
    _propose(consultation)
    _propose(consultation)
    make_statement(consultation, "Always a person to reach.")
    with pytest.raises(Incomplete):
        _propose(consultation, "always a person to reach.")


def test_only_an_officer_speaks_as_the_organiser(consultation):
    with pytest.raises(NotAllowed):
        _propose(consultation, origin="organiser", by=make_delegate())
    prepared = make_consultation(consultation.version, opened=False)
    officer = make_officer(prepared.organisation)
    statement, receipt = _propose(prepared, origin="organiser", by=officer, translations={"fr": "Gardez le papier."})
    assert (statement.state, receipt) == ("published", "")
    assert statement.translations == {"fr": "Gardez le papier."}
