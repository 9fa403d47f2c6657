import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse
from tests.factories import NOW, make_ask, make_delegate, make_user, make_verdict, make_version, user_of
from tests.trace.conftest import REVISED

from tribune.common import slots
from tribune.people.rules import Viewer
from tribune.trace import actions, queries
from tribune.trace.exports import safe
from tribune.trace.models import Verdict

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PLANTED = "heliotrope kiosks"


def _login(client, viewer):
    client.force_login(user_of(viewer), backend=BACKEND)


def _get(client, name, *args, query="", language="en"):
    address = reverse(f"trace:{name}", args=args).replace("/en/", f"/{language}/", 1)
    return client.get(address + query)


@pytest.fixture
def judged(story):
    story.version = make_version(REVISED, draft=story.draft, name="First revision")
    actions.judge_version(version=story.version, at=NOW)
    story.verdict = Verdict.objects.get()
    return story


@pytest.fixture
def opened(judged):
    actions.sign_verdict(verdict=judged.verdict, signed="partly", paragraph="1", reason="Half of it.",
                         by=judged.officer, at=NOW)
    actions.open_ledger(process=judged.process, by=judged.officer, at=NOW)
    return judged


def test_the_heading_is_the_news_and_the_row_opens(client, opened):
    page = _get(client, "ledger", opened.process.slug, query="?ask=1").content.decode()
    assert "What became of 1 ask<" in page.replace("\n", "")
    assert "After “First revision”: 1 partly." in page
    assert "<mark>" in page
    assert "Half of it." in page
    assert "Comparison had proposed" in page
    assert f"signed by an officer of {opened.process.organisation}" in page
    assert opened.officer.name not in page
    assert "It does not say why" in page
    for word in ("obtained", "thanks to", " won "):
        assert word not in page


def test_a_closed_ledger_shows_no_ask_and_an_open_one_no_proposal(client, judged):
    for name in ("ledger", "ledger_csv", "ledger_json"):
        assert judged.ask.name not in _get(client, name, judged.process.slug, query="?ask=1").content.decode()
    actions.open_ledger(process=judged.process, by=judged.officer, at=NOW)
    page = _get(client, "ledger", judged.process.slug, query="?ask=1").content.decode()
    assert judged.ask.name in page
    assert "Proposed by comparison" not in page
    assert "proposed, not signed" not in page
    found = json.loads(_get(client, "ledger_json", judged.process.slug).content)
    assert found["asks"][0]["verdicts"][0]["proposed"] == ""
    _login(client, judged.officer)
    assert "proposed, not signed" in _get(client, "ledger", judged.process.slug).content.decode()


def test_page_csv_and_json_bear_the_same_numbers(client, opened):
    make_ask(opened.process, passage=opened.zero.passages.get(path="2"))
    view = queries.ledger(Viewer(), opened.process)
    answer = _get(client, "ledger_csv", opened.process.slug)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = json.loads(_get(client, "ledger_json", opened.process.slug).content)
    assert [row["verdict"] for row in rows] == ["partly", ""]
    assert found["latest"]["counts"] == dict(view.counts) == {"partly": 1}
    assert found["latest"]["waiting"] == 1
    assert found["ledger_head"] == rows[0]["ledger_head"] != "0" * 64
    assert rows[0]["paragraph_url"].endswith(f"/{opened.version.slug}/1")
    assert rows[0]["ask_url"] == found["asks"][0]["ask_url"]
    assert "1 partly, 1 waiting" in _get(client, "ledger", opened.process.slug).content.decode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "|calc"])
def test_no_cell_is_a_formula(cell):
    assert safe(cell).startswith("'")
    assert safe("plain words, 1-2") == "plain words, 1-2"


def test_a_title_that_begins_like_a_formula_is_disarmed(client, opened):
    opened.ask.name = '=HYPERLINK("https://x.example")'
    opened.ask.save()
    body = _get(client, "ledger_csv", opened.process.slug).content.decode("utf-8-sig")
    row, = csv.DictReader(io.StringIO(body))
    assert row["title"] == "'=HYPERLINK(\"https://x.example\")"


def test_words_of_a_version_for_members_are_nowhere_for_others(client, opened):
    texts = [f"We resolve to provide services for all, together with local authorities and {PLANTED}.", REVISED[1]]
    inner = make_version(texts, draft=opened.draft, distribution="members", name="Reading of the bureau")
    actions.judge_version(version=inner, at=NOW)
    verdict = Verdict.objects.get(version=inner)
    actions.sign_verdict(verdict=verdict, signed=verdict.proposed, paragraph="1", by=opened.officer, at=NOW)
    pages = [("ledger", opened.process.slug), ("ledger_csv", opened.process.slug), ("ledger_json", opened.process.slug),
             ("ask", opened.ask.public_id), ("asks",)]

    def read():
        for name, *args in pages:
            yield _get(client, name, *args, query="?ask=1").content.decode()
        yield client.get(reverse("people:city", args=[opened.city.slug])).content.decode()
        yield client.get("/en/").content.decode()
        yield client.get(reverse("watch:process", args=[opened.process.slug])).content.decode()

    secret = (PLANTED, "Reading of the bureau", verdict.public_id, inner.public_id)
    for body in read():
        assert not any(words in body for words in secret)
    client.force_login(make_user(), backend=BACKEND)
    for body in read():
        assert not any(words in body for words in secret)
    _login(client, make_delegate())
    assert any(PLANTED in body for body in read())


def test_one_ask_with_who_asked_and_what_the_text_says(client, opened):
    page = _get(client, "ask", opened.ask.public_id).content.decode()
    assert "Our desks serve people who have no device." in page
    assert "Port Azur" in page
    assert "together with local authorities" in page
    hidden = make_ask(opened.process, is_public=False)
    assert _get(client, "ask", hidden.public_id).status_code == 404


def test_the_list_is_filtered_by_process_city_and_word(client, opened):
    make_ask(opened.process, name="Another wish")
    for query, shown in (("", True), (f"?process={opened.process.slug}", True), ("?show=in", False),
                         (f"?city={opened.city.slug}", False), ("?show=partly", False), ("?show=waiting", True)):
        assert ("Another wish" in _get(client, "asks", query=query).content.decode()) is shown, query
    assert _get(client, "asks", query="?process=no-such").status_code == 404


def test_forty_asks_cost_as_few_queries_as_one(client, opened, django_assert_max_num_queries):
    for _ in range(39):
        ask = make_ask(opened.process, passage=opened.zero.passages.get(path="1"), contributions=[opened.position])
        make_verdict(ask, opened.version, signed="verbatim")
    for name, *args in (("ledger", opened.process.slug), ("asks",), ("ledger_csv", opened.process.slug)):
        with django_assert_max_num_queries(13):
            assert _get(client, name, *args).status_code == 200
    with django_assert_max_num_queries(8):
        slots.ask("front.sections", ["front"], Viewer())


def test_the_desk_confirms_with_one_post_and_moves_on(client, judged):
    second = make_ask(judged.process, passage=judged.zero.passages.get(path="1"))
    actions.judge_version(version=judged.version, at=NOW)
    other = Verdict.objects.get(ask=second)
    _login(client, judged.officer)
    assert "2 proposals wait for a person" in _get(client, "desk", judged.process.slug).content.decode()
    address = reverse("trace:sign", args=[judged.process.slug, judged.verdict.public_id])
    answer = client.post(address, {"signed": "verbatim", "paragraph": "1"})
    assert answer["Location"].endswith(f"?at={other.public_id}#v-{other.public_id}")
    assert "autofocus" in client.get(answer["Location"]).content.decode()
    judged.verdict.refresh_from_db()
    assert judged.verdict.state == "confirmed"


def test_a_refusal_keeps_what_was_typed(client, judged):
    _login(client, judged.officer)
    address = reverse("trace:sign", args=[judged.process.slug, judged.verdict.public_id])
    answer = client.post(address, {"signed": "none", "paragraph": "", "reason": ""})
    assert answer.status_code == 422
    assert "give your reason" in answer.content.decode()
    assert 'value="none" id="id_signed_3" checked' in answer.content.decode()


def test_officers_of_others_find_no_desk(client, judged):
    from tests.factories import make_officer

    _login(client, make_officer())
    for name, *args in (("desk", judged.process.slug), ("sign", judged.process.slug, judged.verdict.public_id)):
        assert _get(client, name, *args).status_code == 404
    for name in ("open_ledger", "close_ledger"):
        assert client.post(reverse(f"trace:{name}", args=[judged.process.slug])).status_code == 404


def test_pages_in_arabic_run_from_the_right_and_keep_the_quotation_s_language(client, opened):
    for name, *args in (("ledger", opened.process.slug), ("asks",), ("ask", opened.ask.public_id)):
        page = _get(client, name, *args, query="?ask=1", language="ar").content.decode()
        assert 'dir="rtl"' in page
    assert 'lang="en" dir="auto"' in _get(client, "ledger", opened.process.slug, query="?ask=1", language="ar"
                                           ).content.decode()


def test_columns_to_come_stand_as_waiting(client, opened):
    opened.process.stages.create(kind="adoption", starts_on=date(2027, 7, 2))
    view = queries.ledger(Viewer(), opened.process)
    assert [stage.kind for stage in view.to_come] == ["adoption"]
    assert 'verdict waiting' in _get(client, "ledger", opened.process.slug).content.decode()


def test_other_pages_show_what_is_signed(client, opened):
    front = client.get("/en/").content.decode()
    assert "What became of 1 ask" in front
    process = client.get(reverse("watch:process", args=[opened.process.slug])).content.decode()
    assert reverse("trace:ledger", args=[opened.process.slug]) in process
    city = client.get(reverse("people:city", args=[opened.city.slug])).content.decode()
    assert "1 of 1 ask of Port Azur appears in the text" in city
    assert "Appearance is not proof of influence" in city
    margin = slots.ask("paragraph.margin", [opened.version.passages.get(path="1").uid,
                                            opened.zero.passages.get(path="1").uid], Viewer())
    assert sorted(name for pieces in margin.values() for name, _ in pieces if name.startswith("trace/")) == [
        "trace/slots/ask.html", "trace/slots/verdict.html"]
    text = client.get(reverse("watch:version", args=[opened.process.slug, opened.draft.slug, opened.version.slug]))
    assert reverse("trace:ask", args=[opened.ask.public_id]) in text.content.decode()
