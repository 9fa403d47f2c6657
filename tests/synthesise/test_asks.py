import pytest
from django.urls import reverse
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_delegate,
    make_draft,
    make_officer,
    make_organisation,
    make_position,
    make_process,
    make_version,
    user_of,
)

from tribune.common.refusals import NotAllowed
from tribune.listen.models import Contribution
from tribune.people.rules import Viewer
from tribune.synthesise import actions, gather, queries
from tribune.synthesise.choices import Stance
from tribune.synthesise.models import Ask

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "We resolve to involve local authorities, where appropriate."


@pytest.fixture
def hub():
    return make_organisation()


@pytest.fixture
def process(hub):
    return make_process(hub)


@pytest.fixture
def consultation(process):
    return make_consultation(make_version([TEXT, "We commit to schools."], draft=make_draft(process)))


def _change(consultation, wording="We resolve to involve local authorities.", **fields):
    return make_position(consultation, path="1", act="CHANGE", wording=wording, **fields)


def _ask(process, hub, **fields):
    return actions.make_ask(**{"process": process, "organisation": hub, "kind": "ADD", "name": "A line",
                               "new": "a line", "by": make_officer(hub), "at": NOW, **fields})


def test_words_of_an_amendment_come_from_what_differs():
    old, new = gather.asked_words("CHANGE", TEXT, "We resolve to consult local authorities, where appropriate.")
    assert (old, new) == ("involve", "consult")
    old, new = gather.asked_words("ADD", "We commit to schools.", "We commit to schools and libraries.")
    assert old == ""
    assert "and libraries" in new
    assert gather.asked_words("KEEP", TEXT, "") == (TEXT, "")
    assert gather.asked_words("DELETE", TEXT, "") == (TEXT, "")


def test_identical_asks_of_several_cities_stand_together(consultation, process):
    for _ in range(3):
        _change(consultation)
    _change(consultation, wording="We resolve to involve local authorities at every step.")
    rows = queries.to_gather(make_officer(consultation.organisation), process)
    groups = gather.gather(rows, {row.pk: row.read_text for row in rows})
    assert [len(group.contributions) for group in groups] == [3, 1]
    assert "where appropriate" in groups[0].old


def test_support_counts_governments_once_and_mandates(consultation, process, hub):
    city, region = make_city(), make_city(kind="region")
    rows = [_change(consultation, city=city, level="council_vote"), _change(consultation, city=city, level="service"),
            _change(consultation, city=region, level="service")]
    contrary = _change(consultation, wording="We resolve.", level="mayor_signed")
    ask = _ask(process, hub, contributions=rows, contrary=[contrary])
    found = queries.behind([ask])[ask.pk]
    assert (found.for_it.cities, found.for_it.regions, found.for_it.mandated) == (1, 1, 1)
    assert (found.against.cities, found.against.mandated) == (1, 1)


def test_withdrawn_contribution_carries_nothing(consultation, process, hub):
    row = _change(consultation)
    ask = _ask(process, hub, contributions=[row])
    Contribution.objects.filter(pk=row.pk).update(state="withdrawn")
    assert not queries.behind([ask])[ask.pk].for_it
    with pytest.raises(actions.NotPublished):
        _ask(process, hub, contributions=[Contribution.objects.get(pk=row.pk)])
    assert Ask.objects.count() == 1


def test_asks_are_numbered_in_their_process(process, hub):
    assert [_ask(process, hub).number for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("fields", [
    {"kind": "ADD", "new": " ", "text": "", "old": ""}, {"kind": "DELETE", "old": ""},
    {"kind": "KEEP", "old": "", "new": "x"}])
def test_ask_without_words_is_refused(process, hub, fields):
    with pytest.raises((actions.EmptyAsk, actions.WordsMissing)):
        _ask(process, hub, **fields)
    assert not Ask.objects.exists()


def test_only_officers_of_the_organisation_gather(process, hub):
    with pytest.raises(NotAllowed):
        _ask(process, hub, by=make_officer())
    with pytest.raises(NotAllowed):
        _ask(process, hub, by=make_delegate())


def test_ask_on_a_text_for_members_is_hidden_from_the_public(process, hub):
    version = make_version(["Secret words."], draft=make_draft(process), distribution="members")
    ask = _ask(process, hub, passage=version.passages.get(), is_public=True)
    assert not queries.asks_for(Viewer()).exists()
    assert queries.asks_for(make_delegate()).get() == ask


def test_count_behind_an_ask_tells_nothing_of_a_consultation_one_may_not_read(process, hub):
    inner = make_consultation(make_version([TEXT], draft=make_draft(process), distribution="members"))
    ask = _ask(process, hub, contributions=[_change(inner)], is_public=True)
    assert queries.behind([ask], Viewer())[ask.pk].for_it.cities == 0
    assert queries.behind([ask], make_delegate())[ask.pk].for_it.cities == 1
    assert queries.behind([ask])[ask.pk].for_it.cities == 1


def test_desk_makes_an_ask_of_what_is_ticked(client, consultation, process, hub):
    rows = [_change(consultation), _change(consultation)]
    client.force_login(user_of(make_officer(hub)), backend=BACKEND)
    desk = client.get(reverse("synthesise:asks_of", args=[process.slug])).content.decode()
    assert rows[0].public_id in desk
    ticked = {"contributions": [row.public_id for row in rows]}
    page = client.get(reverse("synthesise:new_ask", args=[process.slug]), ticked).content.decode()
    assert "where appropriate" in page
    done = client.post(reverse("synthesise:new_ask", args=[process.slug]),
                       {**ticked, "name": "Without conditions", "kind": "CHANGE", "old": ", where appropriate",
                        "new": "", "text": ""})
    assert done.status_code == 302
    ask = Ask.objects.get()
    assert ask.sources.filter(stance=Stance.FOR).count() == 2
    assert ask.passage.path == "1"
    assert queries.behind([ask])[ask.pk].for_it.cities == 2


def test_refused_ask_keeps_what_was_typed(client, process, hub):
    client.force_login(user_of(make_officer(hub)), backend=BACKEND)
    page = client.post(reverse("synthesise:new_ask", args=[process.slug]),
                       {"name": "A title to keep", "kind": "DELETE", "old": "", "new": "", "text": "prose"})
    assert page.status_code == 422
    assert "A title to keep" in page.content.decode()
    assert "which words of the text" in page.content.decode()


def test_desk_of_another_organisation_does_not_exist(client, process):
    client.force_login(user_of(make_officer()), backend=BACKEND)
    assert client.get(reverse("synthesise:asks_of", args=[process.slug])).status_code == 404


def test_desk_asks_few_questions(client, consultation, process, hub, django_assert_max_num_queries):
    for _ in range(12):
        _ask(process, hub, contributions=[_change(consultation)])
    client.force_login(user_of(make_officer(hub)), backend=BACKEND)
    with django_assert_max_num_queries(14):
        client.get(reverse("synthesise:asks_of", args=[process.slug]))


def test_evidence_is_put_under_an_ask_and_taken_away(client, process, hub):
    ask = _ask(process, hub)
    client.force_login(user_of(make_officer(hub)), backend=BACKEND)
    address = reverse("synthesise:new_evidence", args=[process.slug, ask.public_id])
    refused = client.post(address, {"kind": "figure", "text": "Seven of ten"})
    assert refused.status_code == 422
    assert "Seven of ten" in refused.content.decode()
    client.post(address, {"kind": "figure", "text": "Seven of ten", "source": "Survey", "year": 2026,
                          "method": "counted at the door", "stale_on": "2024-01-01"})
    page = client.get(reverse("synthesise:change_ask", args=[process.slug, ask.public_id])).content.decode()
    assert "Survey, 2026, counted at the door" in page
    assert ">old<" in page
    client.post(address, {"remove": ask.evidence.get().public_id})
    assert not ask.evidence.exists()
