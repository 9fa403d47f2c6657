"""What is said inside a city, and on a restricted text, is found nowhere a role may not see."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories import (
    make_city,
    make_consultation,
    make_contribution,
    make_delegate,
    make_member,
    make_officer,
    make_organisation,
    make_position,
    make_statement,
    make_user,
    make_version,
    user_of,
)

from tribune.common import slots
from tribune.listen import queries
from tribune.listen.choices import ContributionState
from tribune.people.choices import Role
from tribune.people.models import User
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PLANTED = "quillfeather"


def _roles(consultation, city):
    """Everybody who might look, by name: (user or None, whether of that city)."""
    organisation = consultation.organisation
    return {
        "anyone": (None, False),
        "signed in": (make_user(), False),
        "delegate of another city": (user_of(make_delegate()), False),
        "officer of the organisation": (user_of(make_officer(organisation)), False),
        "moderator of the organisation": (user_of(make_member(organisation, Role.MODERATOR)), False),
        "officer elsewhere": (user_of(make_officer(make_organisation())), False),
        "administrator": (User.objects.create_user("root@hub.example", is_administrator=True), False),
        "service of the city": (user_of(make_delegate(city, role=Role.MEMBER, service="Water")), True),
        "delegate of the city": (user_of(make_delegate(city)), True),
    }


def _addresses(consultation, city, contribution, resolver=None, names=()):
    """Every address of the project that these things can fill, whatever room it is of."""
    version = consultation.version
    draft = version.draft
    known = {"slug": [consultation.slug, city.slug, consultation.organisation.slug, draft.process.slug],
             "path": ["1"], "public_id": [contribution.public_id], "kind": ["contribution"],
             "process": [draft.process.slug], "draft": [draft.slug], "version": [version.slug],
             "uid": [contribution.passage.uid]}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(consultation, city, contribution, pattern,
                                  (*names, pattern.namespace) if pattern.namespace else names)
        elif isinstance(pattern, URLPattern) and pattern.name and pattern.name != "account_logout":
            keys = list(pattern.pattern.converters)
            if set(keys) - set(known) or pattern.name == "chinese":
                continue
            for slug in known["slug"] if "slug" in keys else [""]:
                arguments = {key: slug if key == "slug" else known[key][0] for key in keys}
                yield reverse(":".join((*names, pattern.name)), kwargs=arguments)


@pytest.mark.parametrize("state", ["inner", "withdrawn"])
def test_words_inside_a_city_are_on_no_page_for_anybody_else(state):
    consultation = make_consultation()
    city = make_city()
    made = make_contribution(consultation, act="CHANGE", wording=f"We resolve to {PLANTED} cities.",
                             why=f"Because of the {PLANTED}.", city=city)
    type(made).objects.filter(pk=made.pk).update(state=state)
    make_position(consultation)
    addresses = sorted(set(_addresses(consultation, city, made)))
    if state == "withdrawn":  # the whole project is walked once, this room twice
        addresses = [at for at in addresses if "/c/" in at or "/city/" in at or "/moderation/" in at]
    assert reverse("listen:write", args=[consultation.slug, "1"]) in addresses
    assert reverse("listen:city_desk", args=[city.slug]) in addresses
    seen = {}
    for name, (user, inside) in _roles(consultation, city).items():
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user, backend=BACKEND)
        pages = [address for address in addresses
                 if PLANTED in _all_of(client.get(address, follow=True))]
        seen[name] = bool(pages)
        if not inside:
            assert not pages, f"{name} reads it at {pages}"
    assert seen["service of the city"]
    assert seen["delegate of the city"]


def _all_of(response):
    """What is answered, streamed or not."""
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode(errors="ignore")


def test_queries_for_other_rooms_hold_no_inner_version():
    consultation = make_consultation()
    city = make_city()
    make_contribution(consultation, why=PLANTED, city=city)
    make_contribution(consultation, why="Waiting words.")
    assert not queries.published_contributions(consultation.process).exists()
    for name, (user, inside) in _roles(consultation, city).items():
        viewer = viewer_for(user) if user else Viewer()
        states = set(queries.contributions_for(viewer, consultation).values_list("state", flat=True))
        assert (ContributionState.INNER in states) == inside, name
        assert (ContributionState.WAITING in states) == ("of the organisation" in name), name


def test_slots_say_nothing_of_inner_versions():
    consultation = make_consultation()
    city = make_city()
    made = make_contribution(consultation, why=PLANTED, city=city)
    ids = [made.passage.uid, consultation.version.public_id, city.public_id]
    for viewer in (Viewer(), make_officer(consultation.organisation), make_delegate(city)):
        for slot in slots.NAMES:
            more = {"since": consultation.made_at} if slot == "calendar.entries" else {}
            assert PLANTED not in repr(slots.ask(slot, ids, viewer, **more))
        assert not slots.ask("paragraph.margin", ids, viewer)[made.passage.uid]


@pytest.mark.parametrize(("distribution", "readers"), [
    ("members", {"delegate of another city", "officer of the organisation", "moderator of the organisation",
                 "officer elsewhere", "service of the city", "delegate of the city"}),
    ("named", {"officer of the organisation", "signed in"}),
])
def test_a_restricted_text_keeps_its_consultation_to_its_readers(distribution, readers):
    version = make_version([f"We resolve to {PLANTED} cities."], distribution=distribution)
    consultation = make_consultation(version, name=f"On the {PLANTED}")
    city = make_city()
    position = make_position(consultation, act="DELETE", why=f"No {PLANTED}.")
    make_statement(consultation, f"More {PLANTED}.")
    addresses = [at for at in sorted(set(_addresses(consultation, city, position)))
                 if "/c/" in at or "/consultations/" in at or "/city/" in at or "/moderation/" in at]
    people = _roles(consultation, city)
    version.readers.add(people["signed in"][0])
    for name, (user, _) in people.items():
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user, backend=BACKEND)
        pages = [address for address in addresses
                 if PLANTED in _all_of(client.get(address, follow=True))]
        assert bool(pages) == (name in readers), f"{name}: {pages}"
        viewer = viewer_for(user) if user else Viewer()
        pieces = slots.ask("paragraph.margin", [position.passage.uid], viewer)[position.passage.uid]
        assert not pieces or name in readers, name
