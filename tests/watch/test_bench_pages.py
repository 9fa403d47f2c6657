"""The pages of the workbench and of two languages side by side: bounded queries, words, permissions, pictures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.engine.text import samples
from tests.factories import NOW, make_delegate, make_document, make_officer, make_preview, user_of

from tribune.watch import actions, queries
from tribune.watch.models import Passage, Version
from tribune.watch.refusals import ActRefused, NotYourProcess
from tribune.watch.said import refused_words, warning_words
from tribune.watch.views.workbench import places_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(client, officer):
    client.force_login(user_of(officer), backend=BACKEND)
    return client


def address(name, version, *more):
    return reverse(f"watch:{name}", args=[version.draft.process.slug, version.draft.slug, version.slug, *more])


def long_text(n):
    return "\n\n".join(f"{k}. We resolve to do the thing of number {k} in towns." for k in range(1, n + 1))


def bilingual(officer, french="1. Nous associons.\n\n2. Nous relions les écoles.\n"):
    version = make_preview(["We resolve to involve.", "We connect the schools."], by=officer)
    actions.add_rendition(version=version, document=make_document(french), file=french.encode(), file_name="fr.txt",
                          language="fr", status="machine", by=officer, at=NOW)
    return version


def test_a_long_text_stands_on_several_pages_with_few_queries(desk, officer, django_assert_max_num_queries):
    version = make_preview(by=officer, document=make_document(long_text(450)), file=long_text(450).encode())
    where = address("preview", version)
    desk.get(where)
    with django_assert_max_num_queries(12):
        page = desk.get(where).content.decode()
    assert page.count('class="brow ') == 100
    assert len(page) < 200_000
    page = desk.get(where + "?text=en&at=310").content.decode()
    assert 'data-key="310" id="chosen"' in page
    assert 'data-key="5"' not in page


def test_two_officers_the_slower_is_told_and_keeps_what_was_typed(desk, officer):
    version = make_preview(by=officer)
    typed = {"text": "en", "act": "number", "key": "2", "revision": "0", "number": "7"}
    assert desk.post(address("edit", version), typed).status_code == 302
    answer = desk.post(address("edit", version), typed | {"key": "1", "number": "6"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this text" in page
    assert 'value="6"' in page
    assert 'name="revision" value="1"' in page


@pytest.mark.parametrize("typed", [
    {"act": "split", "words": "We resolve to involve\nregional authorities."}, {"act": "split", "offset": "99999"},
    {"act": "sing"}, {"act": "level", "level": "x"}, {"act": "number", "number": "\u0661\u0662x"}, {"act": "merge"},
    {"act": "join", "path": ""},
])
def test_odd_acts_are_refused_in_words(desk, officer, typed):
    version = make_preview(by=officer)
    answer = desk.post(address("edit", version), {"text": "en", "key": "1", "revision": "0", **typed})
    assert answer.status_code == 409
    assert "This was not done" in answer.content.decode()
    assert version.renditions.get().n_paragraphs == 2


def test_words_are_never_changed_by_splitting():
    assert places_of("We act. 4. We close.", "We act.\r\n\r\n4. We close.") == [8]
    assert places_of("We act. 4. We close.", "We acted.\n4. We close.") == []
    assert places_of("We act.", "We act.") == []
    assert places_of("我们行动。我们关闭。", "我们行动。\n我们关闭。") == [5]


def test_only_officers_of_the_organisation_put_right(client, officer):
    version = make_preview(by=officer)
    for stranger in (make_officer(), make_delegate()):
        client.force_login(user_of(stranger), backend=BACKEND)
        assert client.get(address("preview", version)).status_code in (403, 404)
        answer = client.post(address("edit", version), {"text": "en", "act": "drop", "key": "1", "revision": "0"})
        assert answer.status_code in (403, 404)
    assert version.renditions.get().n_paragraphs == 2


def test_a_page_of_the_file_beside_its_words(desk, officer):
    data = samples.pdf([["1. We resolve to involve local authorities.", "2. We commit to connecting every school."]])
    version = make_preview(by=officer)
    desk.post(reverse("watch:reread", args=[version.draft.process.slug, version.draft.slug, version.slug, "en"]),
              {"file": SimpleUploadedFile("text.pdf", data)})
    upload = version.draft.uploads.get()
    desk.post(reverse("watch:decide", args=[upload.public_id]),
              {"act": "confirm", "seen": version.renditions.get().sha256})
    page = desk.get(address("preview", version)).content.decode()
    assert address("preview_page", version, "en", 1) in page
    assert "Page 1 of 1" in desk.get(address("preview_page", version, "en", 1)).content.decode()
    picture = desk.get(address("page_picture", version, "en", 1))
    assert picture.content.startswith(b"\x89PNG")
    assert "private" in picture["Cache-Control"]
    assert desk.get(address("page_picture", version, "en", 2)).status_code == 404


# Two languages


def test_two_languages_side_by_side_with_few_queries(desk, client, officer, django_assert_max_num_queries):
    version = bilingual(officer)
    actions.publish_version(version=version, distribution="public", public_because="Read out.", by=officer, at=NOW)
    client.logout()
    where = address("sides", version) + "?text=fr&beside=en"
    client.get(where)
    with django_assert_max_num_queries(12):
        page = client.get(where).content.decode()
    assert "Every place stands in both languages" in page
    assert "machine translation" in page
    assert page.index("Nous relions") < page.index("We connect")
    page = client.get(address("sides", version) + "?text=ar").content.decode()
    assert "There is no text in this language here: Arabic" in page


def test_an_officer_joins_what_found_nobody(desk, officer):
    french = "1. Nous associons.\n\n7. Nous relions toutes les écoles du pays, de la plus petite à la plus grande, et " \
             "nous rendons compte chaque année de ce qui reste à faire dans chacune des régions.\n"  # noqa: E501
    version = bilingual(officer, french)
    actions.publish_version(version=version, distribution="public", public_because="Read out.", by=officer, at=NOW)
    lone = version.passages.get(path="7")
    target = version.passages.get(path="2")
    page = desk.get(address("sides", version) + "?text=en&beside=fr").content.decode()
    assert "It belongs beside" in page
    desk.post(address("join", version), {"text": "fr", "beside": "en", "uid": lone.uid, "to": target.uid})
    rendition = version.renditions.get(language="fr")
    assert {one.passage.uid for one in queries.paragraphs_of(version, "fr")} >= {target.uid}
    lone.refresh_from_db()
    assert lone.became == target
    assert desk.get(f"/para/{lone.uid}", follow=True).status_code == 200
    assert not [one for one in rendition.warnings if one["code"] in ("only_here", "only_there", "joined")]
    with pytest.raises(ActRefused):
        actions.join_languages(rendition=rendition, uid=target.uid, to=target.uid, by=officer, at=NOW)
    with pytest.raises(NotYourProcess):
        actions.join_languages(rendition=rendition, uid=target.uid, to=target.uid, by=make_officer(), at=NOW)
    assert Passage.objects.filter(uid=lone.uid).exists()


def test_one_language_says_what_comes_next(client, officer):
    version = make_preview(by=officer)
    actions.publish_version(version=version, distribution="public", public_because="Read out.", by=officer, at=NOW)
    assert "one language so far" in client.get(address("sides", version)).content.decode()


# Words


def test_every_code_has_words_and_odd_warnings_keep_theirs():
    assert warning_words({"code": "gap", "message": "m", "values": ["34", "32"]}) == "34 follows 32."
    assert warning_words({"code": "gap", "message": "34 follows 32."}) == "34 follows 32."
    assert warning_words({"code": "unheard_of", "message": "As it came."}) == "As it came."
    for code in ("empty", "too_big", "encrypted", "scan", "not_a_document", "broken", "bomb", "too_many_pages", "xml",
                 "too_slow", "too_heavy", "no_ocr", "cancelled"):
        assert "could not be read (" not in refused_words(code)
    assert "reader_died" in refused_words("reader_died")
    assert Version.objects.count() == 0
