"""Memory: asks of all processes and agreed language, by words and by meaning, through their gates."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories import NOW, make_ask, make_delegate, make_draft, make_process, make_verdict, make_version, user_of

from tribune.common import search
from tribune.trace import actions

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def years():
    old = make_process(name="Forum of the Lakes", slug="lakes")
    draft = make_draft(old, name="Outcome of the Lakes")
    zero = make_version(["We resolve to act."], draft=draft, name="Zero draft")
    ask = make_ask(old, passage=zero.passages.get(path="1"), name="Ferries", new="public ferries for island towns")
    adopted = make_version(["We recall the sea.", "States shall support public ferries for island towns.",
                            "Calls upon all States to connect every school to the Internet by 2032."], draft=draft,
                           name="As adopted", stage="adoption", symbol="L/9/2", dated_on=date(2027, 7, 2))
    verdict = make_verdict(ask, adopted, "verbatim", signed="verbatim", paragraph="2")
    actions.open_ledger(process=old, by=_officer(old), at=NOW)
    make_ask(make_process(), name="Hidden", new="zeppelins for island towns", is_public=False)
    inner = make_version(["We fund heliotrope kiosks in island towns."], draft=draft, stage="adoption",
                         distribution="members", name="Inner", dated_on=date(2027, 7, 3))
    search.build()
    return ask, adopted, verdict, inner


def _officer(process):
    from tests.factories import make_officer

    return make_officer(process.organisation)


def _page(client, **query):
    return client.get(reverse("trace:memory"), query).content.decode()


def test_asks_and_agreed_language_with_a_line_to_cite(client, years):
    ask, *_ = years
    page = _page(client, q="island ferry")
    assert "1 ask holds these words" in page
    assert "1 agreed paragraph<" in page.replace("\n", "")
    assert reverse("trace:ask", args=[ask.public_id]) in page
    line = "Outcome of the Lakes, As adopted (L/9/2), 2 July 2027, paragraph 2"
    assert page.count(f">{line}</cite>") == 2
    assert "Appearance is not proof of influence" in page


def test_what_may_not_be_read_is_not_remembered(client, years):
    page = _page(client, q="island towns")
    assert "zeppelins" not in page
    assert "heliotrope" not in page
    client.force_login(user_of(make_delegate()), backend=BACKEND)
    assert "heliotrope" in _page(client, q="island towns")


def test_drafts_are_no_agreed_language(client, years):
    assert "0 agreed paragraphs" in _page(client, q="resolve to act")


def test_years_and_process_narrow_down(client, years):
    assert "0 asks hold" in _page(client, q="ferries", until="2001-01-01")
    assert "1 ask holds" in _page(client, q="ferries", process="lakes")
    assert client.get(reverse("trace:memory"), {"q": "ferries", "since": "soon"}).status_code == 422


def test_a_question_in_another_language_finds_the_precedent_by_meaning(client, years):
    page = _page(client, q="connecter chaque établissement scolaire à Internet")
    assert "connect every school" in page
    assert "near in meaning" in page


def test_a_memory_of_many_asks_costs_few_queries(client, years, django_assert_max_num_queries):
    for n in range(20):
        make_ask(years[0].process, name=f"Ferries {n}", new="ferries for island towns")
    search.build()
    _page(client, q="warm ferries")
    with django_assert_max_num_queries(36):
        page = _page(client, q="ferries")
    assert "21 asks hold" in page


def test_asks_stand_in_the_search_of_everything_too(client, years):
    page = client.get(reverse("watch:search"), {"q": "ferries"}).content.decode()
    assert reverse("trace:ask", args=[years[0].public_id]) in page
