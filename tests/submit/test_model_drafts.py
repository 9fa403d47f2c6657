"""A sentence drafted by a language model: a proposal from published quotes, checked as any other."""

import json

import pytest
from tests.factories import NOW, user_of

from tribune.common.models import ModelUse
from tribune.submit import actions, model_drafts
from tribune.submit.models import ModelDraft, Sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, officer):
    client.force_login(user_of(officer))
    return client


def ask_for(desk, submission, ask):
    return desk.post(f"/en/s/{submission.slug}/table/draft/", {"ask": ask.public_id}, follow=True).content.decode()


def answer_all():
    while (one := model_drafts._longest_waiting()) is not None:
        model_drafts._draft_or_fail(one)


def said(text):
    return json.dumps({"sentence": text})


def test_without_a_model_nothing_is_offered(desk, submission, ask):
    assert "for a sentence" not in desk.get(f"/en/s/{submission.slug}/table/").content.decode()
    assert "No language model is switched on" in ask_for(desk, submission, ask)
    assert not ModelDraft.objects.exists()


def test_a_draft_is_a_proposal_that_keeps_its_sources_and_says_where_it_came_from(desk, submission, ask,
                                                                                  language_model, officer):
    assert "The language model is being asked" in ask_for(desk, submission, ask)
    language_model.answers = [said("Service counters should stay open.")]
    answer_all()
    made = Sentence.objects.get()
    assert made.is_proposal
    assert made.is_from_model
    assert made.sources.count() == 3
    page = desk.get(f"/en/s/{submission.slug}/table/").content.decode()
    assert "Drafted by a language model" in page
    assert "/en/ai-register/#sentence_draft" in page
    actions.take_sentence(sentence=made, by=officer, at=NOW)
    assert not Sentence.objects.get().is_proposal


def test_a_draft_that_overstates_is_amber(desk, submission, ask, language_model):
    ask_for(desk, submission, ask)
    language_model.answers = [said("Twelve cities demand open counters.")]
    answer_all()
    assert "says more than its sources" in desk.get(f"/en/s/{submission.slug}/table/").content.decode()


@pytest.mark.parametrize("text", ["Counters are “the heart of the town”.", "Counters are «the heart».",
                                  'Counters are "the heart".'])
def test_invented_quotations_are_thrown_away_and_on_record(desk, submission, ask, language_model, text):
    ask_for(desk, submission, ask)
    language_model.answers = [said(text)]
    answer_all()
    assert not Sentence.objects.exists()
    assert "stands in none of the answers" in desk.get(f"/en/s/{submission.slug}/table/").content.decode()
    assert ModelUse.objects.get().outcome == ModelUse.UNUSED
    # She may ask again.
    ask_for(desk, submission, ask)
    language_model.answers = [said("Our counters “stay open”.")]
    answer_all()
    assert Sentence.objects.get().text == "Our counters “stay open”."


def test_inner_wording_of_the_ask_and_restricted_words_stay_in_the_house(desk, submission, ask, language_model):
    version = ask.passage.version
    version.distribution = "members"
    version.save(update_fields=["distribution"])
    ask_for(desk, submission, ask)
    answer_all()
    assert language_model.asked == []
    assert "published for all" in ModelDraft.objects.get().why


def test_who_lost_her_role_meanwhile_adds_nothing(desk, submission, ask, language_model, officer):
    ask_for(desk, submission, ask)
    user_of(officer).memberships.all().delete()
    language_model.answers = [said("Counters stay open.")]
    answer_all()
    assert not Sentence.objects.exists()
    assert ModelDraft.objects.get().why


def test_officers_of_others_find_no_door(client, submission, ask, language_model):
    from tests.factories import make_officer

    client.force_login(user_of(make_officer()))
    assert client.post(f"/en/s/{submission.slug}/table/draft/", {"ask": ask.public_id}).status_code == 404
