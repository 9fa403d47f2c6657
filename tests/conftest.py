"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest
from tests.language_model import language_model  # noqa: F401  (a fixture of three rooms)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real material, or a skip with a reason."""
    folder = os.environ.get("TRIBUNE_TEST_DATA")
    if not folder:
        pytest.skip("TRIBUNE_TEST_DATA is not set: tests on real material need it")
    return Path(folder)


@pytest.fixture(autouse=True)
def _mails_are_queued(settings) -> None:
    """Django's test runner puts its own backend in place; ours is what runs in the house."""
    settings.EMAIL_BACKEND = "tribune.common.mail.backend.QueueBackend"


@pytest.fixture(autouse=True)
def _nothing_is_left_in_the_cache():
    """How often somebody asked for a code is counted there, and the people of all tests have the same addresses."""
    from django.core.cache import cache

    from tribune.listen import open_votes

    cache.clear()
    open_votes.forget()


@pytest.fixture(autouse=True)
def _every_test_begins_in_english():
    """A request leaves its language active in the thread, and addresses are made in the active language."""
    from django.utils import translation

    with translation.override("en"):
        yield
