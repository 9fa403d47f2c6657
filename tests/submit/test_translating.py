"""The submission in another language: kept beside the signed words, never instead of them."""

import io

import docx
import pytest
from tests.factories import NOW, make_officer, user_of

from tribune.submit import actions, exports
from tribune.submit.actions import Written
from tribune.submit.refusals import NotYours, TooLong

pytestmark = pytest.mark.django_db

FRENCH = "Trois villes demandent que les guichets restent ouverts."


@pytest.fixture
def desk(client, officer):
    client.force_login(user_of(officer))
    return client


def write(submission, sentence, text, *, by, language="fr", before="", edition=None):
    sentence.refresh_from_db()
    return actions.write_in(submission=submission, language=language, title="Réponse commune",
                            titles={1: "Que changer ?"},
                            texts={sentence.public_id: Written(text, edition or sentence.edition, before)}, by=by,
                            at=NOW)


def test_words_in_another_language_stand_in_pages_and_files_and_say_what_they_are(desk, submission, sentence, officer):
    assert write(submission, sentence, FRENCH, by=officer) == []
    page = desk.get(f"/fr/s/{submission.slug}/").content.decode()
    assert FRENCH in page
    assert "Que changer ?" in page
    assert "?text=en" in page
    submission.refresh_from_db()
    found = exports.content(submission, language="fr", for_addressee=True)
    assert found.title == "Réponse commune"
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(exports.render(found, "docx"))).paragraphs)
    assert FRENCH in words
    assert "English" in words
    assert "English" in exports.render(found, "akn.xml").decode()
    assert "English" not in exports.render(exports.content(submission, language="en"), "akn.xml").decode()


def test_signed_words_are_untouched(submission, sentence, officer, cities):
    actions.take_sentence(sentence=sentence, by=officer, at=NOW)
    before = exports.content(submission, language="en").sha256
    write(submission, sentence, FRENCH, by=officer)
    submission.refresh_from_db()
    assert exports.content(submission, language="en").sha256 == before


def test_a_changed_original_takes_its_translation_away(submission, sentence, officer):
    write(submission, sentence, FRENCH, by=officer)
    sentence.refresh_from_db()
    actions.change_sentence(sentence=sentence, text="Three cities ask that counters never close.",
                            edition=sentence.edition, by=officer, at=NOW)
    sentence.refresh_from_db()
    assert sentence.texts == {}


def test_two_at_once_lose_nothing(desk, submission, sentence, officer):
    write(submission, sentence, FRENCH, by=officer)
    assert write(submission, sentence, "Autre chose.", by=officer, before="") == [sentence.public_id]
    sentence.refresh_from_db()
    assert sentence.texts["fr"] == FRENCH
    page = desk.post(f"/en/s/{submission.slug}/table/in/fr/", {
        "title": "", f"text-{sentence.public_id}": "Autre chose.", f"before-{sentence.public_id}": "",
        f"edition-{sentence.public_id}": sentence.edition}).content.decode()
    assert "Autre chose." in page
    assert FRENCH in page
    assert "somebody else meanwhile" in page


def test_a_translation_that_overstates_is_amber(desk, submission, sentence, officer):
    write(submission, sentence, "Douze villes demandent que les guichets restent ouverts.", by=officer)
    assert "says more than its sources" in desk.get(f"/en/s/{submission.slug}/table/in/fr/").content.decode()


def test_undo_brings_the_words_back(submission, sentence, officer):
    write(submission, sentence, FRENCH, by=officer)
    write(submission, sentence, "", by=officer, before=FRENCH)
    sentence.refresh_from_db()
    assert sentence.texts == {}
    actions.undo(submission=submission, public_id=sentence.public_id, by=officer, at=NOW)
    sentence.refresh_from_db()
    assert sentence.texts == {"fr": FRENCH}


def test_what_is_too_long_is_refused_and_kept_on_the_page(desk, submission, sentence, officer):
    with pytest.raises(TooLong):
        write(submission, sentence, "x" * 5000, by=officer)
    page = desk.post(f"/en/s/{submission.slug}/table/in/fr/", {
        f"text-{sentence.public_id}": "y" * 5000, f"edition-{sentence.public_id}": 1}).content.decode()
    assert "y" * 5000 in page


def test_nobody_else_and_no_seventh_language(client, desk, submission, sentence):
    with pytest.raises(NotYours):
        write(submission, sentence, FRENCH, by=make_officer())
    assert desk.get(f"/en/s/{submission.slug}/table/in/de/").status_code == 404
    assert desk.get(f"/en/s/{submission.slug}/table/in/{submission.language}/").status_code == 404
    client.force_login(user_of(make_officer()))
    assert client.get(f"/en/s/{submission.slug}/table/in/fr/").status_code == 404


def test_after_the_hand_over_words_stay(submission, sentence, officer):
    submission.state = "sent"
    submission.save(update_fields=["state"])
    with pytest.raises(actions.AlreadySent):
        write(submission, sentence, FRENCH, by=officer)


def test_the_page_asks_the_database_few_questions(desk, submission, ask, officer, django_assert_max_num_queries):
    for _ in range(15):
        actions.add_sentence(section=submission.sections.get(), text="Cities ask for it.", ask=ask, by=officer, at=NOW)
    with django_assert_max_num_queries(20):
        desk.get(f"/en/s/{submission.slug}/table/in/fr/")


def test_the_choice_of_the_page_language_stays_beside_that_of_the_text(desk, submission, sentence, officer):
    write(submission, sentence, FRENCH, by=officer)
    page = desk.get(f"/fr/s/{submission.slug}/").content.decode()
    assert "العربية" in page
    assert 'href="?text=en"' in page
