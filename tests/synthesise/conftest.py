import pytest
from tests.factories import make_city, make_consultation, make_contribution, make_officer, make_version, user_of

from tribune.listen.choices import ContributionState

BUSES = ["More buses at night, please.", "We need a night bus.", "Buses should run later at night."]
TREES = ["Plant trees along the river.", "More trees by the river bank.", "The river bank needs trees."]


def say(consultation, why, state=ContributionState.PUBLISHED):
    made = make_contribution(consultation, why=why, city=make_city())
    made.state = state
    made.save(update_fields=["state"])
    return made


@pytest.fixture
def consultation():
    return make_consultation(make_version(["We resolve to involve local authorities."]))


@pytest.fixture
def officer(consultation):
    return make_officer(consultation.process.organisation)


@pytest.fixture
def said(consultation):
    return [say(consultation, text) for text in (*BUSES, *TREES)]


@pytest.fixture
def desk(client, officer):
    client.force_login(user_of(officer))
    return client
