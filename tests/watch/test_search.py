"""Search: words in all their forms, phrases, filters, meaning; and nobody finds what they may not read."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from tests.factories import (
    make_delegate,
    make_draft,
    make_officer,
    make_organisation,
    make_preview,
    make_process,
    make_version,
    user_of,
)

from tribune.common import search
from tribune.common.models import SearchEntry, SearchGroup, SearchSegment, SearchTerm
from tribune.people.rules import Viewer
from tribune.watch import actions, slots
from tribune.watch.models import Paragraph

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXTS = ["Invites local authorities to use artificial intelligence for public transport.",
         "Calls upon all States to connect every school to the Internet by 2032.",
         "Recognizes that cities and other local governments bring services close to people.",
         "Artificial light at night harms insects; intelligence services are another matter."]


@pytest.fixture
def library():
    version = make_version(TEXTS, draft=make_draft(make_process(name="Forum of the Lakes", slug="lakes")))
    Paragraph.objects.filter(rendition__version=version, order=1).update(n_explicit=1)
    Paragraph.objects.filter(rendition__version=version, order=3).update(n_explicit=1)
    french = make_version(["Invite les collectivités territoriales à relier les écoles."], language="fr",
                          draft=make_draft(make_process(slug="other", name="Autre processus")),
                          dated_on=date(2026, 1, 2))
    search.build()
    return version, french


def _texts(typed, viewer=None, **more):
    found = search.find(typed, viewer or Viewer(), **more)
    return [Paragraph.objects.get(passage__uid=hit.thing).text for hit in found.hits if hit.kind == "paragraph"]


def test_any_form_of_a_word_finds_it(library):
    assert _texts("city") == _texts("cities") == [TEXTS[2]]
    assert _texts("école") == ["Invite les collectivités territoriales à relier les écoles."]
    assert search.find("Lakes", Viewer()).hits[0].kind == "process"


def test_all_words_first_else_some(library):
    assert _texts("artificial intelligence")[0] == TEXTS[0]
    assert set(_texts("artificial intelligence")) == {TEXTS[0], TEXTS[3]}
    some = search.find("school zeppelin", Viewer())
    assert not some.holds_all
    assert _texts("school zeppelin") == [TEXTS[1]]


def test_a_phrase_keeps_its_words_together_and_a_minus_leaves_out(library):
    assert _texts('"artificial intelligence"') == [TEXTS[0]]
    assert _texts('"intelligence artificial"') == []
    assert _texts("artificial -transport") == [TEXTS[3]]


def test_filters_narrow_down(library):
    assert _texts("local", filters=search.Filters(flags=1)) == _texts("local")
    assert _texts("artificial", filters=search.Filters(flags=1)) == [TEXTS[0]]
    assert _texts("relier", filters=search.Filters(language="en")) == []
    assert _texts("relier", filters=search.Filters(process="lakes")) == []
    assert _texts("relier", filters=search.Filters(until=date(2026, 1, 2)))
    assert not _texts("relier", filters=search.Filters(since=date(2026, 1, 3)))
    kinds = search.find("Forum", Viewer(), kind="paragraph")
    assert kinds.by_kind["process"] == 1
    assert not kinds.hits


def test_meaning_finds_what_words_do_not(library):
    found = search.find("connecter chaque établissement scolaire à Internet", Viewer())
    near = [Paragraph.objects.get(passage__uid=hit.thing).text for hit in found.near if hit.kind == "paragraph"]
    assert TEXTS[1] in near
    assert all(hit.score >= search.NEAR for hit in found.near)
    assert not found.holds_all
    sure = search.find("school", Viewer())
    assert not {(hit.ref, hit.thing) for hit in sure.near} & {(hit.ref, hit.thing) for hit in sure.hits}


def test_arabic_russian_and_chinese_are_found():
    make_version(["تدعو السلطات المحلية إلى التعاون."], language="ar")
    make_version(["Призывает местные органы власти к сотрудничеству."], language="ru")
    make_version(["邀请地方政府参与城市规划。"], language="zh")
    search.build()
    assert len(_texts("السلطات المحلية")) == len(_texts("местным органам")) == len(_texts("地方政府")) == 1
    assert _texts("方地") == []


def test_what_is_published_is_found_and_what_changes_follows():
    officer = make_officer(make_organisation())
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    version = make_preview(["We resolve to plant cypresses in every city."], by=officer, draft=draft)
    search.index_due()
    assert _texts("cypress", officer) == []
    actions.publish_version(version=version, distribution="public", public_because="Read out.", by=officer,
                            at=timezone.now())
    search.index_due()
    assert len(_texts("cypress")) == 1
    Paragraph.objects.filter(rendition__version=version).update(text="We resolve to plant larches in every city.")
    search.touch("paragraph", version.renditions.get().pk)
    search.index_due()
    assert _texts("cypress") == []
    assert len(_texts("larch")) == 1


def test_what_is_gone_is_swept_away(library):
    version, _ = library
    version.delete()
    assert search.sweep() == 1
    search.index_due()
    assert _texts("artificial") == []
    assert SearchEntry.objects.filter(group__kind="paragraph").count() == 1


def test_joined_segments_give_the_same_and_forget_the_dead(monkeypatch):
    monkeypatch.setattr(search._index, "JOINED", 3)
    for n in range(6):
        make_version([f"The river number {n} joins the lake.", "A lake is a lake."])
        search.sweep()
        search.index_due()
    before = [(hit.ref, hit.thing, hit.score) for hit in search.find("lake river", Viewer()).hits]
    ref = SearchGroup.objects.filter(kind="paragraph").earliest("pk").ref
    dead = SearchGroup.objects.get(kind="paragraph", ref=ref).first
    search.touch("paragraph", ref)
    search.index_due()
    while search.join_segments():
        pass
    assert SearchSegment.objects.filter(level=0).count() < 3
    after = [(hit.ref, hit.thing, hit.score) for hit in search.find("lake river", Viewer()).hits]
    assert sorted(before) == sorted(after)
    lists = SearchTerm.objects.filter(segment__level=1, term="lak")
    assert lists.exists()
    for one in lists:
        numbers = [int.from_bytes(bytes(one.occurrences)[at + 4:at + 8], "little")
                   for at in range(0, len(bytes(one.occurrences)), 8)]
        assert dead not in numbers


# ---- Who may find what

PHRASE = "purple ostrich"


@pytest.fixture
def secrets():
    officer = make_officer(make_organisation())
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    for slug, distribution in (("members", "members"), ("named", "named")):
        version = make_preview([f"We commit to the {PHRASE} of cities ({slug})."], by=officer, draft=draft, slug=slug)
        actions.publish_version(version=version, distribution=distribution, by=officer, at=timezone.now(),
                                readers=[user_of(officer)])
    make_preview([f"We preview the {PHRASE}."], by=officer, draft=draft, slug="next")
    search.build()
    return officer


def test_a_planted_phrase_is_found_by_those_who_may_read_it_only(secrets):
    for typed in (PHRASE, f'"{PHRASE}"', "commit ostrich cities", "an ostrich of violet colour in towns"):
        nobody = search.find(typed, Viewer())
        assert not nobody.n, typed
        assert not nobody.near, typed
    assert len(_texts(PHRASE, make_delegate())) == 1
    assert len(_texts(PHRASE, secrets)) == 2


def test_words_of_hidden_texts_do_not_move_what_is_found(library):
    before = [(hit.thing, hit.score) for hit in search.find("local authorities", Viewer()).hits]
    make_version(["Local authorities, local authorities, local authorities."] * 30, distribution="members",
                 draft=library[0].draft)
    search.build()
    assert [(hit.thing, hit.score) for hit in search.find("local authorities", Viewer()).hits] == before


# ---- The page


def test_the_page_finds_and_marks(client, library):
    page = client.get("/en/search/", {"q": "cities"}).content.decode()
    assert "One place holds these words" in page
    assert "<mark>cities</mark>" in page
    assert "/en/p/lakes/d/outcome/rev1/3?text=en" in page
    assert "names local or regional governments" in page


def test_the_empty_page_says_how_and_a_bad_date_is_told(client, library):
    assert client.get("/en/search/").status_code == 200
    answer = client.get("/en/search/", {"q": "cities", "since": "yesterday"})
    assert answer.status_code == 422
    assert 'value="cities"' in answer.content.decode()


def test_the_page_bears_whatever_is_typed(client, library):
    for typed in ('"', '""', "-", "-cities", "\x00", "<script>alert(1)</script>", "a" * 5_000, "地", "ﷺ", "' OR 1"):
        answer = client.get("/en/search/", {"q": typed, "page": "99999999999"})
        assert answer.status_code in (200, 422), typed
        assert "<script>alert" not in answer.content.decode()


def test_the_page_asks_no_more_with_more_hits(client, django_assert_max_num_queries, library):
    with django_assert_max_num_queries(12):
        client.get("/en/search/", {"q": "cities local", "mention": "explicit"})
    for _ in range(12):
        make_version(["Cities and local governments of every kind."] * 3)
    search.build()
    with django_assert_max_num_queries(14):
        assert client.get("/en/search/", {"q": "local", "page": "2"}).status_code == 200


def test_nothing_restricted_on_the_page(client, secrets):
    assert PHRASE not in client.get("/en/search/", {"q": "ostrich"}).content.decode()
    client.force_login(user_of(secrets), backend=BACKEND)
    answer = client.get(reverse("watch:search"), {"q": "ostrich"})
    assert "no-store" in answer["Cache-Control"]
    assert "2 places" in answer.content.decode()


def test_kinds_are_registered():
    assert {slots.PARAGRAPHS.name, slots.PROCESSES.name} <= search.kinds().keys()
    assert connection.vendor in ("sqlite", "postgresql")
