"""The register of automatic proposals, method cards, and the optional language model against a real HTTP server."""

import json
import re
from pathlib import Path

import pytest
from django.utils import timezone

from tribune.common.machine import NoAnswer, ask_model, card, card_names, helps, model
from tribune.common.models import ModelUse

pytestmark = pytest.mark.django_db


def test_off_by_default_and_says_so(client):
    assert model() is None
    page = client.get("/en/ai-register/").content.decode()
    assert "No language model is switched on" in page
    with pytest.raises(NoAnswer, match="switched on"):
        ask_model(purpose="x", system="s", words="w", by="", thing="", at=timezone.now())
    assert not ModelUse.objects.exists()


def test_every_kind_of_help_has_its_card_and_its_place_on_the_page(client):
    page = client.get("/en/ai-register/").content.decode()
    assert len(helps()) >= 12
    for one in helps():
        assert f'id="{one.code}"' in page
        assert one.card in card_names(), one.code
        assert client.get(f"/en/ai-register/{one.card}/").status_code == 200
    assert client.get("/en/ai-register/nothing/").status_code == 404


def test_every_page_that_says_a_machine_helped_leads_to_a_line_of_the_register():
    codes = {one.code for one in helps()}
    templates = Path(__file__).parents[2] / "src" / "tribune"
    named = {code for path in templates.rglob("*.html")
             for code in re.findall(r'machine_helped "(\w+)"', path.read_text(encoding="utf-8"))}
    assert named
    assert {"mentions", "align", "languages", "opinion", "twins", "themes", "compose", "uptake",
            "reach"} <= named <= codes


def test_a_card_is_safe_html(tmp_path):
    title, html = card("themes")
    assert title
    assert "<table>" in html
    assert "<script" not in html
    assert "<a " not in html


def test_each_use_leaves_digests_and_no_words(language_model):
    language_model.answers = ["Night ferries"]
    answer, use = ask_model(purpose="theme_names", system="name it", words="The last ferry leaves at six.", by="u1",
                            thing="t1", at=timezone.now())
    assert answer == "Night ferries"
    assert language_model.asked[0]["messages"][1]["content"] == "The last ferry leaves at six."
    use.refresh_from_db()
    assert use.outcome == ModelUse.ANSWERED
    assert "ferry" not in json.dumps(ModelUse.objects.values().first(), default=str)


@pytest.mark.parametrize("answer", [b"not json", b"{}", b'{"choices": [{"message": {"content": ""}}]}',
                                    b'{"choices": [{"message": {"content": 7}}]}'])
def test_an_answer_that_cannot_be_read_is_refused_and_on_record(language_model, answer, client):
    language_model.raw = answer
    with pytest.raises(NoAnswer, match="cannot be read"):
        ask_model(purpose="theme_names", system="s", words="w", by="", thing="", at=timezone.now())
    assert ModelUse.objects.get().outcome == ModelUse.NONE
    assert "Names of themes" in client.get("/en/ai-register/").content.decode()


def test_an_error_a_redirect_and_silence_are_told(language_model, settings):
    for status in (500, 302):
        language_model.status = status
        with pytest.raises(NoAnswer, match=str(status)):
            ask_model(purpose="x", system="s", words="w", by="", thing="", at=timezone.now())
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    with pytest.raises(NoAnswer, match="did not answer"):
        ask_model(purpose="x", system="s", words="w", by="", thing="", at=timezone.now())
    assert ModelUse.objects.filter(outcome=ModelUse.NONE).count() == 3


def test_no_words_go_unencrypted_out_of_the_house(settings):
    settings.MODEL_URL = "http://8.8.8.8/v1"
    with pytest.raises(NoAnswer, match="https"):
        ask_model(purpose="x", system="s", words="w", by="", thing="", at=timezone.now())
