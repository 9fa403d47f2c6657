"""The story, loaded once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command

from tribune.project.story import load

LOADED_AT = datetime(2027, 5, 17, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The story in the database; the lines that loading said. Emptied when the last test of the folder is done."""
    lines: list[str] = []
    with django_db_blocker.unblock():
        try:
            assert load(now=LOADED_AT, say=lines.append)
            yield lines
        finally:
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def story(loaded: list[str], db: None) -> list[str]:
    """The loaded story; what a test changes is undone after it."""
    return loaded
