"""Names of themes from a language model: from published quotes only, never more than a proposal."""

import json

import pytest
from tests.synthesise.conftest import say
from tests.synthesise.test_themes import at, read

from tribune.common.models import ModelUse
from tribune.listen.choices import ContributionState
from tribune.synthesise import naming
from tribune.synthesise.models import NameProposal

# What waits is answered here without a thread: an in-memory transaction belongs to one connection.
pytestmark = pytest.mark.django_db


def answer_all():
    while (one := naming._longest_waiting()) is not None:
        naming._name_or_fail(one)


def test_without_a_model_there_is_no_button_and_no_way_around(desk, consultation, said):
    read(desk, consultation)
    assert "names</button>" not in desk.get(at(consultation)).content.decode()
    page = desk.post(at(consultation, "ask_theme_names"), follow=True).content.decode()
    assert "No language model is switched on" in page
    assert not NameProposal.objects.exists()


def test_a_name_is_proposed_and_only_a_person_makes_it_one(desk, consultation, said, language_model):
    read(desk, consultation)
    assert "Ask tiny at 127.0.0.1 for names" in desk.get(at(consultation)).content.decode()
    page = desk.post(at(consultation, "ask_theme_names"), follow=True).content.decode()
    assert "is being asked for" in page
    def name(asked):
        on_buses = "night" in asked
        return json.dumps({"name": "Getting home late" if on_buses else "Trees by the river",
                           "quotes": ["night" if on_buses else "river"]})

    language_model.answers = [name, name]
    answer_all()
    page = desk.get(at(consultation)).content.decode()
    assert 'value="Getting home late"' in page
    assert "Proposed by a language model" in page
    assert ">Getting home late</bdi></h3>" not in page
    assert ModelUse.objects.filter(purpose="theme_names", outcome=ModelUse.ANSWERED).count() == 2


@pytest.mark.parametrize(("answer", "why"), [
    ('{"name": "Buses", "quotes": ["a thing nobody said"]}', "stands in none"),
    ('{"name": "Buses", "quotes": []}', "stands in none"),
    ('{"name": "", "quotes": ["night"]}', "no short name"),
    ('{"name": "' + "x" * 200 + '", "quotes": ["night"]}', "no short name"),
    ("I would call it buses", "cannot be read"),
    ('{"name": "a\\u202eb", "quotes": ["night"]}', "no short name"),
])
def test_what_fails_the_check_is_thrown_away_and_on_record(desk, consultation, said, language_model, answer, why):
    read(desk, consultation)
    desk.post(at(consultation, "ask_theme_names"))
    language_model.answers = [answer] * 5
    answer_all()
    assert all(why in one.why and not one.label for one in NameProposal.objects.all())
    assert not ModelUse.objects.exclude(outcome=ModelUse.UNUSED).exists()


def test_words_that_are_not_for_all_never_go_to_a_model(desk, consultation, said, language_model):
    """Published answers on a text for members are seen by its officer, and by no machine elsewhere."""
    version = consultation.version
    version.distribution = "members"
    version.save(update_fields=["distribution"])
    read(desk, consultation)
    desk.post(at(consultation, "ask_theme_names"))
    answer_all()
    assert NameProposal.objects.exists()
    assert all("published for all" in one.why for one in NameProposal.objects.all())
    assert language_model.asked == []


def test_waiting_answers_are_not_among_what_is_asked(desk, consultation, said, language_model):
    say(consultation, "Buses at night for my sister Zuleika.", state=ContributionState.WAITING)
    read(desk, consultation)
    desk.post(at(consultation, "ask_theme_names"))
    language_model.answers = ['{"name": "Buses", "quotes": ["night"]}'] * 5
    answer_all()
    assert language_model.asked
    assert "Zuleika" not in json.dumps(language_model.asked)
