"""Prize forms: data that is well made, answers that are kept, and files of them."""

import io
import json

import pytest
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_officer, make_organisation, make_process, make_user, user_of

from tribune.submit.models import FormAnswers
from tribune.submit.prizes import form_named, forms, problems

pytestmark = pytest.mark.django_db
WORDS = " ".join(["word"] * 160)


@pytest.fixture
def process():
    return make_process(make_organisation())


@pytest.fixture
def desk(client, process):
    client.force_login(user_of(make_officer(process.organisation)))
    return client


def at(process, form="wsis_prize"):
    return reverse("submit:prize", args=[process.slug, form])


def ready():
    return {"title": "A counter in every town", "entity": "Town of Saltmere", "line": "C7", "goals": ["9", "11"],
            "description": WORDS, "results": WORDS, "challenges": "Few.", "sustainability": "It lasts."}


def test_forms_are_well_made():
    assert {"wsis_prize", "city_practice"} <= {form.name for form in forms()}
    assert [field.name for field in form_named("wsis_prize").fields if (field.least, field.most) == (150, 200)]


@pytest.mark.parametrize(("name", "answer", "code"), [
    ("description", "Too short.", "short"), ("description", " ".join(["word"] * 201), "long"),
    ("title", " ", "missing"),
    ("goals", ["18"], "choice"), ("goals", [], "missing"), ("line", "C12", "choice"), ("began", "31/12/2026", "date"),
    ("site", "javascript:alert(1)", "address"), ("entity", "x" * 301, "line"),
])
def test_what_is_not_ready_is_told_by_code(name, answer, code):
    assert problems(form_named("wsis_prize"), {**ready(), name: answer})[name].code == code


def test_a_whole_form_is_ready():
    assert not problems(form_named("wsis_prize"), ready())


@given(st.dictionaries(st.sampled_from([field.name for field in form_named("wsis_prize").fields]),
                       st.text(max_size=60) | st.lists(st.text(max_size=4), max_size=3)))
def test_no_answer_breaks_the_check(answers):
    problems(form_named("wsis_prize"), answers)


def test_unfinished_answers_are_kept_and_missing_ones_named(desk, process):
    answer = desk.post(at(process), {"edition": "0", "description": "We begin."}, follow=True).content.decode()
    assert "We begin." in answer
    assert "148 words more are wanted." in answer
    assert FormAnswers.objects.get().answers["description"] == "We begin."
    assert "of 10 fields are ready." in desk.get(reverse("submit:prizes", args=[process.slug])).content.decode()


def test_a_finished_form_goes_out_as_files(desk, process):
    assert "All fields are ready" in desk.post(at(process), {"edition": "0", **ready()}, follow=True).content.decode()
    file = reverse("submit:prize_file", args=[process.slug, "wsis_prize", "docx"])
    assert WORDS in [line.text for line in Document(io.BytesIO(desk.get(file).content)).paragraphs]
    data = json.loads(desk.get(file.replace(".docx", ".json")).content)
    assert data["answers"]["goals"] == ["9", "11"]
    assert data["not_ready"] == []
    assert "Town of Saltmere" in desk.get(file.replace(".docx", ".csv")).content.decode("utf-8-sig")
    assert desk.get(file.replace(".docx", ".exe")).status_code == 404


def test_two_officers_at_once_lose_nothing(desk, process):
    desk.post(at(process), {"edition": "0", "title": "First"})
    answer = desk.post(at(process), {"edition": "0", "title": "Second"})
    assert answer.status_code == 409
    assert 'value="Second"' in answer.content.decode()
    assert FormAnswers.objects.get().answers["title"] == "First"


def test_a_cell_is_no_formula(desk, process):
    desk.post(at(process), {"edition": "0", "title": "=HYPERLINK(1)"})
    file = desk.get(reverse("submit:prize_file", args=[process.slug, "wsis_prize", "csv"])).content.decode("utf-8-sig")
    assert ",=HYPERLINK" not in file


def test_only_officers_of_the_organisation_see_them(client, process):
    for viewer in (None, make_user(), user_of(make_officer())):
        client.logout()
        if viewer:
            client.force_login(viewer)
        for address in (at(process), reverse("submit:prizes", args=[process.slug]), f"{at(process)[:-1]}.json"):
            assert client.get(address).status_code in (302, 403, 404)
    assert at(process, "nonsense")
