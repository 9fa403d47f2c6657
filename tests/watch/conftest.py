"""Files of a test stay in its own folder."""

from collections import defaultdict

import pytest
from django.utils import translation

from tribune.common import slots


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _empty_slots(monkeypatch):
    """Rooms downstream are not this room's business: its pages stand without them (GROUND.md, Slots)."""
    monkeypatch.setattr(slots, "_fillers", defaultdict(list))


@pytest.fixture(autouse=True)
def _english():
    """A request in French leaves its language to the thread; the next test begins in English."""
    with translation.override("en"):
        yield
