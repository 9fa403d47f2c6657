"""Bent files are read or refused, whatever happened to them. The long run of this stands in tests/full."""

import pytest
from tests.engine.text.mutations import bent, seeds

from tribune.engine.text import read, to_json
from tribune.engine.types import Unreadable

CODES = {"empty", "too_big", "encrypted", "scan", "not_a_document", "broken", "bomb", "too_many_pages", "xml"}


def _try(name, data):
    try:
        found = read(data, name=name, pages_max=200)
    except Unreadable as refused:
        assert refused.code in CODES  # noqa: PT017
        return
    ids = [item.id for item in found.paragraphs]
    assert len(ids) == len(set(ids))
    to_json(found)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("place", range(6))
def test_bent_files_are_read_or_refused(place, seed):
    files = seeds()
    _try(files[place][0], bent(files[place][1], files[(place + seed) % 6][1], seed))


@pytest.mark.real
def test_bent_real_files_are_read_or_refused(real_data):
    files = seeds(real_data)[6:]
    assert files
    for seed in range(40):
        name, data = files[seed % len(files)]
        _try(name, bent(data, files[(seed * 7) % len(files)][1], seed))
