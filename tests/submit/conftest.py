import pytest
from tests.factories import (
    NOW,
    make_city,
    make_consultation,
    make_draft,
    make_officer,
    make_organisation,
    make_position,
    make_process,
    make_version,
)

from tribune.submit import actions
from tribune.synthesise.actions import make_ask


@pytest.fixture
def hub():
    return make_organisation(contact="desk@hub.example")


@pytest.fixture
def officer(hub):
    return make_officer(hub)


@pytest.fixture
def process(hub):
    return make_process(hub)


@pytest.fixture
def consultation(process):
    return make_consultation(make_version(["We resolve to involve local authorities."], draft=make_draft(process)))


@pytest.fixture
def cities():
    return [make_city(signing_email=f"mayor{n}@town.example") for n in range(4)]


@pytest.fixture
def contributions(consultation, cities):
    return [make_position(consultation, city=city, why=f"Our counters stay open, says town {n}.", act="ADD",
                          wording="We resolve to involve local authorities and to keep counters open.")
            for n, city in enumerate(cities[:3])]


@pytest.fixture
def submission(process, hub, officer, consultation):
    return actions.prepare_submission(process=process, organisation=hub, slug="joint", name="Joint answer",
                                      consultation=consultation, entitled="open call", by=officer, at=NOW,
                                      sections=[("What should change?", 500)])


@pytest.fixture
def ask(process, hub, officer, contributions):
    return make_ask(process=process, organisation=hub, kind="ADD", name="Counters stay open", new="keep counters open",
                    text="Counters stay open in three cities.", passage=contributions[0].passage,
                    contributions=contributions, by=officer, at=NOW)


@pytest.fixture
def sentence(submission, ask, officer):
    return actions.add_sentence(section=submission.sections.get(), text="Three cities ask that counters stay open.",
                                ask=ask, by=officer, at=NOW)
