"""Promises with a date: found by rule, public once an officer has confirmed them, and in the calendar."""

import csv
import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from tests.factories import NOW, make_delegate, make_draft, make_officer, make_process, make_version, user_of

from tribune.common import agenda, chain
from tribune.people.rules import Viewer
from tribune.trace import actions, queries
from tribune.trace.models import FollowUp
from tribune.trace.refusals import NeedsDate, NotYourLedger
from tribune.trace.rules import LEDGER
from tribune.watch.models import Paragraph

pytestmark = pytest.mark.django_db

TEXT = ["We request the Secretary-General to give advice on engagement with local authorities by June 2031.",
        "We will review all of this in 2035.", "We recall what was adopted in 1998.",
        "We invite the Commission to report at its thirtieth session."]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def adopted():
    process = make_process()
    version = make_version(TEXT, draft=make_draft(process), name="As adopted", stage="adoption",
                           dated_on=date(2027, 7, 2))
    officer = make_officer(process.organisation)
    start = TEXT[0].index("local authorities")
    Paragraph.objects.filter(passage__version=version, passage__path="1").update(mentions=[{
        "term": "local authorities", "kind": "actor", "tier": "explicit", "start": start, "end": start + 17}])
    n = actions.find_promises(version=version, at=NOW)
    return SimpleNamespace(process=process, version=version, officer=officer, n=n,
                           rows=list(FollowUp.objects.order_by("passage__order")))


def _confirm(adopted, row, **fields):
    return actions.decide_follow_up(**{"follow_up": row, "state": "confirmed", "due_on": row.due_on or date(2031, 1, 1),
                                       "who": row.who, "by": adopted.officer, "at": NOW, **fields})


def test_rules_propose_and_the_same_again_adds_nothing(adopted):
    assert adopted.n == 3
    assert [row.due_on for row in adopted.rows] == [date(2031, 6, 30), date(2035, 12, 31), None]
    assert adopted.rows[0].names_local
    assert adopted.rows[0].who == "the Secretary-General"
    assert actions.find_promises(version=adopted.version, at=NOW) == 0
    assert FollowUp.objects.count() == 3


def test_a_draft_promises_nothing():
    assert actions.find_promises(version=make_version(TEXT), at=NOW) == 0


def test_only_an_officer_decides_and_a_day_is_needed(adopted):
    row = adopted.rows[2]
    with pytest.raises(NotYourLedger):
        actions.decide_follow_up(follow_up=row, state="confirmed", by=make_officer(), at=NOW)
    with pytest.raises(NeedsDate):
        actions.decide_follow_up(follow_up=row, state="confirmed", by=adopted.officer, at=NOW)
    _confirm(adopted, row)
    assert chain.verify(LEDGER) > 0


def test_public_and_in_the_calendar_once_confirmed(client, adopted):
    def seen(viewer):
        said = agenda.ask([agenda.ALL], viewer, since=NOW)
        return [entry for _, entry in said.get(agenda.ALL, []) if entry.uid.endswith(".due")]

    address = reverse("trace:commitments")
    assert TEXT[0] not in client.get(address).content.decode()
    assert seen(Viewer()) == []
    _confirm(adopted, adopted.rows[0], objective=1, note="A first paper is out.")
    page = client.get(address).content.decode()
    assert "1 promise with a date" in page
    assert TEXT[0] in page
    assert "A first paper is out." in page
    entry, = seen(Viewer())
    assert (entry.on, entry.process) == (date(2031, 6, 30), adopted.process.public_id)
    assert "give advice" in client.get(reverse("watch:calendar_ics")).content.decode().replace("\r\n ", "")
    for query, shown in (("?objective=1", True), ("?objective=2", False), ("?local=1", True),
                         (f"?process={adopted.process.slug}", True)):
        assert (TEXT[0] in client.get(address + query).content.decode()) is shown, query
    row, = csv.DictReader(io.StringIO(client.get(reverse("trace:commitments_csv")).content.decode("utf-8-sig")))
    assert (row["due_on"], row["objective"], row["names_local"]) == ("2031-06-30", "1", "1")
    process = client.get(reverse("watch:process", args=[adopted.process.slug])).content.decode()
    assert f"{address}?process={adopted.process.slug}" in process


def test_what_a_members_text_promises_is_seen_by_members_only(client, adopted):
    inner = make_version(["We request the bureau to fund heliotrope kiosks by 2031."], draft=adopted.version.draft,
                         stage="adoption", dated_on=date(2027, 7, 3), distribution="members", name="Inner")
    actions.find_promises(version=inner, at=NOW)
    _confirm(adopted, FollowUp.objects.get(version=inner))
    for address in (reverse("trace:commitments"), reverse("trace:commitments_csv"), reverse("watch:calendar_ics"),
                    reverse("watch:process", args=[adopted.process.slug])):
        assert "heliotrope" not in client.get(address).content.decode()
    client.force_login(user_of(make_delegate()), backend=BACKEND)
    assert "heliotrope" in client.get(reverse("trace:commitments")).content.decode()


def test_the_officer_reads_confirms_and_sees_what_is_overdue(client, adopted):
    client.force_login(user_of(adopted.officer), backend=BACKEND)
    page = client.get(reverse("trace:promises", args=[adopted.process.slug])).content.decode()
    assert "3 sentences may be promises with a date" in page
    row = adopted.rows[2]
    address = reverse("trace:follow_up", args=[adopted.process.slug, row.public_id])
    assert address in page
    assert client.post(address, {"state": "confirmed", "due_on": ""}).status_code == 422
    yesterday = date.today() - timedelta(days=1)
    answer = client.post(address, {"state": "confirmed", "due_on": yesterday.isoformat(), "who": "the Commission"})
    assert answer["Location"] == reverse("trace:promises", args=[adopted.process.slug])
    page = client.get(reverse("trace:commitments")).content.decode()
    assert "overdue" in page
    assert "1 day has passed" in page
    client.force_login(user_of(make_officer()), backend=BACKEND)
    assert client.get(address).status_code == 404


def test_fifty_promises_cost_as_few_queries_as_one(client, adopted, django_assert_max_num_queries):
    for row in adopted.rows:
        _confirm(adopted, row)
    with django_assert_max_num_queries(12):
        client.get(reverse("trace:commitments"))
    assert queries.commitments(Viewer()).count() == 3
