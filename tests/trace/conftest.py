"""Two readings of a text, an ask that its sources carry, and the officer who keeps the ledger."""

from types import SimpleNamespace

import pytest
from tests.factories import (
    NOW,
    make_ask,
    make_city,
    make_consultation,
    make_delegate,
    make_draft,
    make_officer,
    make_position,
    make_process,
    make_version,
)

ZERO = ["We resolve to provide services for all.", "We commit to schools."]
REVISED = ["We resolve to provide services for all, together with local authorities.", "We commit to schools."]


@pytest.fixture
def story(db):
    """A zero draft, an ask of one city on its first paragraph, and the officer; nothing judged yet."""
    process = make_process()
    draft = make_draft(process)
    zero = make_version(ZERO, draft=draft, name="Zero draft")
    officer = make_officer(process.organisation)
    consultation = make_consultation(zero, by=officer)
    city = make_city(name="Port Azur")
    delegate = make_delegate(city, email="delegate@azur.example")
    position = make_position(consultation, city=city, by=delegate, act="ADD",
                             wording=REVISED[0], why="Our desks serve people who have no device.")
    ask = make_ask(process, passage=zero.passages.get(path="1"), new="together with local authorities",
                   name="Together with local authorities", contributions=[position])
    return SimpleNamespace(process=process, draft=draft, zero=zero, officer=officer, city=city, delegate=delegate,
                           position=position, ask=ask, consultation=consultation, at=NOW)
