"""Every address × every role: the table says all, and the doors obey it."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories import make_city, make_delegate, make_member, make_organisation, make_user, user_of

from tribune.people.choices import Role
from tribune.people.models import User
from tribune.people.rules import ANYONE, SIGNED_IN, VIEWERS
from tribune.project.permissions import TABLE

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAMPLES = {"slug": "nothing", "int": 0, "str": "nothing", "path": "nothing", "uuid": "0" * 32, "": "nothing"}


def _addresses(resolver=None, names=()):
    """Yield (name, arguments) of every address of the project."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern, (*names, pattern.namespace) if pattern.namespace else names)
        elif isinstance(pattern, URLPattern):
            converters = pattern.pattern.converters
            arguments = {key: SAMPLES.get(type(value).__name__.removesuffix("Converter").lower(), "nothing")
                         for key, value in converters.items()}
            for key in getattr(getattr(pattern.pattern, "regex", None), "groupindex", {}):
                arguments.setdefault(key, "nothing")
            yield ":".join((*names, pattern.name or "")), arguments


ADDRESSES = dict(_addresses())


def test_table_and_addresses_are_the_same():
    assert set(TABLE) == set(ADDRESSES)
    for name, allowed in TABLE.items():
        assert allowed, f"{name} is open to nobody"
        assert allowed <= set(VIEWERS), f"{name} names a role that does not exist"


def _person(role):
    if role == SIGNED_IN:
        return make_user()
    if role == Role.ADMINISTRATOR:
        return User.objects.create_user("root@hub.example", is_administrator=True)
    if role == Role.DELEGATE:
        return user_of(make_delegate(make_city()))
    return user_of(make_member(make_organisation(), role))


def _address(name):
    try:
        return reverse(name, kwargs=ADDRESSES[name])
    except Exception:
        pytest.fail(f"{name} cannot be reversed with {ADDRESSES[name]}")


@pytest.mark.django_db
@pytest.mark.parametrize("role", VIEWERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_door_obeys_the_table(client, role, method):
    if role != ANYONE:
        client.force_login(_person(role), backend=BACKEND)
    held = {ANYONE, role} if role in (ANYONE, SIGNED_IN) else {ANYONE, SIGNED_IN, role}
    if role in Role.values and role != Role.ADMINISTRATOR:
        held.add(Role.MEMBER.value)
    for name, allowed in sorted(TABLE.items()):
        if name == "account_logout" and method == "post":
            continue  # it would end the walk
        answer = getattr(client, method)(_address(name))
        to_sign_in = answer.status_code == 302 and re.search(r"/sign-in/\?next=", answer["Location"])
        if allowed & held:
            assert not to_sign_in, f"{role} is sent away from {name}"
            assert answer.status_code != 403, f"{role} is refused at {name}"
            assert answer.status_code < 500, f"{name} fails for {role}"
        elif role == ANYONE:
            assert to_sign_in, f"{name} answers {answer.status_code} to anyone"
        else:
            assert answer.status_code == 403, f"{name} answers {answer.status_code} to {role}"


