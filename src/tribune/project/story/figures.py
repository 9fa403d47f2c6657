"""Schools and fibre nodes of one city, brought by its delegate as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from tribune.evidence.choices import ListKind
from tribune.evidence.lists import bring_list, use_list
from tribune.evidence.models import School

from ._story import SAMPLE, Step, Story

CITY, KEEPER = "kestrel-sound", "maureen"
FILES = ((ListKind.SCHOOLS, "schools.csv"), (ListKind.NODES, "nodes.csv"), (ListKind.PRICES, "prices.toml"),
         (ListKind.INDICATORS, "indicators.csv"))
SOURCE = "School register of the town"


def plan(story: Story) -> Iterator[Step]:
    """The lists come while the consultation is open."""
    for place, (kind, name) in enumerate(FILES):
        yield Step(story.clock.past(-60, "09:00", minutes=place), partial(_bring, story, kind, name))


def told(story: Story) -> str:
    return f"{School.objects.count()} schools"


def _bring(story: Story, kind: str, name: str, at: datetime) -> None:
    by = story.viewer(KEEPER)
    made = bring_list(city=story.cities[CITY], kind=kind, file=SimpleUploadedFile(name, (SAMPLE / name).read_bytes()),
                      source=SOURCE, as_of=story.clock.date(-90), by=by, at=at)
    use_list(figures=made, by=by, at=at)
