from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from tests.factories import NOW

from tribune.people import tokens
from tribune.people.models import Token

pytestmark = pytest.mark.django_db


def test_invitation_is_used_once():
    secret = tokens.make_invitation(purpose="city", thing="abc", at=NOW)
    assert tokens.look_at(secret, at=NOW).thing == "abc"
    assert tokens.use(secret, purpose="city", at=NOW).thing == "abc"
    with pytest.raises(tokens.TokenRefused):
        tokens.use(secret, purpose="city", at=NOW)


def test_invitation_ends_after_fourteen_days_and_serves_one_purpose():
    secret = tokens.make_invitation(purpose="city", thing="abc", at=NOW)
    with pytest.raises(tokens.TokenRefused):
        tokens.look_at(secret, at=NOW + timedelta(days=14))
    with pytest.raises(tokens.TokenRefused):
        tokens.use(secret, purpose="sign_off", at=NOW)


def test_nothing_stored_gives_the_secret_away():
    secrets = [tokens.make_invitation(purpose="p", thing="t", at=NOW),
               tokens.make_capability(purpose="p", thing="t", at=NOW),
               tokens.make_receipt(purpose="p", thing="t", at=NOW)]
    stored = str(list(Token.objects.values()))
    assert not any(secret in stored for secret in secrets)
    assert all(len(secret) >= 22 for secret in secrets)


def test_receipt_is_found_however_it_is_typed():
    receipt = tokens.make_receipt(purpose="contribution", thing="abc", at=NOW)
    assert tokens.find_receipt(receipt.upper().replace("-", " ")).thing == "abc"
    assert tokens.find_receipt("tavo-9614-rime-luba-kide") is None
    # A receipt is typed, never followed as a link.
    with pytest.raises(tokens.TokenRefused):
        tokens.look_at(receipt, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_it():
    secret = tokens.make_invitation(purpose="city", thing="abc", at=NOW)

    def attempt(_):
        try:
            tokens.use(secret, purpose="city", at=NOW)
            return 1
        except tokens.TokenRefused:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1
