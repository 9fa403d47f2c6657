"""What people see: right words, bounded queries, forms that keep what was typed."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.factories import (
    make_call,
    make_document,
    make_draft,
    make_officer,
    make_organisation,
    make_preview,
    make_process,
    make_user,
    make_version,
    user_of,
)
from tests.real.material import FACTS

from tribune.common.outbox import deliver_until_quiet
from tribune.watch import actions
from tribune.watch.choices import VersionState
from tribune.watch.models import Alignment, Call, Paragraph, Process, Version
from tribune.watch.workbench import PAGE

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def officer():
    return make_officer(make_organisation())


@pytest.fixture
def desk(client, officer):
    client.force_login(user_of(officer), backend=BACKEND)
    return client


@pytest.fixture
def draft(officer):
    return make_draft(make_process(organisation_id=min(officer.officer_of)))


def _address(name, version, *more):
    return reverse(f"watch:{name}", args=[version.draft.process.slug, version.draft.slug, version.slug, *more])


def _long(n, **fields):
    """A version of n paragraphs, every tenth naming cities, as if it had been imported."""
    version = make_version([f"We commit to the matter of number {k}, with {k} words." for k in range(n)], **fields)
    text = "We resolve to involve local authorities."
    for paragraph in Paragraph.objects.filter(rendition__version=version, order__in=range(1, n, 10)):
        paragraph.text, paragraph.n_explicit = text, 1
        paragraph.mentions = [{"term": "local authorities", "kind": "local_government", "tier": "explicit",
                               "start": 22, "end": 39, "reason": ""}]
        paragraph.save()
    version.renditions.update(n_naming=n // 10)
    return version


# Front


@pytest.mark.parametrize(("n", "words"), [
    (0, "No call closes in the next fourteen days"), (1, "One call closes in the next fourteen days"),
    (4, "Four calls close in the next fourteen days"), (12, "12 calls close in the next fourteen days")])
def test_front_page_says_what_closes(client, n, words):
    soon = timezone.now() + timedelta(days=3)
    process = make_process()
    for _ in range(n):
        make_call(process, deadline_on=soon.date())
    make_call(process, deadline_on=(soon + timedelta(days=40)).date())
    page = client.get("/en/").content.decode()
    assert re.search(r"<h1>(.*?)</h1>", page)[1] == words
    assert page.count('class="call"') == n
    assert "1 later deadline" in page


def test_front_page_shows_the_time_of_reader_and_host(client):
    day = (timezone.now() + timedelta(days=3)).date()
    process = make_process(time_zone="America/Bogota", place="Meridian")
    make_call(process, deadline_on=day, deadline_time=None, time_zone="America/Bogota")
    reader = make_user(time_zone="Africa/Dakar")
    client.force_login(reader, backend=BACKEND)
    page = client.get("/en/").content.decode()
    assert re.search(r"<b>04:59</b>\s+in Dakar", page)
    assert re.search(r"23:59\s+in Meridian", page)
    assert "Time not stated" in page


def test_moved_deadline_is_shown_with_its_history(desk, officer):
    process = make_process(organisation_id=min(officer.officer_of))
    soon = (timezone.now() + timedelta(days=2)).date()
    call = make_call(process, deadline_on=soon, name="Speakers")
    move = reverse("watch:move_deadline", args=[process.slug, call.public_id])
    assert desk.get(move).status_code == 200
    later = soon + timedelta(days=3)
    assert desk.post(move, {"deadline_on": later, "deadline_time": "12:00"}).status_code == 302
    page = desk.get("/en/").content.decode()
    assert "<b>Changed</b> from" in page
    assert "moved on" in page
    same = desk.post(move, {"deadline_on": later, "deadline_time": "12:00"})
    assert same.status_code == 422
    assert "already" in same.content.decode()


# The page of a text


def test_version_page_shows_numbers_mentions_and_history(client):
    draft = make_draft()
    _long(20, draft=draft, slug="zero", name="Zero draft")
    version = _long(30, draft=draft, slug="rev1", name="First revision")
    page = client.get(_address("version", version)).content.decode()
    assert "3 of 30" in page
    assert "<mark>local authorities</mark>" in page
    assert 'id="p11"' in page
    assert "Zero draft" in page
    naming = client.get(_address("version", version) + "?show=naming").content.decode()
    assert naming.count('<article class="para') == 3
    # Links on the page are relative to the version's own address, so the draft only leads there.
    latest = client.get(reverse("watch:draft", args=[draft.process.slug, draft.slug]) + "?text=en", follow=True)
    assert latest.redirect_chain == [(_address("version", version) + "?text=en", 302)]
    assert latest.content.decode().count('<article class="para') == 30


def test_zero_is_a_full_state(client):
    version = make_version(["We commit to schools.", "At all levels of government, we listen."])
    Paragraph.objects.filter(order=2).update(n_level=1, mentions=[
        {"term": "all levels of government", "kind": "level", "tier": "level", "start": 3, "end": 27, "reason": ""}])
    page = client.get(_address("version", version)).content.decode()
    assert "<b>0 of 2</b>" in page
    assert re.search(r"We looked for \d{2,} terms in English", page)
    assert "all levels of government" in page
    assert 'class="lit"' not in page.split('class="legend"')[0]


def test_version_page_with_300_paragraphs_asks_few_questions(client, django_assert_max_num_queries, officer):
    draft = make_draft(make_process(organisation_id=min(officer.officer_of)))
    for n in range(4):
        _long(30, draft=draft, slug=f"old{n}")
    version = _long(300, draft=draft, slug="rev9")
    actions.align_versions(old=draft.versions.get(slug="old3"), new=version, at=timezone.now())
    with django_assert_max_num_queries(12):
        client.get(_address("version", version))
    client.force_login(user_of(officer), backend=BACKEND)
    with django_assert_max_num_queries(12):
        page = client.get(_address("version", version))
    assert page.content.decode().count('<article class="para') == 300


@pytest.mark.parametrize("name", ["front", "watch:drafts", "watch:process", "watch:calendar", "watch:calendar_ics",
                                  "watch:calendar_atom"])
def test_lists_ask_as_much_for_many_as_for_few(client, django_assert_max_num_queries, name):
    process = make_process()
    address = reverse(name, args=[process.slug] if name == "watch:process" else [])
    for n in range(12):
        make_call(process, deadline_on=timezone.now().date() + timedelta(days=n % 10 + 1))
        draft = make_draft(process, slug=f"draft-{n}")
        old, new = make_version(draft=draft), make_version(draft=draft)
        if n < 3:
            actions.align_versions(old=old, new=new, at=timezone.now())
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_compare_asks_few_questions(client, django_assert_max_num_queries):
    draft = make_draft()
    old, new = _long(60, draft=draft), _long(70, draft=draft)
    actions.align_versions(old=old, new=new, at=timezone.now())
    address = reverse("watch:compare", args=[draft.process.slug, draft.slug, old.slug, new.slug])
    for show in ("", "?show=mentions", "?show=all"):
        with django_assert_max_num_queries(12):
            assert client.get(address + show).status_code == 200


def test_french_text_beside_the_english_one(client, officer, draft):
    version = make_preview(by=officer, draft=draft)
    french = "1. Nous décidons d’associer les collectivités territoriales.\n\n2. Nous nous engageons."
    actions.add_rendition(version=version, document=make_document(french), file_name="texte.txt",
                          file=french.encode(), language="fr", status="unofficial", by=officer, at=timezone.now())
    actions.publish_version(version=version, distribution="public", official_url="https://host.example/text",
                            by=officer, at=timezone.now())
    address = _address("version", version)
    assert "local authorities" in client.get(address).content.decode()
    page = client.get(address + "?text=fr").content.decode()
    assert "collectivités territoriales" in page
    assert "local authorities" not in page
    assert '<span class="tag">unofficial translation</span>' in page
    # A link from another version may ask for a language that is not here: the reader is told, not sent away.
    page = client.get(address + "?text=ar").content.decode()
    assert "There is no text in this language here: Arabic" in page
    assert "local authorities" in page
    assert client.get(_address("file", version, "ar")).status_code == 404
    # The interface's language is read first, where there is such a text.
    assert "collectivités" in client.get(address.replace("/en/", "/fr/")).content.decode()
    file = client.get(_address("file", version, "fr"))
    assert b"".join(file.streaming_content).decode() == french
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"


def test_permalink_leads_to_the_paragraph_and_its_successors(client, officer, draft):
    for slug, words in (("zero", "shall"), ("rev1", "may")):
        version = make_preview([f"Programmes {words} be prepared with municipal authorities in every country."],
                               by=officer, draft=draft, slug=slug)
        actions.publish_version(version=version, distribution="public", official_url="https://host.example/",
                                by=officer, at=timezone.now())
    deliver_until_quiet(at=timezone.now())
    zero, rev1 = draft.versions.order_by("order")
    uid = zero.passages.get().uid
    page = client.get(_address("paragraph", zero, "1")).content.decode()
    assert "What it became" in page
    assert "<mark>municipal authorities</mark> in every country." in page
    assert "Paragraph 1</h1>" in page
    assert _address("paragraph", rev1, "1") in page
    assert f"/para/{uid}" in page
    assert "Where it came from" in client.get(_address("paragraph", rev1, "1")).content.decode()
    assert client.get("/para/nothinghere").status_code == 404
    assert client.get(_address("paragraph", zero, "340")).status_code == 404
    french = _address("paragraph", zero, "1").replace("/en/", "/fr/")
    assert client.get(f"/para/{uid}", headers={"accept-language": "fr"})["Location"] == french


def test_compare_shows_what_changed_for_cities(client, desk, officer, draft):
    old_texts = ["National programmes shall be prepared with municipal authorities in every country.",
                 "Reports on this matter are published every year in all official languages."]
    new_texts = ["Reports on this matter are published every year in all official languages.",
                 "National programmes may be prepared with municipal authorities in every country, as appropriate."]
    for slug, texts in (("zero", old_texts), ("rev1", new_texts), ("rev2", new_texts[1:])):
        version = make_preview(texts, by=officer, draft=draft, slug=slug)
        actions.publish_version(version=version, distribution="public", official_url="https://host.example/",
                                by=officer, at=timezone.now())
    deliver_until_quiet(at=timezone.now())
    address = reverse("watch:compare", args=[draft.process.slug, draft.slug, "zero", "rev1"])
    page = client.get(address + "?show=mentions").content.decode()
    assert '<del data-said="deleted: ">shall ' in page
    assert "weakened" in page
    assert "nobody has checked it" in page
    assert client.post(address + "check/").status_code == 302
    assert "checked by an officer of" in client.get(address).content.decode()
    # Two versions that do not follow each other are compared when somebody asks.
    assert Alignment.objects.count() == 2
    assert client.get(address.replace("rev1", "rev2")).status_code == 200
    assert Alignment.objects.count() == 3
    chosen = client.get(reverse("watch:choose", args=[draft.process.slug, draft.slug]), {"old": "rev2", "new": "zero"})
    assert chosen["Location"].endswith("zero...rev2/")
    assert client.get(address.replace("rev1", "zero")).status_code == 404


# The desk


def _upload(draft, data=b"1. We resolve to involve local authorities.\n\n2. We commit to schools.",
            file_name="text.txt", **fields):
    return {"file": SimpleUploadedFile(file_name, data), "language": "en", "status": "official", "name": "Zero draft",
            "dated_on": "2027-03-04", "stage": "zero_draft", "symbol": "MC/2027/L.7", "slug": "", **fields}


def test_an_officer_goes_the_whole_way(desk, officer):
    hub = min(officer.officer_of)
    made = desk.post(reverse("watch:new_process"), {
        "organisation": hub, "name": "Meridian Conference", "slug": "", "summary": "", "host": "Host",
        "place": "Meridian", "time_zone": "America/Bogota", "official_url": ""})
    assert made.status_code == 302, made.content.decode()
    process = Process.objects.get(slug="meridian-conference")
    made = desk.post(reverse("watch:new_call", args=[process.slug]), {
        "name": "Written comments", "deadline_on": "2027-05-19", "deadline_time": "", "time_zone": "America/Bogota",
        "participation": "open", "languages": ["en", "fr"], "questions": "What?\n\nWhy?", "word_limit": "500"})
    assert made.status_code == 302, made.content.decode()
    call = Call.objects.get()
    assert (call.questions, call.deadline_time, call.languages) == (["What?", "Why?"], None, ["en", "fr"])
    made = desk.post(reverse("watch:new_draft", args=[process.slug]), {"name": "Outcome document", "slug": "outcome"})
    upload = made["Location"]
    made = desk.post(upload, _upload(None))
    assert made.status_code == 302, made.content.decode()
    version = Version.objects.get()
    preview = desk.get(made["Location"]).content.decode()
    assert "1 of 2" in preview
    assert "<mark>local authorities</mark>" in preview
    # Nobody else sees it, not even its officer under its public address.
    assert desk.get(_address("version", version)).status_code == 404
    refused = desk.post(_address("publish", version), {"distribution": "public"})
    assert refused.status_code == 422
    assert "why it may be public" in refused.content.decode()
    assert desk.post(_address("publish", version), {
        "distribution": "public", "public_because": "The chair read it out in open plenary."}).status_code == 302
    assert desk.get(_address("version", version)).status_code == 200
    assert Version.objects.get().state == VersionState.PUBLISHED


def test_default_is_for_members(desk, officer, draft):
    version = make_preview(by=officer, draft=draft)
    page = desk.get(_address("publish", version)).content.decode()
    assert re.search(r'value="members"[^>]* checked', page)


def test_named_people_must_be_known(desk, officer, draft):
    version = make_preview(by=officer, draft=draft)
    reader = make_user(email="reader@town.example")
    answer = desk.post(_address("publish", version), {"distribution": "named",
                                                      "readers": "reader@town.example\nnobody@else.example"})
    assert answer.status_code == 422
    assert "nobody@else.example" in answer.content.decode()
    desk.post(_address("publish", version), {"distribution": "named", "readers": "Reader@town.example"})
    assert list(Version.objects.get().readers.all()) == [reader]


def test_preview_can_be_thrown_away(desk, officer, draft):
    version = make_preview(by=officer, draft=draft)
    assert desk.get(_address("preview", version)).status_code == 200
    assert desk.post(_address("discard", version)).status_code == 302
    assert not Version.objects.exists()


@pytest.mark.parametrize(("data", "name"), [
    (b"", "empty.pdf"),
    (b"%PDF-1.7 this is no PDF", "broken.pdf"),
    (b"PK\x03\x04 nor is this a Word file", "broken.docx"),
    (bytes(range(256)) * 40, "noise.bin"),
])
def test_bad_file_is_an_error_on_its_field_and_keeps_what_was_typed(desk, draft, data, name):
    address = reverse("watch:import", args=[draft.process.slug, draft.slug])
    answer = desk.post(address, _upload(draft, data, name, name="Third revision", symbol="MC/2027/L.9"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'class="error" id="id_file_error"', page)
    assert 'value="Third revision"' in page
    assert 'value="MC/2027/L.9"' in page
    assert 'value="2027-03-04"' in page
    assert not Version.objects.exists()


def test_file_beyond_the_limit_is_left_outside(desk, draft, settings, monkeypatch, tmp_path):
    settings.FILE_LIMITS = {**settings.FILE_LIMITS, "megabytes": 1}
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    monkeypatch.setattr("tribune.watch.reader.read_document", lambda *a, **k: pytest.fail("it was read"))
    address = reverse("watch:import", args=[draft.process.slug, draft.slug])
    for size in (1_500_000, 3_000_000):  # found out while it comes, and from its length at once
        answer = desk.post(address, _upload(draft, b"x" * size, name="Third revision"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "at most 1 MB" in page
        assert 'value="Third revision"' in page
    assert not list(tmp_path.iterdir())


def test_upload_needs_the_form_token(draft, officer):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user_of(officer), backend=BACKEND)
    address = reverse("watch:import", args=[draft.process.slug, draft.slug])
    assert strict.post(address, _upload(draft)).status_code == 403
    assert not Version.objects.exists()


def test_taken_and_reserved_names_are_said_at_the_field(desk, officer, draft):
    version = make_preview(by=officer, draft=draft)
    actions.publish_version(version=version, distribution="members", by=officer, at=timezone.now())
    address = reverse("watch:import", args=[draft.process.slug, draft.slug])
    for slug in ("zero", "compare"):
        answer = desk.post(address, _upload(draft, slug=slug))
        assert answer.status_code == 422
        assert 'id="id_slug_error"' in answer.content.decode()


def test_other_officers_have_no_desk_here(client, officer, draft):
    version = make_preview(by=officer, draft=draft)
    client.force_login(user_of(make_officer()), backend=BACKEND)
    process = draft.process.slug
    assert client.get(_address("preview", version)).status_code == 404
    assert client.get(_address("publish", version)).status_code == 404
    assert client.post(_address("discard", version)).status_code == 404
    assert client.get(reverse("watch:preview_file", args=[process, draft.slug, version.slug, "en"])).status_code == 404
    assert client.get(reverse("watch:new_call", args=[process])).status_code == 403
    assert client.get(reverse("watch:new_draft", args=[process])).status_code == 403
    assert client.get(reverse("watch:import", args=[process, draft.slug])).status_code == 404
    assert Version.objects.exists()


def test_second_language_by_form(desk, officer, draft):
    version = make_preview(by=officer, draft=draft)
    text = "1. Nous décidons.\n\n2. Nous nous engageons.\n\n3. Et un de plus."
    answer = desk.post(_address("add_language", version), {
        "file": SimpleUploadedFile("texte.txt", text.encode()), "language": "fr", "status": "machine"})
    assert answer.status_code == 302, answer.content.decode()
    page = desk.get(answer["Location"]).content.decode()
    assert "3 stands in this language only." in page
    assert "Nous décidons." in page


@pytest.mark.real
def test_real_resolution_becomes_a_preview(desk, draft, real_data):
    data = (real_data / "un/resolutions/A_C.2_80_L.17.pdf").read_bytes()
    address = reverse("watch:import", args=[draft.process.slug, draft.slug])
    answer = desk.post(address, _upload(draft, data, "A_C.2_80_L.17.pdf", symbol=""))
    assert answer.status_code == 302, answer.content.decode()
    version = Version.objects.get()
    assert version.symbol == "A/C.2/80/L.17"
    rendition = version.renditions.get()
    [fact] = [fact for fact in FACTS["reading"] if fact["symbol"] == version.symbol]
    assert rendition.n_pages == fact["pages"]
    paths = list(rendition.paragraphs.values_list("passage__path", flat=True))
    assert [path for path in paths if path.isdigit()] == [str(n) for n in range(1, fact["numbered"] + 1)]
    assert sum(path.startswith("pre.") for path in paths) == fact["preamble"]
    page = "".join(desk.get(answer["Location"], {"text": "en", "page": n}).content.decode()
                   for n in range(1, -(-len(paths) // PAGE) + 1))
    for path in paths:
        assert f'data-key="{path}"' in page, f"{path} is not on the page"
    assert version.dated_on == date(2027, 3, 4)
