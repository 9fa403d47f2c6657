"""Loading where it cannot end, and where it must not begin."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from tests.factories import make_user

from tribune.people.models import City
from tribune.project.story import NotEmpty, is_loaded, ledger, load
from tribune.watch.models import Rendition

LOADED_AT = datetime(2027, 5, 17, 0, 10, tzinfo=UTC)


def n_rows() -> int:
    return sum(model.objects.count() for model in apps.get_models() if model.__module__.startswith("tribune."))


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_loading_leaves_nothing_and_starts_again(
        monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path) -> None:
    # Other tests load the story at the same time, into the folder that all share.
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]

    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    assert n_rows() == 0
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "open_ledger", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load(now=LOADED_AT)
    assert n_rows() == 0
    assert not is_loaded()
    # Ten minutes after midnight nothing of day 0 lies ahead either.
    assert load(now=LOADED_AT)
    assert is_loaded()
    names = set(Rendition.objects.values_list("file", flat=True))
    assert len(names) == 10
    # The files of the first attempt are not there a second time, under names that had to give way.
    assert not [name for name in default_storage.listdir("texts")[1] if name.count("_")]


@pytest.mark.django_db
def test_the_story_goes_into_an_empty_instance_only() -> None:
    make_user()
    with pytest.raises(NotEmpty):
        load(now=LOADED_AT)
    assert not City.objects.exists()
